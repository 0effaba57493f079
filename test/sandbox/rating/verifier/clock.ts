/** A point in time, and what the clocks of a zone show then (as if that were UTC). Milliseconds. */
export interface Moment {
  readonly at: number;
  readonly local: number;
}

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** How far the clocks of a zone are from UTC; by the runtime's own calendar. Clocks are changed on a quarter of an hour. */
function offsetAt(at: number, zone: string): number {
  const quarter = Math.floor(at / QUARTER) * QUARTER;
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const offset =
    known.get(quarter) ?? Date.parse(`${clockOf(zone).format(quarter).replace(" ", "T")}Z`) - quarter;
  known.set(quarter, offset);
  return offset;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  formats.set(zone, format);
  return format;
}

export function momentAt(at: number, zone: string): Moment {
  return { at, local: at + offsetAt(at, zone) };
}

/** A local time that comes twice is the first; one that the clocks skip is moved on by what they skip. */
function fromLocal(local: number, zone: string): Moment {
  const before = offsetAt(local - DAY, zone);
  const after = offsetAt(local + DAY, zone);
  const found = [before, after]
    .map((offset) => local - offset)
    .find((at) => momentAt(at, zone).local === local);
  return momentAt(found ?? local - before, zone);
}

/** RFC 3339, or without an offset a local time; a date alone is its midnight. */
export function readTime(text: string, zone: string): Moment {
  const [, date = "", time = "00:00:00", offset] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const at = Date.parse(`${date}T${time}${offset ?? "Z"}`);
  if (Number.isNaN(at)) throw new Error(`"${text}" is no time`);
  return offset === undefined ? fromLocal(at, zone) : momentAt(at, zone);
}

export function stamp({ at, local }: Moment): string {
  const text = new Date(local).toISOString().replace("Z", "").replace(".000", "");
  const minutes = Math.abs(local - at) / MINUTE;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${text}${local < at ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

const dates = new Map<number, string>();

/** `2025-03-11` */
export function dateOf(local: number): string {
  const day = Math.floor(local / DAY);
  const date = dates.get(day) ?? new Date(day * DAY).toISOString().slice(0, 10);
  dates.set(day, date);
  return date;
}

/** Midnight of a day, months and days later or earlier. The day has to exist. */
export function later(date: string, months: number, days = 0): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return dateOf(Date.UTC(year, month - 1 + months, day + days));
}

export const daysBetween = (from: string, until: string): number =>
  (Date.parse(until) - Date.parse(from)) / DAY;

/** By the thirty-day calendar, in which each month has thirty days and the 31st is the one after the 30th. */
export function thirtyDaysBetween(from: string, until: string): number {
  const [a, b] = [from, until].map((date) => date.split("-").map(Number)) as [number[], number[]];
  const count = ([year = 0, month = 0, day = 0]: number[]): number => year * 360 + month * 30 + day;
  return count(b) - count(a);
}

/** Name of the period that holds a day. */
export function periodOf(date: string, period: string): string {
  const [year = "", month = ""] = date.split("-");
  switch (period) {
    case "all":
      return "all";
    case "year":
      return year;
    case "quarter":
      return `${year}-Q${Math.ceil(Number(month) / 3)}`;
    case "month":
      return `${year}-${month}`;
    case "week":
      return weekOf(date);
    default:
      return date;
  }
}

/** ISO 8601: the week belongs to the year that has its Thursday. */
function weekOf(date: string): string {
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = later(date, 0, 3 - weekday);
  const week = Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, "0")}`;
}

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

export const weekdayOf = (date: string): string => WEEKDAYS[new Date(date).getUTCDay()] ?? "";
