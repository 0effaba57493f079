import { literalJson } from "./names.ts";

/*
 * A variable inside of a value, until the value is written: in characters of private use, which no document means
 * anything by, so that a `{{` that a document's own text has isn't taken for one.
 */
const OPEN = "\uE000";
const TEXT_END = "\uE001";
const JSON_END = "\uE002";
const ENCODED = [OPEN, TEXT_END, JSON_END].map(encodeURIComponent);

/** @param type of the value that the variable will hold: what is no text stands in JSON without quotes */
export const marked = (variable: string, type: string): string =>
  `${OPEN}${variable}${type === "string" ? TEXT_END : JSON_END}`;

export const isMarked = (text: string): boolean => text.includes(OPEN);

/** A text with its variables as the tools write them, also where it was percent-encoded. */
export function written(text: string): string {
  const [open = "", textEnd = "", jsonEnd = ""] = ENCODED;
  return text
    .replaceAll(open, OPEN)
    .replaceAll(textEnd, TEXT_END)
    .replaceAll(jsonEnd, JSON_END)
    .replace(/\uE000(\w+)[\uE001\uE002]/g, "{{$1}}");
}

/** A value as JSON for a reader, with its variables. */
export const writtenJson = (value: unknown): string =>
  written(literalJson(JSON.stringify(value ?? null, null, 2)).replace(/"\uE000(\w+)\uE002"/g, "{{$1}}"));

/** Names of the variables in a text that was written. */
export const variablesIn = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name);
