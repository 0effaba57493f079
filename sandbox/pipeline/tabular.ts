import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";

/** Objects as rows of CSV below a line of their names; what has parts stands as JSON. RFC 4180. */
export function csvOf(items: readonly unknown[]): string {
  const rows = items.map((item) => (isPlainObject(item) ? item : { value: item }));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => names.map((name) => csvField(row[name])).join(","));
  return [names.map(csvField).join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

function csvField(value: unknown): string {
  const text = textOf(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A value as XML: properties are elements, and each item of a list is one of its own. */
export function xmlOf(value: unknown, root = "root"): string {
  const items = Array.isArray(value) ? elements("item", value) : inner(value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${items}</${root}>\n`;
}

const inner = (value: unknown): string =>
  isPlainObject(value)
    ? Object.entries(value)
        .map(([name, part]) => elements(name, Array.isArray(part) ? part : [part]))
        .join("")
    : escaped(textOf(value));

function elements(name: string, items: readonly unknown[]): string {
  const tag = /^[A-Za-z_][\w.-]*$/.test(name) ? name : "item";
  return items
    .map((item) => `<${tag}>${Array.isArray(item) ? elements("item", item) : inner(item)}</${tag}>`)
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const escaped = (text: string): string => text.replace(/[&<>]/g, (mark) => ENTITIES[mark] ?? mark);

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
