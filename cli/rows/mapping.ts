import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";
import type { Columns } from "./row.ts";

/** A field of a delivery in the words of rating: `startedAt`, `parties.broker`, `usage.distanceMiles`. */
export type Field = string;

/** Where each field of a delivery comes from. */
export interface Mapping {
  /** Field → column. */
  readonly columns: ReadonlyMap<Field, string>;
  /** Field → the same value for every row. */
  readonly constants: ReadonlyMap<Field, string>;
  /** The field that a column gives by its name alone, where each row brings its own columns, as in JSON. */
  readonly byName?: (column: string) => Field | undefined;
  /** Whose delivery it is where neither the row nor a flag says it. */
  readonly customer?: () => string;
}

/** What the products of the spec set know, so that names can be written short and mistakes be named. */
export interface Vocabulary {
  /** Measures of all products that may occur. */
  readonly measures: readonly string[];
  /** Names of parties other than customer and provider: `broker`, `supplier`. */
  readonly partyRoles: readonly string[];
}

/** Fields of a delivery that hold one text each. */
export const plainFields = [
  "id",
  "product",
  "customer",
  "provider",
  "beneficiary",
  "parent",
  "startedAt",
  "endedAt",
] as const;

/**
 * Reads `--map field=column` and `--set field=value`, each given any number of times or with commas.
 * A measure can be named without `usage.`, a party without `parties.`.
 * @throws EcoError ECO_USAGE for a pair without `=`, a field that no delivery has, a field given twice
 */
export function parseMapping(
  maps: readonly string[],
  sets: readonly string[],
  vocabulary: Vocabulary,
): Mapping {
  return { columns: parsePairs("--map", maps, vocabulary), constants: parsePairs("--set", sets, vocabulary) };
}

function parsePairs(flag: string, values: readonly string[], vocabulary: Vocabulary): Map<Field, string> {
  const pairs = new Map<Field, string>();
  for (const pair of values.flatMap(splitPairs)) {
    const at = pair.indexOf("=");
    const name = pair.slice(0, Math.max(0, at)).trim();
    const value = pair.slice(at + 1).trim();
    if (at < 1 || value === "")
      throw new EcoError("ECO_USAGE", `${flag} \`${pair}\` is no pair.`, {
        fix: `Write ${flag} field=${flag === "--map" ? "column" : "value"}, for example ${flag === "--map" ? "--map startedAt=departed_at" : "--set customer=nordic-apps"}.`,
      });
    const field = resolveField(name, vocabulary);
    if (pairs.has(field))
      throw new EcoError("ECO_USAGE", `${flag} gives \`${field}\` twice.`, { fix: "Give it once." });
    pairs.set(field, value);
  }
  return pairs;
}

/** At commas, but only where a new pair begins, so that a constant may hold one. */
function splitPairs(text: string): string[] {
  return text.split(/,(?=\s*[\w.-]+=)/).filter((pair) => pair.trim() !== "");
}

function resolveField(name: string, vocabulary: Vocabulary): Field {
  if ((plainFields as readonly string[]).includes(name)) return name;
  const found = knownField(name, vocabulary);
  if (found !== undefined) return found;
  const all = [
    ...plainFields,
    ...vocabulary.measures,
    ...vocabulary.partyRoles.map((role) => `parties.${role}`),
  ];
  const measures = vocabulary.measures.length === 0 ? "none" : vocabulary.measures.join(", ");
  const hint = didYouMean(name.replace(/^usage\./, ""), all);
  throw new EcoError("ECO_USAGE", `A delivery has no field \`${name}\`.`, {
    fix: `${hint === undefined ? "" : `${hint} `}Fields: ${plainFields.join(", ")}, parties.ROLE; measures: ${measures}.`,
  });
}

function knownField(name: string, { measures, partyRoles }: Vocabulary): Field | undefined {
  const measure = name.replace(/^usage\./, "");
  if (measures.includes(measure)) return `usage.${measure}`;
  // A spec set without rate cards says nothing about measures: then any name after `usage.` is one.
  if (measures.length === 0 && name.startsWith("usage.")) return name;
  if (name.startsWith("parties.")) return name;
  return partyRoles.includes(name) ? `parties.${name}` : undefined;
}

/**
 * Adds the columns that are named like a field (`distance_miles` for `distanceMiles`) and that nothing else maps,
 * and checks that every mapped column is there.
 * @returns the mapping and the fields that were found by name.
 */
export function completeMapping(
  mapping: Mapping,
  columns: readonly string[],
  vocabulary: Vocabulary,
): { readonly mapping: Mapping; readonly byName: readonly Field[] } {
  for (const [field, column] of mapping.columns) {
    if (columns.includes(column)) continue;
    throw new EcoError("ECO_USAGE", `--map ${field}=${column}: the file has no column \`${column}\`.`, {
      fix: `${didYouMean(column, columns) ?? ""} Its columns: ${columns.join(", ")}.`.trim(),
    });
  }
  const complete = new Map(mapping.columns);
  const byName: Field[] = [];
  for (const column of columns) {
    const field = fieldNamed(column, vocabulary);
    if (field === undefined || complete.has(field) || mapping.constants.has(field)) continue;
    if ([...complete.values()].includes(column)) continue;
    complete.set(field, column);
    byName.push(field);
  }
  return { mapping: { columns: complete, constants: mapping.constants }, byName };
}

/** The field that a column is named like: `started_at` is `startedAt`, `distance_miles` the measure `distanceMiles`. */
export function fieldNamed(column: string, vocabulary: Vocabulary): Field | undefined {
  const name = column.replace(/[-_\s]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return (plainFields as readonly string[]).includes(name) ? name : knownField(name, vocabulary);
}

/** The value of a column: by its own name, or by a path into nested JSON (`leg.distance`). */
export function columnValue(columns: Columns, column: string): unknown {
  if (Object.hasOwn(columns, column)) return columns[column];
  let value: unknown = columns;
  for (const part of column.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Columns)[part];
  }
  return value;
}
