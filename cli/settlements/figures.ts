import type { OwnFigure } from "../../sandbox/ledger/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";
import { columnValue } from "../rows/mapping.ts";
import type { Columns, Row } from "../rows/row.ts";

/** Fields of a partner's figures, with the names under which columns are found without being mapped. */
const NAMES = {
  delivery: ["delivery", "deliveryId", "id"],
  counterparty: ["counterparty"],
  product: ["product"],
  net: ["net", "netAmount"],
  serviceCredit: ["serviceCredit", "credit"],
  tax: ["tax", "vat"],
  payable: ["payable", "total", "gross", "amount"],
  netMinor: ["netMinor"],
  serviceCreditMinor: ["serviceCreditMinor"],
  taxMinor: ["taxMinor"],
  payableMinor: ["payableMinor", "amountMinor"],
} as const;
export type FigureField = keyof typeof NAMES;
export type FigureMapping = ReadonlyMap<FigureField, string>;

const known = Object.keys(NAMES) as FigureField[];
const AMOUNTS = [
  ["netMinor", "net"],
  ["serviceCreditMinor", "serviceCredit"],
  ["taxMinor", "tax"],
  ["payableMinor", "payable"],
] as const;

/** Reads `--map field=column`. @throws EcoError ECO_USAGE for what is no pair, or a field that no figure has. */
export function parseFigureMapping(maps: readonly string[]): FigureMapping {
  const mapping = new Map<FigureField, string>();
  for (const pair of maps.flatMap((map) => map.split(/,(?=\s*\w+=)/))) {
    const [name, column] = [
      pair.slice(0, Math.max(0, pair.indexOf("="))).trim(),
      pair.slice(pair.indexOf("=") + 1).trim(),
    ];
    const field = known.find((each) => each === name);
    if (name === "" || column === "")
      throw new EcoError("ECO_USAGE", `--map \`${pair}\` is no pair.`, {
        fix: "Write --map field=column, for example --map delivery=job_no,payable=invoiced.",
      });
    if (field === undefined)
      throw new EcoError("ECO_USAGE", `A figure has no field \`${name}\`.`, {
        fix: `${didYouMean(name, known) ?? ""} Fields: ${known.join(", ")}.`.trim(),
      });
    mapping.set(field, column);
  }
  return mapping;
}

/**
 * Adds columns that are named like a field, and checks that figures can be read at all.
 * @throws EcoError ECO_USAGE for a mapped column that isn't there; ECO_INPUT_MISSING without a delivery or any amount
 */
export function completeFigureMapping(given: FigureMapping, columns: readonly string[]): FigureMapping {
  const mapping = new Map(given);
  for (const [field, column] of given)
    if (!columns.includes(column))
      throw new EcoError("ECO_USAGE", `--map ${field}=${column}: the file has no column \`${column}\`.`, {
        fix: `${didYouMean(column, columns) ?? ""} Its columns: ${columns.join(", ")}.`.trim(),
      });
  for (const field of known) {
    if (mapping.has(field)) continue;
    const column = NAMES[field]
      .map((name) => columns.find((each) => plain(each) === name.toLowerCase()))
      .find((found) => found !== undefined && ![...mapping.values()].includes(found));
    if (column !== undefined) mapping.set(field, column);
  }
  const hasAmount = AMOUNTS.some((pair) => pair.some((field) => mapping.has(field)));
  if (mapping.has("delivery") && hasAmount) return mapping;
  const missing = mapping.has("delivery") ? "an amount" : "the delivery";
  throw new EcoError("ECO_INPUT_MISSING", `No column gives ${missing} of a figure.`, {
    fix: `Name it with --map ${mapping.has("delivery") ? "payable" : "delivery"}=COLUMN. Columns: ${columns.join(", ")}.`,
  });
}

const plain = (name: string): string => name.replace(/[-_\s]+/g, "").toLowerCase();

/** What a row says: a figure, nothing about a delivery, or something that can't be read. */
export type ReadFigure =
  | { readonly kind: "figure"; readonly figure: OwnFigure }
  | { readonly kind: "other" }
  | { readonly kind: "rejected"; readonly line: number; readonly reason: string };

/** @param decimalComma amounts are written like `1.234,56` */
export function toFigure(row: Row, mapping: FigureMapping, scale: number, decimalComma: boolean): ReadFigure {
  if (row.kind === "malformed") return { kind: "rejected", line: row.line, reason: row.problem };
  const deliveryId = cell(row.columns, mapping.get("delivery"));
  if (deliveryId === "") return { kind: "other" };
  const read: Partial<Record<(typeof AMOUNTS)[number][0], number>> = {};
  for (const [minor, major] of AMOUNTS) {
    const minorText = cell(row.columns, mapping.get(minor));
    const text = minorText === "" ? cell(row.columns, mapping.get(major)) : minorText;
    if (text === "") continue;
    const amount = parseSigned(text, minorText === "" ? scale : 0, decimalComma);
    if (amount === undefined) {
      const reason = `\`${mapping.get(minorText === "" ? major : minor)}\` is \`${text}\`, which is no amount with at most ${scale} decimals`;
      return { kind: "rejected", line: row.line, reason };
    }
    read[minor] = amount;
  }
  if (Object.keys(read).length === 0)
    return { kind: "rejected", line: row.line, reason: "it holds no amount" };
  const [counterparty, product] = [
    cell(row.columns, mapping.get("counterparty")),
    cell(row.columns, mapping.get("product")),
  ];
  const figure: OwnFigure = {
    row: row.line,
    deliveryId,
    ...(counterparty === "" ? {} : { counterparty }),
    ...(product === "" ? {} : { product }),
    amounts: read,
  };
  return { kind: "figure", figure };
}

/** An apostrophe that keeps a spreadsheet from running a text, as our own exports have it, is not part of it. */
function cell(columns: Columns, column: string | undefined): string {
  const value = column === undefined ? undefined : columnValue(columns, column);
  const text = value === undefined || value === null ? "" : String(value).trim();
  return /^'\s*[=+\-@]/.test(text) ? text.slice(1) : text;
}

/** `-1,234.50` (or `-1.234,50`) → -123450 at scale 2; undefined for anything that can't be held exactly. */
function parseSigned(text: string, scale: number, decimalComma: boolean): number | undefined {
  const spaced = text.replace(/[\s\u00a0\u202f']/g, "").replace(/^\u2212/, "-");
  const form = decimalComma
    ? /^(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d*))?$/
    : /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/;
  const match = form.exec(spaced);
  const fraction = (match?.[3] ?? "").replace(/0+$/, "");
  if (match === null || fraction.length > scale) return undefined;
  const amount = Number(`${match[2]?.replace(/[.,]/g, "")}${fraction.padEnd(scale, "0")}`);
  if (!Number.isSafeInteger(amount)) return undefined;
  return match[1] === "-" ? 0 - amount : amount;
}
