import { markdownText } from "../../specs/engine/markdown-text.ts";
import { sanitizeLine } from "../output/sanitize.ts";

/** A JSON value as TypeScript writes it, its lines after the first `indent` spaces in. */
export function literal(value: unknown, indent = 0): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = " ".repeat(indent + 2);
  const lines = Array.isArray(value)
    ? value.map((item) => `${inner}${literal(item, indent + 2)},\n`)
    : Object.entries(value).map(([name, item]) => `${inner}${keyOf(name)}: ${literal(item, indent + 2)},\n`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join("")}${" ".repeat(indent)}${close}`;
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** `__proto__` would set what the object inherits from, but for the brackets. */
function keyOf(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return IDENTIFIER.test(name) ? name : JSON.stringify(name);
}

/** Text of a spec set as one line of a comment: it can't end the comment, and holds no control characters. */
export function inComment(text: string): string {
  return sanitizeLine(text.replaceAll(/\s+/g, " ")).replaceAll("*/", "*∕").trim();
}

/** Text of a spec set as one line of Markdown, in which it marks up nothing. */
export function inMarkdown(text: string): string {
  return markdownText(inComment(text));
}

/** `deliveries`, `.deliveries` or `["x-y"]`: how a member is reached. */
export function member(name: string): string {
  return IDENTIFIER.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** `partner-api` and `Client` → `partnerApiClient`: what a document's name can be called in code. */
export function identifier(name: string, suffix: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words.map((word, at) => (at === 0 ? lowerFirst(word) : upperFirst(word))).join("");
  return `${/^[A-Za-z]/.test(joined) ? joined : `api${joined}`}${suffix}`;
}

export const upperFirst = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
const lowerFirst = (word: string): string => word.slice(0, 1).toLowerCase() + word.slice(1);
