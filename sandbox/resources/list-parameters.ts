import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { ItemNames, PropertyPath } from "./item-names.ts";
import type { Operator } from "./list-filters.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { bodySchemaOf, plain } from "./shape.ts";

/** What a parameter of a list asks for, as its name and its types tell. */
export type Meaning =
  | { readonly kind: "limit" | "before" | "sort" | "direction" | "search" | "expression" }
  /** What the first page, or the first item, is called. */
  | { readonly kind: "page" | "offset"; readonly first: 0 | 1 }
  /** The page begins with the item of the cursor rather than after it. */
  | { readonly kind: "cursor"; readonly inclusive: boolean }
  | { readonly kind: "filter"; readonly path: PropertyPath; readonly operator: Operator };

/** A parameter by its name, or a member of one that is an object: `page[size]`. */
export interface ListParameter {
  readonly at: readonly [string, ...string[]];
  readonly meaning: Meaning;
  readonly schema: SchemaNode | undefined;
  /** It can't be left out: then it says in another way that a list is to begin. */
  readonly required: boolean;
  /** What the document shows as its value. */
  readonly shown: readonly unknown[];
}

const LIMIT =
  /^(limit|pagesize|pagelimit|perpage|maxresults|maxitems|maxpagesize|itemsperpage|resultsperpage|recordlimit|batchsize)$/;
const OFFSET = /^(offset|pageoffset|skip|startindex|startat|startposition|firstresult|recordindex)$/;
const PAGE = /^(page|pagenumber|pageno|pagenum|pageindex|currentpage)$/;
const CURSOR =
  /^(cursor|pagecursor|after|pageafter|aftercursor|startingafter|startafter|afterid|pagetoken|nextpagetoken|nexttoken|nextcursor|continuationtoken|paginationtoken|marker|continue|startcursor|iterator|bookmark|skiptoken|next|pagekey|exclusivestartkey)$/;
const BEFORE = /^(before|pagebefore|beforecursor|endingbefore|beforeid|previouscursor|prevcursor)$/;
const SORT = /^(sort|sortby|sortfield|sortkey|sortcolumn|sorting|order|orderby|orderfield|ordering)$/;
const DIRECTION = /^(sortorder|sortdirection|sortdir|direction|orderdirection|ordertype|sorttype)$/;
const SEARCH = /^(q|query|search|searchterm|searchtext|searchquery|keywords?|term|text)$/;
const EXPRESSION = /^(filter|where|filterexpression)$/;
/** Names that mean pages only where nothing of an item is called so, and where they take what pages take. */
const MAYBE_LIMIT = /^(size|top|first|rows|take|count|max|num|n)$/;
const MAYBE_OFFSET = /^(start|from|index|position)$/;
const MAYBE_INCLUSIVE = /^(from|startkey|startingat)$/;

const WAYS = /^(asc|desc|ascending|descending)$/i;
const AFFIX =
  /^(.+?)(gte|gt|ge|lte|lt|le|after|since|from|min|start|before|until|to|max|end|ne|not|in|eq|pattern|contains|like)$/;
const PREFIX = /^(min|max|after|since|from|before|until|to)(.+)$/;

const OPERATORS: Readonly<Record<string, Operator>> = {
  gte: "gte",
  ge: "gte",
  since: "gte",
  from: "gte",
  min: "gte",
  start: "gte",
  gt: "gt",
  after: "gt",
  lte: "lte",
  le: "lte",
  until: "lte",
  to: "lte",
  max: "lte",
  end: "lte",
  lt: "lt",
  before: "lt",
  ne: "ne",
  not: "ne",
  in: "eq",
  eq: "eq",
  pattern: "contains",
  contains: "contains",
  like: "contains",
};

/**
 * The parameters of a list that are understood: those of its query, and the members of a body that searches.
 * @param noun what the items are called, `pool`: `poolName` is the name of one
 */
export function listParameters(
  operation: Operation,
  names: ItemNames,
  noun: string,
  schemas: Schemas,
): ListParameter[] {
  const body = operation.method === "GET" ? undefined : bodySchemaOf(operation, schemas);
  const members = body === undefined ? [] : [...schemas.properties(body)];
  const asked = body === undefined ? new Set<string>() : schemas.required(body);
  const bodies = body === undefined ? [] : examplesOf(operation, body);
  const query = operation.parameters.filter(({ in: place }) => place === "query");
  const declared = [
    ...query.map(({ name, schema, examples, required }) => ({
      name,
      required,
      schema: schema === undefined ? undefined : schemas.at(schema),
      shown: Object.values(examples),
    })),
    ...members.map(([name, schema]) => ({
      name,
      required: asked.has(name),
      schema,
      shown: bodies.map((one) => one[name]).filter((value) => value !== undefined),
    })),
  ];
  return declared.flatMap(({ name, required, schema, shown }): ListParameter[] => {
    const key = keyOf(name);
    const rest = noun !== "" && key.startsWith(noun) ? key.slice(noun.length) : "";
    const meaning =
      meaningOf(key, schema, names, schemas) ??
      (rest === "" ? undefined : meaningOf(rest, schema, names, schemas));
    if (meaning !== undefined)
      return [{ at: [name], meaning, required, schema, shown: [...shown, ...shownIn(schema)] }];
    const inside = schema === undefined || !isPaging(name) ? [] : [...schemas.properties(schema)];
    return inside.flatMap(([inner, node]): ListParameter[] => {
      const meant =
        meaningOf(`page${plain(inner)}`, node, names, schemas) ??
        meaningOf(plain(inner), node, names, schemas);
      return meant === undefined
        ? []
        : [{ at: [name, inner], meaning: meant, required: false, schema: node, shown: shownIn(node) }];
    });
  });
}

