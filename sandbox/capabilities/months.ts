import { Temporal } from "temporal-polyfill";
import type { JsonObject } from "../store/store.ts";
import type { DecisionContext, Refusal } from "./capability.ts";
import { optionalText, refuse } from "./define.ts";
import { followingMonth, monthOf, startOfDay } from "./time.ts";

const MOST_MONTHS = 36;
const MONTH = "[0-9]{4}-(?:0[1-9]|1[0-2])";
const MONTHS = new RegExp(`^(${MONTH})(?:/(${MONTH}))?$`);

/** The months that are asked for, in order; the present one by the clock where none is. */
export function monthsOf(input: JsonObject, { catalog, now }: DecisionContext): readonly string[] | Refusal {
  const period = optionalText(input, "period") ?? monthOf(now, catalog.ecosystem.timeZone);
  const [, first, last = first] = MONTHS.exec(period) ?? [];
  if (first === undefined || last === undefined)
    return refusePeriod(
      period,
      "must be a month such as 2025-03, or the first and the last of several: 2025-01/2025-03",
    );
  if (last < first) return refusePeriod(period, "must name the earlier month first");
  const months = [first];
  for (let month = first; month < last; months.push(month)) {
    if (months.length === MOST_MONTHS) return refusePeriod(period, `must be at most ${MOST_MONTHS} months`);
    month = followingMonth(month);
  }
  return months;
}

const refusePeriod = (period: string, detail: string): Refusal =>
  refuse("ECO_REQUEST_INVALID", `${JSON.stringify(period)} is neither a month nor several.`, [
    { pointer: "#/period", detail },
  ]);

/** Months one after the other as they are written: `2025-03`, or the first and the last. */
export function spanOf(months: readonly string[]): string {
  const [first = "", last = first] = [months.at(0), months.at(-1)];
  return first === last ? first : `${first}/${last}`;
}

/** When a calendar month has gone by, in UTC. */
export const endOfMonth = (month: string, zone: string): string =>
  startOfDay(Temporal.PlainYearMonth.from(month).add({ months: 1 }).toPlainDate({ day: 1 }), zone);

/** The months before that of an instant, the last one first. */
export function monthsBefore(instant: string, count: number, zone: string): string[] {
  const month = Temporal.PlainYearMonth.from(monthOf(instant, zone));
  return Array.from({ length: count }, (_, index) => month.subtract({ months: index + 1 }).toString());
}
