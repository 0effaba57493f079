import { DAY_MS, MINUTE_MS } from "./units.ts";
import type { Zone } from "./zone.ts";

/** A point in time as a rate card's zone sees it. */
export interface Moment {
  readonly epochMs: number;
  /** Local wall time, as if it were UTC: days and times of day come from it by plain arithmetic. */
  readonly localMs: number;
}

const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|z|[+-]\d\d:?\d\d)?(?:\[([^\]]*)\])?$/;

/** A time as it is written: its wall time as if it were UTC, and how far that is from UTC, where it says so. */
interface Written {
  readonly localMs: number;
  readonly offsetMs: number | undefined;
  /** The zone in brackets. */
  readonly zone: string | undefined;
}

const FIRST_MS = Date.parse("0000-01-02T00:00:00Z");
const LAST_MS = Date.parse("9999-12-30T23:59:59.999Z");

/**
 * Reads an RFC 3339 time, or a local one without offset in `zone`; a date alone is its midnight. Undefined if it is neither,
 * or so near to the end of the years of four digits that other zones have a year more or less.
 */
export function readMoment(text: string, zone: Zone): Moment | undefined {
  const written = readUsual(text) ?? readAny(text);
  if (written === undefined || written.localMs < FIRST_MS || written.localMs > LAST_MS) return undefined;
  const { localMs, offsetMs } = written;
  if (offsetMs === undefined) return settle(localMs, zone);
  const epochMs = localMs - offsetMs;
  // An offset that was resolved in this very zone, and stored, stands: new zone data changes no replay (RFC 9557).
  if (written.zone === zone.id) return { epochMs, localMs };
  return { epochMs, localMs: epochMs + zone.offsetAt(epochMs) };
}

/** A local time that the clocks skip is moved on, and so shown as the clocks showed it. */
function settle(localMs: number, zone: Zone): Moment {
  const epochMs = zone.toEpoch(localMs);
  return { epochMs, localMs: epochMs + zone.offsetAt(epochMs) };
}

function readAny(text: string): Written | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset, zone] = match;
  const written = civil(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  if (written === undefined) return undefined;
  const localMs = written + Number(fraction.slice(0, 3).padEnd(3, "0"));
  return { localMs, offsetMs: offset === undefined ? undefined : offsetOf(offset), zone };
}

/**
 * The shapes of most deliveries, without a regular expression: `2001-01-01T06:55:00`, with milliseconds or without, local, in UTC
 * (`Z`) or with an offset (`+02:00`). Undefined for all else.
 */
function readUsual(text: string): Written | undefined {
  const whole = wholeSeconds(text);
  if (whole === undefined) return undefined;
  const hasMs = text.charCodeAt(19) === POINT;
  const localMs = hasMs ? whole + digits(text, 20) * 10 + digit(text, 22) : whole;
  const offsetMs = usualOffset(text, hasMs ? 23 : 19);
  return Number.isNaN(localMs) || Number.isNaN(offsetMs) ? undefined : { localMs, offsetMs, zone: undefined };
}

/** Character codes. */
const [PLUS, MINUS, POINT, COLON, T, Z] = [43, 45, 46, 58, 84, 90];

function wholeSeconds(text: string): number | undefined {
  const isPunctuated =
    text.charCodeAt(4) === MINUS &&
    text.charCodeAt(7) === MINUS &&
    text.charCodeAt(10) === T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON;
  if (!isPunctuated) return undefined;
  return civil(
    digits(text, 0) * 100 + digits(text, 2),
    digits(text, 5),
    digits(text, 8),
    digits(text, 11),
    digits(text, 14),
    digits(text, 17),
  );
}

/** What stands at the end of a time; undefined for nothing, NaN for anything unusual. */
function usualOffset(text: string, at: number): number | undefined {
  if (text.length === at) return undefined;
  const sign = text.charCodeAt(at);
  if (sign === Z && text.length === at + 1) return 0;
  const isOffset = (sign === PLUS || sign === MINUS) && text.charCodeAt(at + 3) === COLON;
  if (!isOffset || text.length !== at + 6) return Number.NaN;
  const minutes = digits(text, at + 1) * 60 + digits(text, at + 4);
  return (sign === PLUS ? minutes : -minutes) * MINUTE_MS;
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

function digits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
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
  return ((days * 24 + hour) * 60 + minute) * MINUTE_MS + second * 1000;
}

function offsetOf(text: string): number {
  if (text === "Z" || text === "z") return 0;
  const sign = text.startsWith("-") ? -1 : 1;
  return sign * (Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))) * MINUTE_MS;
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
  const offset = Math.round((localMs - epochMs) / MINUTE_MS);
  const distance = Math.abs(offset);
  return `${formatDay(dayOf(localMs))}T${time}${fraction}${offset < 0 ? "-" : "+"}${pad(Math.floor(distance / 60))}:${pad(distance % 60)}`;
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
