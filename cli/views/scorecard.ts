import { minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import { measureKind } from "../../specs/engine/catalog/measures.ts";
import type { Fields } from "../http/api-client.ts";
import type { Column } from "../output/table.ts";
import { column, listAt, numberColumn, objectAt, textAt, valueAt } from "./fields.ts";

/** A row for each metric, in the order of the catalogue; a layer is named by its first one. */
export function scorecardRows(scorecard: Fields): Fields[] {
  let layer = "";
  return listAt(scorecard, "metrics").map((metric) => {
    const isFirst = metric["layer"] !== layer;
    layer = textAt(metric, "layer");
    return { ...metric, shownLayer: isFirst ? layer : "" };
  });
}

/** @param party whose own part is shown beside the whole; undefined for the whole alone */
export function scorecardColumns(party: string | undefined): Column<Fields>[] {
  return [
    column("Layer", "shownLayer"),
    column("Metric", "id"),
    { header: "Target", value: targetOf, align: "right" },
    ...(party === undefined ? [] : figureColumns(party, "own")),
    ...figureColumns("All", "ecosystem"),
  ];
}

const figureColumns = (header: string, at: "own" | "ecosystem"): Column<Fields>[] => [
  figureColumn(header, at),
  standingColumn(at),
  numberColumn("Records", `${at}.samples`),
];

/** @param at where the figure is found in a metric: `own`, `before.ecosystem` */
export const figureColumn = (header: string, at: string): Column<Fields> => ({
  header,
  value: (metric) => figureOf(metric, at),
  align: "right",
});

/** Whether the figure beside it meets the target. */
export const standingColumn = (at: string): Column<Fields> => ({
  header: "",
  value: (metric) => standingOf(metric, at),
});

/** Why there is no value is said where its standing would be. */
const figureOf = (metric: Fields, at: string): string =>
  quantity(valueAt(metric, `${at}.value`), textAt(metric, "unit"));

function standingOf(metric: Fields, at: string): string {
  const { met, samples, value } = objectAt(metric, at);
  if (typeof met === "boolean") return met ? "met" : "missed";
  return value === undefined && typeof samples === "number" && samples > 0 ? "not enough data" : "";
}

export function targetOf(metric: Fields): string {
  const target = quantity(metric["target"], textAt(metric, "unit"));
  if (target === "") return "";
  return `${metric["direction"] === "lower-is-better" ? "≤" : "≥"} ${target}`;
}

/** A value in its unit, with all the places that it came with: ratios as percentages. */
function quantity(value: unknown, unit: string): string {
  if (typeof value !== "number") return "";
  if (unit === "ratio") return `${Number((value * 100).toFixed(4))} %`;
  return unit === "parties" ? String(value) : `${value} ${unit}`;
}

/** One figure in words: `78.65 %, missed: 1573 of 2000 in 2000 records`. */
export function figureWords(metric: Fields, at: "own" | "ecosystem", currency: string, kind: string): string {
  const figure = objectAt(metric, at);
  const { reason, part, of, samples } = figure;
  if (samples === undefined) return "";
  if (typeof reason === "string") return reason;
  const standing = standingOf(metric, at);
  const sums =
    part === undefined ? "" : `: ${countsOf({ part, of }, kind, textAt(metric, "unit"), currency)}`;
  const records = `${String(samples)} ${samples === 1 ? "record" : "records"}`;
  return `${figureOf(metric, at)}${standing === "" ? "" : `, ${standing}`}${sums} in ${records}`;
}

const UNIT_MS: Readonly<Record<string, number>> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** What a record counts for, or several of them: `0 of 1`, an amount, a time, how many deliveries. */
export function countsOf({ part, of }: Fields, kind: string, unit: string, currency: string): string {
  if (typeof part !== "number" || typeof of !== "number") return "";
  switch (measureKind(kind)?.result) {
    case "median":
      return `${Number((part / (UNIT_MS[unit] ?? 1)).toFixed(6))} ${unit}`;
    case "mean":
      return `${part} ${unit}`;
    case "count":
    case "evenness":
      return part === 1 ? "1 delivery" : `${part} deliveries`;
    default: {
      const isMoney = measureKind(kind)?.ofMoney === true;
      const [counted, whole] = [part, of].map((value) =>
        isMoney ? readableMinor(value, minorUnits(currency)) : String(value),
      );
      return `${counted} of ${whole}${isMoney ? ` ${currency}` : ""}`;
    }
  }
}

/** Whether a record of a share speaks against the metric. */
export function speaksAgainst({ part, of }: Fields, direction: unknown): boolean {
  if (typeof part !== "number" || typeof of !== "number") return false;
  return direction === "lower-is-better" ? part > 0 : part < of;
}
