import { defineMember, isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { textMatching } from "./pattern.ts";
import { type SchemaNode, type Schemas, typeName } from "./schemas.ts";

export interface GenerateOptions {
  /** RFC 3339 in UTC: dates and times are made from it. */
  readonly now: string;
  /** 32-bit numbers; the same ones make the same value. */
  readonly next: () => number;
  /** Optional properties are made too. */
  readonly withOptional?: boolean;
  /** Examples and defaults inside the schema are passed over: some contradict the very schema that they stand in. */
  readonly withoutExamples?: boolean;
  /** Properties that only a request carries are left out of what is made for a response. */
  readonly leaveOut?: "readOnly" | "writeOnly";
  /** How many values were made within this one so far. */
  readonly made?: { count: number };
}

/** Optional parts end here, and required ones there: recursive schemas must come to an end. */
const OPTIONAL_DEPTH = 3;
const MAX_DEPTH = 24;
/** No value has more within it: lists that must hold lists multiply. */
const MAX_VALUES = 20_000;
/** No text is made longer than this, whatever a schema asks for. */
const MAX_LENGTH = 100_000;

/** A value that fits the schema as far as its keywords can be followed; the validator has the last word. */
export function generate(
  node: SchemaNode,
  schemas: Schemas,
  { made = { count: 0 }, ...others }: GenerateOptions,
  depth = 0,
): unknown {
  const options = { ...others, made };
  made.count += 1;
  const given = givenValue(node, options.withoutExamples === true);
  if (given !== undefined) return given.value;
  const choice = choicesOf(node, schemas);
  const types = schemas.types(node);
  if (isObjectLike(types, node, schemas)) return generateObject(node, choice, schemas, options, depth);
  const [first] = choice;
  const goesOn = node.schema["type"] === undefined && depth <= MAX_DEPTH;
  if (first !== undefined && goesOn) {
    // A null among the alternatives says "may be missing"; the other one shows more.
    const telling = choice.find((part) => !schemas.types(part).has("null")) ?? first;
    return generate(telling, schemas, options, depth + 1);
  }
  const parts = schemas.parts(node, "allOf");
  if (parts.length > 0 && goesOn) {
    const telling = parts.find((part) => schemas.types(part).size > 0) ?? parts[0];
    if (telling !== undefined) return generate(telling, schemas, options, depth + 1);
  }
  const type = [...types].find((name) => name !== "null") ?? (types.has("null") ? "null" : "string");
  return generateOfType(type, node, schemas, options, depth);
}

const isFull = ({ made }: GenerateOptions): boolean => made !== undefined && made.count > MAX_VALUES;

function choicesOf(node: SchemaNode, schemas: Schemas): readonly SchemaNode[] {
  const [one, any] = [schemas.parts(node, "oneOf"), schemas.parts(node, "anyOf")];
  return any.length === 0 ? one : [...one, ...any];
}

function isObjectLike(types: ReadonlySet<string>, node: SchemaNode, schemas: Schemas): boolean {
  if (types.has("array") && !types.has("object")) return false;
  return types.has("object") || schemas.properties(node).size > 0;
}

/** What the schema's author wrote down: a constant, a default, an example, the first of an enumeration. */
function givenValue(
  { schema }: SchemaNode,
  withoutExamples: boolean,
): { readonly value: unknown } | undefined {
  if ("const" in schema) return { value: schema["const"] };
  const example = withoutExamples ? undefined : exampleOf(schema);
  if (example !== undefined) return example;
  const values = schema["enum"];
  if (Array.isArray(values) && values.length > 0)
    return { value: values.find((value) => value !== null) ?? null };
  return undefined;
}

function exampleOf(schema: SchemaNode["schema"]): { readonly value: unknown } | undefined {
  if ("example" in schema && fitsType(schema["example"], schema["type"])) return { value: schema["example"] };
  const { examples } = schema;
  if (Array.isArray(examples) && examples.length > 0 && fitsType(examples[0], schema["type"])) {
    return { value: examples[0] };
  }
  return "default" in schema && schema["default"] !== null ? { value: schema["default"] } : undefined;
}

function fitsType(value: unknown, type: unknown): boolean {
  if (type === undefined) return true;
  const name = typeName(value);
  const wanted = Array.isArray(type) ? type : [type];
  return wanted.includes(name) || (name === "integer" && wanted.includes("number"));
}

function generateObject(
  node: SchemaNode,
  choice: readonly SchemaNode[],
  schemas: Schemas,
  options: GenerateOptions,
  depth: number,
): unknown {
  const result: Record<string, unknown> = {};
  const [alternative] = choice;
  for (const part of alternative === undefined ? [node] : [node, alternative]) {
    const required = schemas.required(part);
    const optional = options.withOptional === true && depth < OPTIONAL_DEPTH;
    for (const [name, property] of optional ? schemas.properties(part) : schemas.requiredProperties(part)) {
      if (options.leaveOut !== undefined && property.schema[options.leaveOut] === true) continue;
      if (depth > MAX_DEPTH || isFull(options)) continue;
      defineMember(result, name, generate(property, schemas, options, depth + 1));
    }
    // Required without being described: anything will do.
    const described = schemas.properties(part);
    for (const name of required)
      if (!Object.hasOwn(result, name) && !described.has(name))
        defineMember(result, name, additional(part, schemas, options, depth));
  }
  return result;
}

function additional(node: SchemaNode, schemas: Schemas, options: GenerateOptions, depth: number): unknown {
  if (!isPlainObject(node.schema["additionalProperties"])) return "text";
  return generate(schemas.below(node, "additionalProperties"), schemas, options, depth + 1);
}

function generateOfType(
  type: string,
  node: SchemaNode,
  schemas: Schemas,
  options: GenerateOptions,
  depth: number,
): unknown {
  switch (type) {
    case "object":
      return {};
    case "array": {
      const least = numberAt(node, "minItems") ?? 0;
      if (isFull(options)) return [];
      const count = Math.max(least, depth < 4 && node.schema["items"] !== undefined ? 1 : 0);
      const items = schemas.below(node, "items");
      return Array.from({ length: Math.min(count, 100) }, () => generate(items, schemas, options, depth + 1));
    }
    case "integer":
    case "number":
      return numberOfFormat(node.schema["format"], options) ?? generateNumber(node, type === "integer");
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return generateText(node, options);
  }
}

/** A time as the seconds since 1970, by the formats with which documents say so; undefined for any other. */
export const numberOfFormat = (format: unknown, { now }: GenerateOptions): number | undefined =>
  typeof format === "string" && /^(unix-?time(stamp)?|timestamp|epoch(-?seconds)?)$/i.test(format)
    ? Math.floor(Date.parse(now) / 1000)
    : undefined;

function generateNumber(node: SchemaNode, integer: boolean): number {
  const above = numberAt(node, "exclusiveMinimum");
  const below = numberAt(node, "exclusiveMaximum");
  const step = numberAt(node, "multipleOf") ?? (integer ? 1 : 0);
  const least = numberAt(node, "minimum") ?? (above === undefined ? undefined : above + (step || 0.5));
  const most = numberAt(node, "maximum") ?? (below === undefined ? undefined : below - (step || 0.5));
  const value = least ?? Math.min(1, most ?? 1);
  return step > 0 ? Math.ceil(value / step) * step : value;
}

function generateText(node: SchemaNode, options: GenerateOptions): string {
  const { format, pattern } = node.schema;
  const formatted = typeof format === "string" ? textOfFormat(format, options) : undefined;
  if (formatted !== undefined) return formatted;
  if (typeof pattern === "string") {
    const matching = textMatching(pattern, options.next);
    if (matching !== undefined) return matching;
  }
  const least = Math.min(numberAt(node, "minLength") ?? 0, MAX_LENGTH);
  const most = numberAt(node, "maxLength") ?? Infinity;
  return "text".padEnd(least, "x").slice(0, most);
}

export function textOfFormat(format: string, { now, next }: GenerateOptions): string | undefined {
  switch (format) {
    case "date-time":
      return now;
    case "date":
      return now.slice(0, 10);
    case "time":
      return `${now.slice(11, 19)}Z`;
    case "duration":
      return "PT1H";
    case "uuid":
      return uuidFrom(next);
    case "email":
    case "idn-email":
      return "someone@example.com";
    case "uri":
    case "url":
    case "iri":
      return "https://example.com/";
    case "uri-reference":
    case "iri-reference":
      return "/example";
    case "uri-template":
      return "https://example.com/{id}";
    case "hostname":
    case "idn-hostname":
      return "example.com";
    case "ipv4":
      return "192.0.2.1";
    case "ipv6":
      return "2001:db8::1";
    case "byte":
      return "dGV4dA==";
    case "json-pointer":
      return "/example";
    case "regex":
      return ".*";
    default:
      return undefined;
  }
}

/** Each byte as two hexadecimal digits. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function uuidFrom(next: () => number): string {
  const words = [next(), next(), next(), next()] as const;
  const [a, b, c, d] = words;
  const version = 0x4000 | (b & 0xfff);
  const variant = 0x8000 | ((c >>> 16) & 0xfff);
  return `${hex(a >>> 16)}${hex(a)}-${hex(b >>> 16)}-${hex(version)}-${hex(variant)}-${hex(c)}${hex(d >>> 16)}${hex(d)}`;
}

/** The lower 16 bits. */
const hex = (word: number): string => `${HEX[(word >>> 8) & 255]}${HEX[word & 255]}`;

function numberAt({ schema }: SchemaNode, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === "number" ? value : undefined;
}
