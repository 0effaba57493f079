import { escapeToken, isPlainObject } from "../../catalog/pointer.ts";
import { type SampleOptions, sample } from "./sample.ts";
import { branchesOf, type FlatSchema, numberAt, propertiesOf, requiredOf, typesOf } from "./schema.ts";
import { absent, replaceAt, type Variation } from "./variation.ts";

type Local = Variation;

const MAX_DEPTH = 6;
const MOST_ITEMS = 1000;
const LONGEST_TEXT = 100_000;

const SPECIMENS: Readonly<Record<string, unknown>> = {
  object: { unexpected: true },
  array: [],
  string: "text",
  number: 1.5,
  boolean: true,
  null: null,
};

function* wrongType(schema: FlatSchema, pointer: string): Generator<Local> {
  const types = typesOf(schema);
  if (types.length === 0) return;
  const allowed = (name: string): boolean =>
    types.includes(name) || (name === "number" && types.includes("integer"));
  // A text in place of a number and a number in place of a text are what lax parsers let through.
  const order = types.includes("string") ? ["number", "null", "object"] : ["string", "null", "array"];
  for (const name of order.filter((one) => !allowed(one))) {
    yield {
      pointer,
      label: `as ${name === "object" || name === "array" ? "an" : "a"} ${name}`,
      keyword: "type",
      value: SPECIMENS[name],
    };
  }
}

function* texts(schema: FlatSchema, base: unknown, pointer: string): Generator<Local> {
  const min = numberAt(schema, "minLength");
  const max = numberAt(schema, "maxLength");
  const text = typeof base === "string" ? base : "";
  if (min !== undefined && min > 0) {
    yield { pointer, label: "shorter than allowed", keyword: "minLength", value: text.slice(0, min - 1) };
  }
  if (max !== undefined && max < LONGEST_TEXT) {
    yield {
      pointer,
      label: "longer than allowed",
      keyword: "maxLength",
      value: text.padEnd(max + 1, text || "x"),
    };
  }
  if (typeof schema["pattern"] === "string") {
    yield { pointer, label: "outside its pattern", keyword: "pattern", value: `${text}\u0000 ~` };
    yield { pointer, label: "outside its pattern", keyword: "pattern", value: `!${text}` };
  }
  if (typeof schema["format"] === "string") {
    yield {
      pointer,
      label: `not a ${schema["format"]}`,
      keyword: "format",
      value: `not a ${schema["format"]}`,
    };
  }
}

function* numbers(schema: FlatSchema, pointer: string, whole: boolean): Generator<Local> {
  const step = numberAt(schema, "multipleOf") ?? 1;
  const low = numberAt(schema, "minimum");
  const high = numberAt(schema, "maximum");
  const above = numberAt(schema, "exclusiveMinimum");
  const below = numberAt(schema, "exclusiveMaximum");
  if (low !== undefined) yield { pointer, label: "below its minimum", keyword: "minimum", value: low - step };
  if (high !== undefined)
    yield { pointer, label: "above its maximum", keyword: "maximum", value: high + step };
  if (above !== undefined)
    yield { pointer, label: "at its exclusive minimum", keyword: "exclusiveMinimum", value: above };
  if (below !== undefined)
    yield { pointer, label: "at its exclusive maximum", keyword: "exclusiveMaximum", value: below };
  if (whole) yield { pointer, label: "as a fraction", keyword: "type", value: (low ?? 1) + 0.5 };
  if (schema["multipleOf"] !== undefined) {
    yield { pointer, label: "between its steps", keyword: "multipleOf", value: (low ?? 0) + step * 1.5 };
  }
}

function* objects(
  schema: FlatSchema,
  base: unknown,
  pointer: string,
  options: SampleOptions,
  depth: number,
): Generator<Local> {
  const held = isPlainObject(base) ? base : {};
  for (const name of requiredOf(schema)) {
    const place = `${pointer}/${escapeToken(name)}`;
    if (name in held)
      yield { pointer: place, label: "missing although required", keyword: "required", value: absent };
  }
  if (schema["additionalProperties"] === false || schema["unevaluatedProperties"] === false) {
    const value = { ...held, unexpectedProperty: "x" };
    yield { pointer, label: "with an unknown property", keyword: "additionalProperties", value };
  }
  for (const [name, raw] of Object.entries(propertiesOf(schema))) {
    const property = options.reader.flat(raw);
    if (!(name in held) || property["readOnly"] === true) continue;
    yield* walk(property, held[name], `${pointer}/${escapeToken(name)}`, options, depth + 1);
  }
}

