import { dayOf, type Moment, weekdayOf } from "./moment.ts";
import { DAY_MS, MINUTE_MS } from "./units.ts";
import type { Zone } from "./zone.ts";

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When a window's price applies: on these weekdays, between these times, on or off a calendar's dates. */
export interface WindowSpec {
  readonly id: string;
  readonly title?: string;
  readonly days?: readonly Weekday[];
  /** `from` is in, `to` is not; `24:00` ends the day. A `to` before `from` runs past midnight into the next day. */
  readonly times?: readonly { readonly from: string; readonly to: string }[];
  /** A calendar of the rate card, and whether its dates belong to the window, stay out of it, or alone make it up. */
  readonly calendar?: { readonly id: string; readonly dates: "included" | "excluded" | "only" };
}

export interface CompiledWindow {
  readonly id: string;
  /** Whether the window holds this local time. */
  holds(localMs: number): boolean;
  /** Times of day, in minutes, at which it may begin or end. */
  readonly edges: readonly number[];
}

const WHOLE_DAY = [{ from: 0, to: 1440 }];
/** A delivery is cut day by day; one that lasts longer than this is a mistake in its times. */
export const LONGEST_CUT_DAYS = 3700;

/** `06:30` → 390. Undefined where it is no time of day. */
export function minutesOf(time: string): number | undefined {
  const match = /^(\d\d):(\d\d)$/.exec(time);
  if (match === null) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes <= 1440 && Number(match[2]) < 60 ? minutes : undefined;
}

export function compileWindow(spec: WindowSpec, calendar: ReadonlySet<number>): CompiledWindow {
  const days = new Set((spec.days ?? WEEKDAYS).map((day) => WEEKDAYS.indexOf(day)));
  const times =
    spec.times?.map(({ from, to }) => ({ from: minutesOf(from) ?? 0, to: minutesOf(to) ?? 1440 })) ??
    WHOLE_DAY;
  const dates = spec.calendar?.dates;
  const onDay = (day: number): boolean => {
    if (dates === "only") return calendar.has(day);
    if (dates === "excluded" && calendar.has(day)) return false;
    return days.has(weekdayOf(day)) || (dates === "included" && calendar.has(day));
  };
  return {
    id: spec.id,
    edges: [...new Set([0, ...times.flatMap(({ from, to }) => [from, to % 1440])])],
    holds(localMs) {
      const day = dayOf(localMs);
      const minute = (localMs - day * DAY_MS) / MINUTE_MS;
      for (const { from, to } of times) {
        if (from < to) {
          if (minute >= from && minute < to && onDay(day)) return true;
        } else if ((minute >= from && onDay(day)) || (minute < to && onDay(day - 1))) return true;
      }
      return false;
    },
  };
}

/** The first window, in listed order, that holds a moment; undefined outside of all. */
export function windowAt(windows: readonly CompiledWindow[], localMs: number): CompiledWindow | undefined {
  for (const window of windows) if (window.holds(localMs)) return window;
  return undefined;
}

export interface Piece {
  readonly window: CompiledWindow | undefined;
  readonly from: Moment;
  /** Real elapsed milliseconds. */
  readonly durationMs: number;
}

/**
 * Cuts [from, until) where the window changes, by the clocks of the zone: an hour that the clocks show twice counts twice,
 * one that they skip doesn't count. Neighbouring pieces of one window are one piece.
 */
export function cutByWindow(
  fromMs: number,
  untilMs: number,
  windows: readonly CompiledWindow[],
  zone: Zone,
): readonly Piece[] {
  const cuts = new Set<number>([fromMs, ...zone.transitions(fromMs, untilMs)]);
  const edges = [...new Set(windows.flatMap(({ edges: own }) => own))];
  const lastDay = dayOf(untilMs + zone.offsetAt(untilMs)) + 1;
  for (let day = dayOf(fromMs + zone.offsetAt(fromMs)) - 1; day <= lastDay; day++) {
    for (const minute of edges) {
      for (const at of zone.occurrences(day * DAY_MS + minute * MINUTE_MS))
        if (at > fromMs && at < untilMs) cuts.add(at);
    }
  }
  const pieces: { window: CompiledWindow | undefined; from: Moment; durationMs: number }[] = [];
  const sorted = [...cuts].sort((a, b) => a - b);
  sorted.forEach((at, i) => {
    const durationMs = (sorted[i + 1] ?? untilMs) - at;
    const from = { epochMs: at, localMs: at + zone.offsetAt(at) };
    const window = windowAt(windows, from.localMs);
    const previous = pieces.at(-1);
    if (previous !== undefined && previous.window === window) previous.durationMs += durationMs;
    else pieces.push({ window, from, durationMs });
  });
  return pieces;
}
