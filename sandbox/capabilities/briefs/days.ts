import { Temporal } from "temporal-polyfill";

/** Some days one after the other, in a zone; the last of them is looked at. */
export interface Days {
  /** `2025-03-11` */
  readonly last: string;
  /** `Tuesday` */
  readonly weekday: string;
  /** Whether it has gone by. */
  readonly complete: boolean;
  /** Of the first day of as many before them, by which is known what isn't new. */
  readonly since: string;
  /** Its place among the days: -1 before the first one, -2 before `since`, one more than the last one has after it. */
  indexOfDate(date: string): number;
  /** @param instant RFC 3339 */
  indexOf(instant: string): number;
  /** The instant, in UTC, from which on the last one has gone by. */
  readonly until: string;
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** @returns undefined where `day` is no date, or too far away for a calendar */
export function daysUpTo(day: string, count: number, zone: string, now: string): Days | undefined {
  const last = dateOf(day);
  if (last === undefined) return undefined;
  const first = last.subtract({ days: count - 1 });
  const since = first.subtract({ days: count });
  const dates = Array.from({ length: count }, (_, index) => first.add({ days: index }));
  const places = new Map(dates.map((date, index) => [date.toString(), index]));
  const startOf = (date: Temporal.PlainDate): number =>
    date.toZonedDateTime(zone).toInstant().epochMilliseconds;
  const starts = [...dates, last.add({ days: 1 })].map(startOf);
  const until = starts[count] ?? 0;
  const sinceMs = startOf(since);
  return {
    last: day,
    weekday: WEEKDAYS[last.dayOfWeek - 1] ?? "",
    complete: until <= Date.parse(now),
    until: new Date(until).toISOString(),
    since: since.toString(),
    indexOfDate: (date) => {
      if (date < since.toString()) return -2;
      return places.get(date) ?? (date < first.toString() ? -1 : count);
    },
    indexOf: (instant) => {
      const ms = Date.parse(instant);
      return ms < sinceMs ? -2 : starts.findLastIndex((start) => start <= ms);
    },
  };
}

/** A date as it is written in ISO 8601, of years that RFC 3339 has. */
export function dateOf(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "0010" || text > "9990") return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    return undefined;
  }
}

/** The day before the one on which an instant lies. */
export const dayBefore = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 1 }).toString();
