/** JSON as it arrived, or why it isn't JSON that two readers would understand alike. */
export type ParsedJson =
  | { readonly kind: "parsed"; readonly value: unknown }
  | { readonly kind: "refused"; readonly detail: string };

const refused = (detail: string): ParsedJson => ({ kind: "refused", detail });

/** A byte order mark is not part of JSON, hence `ignoreBOM`: it then fails as the syntax error it is. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads one JSON value from UTF-8 bytes and refuses what parsers disagree on: invalid UTF-8, duplicate keys, lone
 * surrogates, and nesting deeper than `maxDepth`.
 */
export function parseStrictJson(bytes: Uint8Array, maxDepth: number): ParsedJson {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return refused("The body is not valid UTF-8.");
  }
  const shape = measure(text);
  // Asked before parsing, so that a bomb of brackets costs one pass and no memory.
  if (shape.depth > maxDepth) {
    return refused(`The body is nested ${shape.depth} levels deep; ${maxDepth} are allowed.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused(`The body is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
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

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

interface Shape {
  readonly depth: number;
  /** Colons outside of texts: one per member as written. */
  readonly colons: number;
  /** Whether any text holds `\u`. */
  readonly escapes: boolean;
}

function measure(text: string): Shape {
  let depth = 0;
  let deepest = 0;
  let colons = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfText(text, at);
        break;
      case 0x3a: // :
        colons += 1;
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        if (depth > deepest) deepest = depth;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
    }
  }
  return { depth: deepest, colons, escapes: text.includes("\\u") };
}

/** Index of the quote that ends the text that begins at `start`. */
function endOfText(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
    at = text.indexOf('"', at + 1);
  }
  return text.length;
}

function countMembers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object") count += countMembers(item);
    return count;
  }
  for (const item of Object.values(value)) {
    count += 1;
    if (typeof item === "object") count += countMembers(item);
  }
  return count;
}

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === "string") return !value.isWellFormed();
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasLoneSurrogate);
  return Object.entries(value).some(([key, item]) => !key.isWellFormed() || hasLoneSurrogate(item));
}
