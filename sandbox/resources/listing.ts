import type { SchemaNode, Schemas } from "./schemas.ts";
import { plain } from "./shape.ts";

/** What a list operation was asked for, by the usual names of such parameters. */
export interface ListRequest {
  readonly limit: number;
  readonly offset: number;
  readonly page: number;
  readonly filters: readonly { readonly property: string; readonly values: readonly string[] }[];
}

const LIMIT = /^(limit|pagesize|perpage|size|maxresults|top|first)$/;
const CURSOR = /^(cursor|after|startingafter|pagetoken|nexttoken|continuationtoken)$/;
const OFFSET = /^(offset|skip|start)$/;
const PAGE = /^(page|pagenumber)$/;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;

export function listRequest(
  query: Readonly<Record<string, unknown>>,
  item: SchemaNode | undefined,
  schemas: Schemas,
): ListRequest {
  let limit = DEFAULT_LIMIT;
  let offset = 0;
  let page = 1;
  const filters: { property: string; values: string[] }[] = [];
  const properties = item === undefined ? [] : [...schemas.properties(item).keys()];
  for (const [name, value] of Object.entries(query)) {
    const key = plain(name);
    const property = properties.find((candidate) => plain(candidate) === key);
    if (LIMIT.test(key)) limit = Math.min(Math.max(numberOf(value, DEFAULT_LIMIT), 1), MAX_LIMIT);
    else if (OFFSET.test(key) || CURSOR.test(key)) offset = Math.max(cursorOf(value), 0);
    else if (PAGE.test(key)) page = Math.max(numberOf(value, 1), 1);
    else if (property !== undefined) {
      filters.push({ property, values: (Array.isArray(value) ? value : [value]).map(String) });
    }
  }
  return { limit, offset: offset + (page - 1) * limit, page, filters };
}

export function matches(item: Readonly<Record<string, unknown>>, { filters }: ListRequest): boolean {
  return filters.every(({ property, values }) => {
    const found = item[property];
    return Array.isArray(found)
      ? found.some((part) => values.includes(String(part)))
      : values.includes(String(found));
  });
}

export interface ListedPage {
  readonly items: readonly unknown[];
  readonly total: number;
  readonly nextOffset?: number;
}

/** What the envelope says beside the items, by the usual names; parts that have nothing to say are left out. */
export function envelope(
  schema: SchemaNode,
  property: string,
  { items, total, nextOffset }: ListedPage,
  { limit, offset, page }: ListRequest,
  schemas: Schemas,
): Record<string, unknown> {
  const result: Record<string, unknown> = { [property]: items };
  for (const [name, node] of schemas.properties(schema)) {
    if (name === property) continue;
    const key = plain(name);
    const numeric = schemas.types(node).has("integer") || schemas.types(node).has("number");
    if (/^(nextcursor|nextpagetoken|nexttoken|cursor)$/.test(key)) {
      if (nextOffset !== undefined) result[name] = numeric ? nextOffset : String(nextOffset);
    } else if (/^(total|totalcount|count|totalitems|totalresults)$/.test(key) && numeric)
      result[name] = total;
    else if (/^(hasmore|hasnext)$/.test(key)) result[name] = nextOffset !== undefined;
    else if (LIMIT.test(key) && numeric) result[name] = limit;
    else if (OFFSET.test(key) && numeric) result[name] = offset;
    else if (PAGE.test(key) && numeric) result[name] = page;
  }
  return result;
}

function numberOf(value: unknown, fallback: number): number {
  const number = Number(value);
  return Number.isInteger(number) ? number : fallback;
}

const cursorOf = (value: unknown): number => numberOf(value, 0);
