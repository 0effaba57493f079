const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export interface JsonShape {
  readonly depth: number;
  /** Colons outside of texts: one per member as written. */
  readonly colons: number;
  /** Whether any text holds `\u`. */
  readonly escapes: boolean;
}

/** What one pass over well-formed JSON tells without a value being made. */
export function shapeOfJson(text: string): JsonShape {
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

/** Members of all objects: fewer than the colons that they were read from where a key came twice. */
export function countMembers(value: unknown): number {
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
