import { strictJsonOrText } from "../../strict-json.ts";
import { isPlainObject, type PlainObject } from "../pointer.ts";
import { partsOf } from "../schemas/schema-parts.ts";
import { coerceText, typesOf } from "../schemas/schema-types.ts";
import type { FieldEncoding, MediaType } from "../types.ts";

/** What a form says before a schema gives its texts their types. */
export type FormValue = string | readonly FormValue[] | { readonly [name: string]: FormValue };

type Draft = string | Draft[] | Map<string, Draft>;

const MAX_DEPTH = 32;
const MAX_INDEX = 10_000;

/**
 * The fields of a form as an object: a name that comes more than once is a list, and brackets lead inside
 * (`card[number]`, `items[0][price]`, `expand[]`).
 */
export function readForm(pairs: Iterable<readonly [name: string, text: string]>): {
  readonly [name: string]: FormValue;
} {
  const root = new Map<string, Draft>();
  for (const [name, text] of pairs) put(root, pathOf(name), text);
  return Object.fromEntries([...root].map(([name, draft]) => [name, settled(draft)]));
}

/** `a[b][]` → `a`, `b` and the empty name; a name with brackets that don't match is one name. */
function pathOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name);
  if (match === null) return [name];
  const [, first = "", rest = ""] = match;
  const path = [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, inner = ""]) => inner)];
  return path.length > MAX_DEPTH ? [name] : path;
}

function put(into: Map<string, Draft>, [name = "", ...inner]: readonly string[], text: string): void {
  const key = name === "" ? String(into.size) : name;
  const existing = into.get(key);
  if (inner.length === 0) {
    // A name that comes again makes a list.
    if (existing === undefined) into.set(key, text);
    else if (Array.isArray(existing)) existing.push(text);
    else into.set(key, [existing, text]);
    return;
  }
  const next = existing instanceof Map ? existing : new Map<string, Draft>();
  into.set(key, next);
  put(next, inner, text);
}

/** Numbers in brackets count the items of a list. */
function settled(draft: Draft): FormValue {
  if (typeof draft === "string") return draft;
  if (Array.isArray(draft)) return draft.map(settled);
  const entries = [...draft].map(([name, inner]) => [name, settled(inner)] as const);
  const counted =
    entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name) && Number(name) < MAX_INDEX);
  if (!counted) return Object.fromEntries(entries);
  return entries.toSorted(([one], [other]) => Number(one) - Number(other)).map(([, inner]) => inner);
}

/**
 * Gives the texts of a form the types that a schema wants where they stand.
 * @param encoding of the fields that hold a whole list or object in one text
 */
export function typeForm(
  document: unknown,
  schema: unknown,
  value: FormValue,
  encoding: MediaType["encoding"] = {},
): unknown {
  if (typeof value === "string" || Array.isArray(value)) return typed(document, [schema], value, 0);
  const parts = partsOf(document, [schema]);
  const split = Object.entries(value).map(([name, inner]): readonly [string, FormValue] => {
    const delimiter = delimiterOf(encoding[name]);
    if (delimiter === undefined || typeof inner !== "string") return [name, inner];
    const types = new Set(partsOf(document, fieldOf(parts, name)).flatMap(typesOf));
    if (types.has("array")) return [name, inner === "" ? [] : inner.split(delimiter)];
    return [name, types.has("object") ? pairsOf(inner.split(delimiter)) : inner];
  });
  return typed(document, [schema], Object.fromEntries(split), 0);
}

/** What stands between the parts of a field that is one text; undefined where each part is a field of its own. */
export function delimiterOf(encoding: FieldEncoding | undefined): string | undefined {
  const style = encoding?.style ?? "form";
  if (style === "spaceDelimited") return " ";
  if (style === "pipeDelimited") return "|";
  return style === "form" && encoding?.explode === false ? "," : undefined;
}

/** `a`, `1`, `b`, `2` → `{a: "1", b: "2"}` */
function pairsOf(texts: readonly string[]): FormValue {
  const names = texts.filter((_, index) => index % 2 === 0);
  return Object.fromEntries(names.map((name, index) => [name, texts[index * 2 + 1] ?? ""]));
}

/** What the schemas say of a field: as a property, or as any further one. */
function fieldOf(parts: readonly PlainObject[], name: string): unknown[] {
  const own = parts.flatMap(({ properties }) =>
    isPlainObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [],
  );
  return own.length > 0 ? own : parts.flatMap((part) => part["additionalProperties"] ?? []);
}

function typed(document: unknown, schemas: readonly unknown[], value: FormValue, depth: number): unknown {
  if (depth > MAX_DEPTH) return value;
  const parts = partsOf(document, schemas);
  const types = new Set(parts.flatMap(typesOf));
  const below = (keyword: string): unknown[] =>
    parts.map((part) => part[keyword]).filter((one) => one !== undefined);
  const items = (list: readonly FormValue[]): unknown[] =>
    list.map((item) => typed(document, below("items"), item, depth + 1));
  if (typeof value === "string") {
    const texts = parts.filter((part) => typesOf(part).includes("string"));
    // A text that only stands for "nothing" (`enum: [""]`) is no place for another one.
    const asText = texts.length === 0 || texts.some(({ enum: values }) => !isListWithout(values, value));
    if (types.size === 0 || (types.has("string") && (asText || types.size === 1))) return value;
    if (types.has("array")) return isJsonText(value, "[") ? strictJsonOrText(value) : items([value]);
    if (types.has("object")) return strictJsonOrText(value);
    return coerceText(value, {
      types: new Set([...types].filter((name) => name !== "string")),
      properties: {},
    });
  }
  if (Array.isArray(value)) return items(value);
  if (types.has("array") && !types.has("object")) return items(Object.values(value));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, FormValue]) => [
      name,
      typed(document, fieldOf(parts, name), inner, depth + 1),
    ]),
  );
}

const isListWithout = (values: unknown, text: string): boolean =>
  Array.isArray(values) && !values.includes(text);

const isJsonText = (text: string, start: string): boolean => text.trimStart().startsWith(start);
