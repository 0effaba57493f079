import { escapeToken, isPlainObject } from "../../catalog/pointer.ts";
import { type SampleOptions, sample, sampleNumber, sampleText } from "./sample.ts";
import { branchesOf, type FlatSchema, numberAt, propertiesOf, requiredOf, typesOf } from "./schema.ts";
import { absent, replaceAt, type Variation } from "./variation.ts";

interface Local {
  readonly pointer: string;
  readonly label: string;
  readonly keyword: string;
  readonly value: unknown;
}

const MAX_DEPTH = 6;
const OTHER_NAME = "another";
/** Longer texts are valid but prove nothing more. */
const LONGEST_TEXT = 4096;

/** One moment may be written in several ways (RFC 3339), each of them a valid text. */
function* moments(base: unknown, pointer: string): Generator<Local> {
  const time = typeof base === "string" ? Date.parse(base) : Number.NaN;
  if (Number.isNaN(time)) return;
  const east = new Date(time + 330 * 60_000).toISOString().slice(0, 19);
  const ways = [
    ["in UTC with a fraction of a second", new Date(time).toISOString()],
    ["with an offset", `${east}+05:30`],
  ] as const;
  for (const [label, value] of ways) yield { pointer, label, keyword: "format", value };
}

function* texts(
  schema: FlatSchema,
  base: unknown,
  pointer: string,
  options: SampleOptions,
): Generator<Local> {
  const { minLength, maxLength, pattern, format } = schema;
  if (typeof pattern === "string") {
    for (let round = 0; round < 2; round += 1) {
      const value = sampleText(schema, options.random);
      if (value !== undefined)
        yield { pointer, label: "another text of its pattern", keyword: "pattern", value };
    }
    return;
  }
  if (format === "date-time") yield* moments(base, pointer);
  if (typeof format === "string") return;
  if (typeof minLength === "number") {
    yield {
      pointer,
      label: "at its minimum length",
      keyword: "minLength",
      value: options.random.word(minLength),
    };
  }
  if (typeof maxLength === "number" && maxLength <= LONGEST_TEXT) {
    yield {
      pointer,
      label: "at its maximum length",
      keyword: "maxLength",
      value: options.random.word(maxLength),
    };
    // Lengths count code points, which an implementation that counts bytes gets wrong.
    yield {
      pointer,
      label: "at its maximum length beyond ASCII",
      keyword: "maxLength",
      value: "å".repeat(maxLength),
    };
  }
}

function* numbers(schema: FlatSchema, base: unknown, pointer: string, whole: boolean): Generator<Local> {
  const low = numberAt(schema, "minimum") ?? numberAt(schema, "exclusiveMinimum");
  const high = numberAt(schema, "maximum") ?? numberAt(schema, "exclusiveMaximum");
  if (low !== undefined) {
    const value = sampleNumber(schema, whole, Number.NEGATIVE_INFINITY);
    yield { pointer, label: "at its lower bound", keyword: "minimum", value };
  }
  if (high !== undefined) {
    const value = sampleNumber(schema, whole, Number.POSITIVE_INFINITY);
    yield { pointer, label: "at its upper bound", keyword: "maximum", value };
  }
  const value = typeof base === "number" ? Math.trunc(base) + 0.25 : 0.25;
  if (!whole) yield { pointer, label: "with a fraction", keyword: "type", value };
}

function* objects(
  schema: FlatSchema,
  base: unknown,
  pointer: string,
  options: SampleOptions,
  depth: number,
): Generator<Local> {
  const held = isPlainObject(base) ? base : {};
  const required = requiredOf(schema);
  const properties = Object.entries(propertiesOf(schema)).map(([name, raw]) => ({
    name,
    schema: options.reader.flat(raw),
  }));
  const optional = properties.filter((one) => !required.includes(one.name) && one.name in held);
  if (optional.length > 1) {
    const value = Object.fromEntries(
      Object.entries(held).filter(([name]) => !optional.some((one) => one.name === name)),
    );
    yield { pointer, label: "with its required properties only", keyword: "required", value };
  }
  for (const { name } of optional) {
    const place = `${pointer}/${escapeToken(name)}`;
    yield { pointer: place, label: "without the optional property", keyword: "required", value: absent };
  }
  const extra = schema["additionalProperties"];
  // Names that nobody listed: what a map is for.
  if (isPlainObject(extra) && !(OTHER_NAME in held)) {
    const value = sample(extra, options);
    const place = `${pointer}/${OTHER_NAME}`;
    yield {
      pointer: place,
      label: "beside the properties that have names",
      keyword: "additionalProperties",
      value,
    };
    yield* walk(options.reader.flat(extra), value, place, options, depth + 1);
  }
  for (const property of properties) {
    if (!(property.name in held)) continue;
    yield* walk(
      property.schema,
      held[property.name],
      `${pointer}/${escapeToken(property.name)}`,
      options,
      depth + 1,
    );
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
  if (items.length > least) {
    yield {
      pointer,
      label: "with as few items as allowed",
      keyword: "minItems",
      value: items.slice(0, least),
    };
  }
  if (most !== undefined && most <= 20 && items.length > 0) {
    const make = (): unknown => sample(schema["items"] ?? {}, options);
    const value = [...items, ...Array.from({ length: Math.max(0, most - items.length) }, make)];
    yield { pointer, label: "with as many items as allowed", keyword: "maxItems", value };
  }
  const first = items[0];
  if (first !== undefined)
    yield* walk(options.reader.flat(schema["items"] ?? {}), first, `${pointer}/0`, options, depth + 1);
}

function* walk(
  schema: FlatSchema,
  base: unknown,
  pointer: string,
  options: SampleOptions,
  depth: number,
): Generator<Local> {
  if (depth > MAX_DEPTH || "const" in schema) return;
  if (Array.isArray(schema["enum"])) {
    for (const value of schema["enum"]) {
      if (value !== base) yield { pointer, label: `as ${JSON.stringify(value)}`, keyword: "enum", value };
    }
    return;
  }
  const branches = branchesOf(schema, options.reader);
  for (const [index, branch] of branches.entries()) {
    yield { pointer, label: `as its branch ${index + 1}`, keyword: "oneOf", value: sample(branch, options) };
  }
  if (branches.length > 0) return;
  const types = typesOf(schema);
  if (types.includes("null")) yield { pointer, label: "as null", keyword: "type", value: null };
  if (types.includes("boolean"))
    yield { pointer, label: `as ${base !== true}`, keyword: "type", value: base !== true };
  if (types.includes("string")) yield* texts(schema, base, pointer, options);
  if (types.includes("integer")) yield* numbers(schema, base, pointer, true);
  else if (types.includes("number")) yield* numbers(schema, base, pointer, false);
  if (types.includes("array")) yield* arrays(schema, base, pointer, options, depth);
  if (types.includes("object")) yield* objects(schema, base, pointer, options, depth);
}

/**
 * Valid values around `base`, one per optional property, boundary, enum value and union branch. `isValid` has the last
 * word: what it refuses was beyond the generator and is left out.
 */
export function validVariations(
  schema: unknown,
  base: unknown,
  options: SampleOptions,
  isValid: (value: unknown) => boolean,
): Variation[] {
  const out: Variation[] = [];
  for (const local of walk(options.reader.flat(schema), base, "", options, 0)) {
    const value = replaceAt(base, local.pointer, local.value);
    if (value !== absent && isValid(value)) out.push({ ...local, value });
  }
  return out;
}
