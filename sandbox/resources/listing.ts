import { writePath } from "../../specs/engine/catalog/paths.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { itemsOf } from "./list-shape.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { plain } from "./shape.ts";

/** How a list operation reads its query and what its answer says beside the items. */
export interface ListPlan {
  /** Properties of the envelope that lead to the items; none where the answer is the list. */
  readonly path: readonly string[];
  /** Properties of an item by their plain names, to filter by. */
  readonly filters: ReadonlyMap<string, string>;
  readonly said: readonly Said[];
  /** How many items a page has and which one it is, where the query says nothing: by the names of the parameters. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** What the first page is called. */
  readonly firstPage: 0 | 1;
}

/** A property of the envelope that has a usual name. */
interface Said {
  readonly name: string;
  readonly numeric: boolean;
  readonly what: "next" | "total" | "more" | "limit" | "offset" | "page";
}

/** What a list operation was asked for, by the usual names of such parameters. */
export interface ListRequest {
  readonly limit: number;
  readonly offset: number;
  readonly page: number;
  /** As it came, and what the parameter is called. */
  readonly cursor?: { readonly name: string; readonly value: unknown };
  readonly filters: readonly ListFilter[];
}

/** What a property of an item must be, compared as its name says: with one of the values where it says nothing. */
export interface ListFilter {
  readonly property: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

const LIMIT = /^(limit|pagesize|perpage|size|maxresults|top|first)$/;
const CURSOR = /^(cursor|after|startingafter|pagetoken|nexttoken|continuationtoken)$/;
const OFFSET = /^(offset|skip|start)$/;
const PAGE = /^(page|pagenumber)$/;
const PAGING = [LIMIT, OFFSET, PAGE];
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 5000;

/**
 * @param schema of the answer
 * @param item as the collection shows it; as the answer lists it where left out
 * @param collection its path
 */
export function planList(
  operation: Operation,
  schema: SchemaNode | undefined,
  item: SchemaNode | undefined,
  collection: string,
  schemas: Schemas,
): ListPlan {
  const paging = pagingOf(operation, schemas);
  const shape = schema === undefined ? undefined : itemsOf(schema, schemas, collection);
  const filtered = item ?? shape?.item;
  const filters = new Map<string, string>();
  for (const name of filtered === undefined ? [] : schemas.possible(filtered).keys()) {
    if (!filters.has(plain(name))) filters.set(plain(name), name);
  }
  const path = shape?.path ?? [];
  const [property] = path;
  if (schema === undefined || property === undefined) return { path, filters, ...paging, said: [] };
  const said = [...schemas.properties(schema)].flatMap(([name, node]): Said[] => {
    const types = schemas.types(node);
    const numeric = types.has("integer") || types.has("number");
    const what = name === property ? undefined : meaningOf(plain(name), numeric);
    return what === undefined ? [] : [{ name, numeric, what }];
  });
  return { path, filters, ...paging, said };
}

/** What the declared parameters say of pages. */
function pagingOf({ parameters }: Operation, schemas: Schemas): Pick<ListPlan, "defaults" | "firstPage"> {
  const defaults: Record<string, unknown> = {};
  let firstPage: ListPlan["firstPage"] = 1;
  for (const { in: place, name, schema } of parameters) {
    const key = plain(name);
    if (place !== "query" || schema === undefined || !PAGING.some((one) => one.test(key))) continue;
    const { default: initial, minimum } = schemas.at(schema).schema;
    if (initial !== undefined) defaults[name] = initial;
    if (PAGE.test(key) && (initial === 0 || minimum === 0)) firstPage = 0;
  }
  return { defaults, firstPage };
}

function meaningOf(key: string, numeric: boolean): Said["what"] | undefined {
  if (/^(nextcursor|nextpagetoken|nexttoken|cursor)$/.test(key)) return "next";
  if (/^(hasmore|hasnext)$/.test(key)) return "more";
  if (!numeric) return undefined;
  if (/^(total|totalcount|count|totalitems|totalresults)$/.test(key)) return "total";
  if (LIMIT.test(key)) return "limit";
  if (OFFSET.test(key)) return "offset";
  return PAGE.test(key) ? "page" : undefined;
}

export function listRequest(query: Readonly<Record<string, unknown>>, plan: ListPlan): ListRequest {
  let limit = DEFAULT_LIMIT;
  let offset = 0;
  let page: number = plan.firstPage;
  let cursor: ListRequest["cursor"];
  const filters: ListFilter[] = [];
  for (const [name, value] of Object.entries({ ...plan.defaults, ...query })) {
    const key = plain(name);
    const property = plan.filters.get(key);
    if (LIMIT.test(key)) limit = Math.min(Math.max(numberOf(value, DEFAULT_LIMIT), 1), MAX_LIMIT);
    else if (OFFSET.test(key)) offset = Math.max(numberOf(value, 0), 0);
    else if (CURSOR.test(key)) cursor = { name, value };
    else if (PAGE.test(key)) page = Math.max(numberOf(value, page), plan.firstPage);
    else if (property !== undefined) filters.push(...filtersOn(property, value));
    else if (isPlainObject(value)) {
      // `filter[status]=open`: what it is called says nothing, what it holds does.
      for (const [inner, wanted] of Object.entries(value)) {
        const filtered = plan.filters.get(plain(inner));
        if (filtered !== undefined) filters.push(...filtersOn(filtered, wanted));
      }
    }
  }
  const first = offset + (page - plan.firstPage) * limit;
  return { limit, offset: first, page, filters, ...(cursor === undefined ? {} : { cursor }) };
}

/** A value, a list of values that will do, or bounds: `{gte: 3, lt: 10}`. */
function filtersOn(property: string, value: unknown): ListFilter[] {
  const bounds = isPlainObject(value)
    ? Object.entries(value).filter(([name]) => Object.hasOwn(OPERATORS, name.replace(/^\$/, "")))
    : [];
  if (bounds.length > 0) {
    return bounds.map(([name, bound]) => {
      const operator = name.replace(/^\$/, "") as Operator;
      return { property, operator, values: listOf(bound).map(String) };
    });
  }
  return [{ property, operator: "eq", values: listOf(value).flatMap(textsOf) }];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

type Operator = "eq" | "ne" | "in" | "gt" | "gte" | "lt" | "lte";

const OPERATORS: Readonly<Record<Operator, (text: string, values: readonly string[]) => boolean>> = {
  eq: (text, values) => values.includes(text),
  in: (text, values) => values.flatMap((value) => value.split(",")).includes(text),
  ne: (text, values) => !values.includes(text),
  gt: (text, [bound = ""]) => compared(text, bound) > 0,
  gte: (text, [bound = ""]) => compared(text, bound) >= 0,
  lt: (text, [bound = ""]) => compared(text, bound) < 0,
  lte: (text, [bound = ""]) => compared(text, bound) <= 0,
};

/** Numbers by their value, all else by its text: dates and times sort so. */
function compared(one: string, other: string): number {
  const [left, right] = [Number(one), Number(other)];
  if (one !== "" && other !== "" && !Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return one < other ? -1 : one > other ? 1 : 0;
}

export function matches(item: Readonly<Record<string, unknown>>, { filters }: ListRequest): boolean {
  return filters.every(({ property, operator, values }) => {
    const parts = listOf(item[property]);
    return parts.some((part) => textsOf(part).some((text) => OPERATORS[operator](text, values)));
  });
}

/** What a filter may call a value: a thing goes by what identifies it. */
function textsOf(value: unknown): string[] {
  if (!isPlainObject(value)) return [String(value)];
  const named = Object.entries(value).filter(([name]) =>
    /^(id|gid|sid|uuid|key|name|slug|code)$/.test(plain(name)),
  );
  return named.map(([, part]) => String(part));
}

export interface ListedPage {
  readonly items: readonly unknown[];
  readonly total: number;
  /** Asks for the page after this one; undefined where there is none. */
  readonly next: string | number | undefined;
}

/** The items as they are, or in their envelope with what it says beside them; parts that have nothing to say are left out. */
export function listAnswer(plan: ListPlan, listed: ListedPage, request: ListRequest): unknown {
  if (plan.path.length === 0) return listed.items;
  const result: Record<string, unknown> = {};
  writePath(result, plan.path, { value: listed.items, indices: [] });
  for (const { name, what } of plan.said) {
    const value = saidOf(what, listed, request);
    if (value !== undefined) result[name] = value;
  }
  return result;
}

function saidOf(
  what: Said["what"],
  { total, next }: ListedPage,
  { limit, offset, page }: ListRequest,
): unknown {
  switch (what) {
    case "next":
      return next;
    case "more":
      return next !== undefined;
    case "total":
      return total;
    case "limit":
      return limit;
    case "offset":
      return offset;
    case "page":
      return page;
  }
}

function numberOf(value: unknown, fallback: number): number {
  const number = Number(value);
  return Number.isInteger(number) ? number : fallback;
}
