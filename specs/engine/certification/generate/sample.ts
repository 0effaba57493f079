import { isPlainObject } from "../../catalog/pointer.ts";
import type { Random } from "../random.ts";
import { textMatching } from "./pattern.ts";
import {
  branchesOf,
  type FlatSchema,
  numberAt,
  propertiesOf,
  requiredOf,
  type SchemaReader,
  typesOf,
} from "./schema.ts";

export interface SampleOptions {
  readonly reader: SchemaReader;
  readonly random: Random;
  /** Optional properties too. */
  readonly full: boolean;
  /** Requests leave out `readOnly` properties, answers `writeOnly` ones. */
  readonly direction: "request" | "answer";
  /** Examples and defaults are passed over: some contradict the very schema that they stand in. */
  readonly withoutExamples?: boolean;
}

const MAX_DEPTH = 8;
const MOST_NAMES = 100;

const formats: Readonly<Record<string, (random: Random) => string>> = {
  uuid: (random) => random.uuid(),
  "date-time": () => "2030-01-15T10:00:00Z",
  date: () => "2030-01-15",
  time: () => "10:00:00Z",
  duration: () => "PT1H",
  email: (random) => `${random.word(8)}@example.com`,
  "idn-email": (random) => `${random.word(8)}@example.com`,
  uri: (random) => `https://example.com/${random.word(8)}`,
  "uri-reference": (random) => `/${random.word(8)}`,
  iri: (random) => `https://example.com/${random.word(8)}`,
  url: (random) => `https://example.com/${random.word(8)}`,
  hostname: () => "example.com",
  ipv4: () => "192.0.2.1",
  ipv6: () => "2001:db8::1",
  regex: () => "^a+$",
  "json-pointer": () => "/a",
  byte: () => "aGVsbG8=",
};

/** A text of the schema; undefined where its pattern is beyond the generator. */
export function sampleText(schema: FlatSchema, random: Random): string | undefined {
  const min = numberAt(schema, "minLength") ?? 0;
  const max = numberAt(schema, "maxLength") ?? Math.max(min, 64);
  const { pattern, format } = schema;
  if (typeof pattern === "string") return textMatching(pattern, random, min, max);
  const made = typeof format === "string" ? formats[format]?.(random) : undefined;
  if (made !== undefined) return made;
  return random.word(Math.max(min, Math.min(max, 8)));
}

/** A number of the schema, at `nearest` where that is allowed. */
export function sampleNumber(schema: FlatSchema, whole: boolean, nearest = 1): number {
  const step = numberAt(schema, "multipleOf") ?? (whole ? 1 : 0);
  const above = numberAt(schema, "exclusiveMinimum");
  const below = numberAt(schema, "exclusiveMaximum");
  const gap = step > 0 ? step : 0.5;
  const low = Math.max(
    numberAt(schema, "minimum") ?? Number.NEGATIVE_INFINITY,
    above === undefined ? -Infinity : above + gap,
  );
  const high = Math.min(
    numberAt(schema, "maximum") ?? Number.POSITIVE_INFINITY,
    below === undefined ? Infinity : below - gap,
  );
  const value = Math.min(Math.max(nearest, low), high);
  if (step === 0) return value;
  const up = Math.ceil(value / step) * step;
  // Decimal steps such as 0.01 leave binary dust behind.
  return Number((up > high ? Math.floor(value / step) * step : up).toFixed(10));
}

function sampleObject(schema: FlatSchema, options: SampleOptions, depth: number): Record<string, unknown> {
  const required = requiredOf(schema);
  const out: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(propertiesOf(schema))) {
    const property = options.reader.flat(raw);
    const wanted =
      required.includes(name) || (options.full && depth < MAX_DEPTH && property["deprecated"] !== true);
    const hidden = options.direction === "request" ? property["readOnly"] : property["writeOnly"];
    if (!wanted || hidden === true) continue;
    const value = sampleAt(property, options, depth + 1);
    if (value !== undefined) out[name] = value;
  }
  for (const name of required) {
    if (Object.hasOwn(out, name) || Object.hasOwn(propertiesOf(schema), name)) continue;
    const extra = schema["additionalProperties"];
    out[name] = isPlainObject(extra)
      ? sampleAt(options.reader.flat(extra), options, depth + 1)
      : options.random.word(6);
  }
  const least = Math.min(numberAt(schema, "minProperties") ?? 0, MOST_NAMES);
  for (let number = 1; Object.keys(out).length < least && number <= MOST_NAMES; number++) {
    const extra = schema["additionalProperties"];
    if (extra === false) break;
    out[`key${number}`] = sampleAt(options.reader.flat(extra ?? {}), options, depth + 1);
  }
  return out;
}

function sampleArray(schema: FlatSchema, options: SampleOptions, depth: number): unknown[] {
  const prefix = Array.isArray(schema["prefixItems"]) ? schema["prefixItems"] : [];
  const out: unknown[] = prefix.map((one) => sampleAt(options.reader.flat(one), options, depth + 1));
  const size = Math.max(numberAt(schema, "minItems") ?? 0, options.full && depth < MAX_DEPTH ? 1 : 0);
  const most = numberAt(schema, "maxItems") ?? Number.POSITIVE_INFINITY;
  while (out.length < Math.min(size, most, 100)) {
    out.push(sampleAt(options.reader.flat(schema["items"] ?? {}), options, depth + 1));
  }
  return out;
}

function given(schema: FlatSchema, withoutExamples: boolean): unknown {
  if ("const" in schema) return schema["const"];
  if (withoutExamples) return Array.isArray(schema["enum"]) ? schema["enum"][0] : undefined;
  if (Array.isArray(schema["examples"]) && schema["examples"].length > 0) return schema["examples"][0];
  if (schema["example"] !== undefined) return schema["example"];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  return schema["default"];
}

function sampleAt(schema: FlatSchema, options: SampleOptions, depth: number): unknown {
  if (depth > MAX_DEPTH + 4) return undefined;
  const fixed = given(schema, options.withoutExamples === true);
  if (fixed !== undefined && !(options.full && isPlainObject(fixed))) return structuredClone(fixed);
  const [branch] = branchesOf(schema, options.reader);
  if (branch !== undefined) return sampleAt(branch, options, depth);
  switch (typesOf(schema).find((one) => one !== "null") ?? "unknown") {
    case "object":
      return {
        ...sampleObject(schema, options, depth),
        ...(isPlainObject(fixed) ? structuredClone(fixed) : {}),
      };
    case "array":
      return sampleArray(schema, options, depth);
    case "string":
      return sampleText(schema, options.random);
    case "integer":
      return sampleNumber(schema, true);
    case "number":
      return sampleNumber(schema, false);
    case "boolean":
      return true;
    default:
      return typesOf(schema).includes("null") ? null : options.random.word(6);
  }
}

/** A value that is meant to be valid against the schema; the caller validates it, since not every schema can be generated from. */
export function sample(schema: unknown, options: SampleOptions): unknown {
  return sampleAt(options.reader.flat(schema), options, 0);
}
