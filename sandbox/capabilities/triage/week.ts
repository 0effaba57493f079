import { Temporal } from "temporal-polyfill";
import { startOfDay } from "../time.ts";

/** A week of ISO 8601, in a zone. */
export interface Week {
  /** `2025-W11` */
  readonly week: string;
  /** The instant, in UTC, with which it has gone by. */
  readonly until: string;
}

const WEEK = /^(\d{4})-W(\d{2})$/;

/** @returns undefined for what is no week of its year */
export function weekOf(text: string, zone: string): Week | undefined {
  const [, year = "", number = ""] = WEEK.exec(text) ?? [];
  if (year < "0010" || year > "9990") return undefined;
  // The fourth of January is in the first week of its year.
  const fourth = Temporal.PlainDate.from({ year: Number(year), month: 1, day: 4 });
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: Number(number) - 1 });
  return nameOf(monday) === text
    ? { week: text, until: startOfDay(monday.add({ weeks: 1 }), zone) }
    : undefined;
}

/** The week in which an instant lies. */
export function weekAt(instant: string, zone: string): Week {
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  return { week: nameOf(monday), until: startOfDay(monday.add({ weeks: 1 }), zone) };
}

const nameOf = ({ yearOfWeek, weekOfYear }: Temporal.PlainDate): string =>
  `${String(yearOfWeek).padStart(4, "0")}-W${String(weekOfYear).padStart(2, "0")}`;
