import { pointerOf } from "../../specs/engine/catalog/pointer.ts";
import type { SchemaRef } from "../../specs/engine/catalog/types.ts";
import { isObject, type Json, list, localPointer, object, objects, text, texts } from "./json.ts";
import { WordBudget } from "./word-budget.ts";

/** A schema made ready for a page: what a reader wants to know of one value. */
export interface SchemaView {
  /** `string`, `array of Charge`, `integer or null`. */
  readonly type: string;
  /** The named schemas that `type` mentions, to link. */
  readonly names: readonly NamedSchema[];
  readonly description: string;
  /** Rules in words: `at most 64 characters`. */
  readonly constraints: readonly string[];
  readonly values: readonly string[];
  readonly fields: readonly FieldView[];
  readonly variants: readonly SchemaView[];
  /** Set where a budget or recursion ended the view: the reader follows `names`. */
  readonly cut: boolean;
  /** Whether its fields are left to its own page, or to the document, since the page has said enough. */
  readonly left: boolean;
}

export interface FieldView extends SchemaView {
  readonly name: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly access: "" | "read only" | "write only";
}

export interface NamedSchema {
  readonly name: string;
  readonly key: string;
}

/** Finds the schema that a reference names, and the name under which the portal has a page for it. */
export interface SchemaSource {
  resolve(ref: SchemaRef): unknown;
  named(ref: SchemaRef): NamedSchema | undefined;
}

interface Walk {
  readonly source: SchemaSource;
  readonly document: string;
  readonly seen: readonly string[];
  readonly depth: number;
  readonly budget: { fields: number };
}

/** `document#/pointer`: one place of the spec set. */
export function schemaKey(ref: SchemaRef): string {
  return `${ref.document}#${ref.pointer}`;
}

/**
 * The view of a schema down to `depth` levels of named schemas and at most `fields` fields, described within `words`, so
 * that a page stays small whatever the spec holds. What is beyond is a link.
 */
export function viewSchema(
  ref: SchemaRef,
  source: SchemaSource,
  limits: { depth: number; fields: number } = { depth: 2, fields: 48 },
  words = new WordBudget(),
): SchemaView {
  const walk: Walk = {
    source,
    document: ref.document,
    seen: [schemaKey(ref)],
    depth: limits.depth,
    budget: { fields: limits.fields },
  };
  return worded(view(source.resolve(ref), walk), words);
}

// What stands on one level comes before anything below it; beyond the budget it is left to its own page, or to the document.
function worded<View extends SchemaView>(view: View, words: WordBudget): View {
  const taken = <One extends SchemaView>(one: One): One => ({
    ...one,
    description: words.take(one.description),
  });
  const [fields, variants] = [view.fields.map(taken), view.variants.map(taken)];
  const inside = <One extends SchemaView>(one: One): One =>
    one.fields.length > 0 && !words.affords(one.fields.length)
      ? { ...one, fields: [], variants: [], left: true }
      : worded(one, words);
  return { ...view, fields: fields.map(inside), variants: variants.map(inside) };
}

/** No page lists more fields of one object than this. */
const MOST_FIELDS = 120;

const EMPTY: SchemaView = {
  type: "any",
  names: [],
  description: "",
  constraints: [],
  values: [],
  fields: [],
  variants: [],
  cut: false,
  left: false,
};

function view(schema: unknown, walk: Walk): SchemaView {
  if (schema === false) return { ...EMPTY, type: "nothing" };
  if (!isObject(schema)) return EMPTY;
  const pointer = localPointer(schema["$ref"]);
  if (pointer !== undefined) return referenced(schema, pointer, walk);
  const merged = mergeAllOf(schema, walk);
  const inner = list(merged["oneOf"] ?? merged["anyOf"]);
  const described = describe(merged, walk);
  const items = merged["items"];
  const element = items === undefined ? undefined : view(items, walk);
  const fields = element === undefined ? fieldsOf(merged, walk) : element.fields;
  const variants =
    element?.variants ?? inner.map((one) => view(one, walk)).filter((one) => one.type !== "null");
  return {
    ...EMPTY,
    type: element === undefined ? described : `array of ${element.type}`,
    names: element?.names ?? [],
    description: text(merged["description"]),
    constraints: [...constraintsOf(merged), ...(element?.constraints ?? []).map((rule) => `each ${rule}`)],
    values: valuesOf(merged).concat(element?.values ?? []),
    fields,
    variants: variants.length > 1 ? variants : [],
    cut: element?.cut ?? walk.budget.fields <= 0,
    ...(variants.length === 1 && element === undefined ? singleVariant(variants[0] ?? EMPTY, inner) : {}),
  };
}

