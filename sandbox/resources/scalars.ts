import type { PlainObject } from "../../specs/engine/catalog/pointer.ts";
import { type GenerateOptions, numberOfFormat, textOfFormat } from "./generate.ts";
import { textMatching } from "./pattern.ts";
import type { SchemaNode } from "./schemas.ts";

const PATTERN_TRIES = 4;
const LONGEST = 4096;

/**
 * Texts, numbers and the other values without parts that may fit all the schemas together, the most telling first: what
 * was given, in another spelling, then what the schemas' author wrote down, then what can be made.
 */
export function* scalars(
  type: string,
  parts: readonly SchemaNode[],
  given: unknown,
  options: GenerateOptions,
): Generator<unknown> {
  const schemas = parts.map(({ schema }) => schema);
  yield* respelled(type, given);
  for (const schema of schemas) yield* written(schema, options);
  switch (type) {
    case "null":
      yield null;
      return;
    case "boolean":
      yield true;
      yield false;
      return;
    case "integer":
    case "number":
      for (const { format } of schemas) {
        const number = numberOfFormat(format, options);
        if (number !== undefined) yield number;
      }
      yield* numbers(schemas, type === "integer");
      return;
    default:
      yield* texts(schemas, options);
  }
}

/** An id that came as a number and is declared as a text, and the like. */
function* respelled(type: string, given: unknown): Generator<unknown> {
  const plain = typeof given === "string" || typeof given === "number" || typeof given === "boolean";
  if (!plain) return;
  if (type === "string") yield String(given);
  else if (type === "boolean" && (given === "true" || given === "false")) yield given === "true";
  else if ((type === "integer" || type === "number") && typeof given === "string" && /^-?\d/.test(given)) {
    if (Number.isFinite(Number(given))) yield Number(given);
  }
}

function* written(schema: PlainObject, { withoutExamples }: GenerateOptions): Generator<unknown> {
  if ("const" in schema) yield schema["const"];
  if (Array.isArray(schema["enum"])) {
    yield* schema["enum"].filter((value) => value !== null);
    if (schema["enum"].includes(null)) yield null;
  }
  if (withoutExamples === true) return;
  for (const keyword of ["example", "default"]) if (keyword in schema) yield schema[keyword];
  if (Array.isArray(schema["examples"])) yield* schema["examples"];
}

function* numbers(schemas: readonly PlainObject[], whole: boolean): Generator<number> {
  const all = (keyword: string): number[] =>
    schemas.map((schema) => schema[keyword]).filter((value) => typeof value === "number");
  const step = all("multipleOf").reduce((one, other) => (one * other) / divisor(one, other), whole ? 1 : 0);
  const gap = step > 0 ? step : 0.5;
  const low = Math.max(...all("minimum"), ...all("exclusiveMinimum").map((value) => value + gap));
  const high = Math.min(...all("maximum"), ...all("exclusiveMaximum").map((value) => value - gap));
  for (const start of [Math.min(Math.max(1, low), high), low, high, (low + high) / 2, 0]) {
    if (!Number.isFinite(start)) continue;
    if (step === 0) yield start;
    else for (const round of [Math.ceil, Math.floor]) yield exact(round(start / step), step);
  }
}

/** A multiple without the dust of binary fractions: 3 × 0.01 is 0.03. */
function exact(times: number, step: number): number {
  const decimals = /\.(\d+)$/.exec(String(step))?.[1]?.length ?? 0;
  return Number((times * step).toFixed(Math.min(decimals, 20)));
}

function divisor(one: number, other: number): number {
  let [a, b] = [one, other];
  for (let turn = 0; b > 1e-9 && turn < 64; turn++) [a, b] = [b, a % b];
  return a > 0 ? a : 1;
}

function* texts(schemas: readonly PlainObject[], options: GenerateOptions): Generator<string> {
  const all = (keyword: string): unknown[] => schemas.map((schema) => schema[keyword]);
  const counts = (keyword: string): number[] => all(keyword).filter((value) => typeof value === "number");
  const least = Math.min(Math.max(0, ...counts("minLength")), LONGEST);
  const most = Math.min(...counts("maxLength"));
  for (const format of all("format")) {
    const text = typeof format === "string" ? textOfFormat(format, options) : undefined;
    if (text !== undefined) yield text;
  }
  const patterns = all("pattern").filter((pattern) => typeof pattern === "string");
  for (const pattern of patterns) {
    for (let turn = 0; turn < PATTERN_TRIES; turn++) {
      const text = textMatching(pattern, options.next, { least, most });
      if (text !== undefined) yield text;
    }
  }
  for (const start of ["text", "1", "A", "a", "https://example.com/"])
    yield [...start.padEnd(least, start === "text" ? "x" : start)].slice(0, most).join("");
}
