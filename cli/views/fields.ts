import { minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import type { Fields } from "../http/api-client.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import type { Column } from "../output/table.ts";

/** The value at a dotted path of an answer, as text for a cell; empty where there is none. */
export function textAt(fields: Fields, path: string): string {
  const value = valueAt(fields, path);
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function valueAt(fields: Fields, path: string): unknown {
  let value: unknown = fields;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Fields)[part];
  }
  return value;
}

/** The object at a path; an empty one where there is none. */
export function objectAt(fields: Fields, path: string): Fields {
  const value = valueAt(fields, path);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listAt(fields: Fields, path: string): readonly Fields[] {
  const value = valueAt(fields, path);
  return Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];
}

export function column(header: string, path: string): Column<Fields> {
  return { header, value: (fields) => textAt(fields, path) };
}

/** A figure as it came. */
export function numberColumn(header: string, path: string): Column<Fields> {
  return { ...column(header, path), align: "right" };
}

/** An amount in minor units, shown in the currency that stands beside it (or in `currency`). */
export function moneyColumn(header: string, path: string, currency?: string): Column<Fields> {
  return { header, value: (fields) => moneyAt(fields, path, currency), align: "right" };
}

export function moneyAt(fields: Fields, path: string, currency?: string): string {
  const amount = valueAt(fields, path);
  if (typeof amount !== "number" || !Number.isSafeInteger(amount)) return "";
  return readableMinor(amount, minorUnits(currency ?? textAt(fields, "currency")));
}

/** `name  value` lines under each other; those without a value are left out. */
export function describeFields(
  fields: Fields,
  rows: readonly (readonly [label: string, path: string])[],
): string {
  const shown = rows.map(([label, path]) => [label, sanitizeLine(textAt(fields, path))] as const);
  const width = Math.max(...shown.map(([label]) => label.length));
  return shown
    .filter(([, value]) => value !== "")
    .map(([label, value]) => `${label.padEnd(width)}  ${value}`)
    .join("\n");
}
