import { formatDay, parseDay, weekdayOf } from "../rating/timing/moment.ts";
import { addMonths, boundsOf } from "../rating/timing/period.ts";
import { WEEKDAYS } from "../rating/timing/windows.ts";
import { type Chance, compileWeights } from "./chance.ts";
import type { Sample, Traffic } from "./scenario.ts";

/** A month of the scenario; days since 1970-01-01, both included. */
export interface Month {
  /** `2025-03` */
  readonly name: string;
  /** From 0 on. */
  readonly index: number;
  readonly first: number;
  readonly last: number;
}

/** @throws RangeError where the start is no month */
export function monthsOf(start: string, count: number): readonly Month[] {
  const day = parseDay(`${start}-01`);
  if (day === undefined) throw new RangeError(`"${start}" is no month`);
  return Array.from({ length: count }, (_, index) => {
    const bounds = boundsOf(addMonths(day, index), "month");
    return { name: formatDay(bounds.first).slice(0, 7), index, ...bounds };
  });
}

const DAY_MINUTES = 24 * 60;

/** A local time of a day; more minutes than a day has lead into the days after it. */
export function localTime(day: number, minute: number): string {
  const on = day + Math.floor(minute / DAY_MINUTES);
  const left = minute - Math.floor(minute / DAY_MINUTES) * DAY_MINUTES;
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${formatDay(on)}T${two(Math.floor(left / 60))}:${two(left % 60)}:00`;
}

/** The minute of a day that `HH:MM` names. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Draws a day of the month, or undefined where the month has none of those that count. */
export function compileDays({
  weekdays,
  monthDays,
}: Traffic): (month: Month, chance: Chance) => number | undefined {
  if (monthDays !== undefined)
    return ({ first, last }, { below }) =>
      Math.min(last, first + (monthDays[below(monthDays.length)] ?? 1) - 1);
  if (weekdays === undefined) return ({ first, last }, { below }) => first + below(last - first + 1);
  const weights = WEEKDAYS.map((name) => weekdays[name] ?? 0);
  let known: { readonly first: number; readonly pick: ReturnType<typeof compileWeights> } | undefined;
  return ({ first, last }, chance) => {
    if (known?.first !== first) {
      const days = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      // Texts that aren't whole numbers keep the order in which they are written.
      const byDay = Object.fromEntries(days.map((day) => [`d${day}`, weights[weekdayOf(day)] ?? 0]));
      known = { first, pick: compileWeights(byDay) };
    }
    const name = known.pick?.(chance);
    return name === undefined ? undefined : Number(name.slice(1));
  };
}

/** Draws the minute of the day in which a delivery starts. */
export function compileTimes({ times }: Traffic): (chance: Chance) => number {
  if (times === undefined || times.length === 0) return ({ below }) => below(DAY_MINUTES);
  const pick = compileWeights(Object.fromEntries(times.map(({ weight = 1 }, i) => [`w${i}`, weight])));
  return (chance) => {
    const window = times[Number(pick?.(chance).slice(1) ?? 0)];
    const from = minuteOf(window?.from ?? "00:00");
    return from + chance.below(Math.max(1, minuteOf(window?.to ?? "24:00") - from));
  };
}

/** A day of the month with the weekday that a sample had. */
export function dayLike({ weekday }: Sample, { first, last }: Month, { below }: Chance): number {
  const earliest = first + ((weekday - weekdayOf(first) + 7) % 7);
  const weeks = Math.floor((last - earliest) / 7) + 1;
  return earliest + 7 * below(weeks);
}
