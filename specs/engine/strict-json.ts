import { reasonOf } from "./errors/reason.ts";
import { countMembers, shapeOfJson } from "./json-shape.ts";

/** JSON as it arrived, or why it isn't JSON that two readers would understand alike. */
export type ParsedJson =
  | { readonly kind: "parsed"; readonly value: unknown }
  | { readonly kind: "refused"; readonly detail: string };

const refused = (detail: string): ParsedJson => ({ kind: "refused", detail });

/**
 * Reads one JSON value and refuses what parsers disagree on: duplicate keys, lone surrogates, and nesting deeper than
 * `maxDepth`. A byte order mark is not part of JSON.
 */
export function parseStrictJson(text: string, maxDepth: number): ParsedJson {
  const shape = shapeOfJson(text);
  // Asked before parsing, so that a bomb of brackets costs one pass and no memory.
  if (shape.depth > maxDepth) {
    return refused(`The body is nested ${shape.depth} levels deep; ${maxDepth} are allowed.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused(`The body is not JSON: ${reasonOf(error)}.`);
  }
  // Only an escape can bring a lone surrogate into valid UTF-8.
  if (shape.escapes && hasLoneSurrogate(value)) {
    return refused("A text of the body holds half of a surrogate pair.");
  }
  // A key that was given twice is missing from the parsed value: fewer members than colons.
  if (countMembers(value) !== shape.colons) {
    return refused("An object of the body has the same key twice.");
  }
  return { kind: "parsed", value };
}

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === "string") return !value.isWellFormed();
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasLoneSurrogate);
  return Object.entries(value).some(([key, item]) => !key.isWellFormed() || hasLoneSurrogate(item));
}

/** Nobody nests what stands in a field or a parameter as deep. */
const DEPTH_IN_TEXT = 64;

/** The value of JSON that stands in a text; what isn't, or isn't to every reader, stays text, for the validator to refuse. */
export function strictJsonOrText(text: string): unknown {
  const parsed = parseStrictJson(text, DEPTH_IN_TEXT);
  return parsed.kind === "parsed" ? parsed.value : text;
}
