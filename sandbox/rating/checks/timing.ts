import type { RateCardContent, TimingContent } from "../documents.ts";
import { civilOf, dayOf, daysFromCivil, formatDay, parseDay, weekdayOf } from "../timing/moment.ts";
import { DAY_MS, MINUTE_MS } from "../timing/units.ts";
import { minutesOf, WEEKDAYS, type WindowSpec } from "../timing/windows.ts";
import { isZone, type Zone, zoneOf } from "../timing/zone.ts";
import type { Report } from "./finding.ts";

/** Clock changes repeat by the year: four years of them show every weekday and rule that a card will meet. */
const YEARS_LOOKED_AT = 4;

export function checkTiming(
  timing: TimingContent,
  pointer: string,
  card: RateCardContent,
  report: Report,
): void {
  const zone = card.timeZone !== undefined && isZone(card.timeZone) ? zoneOf(card.timeZone) : undefined;
  timing.windows.forEach((window, i) => {
    const at = `${pointer}/windows/${i}`;
    if (window.calendar !== undefined && card.calendars?.[window.calendar.id] === undefined) {
      report.error(
        "ECO_CALENDAR_UNKNOWN",
        `${at}/calendar/id`,
        `The rate card has no calendar "${window.calendar.id}".`,
        "Add its dates under `calendars`.",
      );
    }
    window.times?.forEach((time, j) => {
      if (time.from === time.to) {
        report.error(
          "ECO_WINDOW_EMPTY",
          `${at}/times/${j}`,
          `From ${time.from} to ${time.to} is no time at all.`,
          "Leave `times` out for the whole day, or write 00:00 to 24:00.",
        );
      }
    });
    if (zone !== undefined) checkClockChanges(window, at, card, zone, report);
  });
  checkOverlap(timing.windows, `${pointer}/windows`, report);
}

/** A window that begins or ends at a time of day which the clocks skip or show twice is priced by a rule its author may not have meant. */
function checkClockChanges(
  window: WindowSpec,
  pointer: string,
  card: RateCardContent,
  zone: Zone,
  report: Report,
): void {
  const changes = clockChanges(card, zone);
  window.times?.forEach((time, i) => {
    for (const edge of [time.from, time.to]) {
      const minutes = minutesOf(edge);
      const change =
        minutes === undefined ? undefined : changes.find((known) => touches(known, minutes, window));
      if (change === undefined) continue;
      const what = change.gap ? "skip" : "show twice";
      report.warn(
        "ECO_WINDOW_AMBIGUOUS",
        `${pointer}/times/${i}`,
        `On ${formatDay(change.day)} the clocks of ${zone.id} ${what} ${edge}, where the window begins or ends.`,
        "Move the edge outside of the clock change, or leave it: an hour shown twice counts twice, a skipped one not at all.",
      );
      return;
    }
  });
}

interface ClockChange {
  readonly day: number;
  /** Minutes of that local day that are skipped or shown twice. */
  readonly from: number;
  readonly to: number;
  readonly gap: boolean;
}

function clockChanges(card: RateCardContent, zone: Zone): readonly ClockChange[] {
  const startDay = parseDay(card.validFor?.start ?? "") ?? daysFromCivil(2025, 1, 1);
  // A card that has been valid for long is looked at in recent years: its zone's rules may have changed since.
  const year = Math.max(civilOf(startDay).year, 2025);
  const from = daysFromCivil(year, 1, 1) * DAY_MS;
  return zone.transitions(from, daysFromCivil(year + YEARS_LOOKED_AT, 1, 1) * DAY_MS).map((at) => {
    const before = at + zone.offsetAt(at - 1);
    const after = at + zone.offsetAt(at);
    const [low, high] = before < after ? [before, after] : [after, before];
    const day = dayOf(low);
    return {
      day,
      from: (low - day * DAY_MS) / MINUTE_MS,
      to: (high - day * DAY_MS) / MINUTE_MS,
      gap: before < after,
    };
  });
}

function touches(change: ClockChange, minutes: number, { days }: WindowSpec): boolean {
  const weekday = WEEKDAYS[weekdayOf(change.day)];
  const onDay = days === undefined || (weekday !== undefined && days.includes(weekday));
  return onDay && minutes > change.from && minutes < change.to;
}

/** Where two windows hold the same time the first wins; that is worth a look. */
function checkOverlap(windows: readonly WindowSpec[], pointer: string, report: Report): void {
  windows.forEach((window, i) => {
    const earlier = windows.slice(0, i).find((other) => overlap(window, other));
    if (earlier === undefined) return;
    report.warn(
      "ECO_WINDOW_OVERLAP",
      `${pointer}/${i}`,
      `The window ${window.id} shares some time with ${earlier.id}, which is listed first and wins there.`,
      "Make them apart, or leave the order as it is if that is meant.",
    );
  });
}

function overlap(a: WindowSpec, b: WindowSpec): boolean {
  if (a.calendar !== undefined || b.calendar !== undefined) return false;
  const week = new Uint8Array(7 * 1440);
  paint(a, (minute) => {
    week[minute] = 1;
  });
  let shared = false;
  paint(b, (minute) => {
    if (week[minute] === 1) shared = true;
  });
  return shared;
}

function paint(window: WindowSpec, mark: (minute: number) => void): void {
  for (const day of window.days ?? WEEKDAYS) {
    for (const time of window.times ?? [{ from: "00:00", to: "24:00" }]) {
      const from = minutesOf(time.from) ?? 0;
      const to = minutesOf(time.to) ?? 1440;
      const end = to > from ? to : to + 1440;
      for (let minute = from; minute < end; minute++)
        mark((WEEKDAYS.indexOf(day) * 1440 + minute) % (7 * 1440));
    }
  }
}