/** `status` of `filter[status]`: what it is called says nothing, what it names does. */
const keyOf = (name: string): string => plain(/^(?:filters?|where)[[.](.+)$/i.exec(name)?.[1] ?? name);

/** The bodies that the document shows. */
function examplesOf({ requestBody }: Operation, body: SchemaNode): readonly PlainObject[] {
  const shown = Object.values(requestBody?.content ?? {}).flatMap(({ examples }) => Object.values(examples));
  return [...shown, ...shownIn(body)].filter(isPlainObject);
}

function shownIn(node: SchemaNode | undefined): readonly unknown[] {
  const { example, examples } = node?.schema ?? {};
  return [...(example === undefined ? [] : [example]), ...(Array.isArray(examples) ? examples : [])];
}

const isPaging = (name: string): boolean => /^(page|paging|pagination)$/.test(plain(name));

function meaningOf(
  key: string,
  schema: SchemaNode | undefined,
  names: ItemNames,
  schemas: Schemas,
): Meaning | undefined {
  const meaning = meaningByName(key, schema, names, schemas);
  // Whose text it is may go by the name of a flag: `favorited=ann`.
  const isFlag = meaning?.kind === "filter" && meaning.operator === "eq" && names.isFlag(meaning.path);
  return isFlag && schema !== undefined && !mayBeFlag(schema, schemas) ? undefined : meaning;
}

function mayBeFlag(schema: SchemaNode, schemas: Schemas): boolean {
  const types = schemas.types(schema);
  const values = schema.schema["enum"];
  return types.size === 0 || types.has("boolean") || (Array.isArray(values) && values.includes("true"));
}

function meaningByName(
  key: string,
  schema: SchemaNode | undefined,
  names: ItemNames,
  schemas: Schemas,
): Meaning | undefined {
  const types = schema === undefined ? new Set<string>() : schemas.types(schema);
  if (types.has("object") && !types.has("string")) {
    if (SORT.test(key)) return { kind: "sort" };
    return isPaging(key) ? undefined : filterOn(key, names);
  }
  const numeric = types.has("integer") || types.has("number");
  const open = types.size === 0 || types.has("string");
  const isTime = /^date/.test(String(schema?.schema["format"] ?? ""));
  if (LIMIT.test(key)) return { kind: "limit" };
  if (PAGE.test(key)) return { kind: "page", first: begins(schema) ?? 1 };
  // A text that says where to begin is a cursor, whatever it is called.
  if (OFFSET.test(key))
    return numeric || types.size === 0
      ? { kind: "offset", first: begins(schema) ?? 0 }
      : { kind: "cursor", inclusive: false };
  if (CURSOR.test(key) && !isTime && !names.has(key)) return { kind: "cursor", inclusive: false };
  if (BEFORE.test(key) && !isTime && !names.has(key)) return { kind: "before" };
  if (DIRECTION.test(key) || (SORT.test(key) && saysWaysOnly(schema, schemas))) return { kind: "direction" };
  if (SORT.test(key)) return { kind: "sort" };
  if (names.has(key)) return filterOn(key, names);
  if (numeric && MAYBE_LIMIT.test(key)) return { kind: "limit" };
  if (numeric && MAYBE_OFFSET.test(key)) return { kind: "offset", first: begins(schema) ?? 0 };
  if (open && !isTime && MAYBE_INCLUSIVE.test(key)) return { kind: "cursor", inclusive: true };
  if (open && SEARCH.test(key)) return { kind: "search" };
  if (open && EXPRESSION.test(key)) return { kind: "expression" };
  return isTime && Object.hasOwn(OPERATORS, key) ? onTime(key, names) : filterOn(key, names);
}

/** `since=…` of a list is about when its items came to be. */
function onTime(key: string, names: ItemNames): Meaning | undefined {
  const path = names.find("created") ?? names.find("date");
  return path && { kind: "filter", path, operator: OPERATORS[key] ?? "eq" };
}

/** `status`, `created_after`, `minPrice`. */
function filterOn(key: string, names: ItemNames): Meaning | undefined {
  const whole = names.find(key);
  if (whole !== undefined) return { kind: "filter", path: whole, operator: "eq" };
  const [, base = "", end = ""] = AFFIX.exec(key) ?? [];
  const [, start = "", rest = ""] = PREFIX.exec(key) ?? [];
  for (const [name, affix] of [
    [base, end],
    [rest, start],
  ] as const) {
    const path = name === "" ? undefined : names.find(name);
    if (path !== undefined) return { kind: "filter", path, operator: OPERATORS[affix] ?? "eq" };
  }
  return undefined;
}

function begins(schema: SchemaNode | undefined): 0 | 1 | undefined {
  const { default: initial, minimum } = schema?.schema ?? {};
  if (initial === 0 || minimum === 0) return 0;
  return initial === 1 || minimum === 1 ? 1 : undefined;
}

function saysWaysOnly(schema: SchemaNode | undefined, schemas: Schemas): boolean {
  if (schema === undefined) return false;
  const values = schema.schema["enum"] ?? schemas.below(schema, "items").schema["enum"];
  return Array.isArray(values) && values.length > 0 && values.every((value) => WAYS.test(String(value)));
}

/** A text called `offset` is a number after all, where no answer tells another one to send. */
export function withoutCursor(parameter: ListParameter): ListParameter {
  const isOffset = parameter.meaning.kind === "cursor" && OFFSET.test(keyOf(parameter.at.at(-1) ?? ""));
  return isOffset ? { ...parameter, meaning: { kind: "offset", first: 0 } } : parameter;
}
