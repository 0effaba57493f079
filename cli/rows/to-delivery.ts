import type { Delivery, MeasureInfo, ProductInfo, UsageValue } from "../../sandbox/rating/index.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { columnValue, type Mapping, plainFields } from "./mapping.ts";
import type { Columns } from "./row.ts";

/** A delivery without its id, which is a matter of {@link import("./identity.ts").Identities}. */
export type DeliveryDraft = Omit<Delivery, "id"> & { readonly id?: string };

export type RowOutcome =
  | { readonly kind: "delivery"; readonly delivery: DeliveryDraft }
  | { readonly kind: "rejected"; readonly reason: string };

/** What the rate cards say about a product; undefined for one that they don't know, or without rate cards. */
export type DescribeProduct = (product: string) => ProductInfo | undefined;

class RowProblem extends Error {}

/**
 * One row as a delivery. Columns that are named, constants, and, in JSON, the fields that the row already has under their own names.
 * Everything that can be seen without rating is checked here, with the column in the reason.
 */
export function rowToDelivery(columns: Columns, mapping: Mapping, describe: DescribeProduct): RowOutcome {
  try {
    return { kind: "delivery", delivery: buildDelivery(columns, mapping, describe) };
  } catch (error) {
    if (error instanceof RowProblem) return { kind: "rejected", reason: error.message };
    throw error;
  }
}

function buildDelivery(columns: Columns, mapping: Mapping, describe: DescribeProduct): DeliveryDraft {
  const fields = collectFields(columns, mapping);
  const product = requiredText(fields, "product");
  const info = describe(product);
  const usage: Record<string, UsageValue> = {};
  const parties: Record<string, string> = {};
  for (const [field, found] of fields) {
    const [group, name] = splitField(field);
    if (group === "usage") {
      const measure = info?.measures.find((candidate) => candidate.name === name);
      const value = measureValue(found, measure);
      if (value !== undefined) usage[name] = value;
    } else if (group === "parties") {
      const party = textOf(found.value);
      if (party !== undefined) parties[name] = party;
    }
  }
  for (const measure of info?.measures ?? [])
    if (measure.required && usage[measure.name] === undefined && !isQuantity(measure))
      throw new RowProblem(
        `${source(fields, `usage.${measure.name}`)} is empty, and ${product} is priced by it`,
      );
  const endedAt = timeOf(fields, "endedAt");
  const parts = fields.get("parts")?.value;
  return {
    ...optionalText(fields, "id"),
    product,
    customer: requiredText(fields, "customer"),
    ...optionalText(fields, "provider"),
    ...(Object.keys(parties).length === 0 ? {} : { parties }),
    ...optionalText(fields, "beneficiary"),
    ...optionalText(fields, "parent"),
    startedAt: timeOf(fields, "startedAt") ?? missing(fields, "startedAt"),
    ...(endedAt === undefined ? {} : { endedAt }),
    usage,
    ...(Array.isArray(parts) ? { parts } : {}),
  };
}

interface Found {
  readonly value: unknown;
  /** How the reason names it: the column, or the flag. */
  readonly label: string;
}
type Fields = ReadonlyMap<string, Found>;

function collectFields(columns: Columns, mapping: Mapping): Fields {
  const fields = new Map<string, Found>();
  for (const field of [...plainFields, "parts"])
    if (Object.hasOwn(columns, field)) fields.set(field, { value: columns[field], label: field });
  for (const group of ["usage", "parties"])
    for (const [name, value] of Object.entries(objectOf(columns[group])))
      fields.set(`${group}.${name}`, { value, label: `${group}.${name}` });
  addByName(fields, columns, mapping);
  for (const [field, column] of mapping.columns)
    fields.set(field, { value: columnValue(columns, column), label: column });
  for (const [field, value] of mapping.constants) fields.set(field, { value, label: `--set ${field}` });
  if (mapping.customer !== undefined && !fields.has("customer"))
    fields.set("customer", { value: mapping.customer(), label: "customer" });
  return fields;
}