// `oneOf: [X, null]` reads as "X or null", with the fields of X.
function singleVariant(only: SchemaView, all: readonly unknown[]): Partial<SchemaView> {
  const nullable = all.length > 1 ? " or null" : "";
  return { type: `${only.type}${nullable}`, names: only.names, fields: only.fields, values: only.values };
}

function referenced(schema: Json, pointer: string, walk: Walk): SchemaView {
  const ref: SchemaRef = { document: walk.document, pointer };
  const key = schemaKey(ref);
  const named = walk.source.named(ref);
  const target = walk.source.resolve(ref);
  const description = text(schema["description"]) || text(object(target)["description"]);
  const names = named === undefined ? [] : [named];
  const size = Object.keys(object(object(target)["properties"])).length;
  // A string with a name and a pattern is still a string to the reader: only what has parts is cut to its name.
  const hasParts = ["properties", "items", "oneOf", "anyOf", "allOf"].some((one) =>
    Object.hasOwn(object(target), one),
  );
  if (walk.seen.includes(key) || (hasParts && (walk.depth <= 0 || walk.budget.fields < size))) {
    const type = named?.name ?? describe(object(target), walk);
    return { ...EMPTY, type, names, description, values: valuesOf(object(target)), cut: true };
  }
  const inside = view(target, { ...walk, seen: [...walk.seen, key], depth: walk.depth - 1 });
  const isSimple = inside.fields.length === 0 && inside.variants.length === 0 && inside.names.length === 0;
  return {
    ...inside,
    type: named === undefined ? inside.type : isSimple ? inside.type : named.name,
    names: named === undefined || isSimple ? inside.names : names,
    description,
  };
}

/** `allOf` written out: what all branches ask of the value together. */
function mergeAllOf(schema: Json, walk: Walk, seen: readonly unknown[] = []): Json {
  const branches = list(schema["allOf"]);
  if (branches.length === 0 || seen.includes(schema)) return schema;
  let properties: Json = {};
  let required: readonly string[] = [];
  let rest: Json = {};
  const { allOf: _, ...own } = schema;
  for (const branch of [...branches, own]) {
    const pointer = localPointer(object(branch)["$ref"]);
    const target = pointer === undefined ? branch : walk.source.resolve({ document: walk.document, pointer });
    const flat = mergeAllOf(object(target), walk, [...seen, schema]);
    properties = { ...properties, ...object(flat["properties"]) };
    required = [...required, ...texts(flat["required"])];
    rest = { ...rest, ...flat };
  }
  return { ...rest, ...(Object.keys(properties).length > 0 ? { properties, required } : {}) };
}

function fieldsOf(schema: Json, walk: Walk): FieldView[] {
  const required = new Set(texts(schema["required"]));
  // All fields of one level come before any field of the next, so that what the budget cuts is depth, not breadth.
  // Objects written out within objects have no name to link to; beyond the budget they are left to the document.
  if (walk.budget.fields <= 0) return [];
  const own = Object.entries(object(schema["properties"])).slice(0, MOST_FIELDS);
  walk.budget.fields -= own.length;
  const fields: FieldView[] = own.map(([name, property]) => ({
    ...view(property, walk),
    name,
    required: required.has(name),
    ...flagsOf(property),
  }));
  const extra = schema["additionalProperties"];
  if (isObject(extra) && Object.keys(extra).length > 0) {
    fields.push({ ...view(extra, walk), name: "any other name", required: false, ...flagsOf(extra) });
  }
  return fields;
}

