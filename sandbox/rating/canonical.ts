/**
 * Canonical JSON as RFC 8785 (JCS) has it: members sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. Members that are undefined are left out. Throws a TypeError on what JSON can't hold.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no place in JSON`);
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value);
    default:
      throw new TypeError(`a ${typeof value} has no place in JSON`);
  }
}

function canonicalArray(values: readonly unknown[]): string {
  let text = "[";
  for (let i = 0; i < values.length; i++) text += (i === 0 ? "" : ",") + canonicalJson(values[i]);
  return `${text}]`;
}

function canonicalObject(value: object): string {
  let text = "";
  for (const key of sortedKeys(value)) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    if (text !== "") text += ",";
    text += quote(key);
    text += ":";
    text += canonicalJson(member);
  }
  return `{${text}}`;
}

/** More than so many keys are left to the engine's sort, which copies them first. */
const FEW = 16;

/** Comparing texts, and sorting without a comparison, goes by UTF-16 code units, which is what the RFC asks for. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (keys.length > FEW) return keys.sort();
  for (let next = 1; next < keys.length; next++) putInPlace(keys, next);
  return keys;
}

/** Moves a key down among those before it, which are in order. */
function putInPlace(keys: string[], from: number): void {
  const key = keys[from] ?? "";
  let at = from;
  for (; at > 0; at--) {
    const before = keys[at - 1] ?? "";
    if (before <= key) break;
    keys[at] = before;
  }
  keys[at] = key;
}

/** Printable ASCII but for the quotation mark and the backslash: what stands for itself in JSON. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError("a lone surrogate has no place in canonical JSON");
  return JSON.stringify(text);
}
