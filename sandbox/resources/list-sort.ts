import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { ItemNames } from "./item-names.ts";
import { compared, listOf, valueAt } from "./list-filters.ts";
import { plain } from "./shape.ts";

/** One thing to sort by. Without a path: by when the items came to be. */
export interface Sorting {
  readonly path: readonly string[];
  readonly descending: boolean;
}

const WAY = /^(?:asc|desc)(?:ending)?$/i;
const isDown = (way: unknown): boolean => /^(desc|-1)/i.test(String(way));

/**
 * What a value asks to sort by, in the usual spellings: `-created`, `created:desc`, `created desc`, `created_desc`,
 * `created,desc`, `desc(created)`, `{by: created, direction: desc}`, `{created: desc}`, and lists of these. Names that an
 * item doesn't have are passed over.
 */
export function sortingsIn(value: unknown, names: ItemNames): Sorting[] {
  return listOf(value).flatMap((part) =>
    isPlainObject(part) ? sortingsOf(part, names) : textSortings(String(part), names),
  );
}

function sortingsOf(part: PlainObject, names: ItemNames): Sorting[] {
  const entries = Object.entries(part);
  const by = entries.find(([name]) => /^(by|field|property|name|key)$/.test(plain(name)))?.[1];
  if (by !== undefined && typeof by !== "object") {
    const way = entries.find(([name]) => /^(direction|order|dir|way)$/.test(plain(name)))?.[1];
    return sortingOf(String(by), isDown(way), names);
  }
  return entries.flatMap(([name, way]) => sortingOf(name, isDown(way), names));
}

function textSortings(text: string, names: ItemNames): Sorting[] {
  const parts = text.split(",").map((part) => part.trim());
  return parts.flatMap((part, index) => {
    const next = parts[index + 1];
    if (WAY.test(part)) return parts.length === 1 ? [{ path: [], descending: isDown(part) }] : [];
    return next !== undefined && WAY.test(next) ? sortingOf(part, isDown(next), names) : spelled(part, names);
  });
}

function spelled(part: string, names: ItemNames): Sorting[] {
  const [, sign = "", bare = ""] = /^([+-]?)(.*)$/s.exec(part) ?? [];
  const around = /^(asc|desc)\((.+)\)$/i.exec(bare);
  if (around !== null) return sortingOf(around[2] ?? "", isDown(around[1]), names);
  const behind = /^(.*?)[\s:._|-]+((?:asc|desc)(?:ending)?)$/i.exec(bare);
  if (behind !== null) return sortingOf(behind[1] ?? "", isDown(behind[2]), names);
  return sortingOf(bare, sign === "-", names);
}

function sortingOf(name: string, descending: boolean, names: ItemNames): Sorting[] {
  const path = names.find(plain(name)) ?? names.find(plain(name.split(/[./]/).at(-1) ?? ""));
  return path === undefined ? [] : [{ path, descending }];
}

/** The items in the order asked for; those that are alike stay as they came, and those without a value come last. */
export function sorted(items: readonly PlainObject[], sortings: readonly Sorting[]): readonly PlainObject[] {
  if (sortings.length === 0) return items;
  const keyed = items.map((item, index) => ({
    item,
    keys: sortings.map(({ path }) => (path.length === 0 ? index : valueAt(item, path))),
  }));
  keyed.sort((one, other) => {
    for (const [at, { descending }] of sortings.entries()) {
      const order = orderOf(one.keys[at], other.keys[at], descending);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}

function orderOf(one: unknown, other: unknown, descending: boolean): number {
  const [left, right] = [textOf(one), textOf(other)];
  if (left === undefined || right === undefined)
    return (left === undefined ? 1 : 0) - (right === undefined ? 1 : 0);
  const order = compared(left, right);
  return descending ? -order : order;
}

const textOf = (value: unknown): string | undefined =>
  value === undefined || value === null || typeof value === "object" ? undefined : String(value);
