import { type XmlElement, XmlLayout } from "../../specs/engine/catalog/exchange/xml-body.ts";
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

/** A value as XML where no schema lays it out: properties are elements, and each item of a list is one of its own. */
export const plainXmlOf = (value: unknown): string =>
  xmlTextOf(new XmlLayout(undefined).write({}, "root", value));

/** An element as a document. */
export const xmlTextOf = (root: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root)}\n`;

function elementText({ name, attributes, children, text }: XmlElement): string {
  const tag = /^([A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*$/.test(name) ? name : "item";
  const said = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(value).replaceAll('"', "&quot;")}"`,
  );
  const inside = children.length > 0 ? children.map(elementText).join("") : escaped(text);
  return `<${tag}${said.join("")}>${inside}</${tag}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
};

const escaped = (text: string): string => text.replace(/[&<>]/g, (mark) => ENTITIES[mark] ?? mark);

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
