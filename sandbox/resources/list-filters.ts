import { isPlainObject, member, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { PropertyPath } from "./item-names.ts";
import { plain } from "./shape.ts";

/** What a property of an item must be, compared as its operator says. */
export interface ListFilter {
  readonly path: PropertyPath;
  readonly operator: Operator;
  readonly values: readonly string[];
}

export type Operator =
  | "eq"
  | "ne"
  | "in"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "contains"
  | "starts"
  | "ends"
  | "present";

const MEETS: Readonly<Record<Operator, (text: string, values: readonly string[]) => boolean>> = {
  eq: (text, values) => values.includes(text) || parted(values).includes(text),
  in: (text, values) => parted(values).includes(text),
  ne: (text, values) => values.includes(text),
  gt: (text, [bound = ""]) => compared(text, bound) > 0,
  gte: (text, [bound = ""]) => compared(text, bound) >= 0,
  lt: (text, [bound = ""]) => compared(text, bound) < 0,
  lte: (text, [bound = ""]) => compared(text, bound) <= 0,
  contains: (text, [part = ""]) => lower(text).includes(lower(part.replaceAll(/^[%*~]+|[%*]+$/g, ""))),
  starts: (text, [part = ""]) => lower(text).startsWith(lower(part)),
  ends: (text, [part = ""]) => lower(text).endsWith(lower(part)),
  present: () => true,
};

const lower = (text: string): string => text.toLowerCase();
/** `open,closed` is one or the other. */
const parted = (values: readonly string[]): string[] => values.flatMap((value) => value.split(","));
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** A value, a list of values that will do, or bounds: `{gte: 3, lt: 10}`. */
export function filtersOn(path: PropertyPath, operator: Operator, value: unknown): ListFilter[] {
  const bounds = isPlainObject(value)
    ? Object.entries(value).map(([name, bound]) => [name.replace(/^\$/, ""), bound] as const)
    : [];
  const known = bounds.filter(([name]) => Object.hasOwn(MEETS, name));
  if (known.length > 0) {
    return known.map(([name, bound]) => ({
      path,
      operator: name as Operator,
      values: listOf(bound).map(String),
    }));
  }
  return [{ path, operator, values: listOf(value).flatMap(textsOf) }];
}

export function meets(item: PlainObject, { path, operator, values }: ListFilter): boolean {
  const found = listOf(valueAt(item, path)).some((part) =>
    textsOf(part).some((text) => MEETS[operator](text, values)),
  );
  return operator === "ne" ? !found : found;
}

export function valueAt(item: PlainObject, path: readonly string[]): unknown {
  let value: unknown = item;
  for (const name of path) value = member(value, name);
  return value;
}

const ID = /^(id|uuid|gid|sid|uid)$|_id$|[a-z](Id|ID)$/;

/** Whether a text of the item, however deep, has each of the words; of an id it has to be all. */
export function mentions(item: unknown, words: readonly string[]): boolean {
  const { texts, ids } = textsIn(item, "", { texts: [], ids: [] }, 0);
  const text = texts.join("\n");
  return words.every((word) => text.includes(word) || ids.includes(word));
}

interface Texts {
  readonly texts: string[];
  readonly ids: string[];
}

function textsIn(value: unknown, name: string, found: Texts, depth: number): Texts {
  if (typeof value === "string" || typeof value === "number")
    (ID.test(name) ? found.ids : found.texts).push(lower(String(value)));
  else if (value !== null && typeof value === "object" && depth < 5) {
    const inside = Array.isArray(value) ? value.map((part) => [name, part] as const) : Object.entries(value);
    for (const [inner, part] of inside) textsIn(part, inner, found, depth + 1);
  }
  return found;
}

/** Numbers by their value, all else by its text: dates and times sort so, and a day holds all its times. */
export function compared(one: string, other: string): number {
  const [left, right] = [Number(one), Number(other)];
  if (one !== "" && other !== "" && !Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  const day = /^\d{4}-\d\d-\d\d$/.test(other) && one.length > 10;
  const text = day ? one.slice(0, 10) : one;
  return text < other ? -1 : text > other ? 1 : 0;
}

/** What a filter may call a value: a thing goes by what identifies it. */
export function textsOf(value: unknown): string[] {
  if (value === undefined) return [];
  if (!isPlainObject(value)) return [String(value)];
  const named = Object.entries(value).filter(([name]) =>
    /^(id|gid|sid|uid|uuid|key|name|slug|code|symbol|username|login|handle|email)$/.test(plain(name)),
  );
  return named.map(([, part]) => String(part));
}
