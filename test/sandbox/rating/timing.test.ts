import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  civilOf,
  daysFromCivil,
  formatMoment,
  parseDay,
  readMoment,
  weekdayOf,
} from "../../../sandbox/rating/timing/moment.ts";
import { periodOf } from "../../../sandbox/rating/timing/period.ts";
import { compileWindow, cutByWindow, type Weekday } from "../../../sandbox/rating/timing/windows.ts";
import { isZone, zoneOf } from "../../../sandbox/rating/timing/zone.ts";

const ZONES = [
  "Europe/Helsinki",
  "America/New_York",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Africa/Casablanca",
  "Asia/Kolkata",
  "UTC",
];
const zone = fc.constantFrom(...ZONES);
const epoch = fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2031, 0, 1) });

describe("zones", () => {
  it("have the offsets that Temporal gives, though it is asked once a clock change", () => {
    fc.assert(
      fc.property(zone, epoch, (id, ms) => {
        const want = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(id);
        expect(zoneOf(id).offsetAt(ms) * 1e6).toBe(want.offsetNanoseconds);
      }),
      { numRuns: 1000 },
    );
  });

  it("read local times as Temporal does, in gaps and folds too", () => {
    const near = fc.constantFrom(
      "2026-03-29",
      "2026-10-25",
      "2026-03-08",
      "2026-11-01",
      "2026-04-05",
      "2026-10-04",
      "2026-06-15",
    );
    fc.assert(
      fc.property(zone, near, fc.nat({ max: 1439 }), (id, day, minute) => {
        const text = `${day}T${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00`;
        const want = Temporal.PlainDateTime.from(text).toZonedDateTime(id, { disambiguation: "compatible" });
        const got = readMoment(text, zoneOf(id));
        expect(got?.epochMs).toBe(want.epochMilliseconds);
        expect(got === undefined ? "" : formatMoment(got)).toBe(
          want.toString({ timeZoneName: "never", smallestUnit: "second" }),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("takes an offset that was resolved in the zone, and stored, as it stands", () => {
    const helsinki = zoneOf("Europe/Helsinki");
    const stored = readMoment("2025-03-11T08:30:00+03:00[Europe/Helsinki]", helsinki);
    expect(stored === undefined ? "" : formatMoment(stored)).toBe("2025-03-11T08:30:00+03:00");
    const elsewhere = readMoment("2025-03-11T08:30:00+03:00[Europe/Moscow]", helsinki);
    expect(elsewhere === undefined ? "" : formatMoment(elsewhere)).toBe("2025-03-11T07:30:00+02:00");
  });

  it.each(["", "Mars/Olympus", "Europe"])("%j is no zone", (id) => {
    expect(isZone(id)).toBe(false);
  });
});

describe("a written time", () => {
  const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, "0"));
  const date = fc
    .tuple(fc.integer({ min: 1999, max: 2031 }), two(13), two(32))
    .map((parts) => parts.join("-"));
  const time = fc.tuple(two(25), two(61), two(61)).map((parts) => parts.join(":"));
  const fraction = fc.constantFrom("", "", ".5", ".042", ".999", ".000001", ".");
  const offset = fc.oneof(
    fc.constantFrom("", "", "Z", "+02:00", "-03:30", "+0200", "+2:00", "+99:99", "-00:00", "X"),
    fc.string({ maxLength: 6 }),
  );
  const written = fc.tuple(date, time, fraction, offset);

  it("is the same in the shapes that are read by hand and by the rule, which takes a small t too", () => {
    fc.assert(
      fc.property(written, zone, ([day, hour, part, end], id) => {
        const [quick, slow] = ["T", "t"].map((letter) =>
          readMoment(`${day}${letter}${hour}${part}${end}`, zoneOf(id)),
        );
        expect(quick).toEqual(slow);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("dates", () => {
  it("go to day numbers and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
        const { year, month, day: date } = civilOf(day);
        expect(daysFromCivil(year, month, date)).toBe(day);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["2025-03-11", "month", "2025-03"],
    ["2025-03-11", "quarter", "2025-Q1"],
    ["2024-12-30", "week", "2025-W01"],
    ["2027-01-01", "week", "2026-W53"],
    ["2025-03-11", "day", "2025-03-11"],
    ["2025-03-11", "year", "2025"],
    ["2025-03-11", "all", "all"],
  ] as const)("%s lies in the %s %s", (date, period, name) => {
    expect(periodOf(parseDay(date) ?? 0, period)).toBe(name);
  });

  it("have weekdays", () => {
    expect(weekdayOf(parseDay("2025-03-10") ?? 0)).toBe(0);
    expect(weekdayOf(parseDay("1969-12-28") ?? 0)).toBe(6);
  });
});

describe("a delivery cut by windows", () => {
  const helsinki = zoneOf("Europe/Helsinki");
  const at = (text: string): number => readMoment(text, helsinki)?.epochMs ?? Number.NaN;
  const cut = (from: string, until: string, ...windows: ReturnType<typeof compileWindow>[]) =>
    cutByWindow(at(from), at(until), windows, helsinki).map(({ window, durationMs }) => [
      window?.id ?? "-",
      durationMs / 3_600_000,
    ]);
  const none = new Set<number>();
  const night = compileWindow({ id: "night", times: [{ from: "22:00", to: "06:00" }] }, none);

  it.each([
    [
      "a night with two threes",
      "2026-10-24T20:00",
      "2026-10-25T08:00",
      [
        ["-", 2],
        ["night", 9],
        ["-", 2],
      ],
    ],
    [
      "a night without a three",
      "2026-03-28T20:00",
      "2026-03-29T08:00",
      [
        ["-", 2],
        ["night", 7],
        ["-", 2],
      ],
    ],
    [
      "a night like others",
      "2026-06-10T20:00",
      "2026-06-11T08:00",
      [
        ["-", 2],
        ["night", 8],
        ["-", 2],
      ],
    ],
  ])("%s", (_, from, until, want) => {
    expect(cut(from, until, night)).toEqual(want);
  });

  it("counts an hour that the clocks show twice twice, where a window lies in it", () => {
    const three = compileWindow({ id: "three", times: [{ from: "03:00", to: "04:00" }] }, none);
    expect(cut("2026-10-25T02:00", "2026-10-25T05:00", three)).toEqual([
      ["-", 1],
      ["three", 2],
      ["-", 1],
    ]);
    expect(cut("2026-03-29T02:00", "2026-03-29T05:00", three)).toEqual([["-", 2]]);
  });

  it("knows holidays: left out, counted in, or alone", () => {
    const feast = new Set([parseDay("2025-12-24") ?? 0]);
    const days: Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    const on = (dates: "excluded" | "included" | "only", list?: Weekday[]) =>
      compileWindow(
        { id: dates, ...(list === undefined ? {} : { days: list }), calendar: { id: "feasts", dates } },
        feast,
      );
    expect(cut("2025-12-23T00:00", "2025-12-25T00:00", on("excluded", days))).toEqual([
      ["excluded", 24],
      ["-", 24],
    ]);
    expect(cut("2025-12-23T00:00", "2025-12-25T00:00", on("only"))).toEqual([
      ["-", 24],
      ["only", 24],
    ]);
    expect(cut("2025-12-23T00:00", "2025-12-25T00:00", on("included", ["monday"]))).toEqual([
      ["-", 24],
      ["included", 24],
    ]);
  });

  it("loses no time: the pieces sum to the whole, for any span", () => {
    fc.assert(
      fc.property(zone, epoch, fc.integer({ min: 0, max: 40 * 24 * 60 }), (id, from, minutes) => {
        const pieces = cutByWindow(from, from + minutes * 60_000, [night], zoneOf(id));
        expect(pieces.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBe(minutes * 60_000);
      }),
      { numRuns: 300 },
    );
  });
});
