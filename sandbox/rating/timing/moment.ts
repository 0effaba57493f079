import type { Zone } from "./zone.ts";

/** A point in time as a rate card's zone sees it. */
export interface Moment {
  readonly epochMs: number;
  /** Local wall time, as if it were UTC: days and times of day come from it by plain arithmetic. */
  readonly localMs: number;
}

const DAY_MS = 86_400_000;
const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|z|[+-]\d\d:?\d\d)?(?:\[([^\]]*)\])?$/;

/** Reads an RFC 3339 time, or a local one without offset in `zone`; a date alone is its midnight. Undefined if it is neither. */
export function readMoment(text: string, zone: Zone): Moment | undefined {
  const localMs = quickLocal(text);
  if (localMs !== undefined) return settle(localMs, zone);
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset, named] = match;
  const written = civil(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  if (written === undefined) return undefined;
  const ms = written + Number(fraction.slice(0, 3).padEnd(3, "0"));
  if (offset === undefined) return settle(ms, zone);
  const epochMs = ms - offsetOf(offset);
  // An offset that was resolved in this very zone, and stored, stands: new zone data changes no replay (RFC 9557).
  if (named === zone.id) return { epochMs, localMs: ms };
  return { epochMs, localMs: epochMs + zone.offsetAt(epochMs) };
}

/** A local time that the clocks skip is moved on, and so shown as the clocks showed it. */
function settle(localMs: number, zone: Zone): Moment {
  const epochMs = zone.toEpoch(localMs);
  return { epochMs, localMs: epochMs + zone.offsetAt(epochMs) };
}

/** `2001-01-01T06:55:00`, the shape of most deliveries, without a regular expression. Undefined: take the long way. */
function quickLocal(text: string): number | undefined {
  if (
    text.length !== 19 ||
    text.charCodeAt(10) !== 84 ||
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(13) !== 58
  )
    return undefined;
  const year = digits(text, 0) * 100 + digits(text, 2);
  const local = civil(
    year,
    digits(text, 5),
    digits(text, 8),
    digits(text, 11),
    digits(text, 14),
    digits(text, 17),
  );
  return text.charCodeAt(7) === 45 && text.charCodeAt(16) === 58 ? local : undefined;
}

function digits(text: string, at: number): number {
  const high = text.charCodeAt(at) - 48;
  const low = text.charCodeAt(at + 1) - 48;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : Number.NaN;
}

function civil(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  const days = daysFromCivil(year, month, day);
  const inRange = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  // A leap second counts as the second after it, as everywhere in RFC 3339 arithmetic.
  if (!inRange || !(hour <= 23 && minute <= 59 && second <= 60)) return undefined;
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000;
}

function offsetOf(text: string): number {
  if (text === "Z" || text === "z") return 0;
  const sign = text.startsWith("-") ? -1 : 1;
  return sign * (Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))) * 60_000;
}

/** Days since 1970-01-01 of a date of the Gregorian calendar. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function civilOf(dayNumber: number): CivilDate {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Day number of a local time. */
export function dayOf(localMs: number): number {
  return Math.floor(localMs / DAY_MS);
}

/** 0 is Monday, 6 Sunday. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 3) % 7) + 7) % 7;
}

/** `2025-03-11` → its day number, or undefined where it is no date. */
export function parseDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return daysFromCivil(year, month, day);
}

export function formatDay(dayNumber: number): string {
  const { year, month, day } = civilOf(dayNumber);
  return `${String(year).padStart(4, "0")}-${pad(month)}-${pad(day)}`;
}

/** RFC 3339 with the zone's offset at that moment: `2025-03-11T08:30:00+02:00`. */
export function formatMoment({ epochMs, localMs }: Moment): string {
  const inDay = localMs - dayOf(localMs) * DAY_MS;
  const seconds = Math.floor(inDay / 1000);
  const ms = inDay - seconds * 1000;
  const time = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  const fraction = ms === 0 ? "" : `.${String(ms).padStart(3, "0")}`;
  const offset = Math.round((localMs - epochMs) / 60_000);
  const distance = Math.abs(offset);
  return `${formatDay(dayOf(localMs))}T${time}${fraction}${offset < 0 ? "-" : "+"}${pad(Math.floor(distance / 60))}:${pad(distance % 60)}`;
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