/** What a row says at its top under the name of a measure, a party or a field, unless something else gives that. */
function addByName(fields: Map<string, Found>, columns: Columns, mapping: Mapping): void {
  const { byName } = mapping;
  if (byName === undefined) return;
  const mapped = [...mapping.columns.values()];
  for (const column of Object.keys(columns)) {
    if (fields.has(column) || mapped.includes(column)) continue;
    const field = byName(column);
    if (field === undefined || fields.has(field) || mapping.columns.has(field)) continue;
    fields.set(field, { value: columns[column], label: column });
  }
}

function splitField(field: string): [group: string, name: string] {
  const at = field.indexOf(".");
  return at === -1 ? ["", field] : [field.slice(0, at), field.slice(at + 1)];
}

/** `quantity` is one where nobody counts: a pass is a pass. */
function isQuantity(measure: MeasureInfo): boolean {
  return measure.name === "quantity";
}

function measureValue({ value, label }: Found, measure: MeasureInfo | undefined): UsageValue | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const type = measure?.type ?? "any";
  if (type === "boolean") return booleanOf(value, label);
  if (type === "number") return numberOf(value, label);
  if (typeof value === "boolean" || typeof value === "number" || Array.isArray(value)) return value;
  const text = String(value).trim();
  if (type === "text") return text;
  if (text === "true" || text === "false") return text === "true";
  return DECIMAL.test(text) ? numberOf(text, label) : text;
}

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

/** A JSON number where that holds it exactly, else its digits as text: 0.1 stays 0.1. */
function numberOf(value: unknown, label: string): number | string {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const text = typeof value === "string" ? value.trim() : JSON.stringify(value);
  if (!DECIMAL.test(text)) throw new RowProblem(`${label} is \`${shorten(text)}\`, not a number`);
  const number = Number(text);
  return String(number) === text.replace(/^\+/, "") && Math.abs(number) <= Number.MAX_SAFE_INTEGER
    ? number
    : text.replace(/^\+/, "");
}

function booleanOf(value: unknown, label: string): boolean {
  const text = String(value).trim().toLowerCase();
  if (["true", "yes", "y", "1"].includes(text)) return true;
  if (["false", "no", "n", "0"].includes(text)) return false;
  throw new RowProblem(`${label} is \`${shorten(text)}\`, neither true nor false`);
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i;

/** RFC 3339, or the same without an offset: a time of the place where the price is made. Seconds may be left out, `T` be a space. */
function timeOf(fields: Fields, field: string): string | undefined {
  const text = textOf(fields.get(field)?.value);
  if (text === undefined) return undefined;
  const label = source(fields, field);
  const match = TIME.exec(text);
  if (match === null)
    throw new RowProblem(`${label} is \`${shorten(text)}\`, not a time like 2025-03-11T08:30:00`);
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", offset = ""] = match;
  const real = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = real.getUTCMonth() === Number(month) - 1 && real.getUTCDate() === Number(day);
  if (!exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    throw new RowProblem(`${label} is \`${shorten(text)}\`, which no calendar has`);
  const zone = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`;
}

function requiredText(fields: Fields, field: string): string {
  return textOf(fields.get(field)?.value) ?? missing(fields, field);
}

function missing(fields: Fields, field: string): never {
  throw new RowProblem(
    fields.has(field) ? `${source(fields, field)} is empty` : `nothing gives \`${field}\``,
  );
}

function optionalText(fields: Fields, field: string): Record<string, string> {
  const text = textOf(fields.get(field)?.value);
  return text === undefined ? {} : { [field]: text };
}

function source(fields: Fields, field: string): string {
  return fields.get(field)?.label ?? `\`${field}\``;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return undefined;
  return value.trim() === "" ? undefined : value.trim();
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isPlainObject(value) ? value : {};
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
