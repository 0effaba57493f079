import type { Months } from "../../store/store.ts";
import { monthOf } from "../time.ts";

/** What a scorecard looks at: calendar months one after the other, or a time that ends with this moment. */
export type MeasuredPeriod =
  | { readonly kind: "months"; readonly months: readonly string[]; readonly zone: string }
  | { readonly kind: "span"; readonly from: string; readonly until: string };

/**
 * Whether something that happened at an instant belongs to the period: months are those of the ecosystem's zone.
 *
 * @param ownMonth where the record says itself to which month it belongs, as a delivery does by the clocks of its rate card
 */
export function isWithin(period: MeasuredPeriod, at: string, ownMonth?: string): boolean {
  if (period.kind === "months") return period.months.includes(ownMonth ?? monthOf(at, period.zone));
  const ms = Date.parse(at);
  return ms >= Date.parse(period.from) && ms <= Date.parse(period.until);
}

/** Whether it had happened by the period's end. */
export const isReached = (period: MeasuredPeriod, at: string): boolean =>
  period.kind === "months"
    ? monthOf(at, period.zone) <= (period.months.at(-1) ?? "")
    : Date.parse(at) <= Date.parse(period.until);

/** The months in which what belongs to the period may have happened by whatever clock: they differ by up to a day. */
export function monthsAround(period: MeasuredPeriod): Months {
  if (period.kind === "span") return monthsBetween(period.from, period.until);
  const [from = "", to = from] = [period.months.at(0), period.months.at(-1)];
  return { from, to };
}

/** The same of the time between two instants. */
export const monthsBetween = (from: string, until: string): Required<Months> => ({
  from: monthAt(Date.parse(from) - DAY_MS),
  to: monthAt(Date.parse(until) + DAY_MS),
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** Of years that RFC 3339 has. */
function monthAt(ms: number): string {
  const text = new Date(ms).toISOString();
  return text.startsWith("+") ? "9999-12" : text.slice(0, 7);
}
