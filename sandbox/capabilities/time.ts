import { Temporal } from "temporal-polyfill";

/** Instants as the virtual clock writes them: UTC with milliseconds. */
const format = (instant: Temporal.Instant): string =>
  instant.toString({ fractionalSecondDigits: 3, roundingMode: "trunc" });

/**
 * The last instant that is taken, a year before years need five digits: what follows from it, such as a deadline, can
 * still be written in RFC 3339, and instants can be compared as texts.
 */
const LAST = Temporal.Instant.from("9999-01-01T00:00:00Z");
const FIRST = Temporal.Instant.from("0001-01-01T00:00:00Z");

/** As the virtual clock writes it; undefined where its year is none of RFC 3339. */
const written = (instant: Temporal.Instant): string | undefined =>
  Temporal.Instant.compare(instant, FIRST) < 0 || Temporal.Instant.compare(instant, LAST) > 0
    ? undefined
    : format(instant);

/** The instant of RFC 3339 text with an offset; undefined when the text isn't one. */
export function parseInstant(value: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(value);
  } catch {
    return undefined;
  }
}

/** RFC 3339 with any offset, or a local time in `zone`, as UTC with milliseconds; undefined when it is neither, or not in the years 1 to 9998. */
export function toUtc(value: string, zone: string): string | undefined {
  const instant = parseInstant(value);
  if (instant !== undefined) return written(instant);
  try {
    return written(Temporal.PlainDateTime.from(value).toZonedDateTime(zone).toInstant());
  } catch {
    return undefined;
  }
}

export const plusMilliseconds = (instant: string, milliseconds: number): string =>
  format(Temporal.Instant.from(instant).add({ milliseconds }));

/** An ISO 8601 duration (`PT2H`, `P3D`, `P1M`) later, by the calendar of `zone`; undefined when it isn't one, or leads out of the years 1 to 9998. */
export function plusDuration(instant: string, duration: string, zone: string): string | undefined {
  try {
    const start = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
    return written(start.add(Temporal.Duration.from(duration)).toInstant());
  } catch {
    return undefined;
  }
}

/** Whole minutes from one instant to a later one, a started minute not counted; negative when it is earlier. */
export function minutesBetween(from: string, to: string): number {
  const elapsed = Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds;
  return Math.trunc(elapsed / 60_000);
}

export const isBefore = (left: string, right: string): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(left), Temporal.Instant.from(right)) < 0;

/** The calendar day of an instant in a zone: `2025-03-11`. */
export const dayOf = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The calendar month of an instant in a zone: `2025-03`. */
export function monthOf(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth().toString();
}

/** When a day begins in a zone, in UTC. */
export const startOfDay = (day: Temporal.PlainDate, zone: string): string =>
  format(day.toZonedDateTime(zone).toInstant());

export const followingMonth = (month: string): string =>
  Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString();

/** From one instant to a later one, as ISO 8601 has it: `PT25M`, `PT49H30S`. */
export const durationBetween = (from: string, to: string): string =>
  Temporal.Instant.from(from).until(Temporal.Instant.from(to), { largestUnit: "hour" }).toString();
