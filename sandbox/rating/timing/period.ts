import { type Exact, ONE } from "../exact.ts";
import { civilOf, daysFromCivil, daysInMonth } from "./moment.ts";

export const PERIODS = ["day", "week", "month", "quarter", "year", "all"] as const;
export type Period = (typeof PERIODS)[number];

/** Name of the period that holds a day: `2025-03`, `2025-W11`, `2025-Q1`, `2025`, `2025-03-11`, `all`. */
export function periodOf(dayNumber: number, period: Period): string {
  if (period === "all") return "all";
  if (period === "week") return weekOf(dayNumber);
  const { year, month, day } = civilOf(dayNumber);
  const y = String(year).padStart(4, "0");
  if (period === "year") return y;
  if (period === "quarter") return `${y}-Q${Math.ceil(month / 3)}`;
  const m = `${y}-${String(month).padStart(2, "0")}`;
  return period === "month" ? m : `${m}-${String(day).padStart(2, "0")}`;
}

/** First and last day of the period that holds a day. */
export function boundsOf(
  dayNumber: number,
  period: Period,
): { readonly first: number; readonly last: number } {
  if (period === "all") return { first: Number.NEGATIVE_INFINITY, last: Number.POSITIVE_INFINITY };
  if (period === "day") return { first: dayNumber, last: dayNumber };
  if (period === "week") {
    const first = dayNumber - ((((dayNumber + 3) % 7) + 7) % 7);
    return { first, last: first + 6 };
  }
  const { year, month } = civilOf(dayNumber);
  const months = { month: 1, quarter: 3, year: 12 }[period];
  const begins = month - ((month - 1) % months);
  const first = daysFromCivil(year, begins, 1);
  return { first, last: addMonths(first, months) - 1 };
}

/** ISO 8601 week. */
function weekOf(dayNumber: number): string {
  const thursday = dayNumber - ((((dayNumber + 3) % 7) + 7) % 7) + 3;
  const { year } = civilOf(thursday);
  const week = Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1;
  return `${String(year).padStart(4, "0")}-W${String(week).padStart(2, "0")}`;
}

export const PRORATION_BASES = ["actual-days", "fixed-30"] as const;
export type ProrationBasis = (typeof PRORATION_BASES)[number];

/** The day `months` earlier or later; a day that the month lacks becomes its last. */
export function addMonths(dayNumber: number, months: number): number {
  const { year, month, day } = civilOf(dayNumber);
  const index = year * 12 + (month - 1) + months;
  const y = Math.floor(index / 12);
  const m = index - y * 12 + 1;
  return daysFromCivil(y, m, Math.min(day, daysInMonth(y, m)));
}

/**
 * The part of the period of `months` that ends at `next` (exclusive) which begins at `start`.
 * `actual-days`: real days by the real days of the period; `fixed-30`: every month counts 30 days.
 */
export function prorate(basis: ProrationBasis, start: number, next: number, months = 1): Exact {
  const previous = addMonths(next, -months);
  if (basis === "actual-days") return { n: BigInt(next - start), d: BigInt(next - previous) };
  // From the period's own first day on it is the whole period, whatever February does to the count.
  if (start === previous) return ONE;
  return { n: BigInt(thirtyDayCount(start, next)), d: BigInt(30 * months) };
}

function thirtyDayCount(from: number, until: number): number {
  const a = civilOf(from);
  const b = civilOf(until);
  return (b.year - a.year) * 360 + (b.month - a.month) * 30 + (b.day - a.day);
}