function flagsOf(property: unknown): Pick<FieldView, "deprecated" | "access"> {
  const { deprecated, readOnly, writeOnly } = object(property);
  return {
    deprecated: deprecated === true,
    access: readOnly === true ? "read only" : writeOnly === true ? "write only" : "",
  };
}

function describe(schema: Json, walk: Walk): string {
  if (Object.hasOwn(schema, "const")) return typeof schema["const"];
  const types = typeof schema["type"] === "string" ? [schema["type"]] : texts(schema["type"]);
  const format = text(schema["format"]);
  if (types.length > 0) {
    const named = types.map((type) => (type === "string" && format !== "" ? format : type));
    return named.join(" or ");
  }
  const variants = objects(schema["oneOf"] ?? schema["anyOf"]);
  if (variants.length > 0) return [...new Set(variants.map((one) => nameOrType(one, walk)))].join(" or ");
  if (schema["properties"] !== undefined) return "object";
  if (Array.isArray(schema["enum"]))
    return [...new Set(schema["enum"].map((value) => typeof value))].join(" or ");
  return "any";
}

function nameOrType(schema: Json, walk: Walk): string {
  const pointer = localPointer(schema["$ref"]);
  if (pointer === undefined) return text(schema["title"]) || describe(schema, walk);
  const ref = { document: walk.document, pointer };
  return walk.source.named(ref)?.name ?? describe(object(walk.source.resolve(ref)), walk);
}

function valuesOf(schema: Json): readonly string[] {
  if (Object.hasOwn(schema, "const")) return [JSON.stringify(schema["const"])];
  return list(schema["enum"]).map((value) => JSON.stringify(value));
}

type Rule = (value: unknown) => string;
const count = (what: string, value: unknown): string => `${String(value)} ${value === 1 ? what : `${what}s`}`;

/** Keyword → how a person says it. Order is the order on the page. */
const RULES: readonly (readonly [string, Rule])[] = [
  ["minLength", (value) => (value === 0 ? "" : `at least ${count("character", value)}`)],
  ["maxLength", (value) => `at most ${count("character", value)}`],
  ["pattern", (value) => `matches ${String(value)}`],
  ["minimum", (value) => `≥ ${String(value)}`],
  ["exclusiveMinimum", (value) => `> ${String(value)}`],
  ["maximum", (value) => `≤ ${String(value)}`],
  ["exclusiveMaximum", (value) => `< ${String(value)}`],
  ["multipleOf", (value) => `a multiple of ${String(value)}`],
  ["minItems", (value) => (value === 0 ? "" : `at least ${count("item", value)}`)],
  ["maxItems", (value) => `at most ${count("item", value)}`],
  ["uniqueItems", (value) => (value === true ? "no item twice" : "")],
  ["minProperties", (value) => (value === 0 ? "" : `at least ${count("field", value)}`)],
  ["maxProperties", (value) => `at most ${count("field", value)}`],
  ["additionalProperties", (value) => (value === false ? "no other fields" : "")],
  ["unevaluatedProperties", (value) => (value === false ? "no other fields" : "")],
  ["default", (value) => `default ${JSON.stringify(value)}`],
];

function constraintsOf(schema: Json): readonly string[] {
  const rules = RULES.filter(([keyword]) => Object.hasOwn(schema, keyword)).map(([keyword, say]) =>
    say(schema[keyword]),
  );
  return [...new Set(rules.filter((rule) => rule !== ""))];
}

/** The named schemas that a schema mentions anywhere in itself, as pointers of its document. */
export function mentionedPointers(schema: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const item of schema) mentionedPointers(item, found);
  else if (isObject(schema)) {
    const pointer = localPointer(schema["$ref"]);
    if (pointer !== undefined) found.add(pointer);
    for (const value of Object.values(schema)) mentionedPointers(value, found);
  }
  return found;
}

/** Where the named schemas of a document stand. */
export function componentPointers(content: Json): readonly { name: string; pointer: string }[] {
  const named = Object.keys(object(object(content["components"])["schemas"]));
  return named.map((name) => ({ name, pointer: pointerOf("components", "schemas", name) }));
}
