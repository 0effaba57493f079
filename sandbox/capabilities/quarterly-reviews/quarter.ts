import { Temporal } from "temporal-polyfill";
import { endOfMonth } from "../months.ts";
import type { MeasuredPeriod } from "../scorecards/period.ts";
import { monthOf, startOfDay } from "../time.ts";

/** A calendar quarter, in a zone. */
export interface Quarter {
  /** `2026-Q3` */
  readonly name: string;
  /** `2026-07`, `2026-08`, `2026-09` */
  readonly months: readonly string[];
  readonly period: MeasuredPeriod;
  /** The instants, in UTC, with which it begins and has gone by. */
  readonly from: string;
  readonly until: string;
}

const QUARTER = /^(\d{4})-Q([1-4])$/;

/** @returns undefined for what is no quarter */
export function quarterOf(text: string, zone: string): Quarter | undefined {
  const [, year = "", number = ""] = QUARTER.exec(text) ?? [];
  if (year < "0010" || year > "9990") return undefined;
  return quarterFrom(
    Temporal.PlainYearMonth.from({ year: Number(year), month: 3 * Number(number) - 2 }),
    zone,
  );
}

/** @param count of quarters after it; -1 for the one before */
export const quarterAfter = ({ months: [first = ""] }: Quarter, count: number, zone: string): Quarter =>
  quarterFrom(Temporal.PlainYearMonth.from(first).add({ months: 3 * count }), zone);

/** The last quarter that had gone by at an instant. */
export function lastQuarter(instant: string, zone: string): Quarter {
  const month = Temporal.PlainYearMonth.from(monthOf(instant, zone));
  return quarterFrom(month.subtract({ months: ((month.month - 1) % 3) + 3 }), zone);
}

function quarterFrom(first: Temporal.PlainYearMonth, zone: string): Quarter {
  const months = [0, 1, 2].map((later) => first.add({ months: later }).toString());
  return {
    name: `${String(first.year).padStart(4, "0")}-Q${(first.month + 2) / 3}`,
    months,
    period: { kind: "months", months, zone },
    from: startOfDay(first.toPlainDate({ day: 1 }), zone),
    until: endOfMonth(months[2] ?? "", zone),
  };
}
