import type { Rating } from "../../sandbox/rating/index.ts";
import type { Output } from "../output/output.ts";
import { checkProduct } from "../rating.ts";
import {
  completeMapping,
  type Field,
  fieldNamed,
  type Mapping,
  parseMapping,
  type Vocabulary,
} from "./mapping.ts";
import { openRows, type RowSource } from "./read-rows.ts";
import type { RowFormat } from "./row.ts";
import type { DescribeProduct } from "./to-delivery.ts";

export interface RowInput {
  readonly file: string;
  readonly product?: string | undefined;
  readonly customer?: string | undefined;
  readonly map?: readonly string[] | undefined;
  readonly set?: readonly string[] | undefined;
  readonly format?: RowFormat | undefined;
}

export interface PreparedRows {
  readonly source: RowSource;
  readonly mapping: Mapping;
  readonly describe: DescribeProduct;
}

/** Opens the file and settles which column means what. Says on stderr what it took by name, so that nothing is guessed in silence. */
export async function prepareRows(
  input: RowInput,
  rating: Rating | undefined,
  out: Output,
): Promise<PreparedRows> {
  const describe = memoised((product) => rating?.describe(product));
  const sets = [
    ...(input.set ?? []),
    ...shorthand("product", input.product),
    ...shorthand("customer", input.customer),
  ];
  const product = input.product ?? constantProduct(input.set);
  // Without rate cards nobody here knows what there is.
  if (rating !== undefined && rating.products.length > 0 && product !== undefined)
    checkProduct(rating, product);
  const vocabulary = vocabularyOf(rating, describe, product);
  const given = parseMapping(input.map ?? [], sets, vocabulary);
  const source = await openRows(input.file, input.format);
  if (source.columns === undefined)
    return { source, mapping: { ...given, byName: namer(vocabulary, out) }, describe };
  const { mapping, byName } = completeMapping(given, source.columns, vocabulary);
  if (byName.length > 0)
    out.note(
      `Columns taken by their names: ${byName.map((field) => namedAs(field, mapping.columns.get(field))).join(", ")}.`,
    );
  return { source, mapping, describe };
}

/** Names the fields of rows that each bring their own columns, and says once of each what it took. */
function namer(vocabulary: Vocabulary, out: Output): (column: string) => Field | undefined {
  const told = new Set<Field>();
  return (column) => {
    const field = fieldNamed(column, vocabulary);
    if (field !== undefined && field !== column && !told.has(field)) {
      told.add(field);
      out.note(`Taken by its name: ${namedAs(field, column)}.`);
    }
    return field;
  };
}

const namedAs = (field: Field, column = field): string =>
  field === column ? field : `${column} as ${field}`;

function shorthand(field: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${field}=${value}`];
}

function constantProduct(sets: readonly string[] | undefined): string | undefined {
  return sets
    ?.flatMap((set) => set.split(","))
    .find((set) => set.startsWith("product="))
    ?.slice("product=".length);
}

/** The words of one product where all rows are of it, else those of all products. */
function vocabularyOf(
  rating: Rating | undefined,
  describe: DescribeProduct,
  product: string | undefined,
): Vocabulary {
  const products =
    product !== undefined && describe(product) !== undefined ? [product] : (rating?.products ?? []);
  const infos = products.flatMap((name) => describe(name) ?? []);
  return {
    measures: [...new Set(infos.flatMap((info) => info.measures.map((measure) => measure.name)))],
    partyRoles: [...new Set(infos.flatMap((info) => Object.keys(info.parties)))],
  };
}

function memoised(describe: DescribeProduct): DescribeProduct {
  const known = new Map<string, ReturnType<DescribeProduct>>();
  return (product) => {
    if (!known.has(product)) known.set(product, describe(product));
    return known.get(product);
  };
}