function* arrays(
  schema: FlatSchema,
  base: unknown,
  pointer: string,
  options: SampleOptions,
  depth: number,
): Generator<Local> {
  const items = Array.isArray(base) ? base : [];
  const least = numberAt(schema, "minItems") ?? 0;
  const most = numberAt(schema, "maxItems");
  if (least > 0)
    yield { pointer, label: "with too few items", keyword: "minItems", value: items.slice(0, least - 1) };
  if (most !== undefined && most < MOST_ITEMS) {
    const filler = items[0] ?? sample(schema["items"] ?? {}, options);
    const value = Array.from({ length: most + 1 }, (_, index) => items[index] ?? filler);
    yield { pointer, label: "with too many items", keyword: "maxItems", value };
  }
  const first = items[0];
  if (first === undefined) return;
  if (schema["uniqueItems"] === true) {
    yield { pointer, label: "with a doubled item", keyword: "uniqueItems", value: [...items, first] };
  }
  yield* walk(options.reader.flat(schema["items"] ?? {}), first, `${pointer}/0`, options, depth + 1);
}

function* walk(
  schema: FlatSchema,
  base: unknown,
  pointer: string,
  options: SampleOptions,
  depth: number,
): Generator<Local> {
  if (depth > MAX_DEPTH) return;
  const branches = branchesOf(schema, options.reader);
  if (branches.length > 0) {
    yield { pointer, label: "outside all its branches", keyword: "oneOf", value: { unexpectedBranch: true } };
    for (const branch of branches) yield* walkBranch(branch, pointer, options, depth);
    return;
  }
  yield* wrongType(schema, pointer);
  if ("const" in schema) {
    yield { pointer, label: "other than its constant", keyword: "const", value: "unexpected-constant" };
    return;
  }
  if (Array.isArray(schema["enum"])) {
    yield { pointer, label: "outside its enum", keyword: "enum", value: "unexpected-value" };
    return;
  }
  const types = typesOf(schema);
  if (types.includes("string")) yield* texts(schema, base, pointer);
  if (types.includes("integer")) yield* numbers(schema, pointer, true);
  else if (types.includes("number")) yield* numbers(schema, pointer, false);
  if (types.includes("array")) yield* arrays(schema, base, pointer, options, depth);
  if (types.includes("object")) yield* objects(schema, base, pointer, options, depth);
}

/** Each branch is violated on a sample of its own, which replaces the whole union. */
function* walkBranch(
  branch: FlatSchema,
  pointer: string,
  options: SampleOptions,
  depth: number,
): Generator<Local> {
  const base = sample(branch, options);
  for (const local of walk(branch, base, "", options, depth + 1)) {
    const value = replaceAt(base, local.pointer, local.value);
    if (value === absent) continue;
    yield { ...local, pointer, label: `${local.label} at ${local.pointer || "its top"} of a branch`, value };
  }
}

/**
 * Values that violate a single constraint each, around the valid `base`. `isValid` has the last word: what it accepts
 * violated nothing and is left out.
 */
export function invalidVariations(
  schema: unknown,
  base: unknown,
  options: SampleOptions,
  isValid: (value: unknown) => boolean,
): Variation[] {
  const out: Variation[] = [];
  const seen = new Set<string>();
  for (const local of walk(options.reader.flat(schema), base, "", options, 0)) {
    const value = replaceAt(base, local.pointer, local.value);
    if (value === absent || isValid(value)) continue;
    const key = `${local.pointer} ${local.keyword} ${local.label}`;
    // Two attempts at one constraint (a pattern): the first that is invalid is enough.
    if (seen.has(key)) continue;
    seen.add(key);
    out.push({ ...local, value });
  }
  return out;
}
