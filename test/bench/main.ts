import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bigSpecsFigures } from "./big-specs.ts";
import { durableFigures } from "./durable.ts";
import { type Figure, perSecond, tableOf } from "./figure.ts";
import { hostingFigures } from "./hosting.ts";
import { httpFigures } from "./http.ts";
import { journeyFigures } from "./journeys.ts";
import { peerFigures } from "./peers.ts";
import { runJson } from "./processes.ts";

/**
 * Speed as ratios, each of two things measured in turns in this run. Takes some minutes, on loopback only; nothing fails where a
 * machine is slow. `npm run bench`, or some parts only: `npm run bench -- http durable`.
 */
const rounds = 3;

const parts: Readonly<Record<string, () => Promise<Figure[]>>> = {
  http: () => httpFigures(rounds),
  durable: () => durableFigures(rounds),
  rating: ratingFigures,
  growth: growthFigures,
  settlement: settlementFigures,
  cli: cliFigures,
  specs: () => bigSpecsFigures(rounds),
  peers: () => peerFigures(rounds),
  journeys: () => journeyFigures(rounds),
  hosting: hostingFigures,
};

async function ratingFigures(): Promise<Figure[]> {
  const measured = await runJson<
    Record<"bare" | "engine" | "engineRatio" | "withFingerprint" | "fingerprintRatio", number>
  >("rating.ts", ["2"]);
  const figure = (what: string, speed: number, ratio: number, atLeast: number): Figure => ({
    what,
    reading: `${perSecond(speed)} of ${perSecond(measured.bare)}`,
    ratio,
    bar: { atLeast },
  });
  const { engine, engineRatio, withFingerprint, fingerprintRatio } = measured;
  return [
    figure("Rating engine", engine, engineRatio, 0.3),
    figure("Rating engine, with fingerprint", withFingerprint, fingerprintRatio, 0.08),
  ];
}

async function growthFigures(): Promise<Figure[]> {
  const points = await runJson<{ stored: number; microseconds: number }[]>(
    "growth.ts",
    ["memory"],
    // A hundred thousand deliveries with all their traces and postings take more than the default heap.
    ["--max-old-space-size=8192"],
  );
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    {
      what: `Growth, ${first.stored.toLocaleString("en")} → ${last.stored.toLocaleString("en")} stored`,
      reading: points
        .map(({ stored, microseconds }) => `${microseconds.toFixed(0)} µs at ${stored}`)
        .join(", "),
      ratio: last.microseconds / first.microseconds,
      bar: { atMost: 1.3 },
    },
  ];
}

interface SettledMonth {
  readonly deliveries: number;
  readonly ratedPerSecond: number;
  readonly bookedPerSecond: number;
  readonly closedPerSecond: number;
  readonly bookingRss: number;
  readonly closeRss: number;
}

/** Months of ten thousand, a hundred thousand and a million, or as many as can be booked in seven minutes. */
async function settlementFigures(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "eco-bench-"));
  const wanted = "10000,100000,1000000";
  const months = await runJson<SettledMonth[]>(
    "settlement.ts",
    [join(folder, "sandbox.db"), "420", wanted],
    ["--max-old-space-size=384"],
  );
  await rm(folder, { recursive: true });
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return [];
  const number = (value: number): string => value.toLocaleString("en");
  const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
  // One month alone is no growth, and would look like the best there is.
  if (months.length < 2)
    return [{ what: "Months that grow", reading: "only the first fitted into the time" }];
  const reached = last.deliveries === 1_000_000 ? "" : " (of 1,000,000 wanted)";
  const growth = `${number(first.deliveries)} → ${number(last.deliveries)}${reached} deliveries in a month`;
  const figure = (what: string, of: (month: SettledMonth) => string, ratio: number): Figure => ({
    what: `${what}, ${growth}`,
    reading: months.map(of).join(", "),
    ratio,
    bar: { atMost: 1.3 },
  });
  const slower = (of: "ratedPerSecond" | "bookedPerSecond" | "closedPerSecond"): number =>
    first[of] / last[of];
  return [
    figure("Rating", (month) => `${number(month.ratedPerSecond)}/s`, slower("ratedPerSecond")),
    figure("Booking", (month) => `${number(month.bookedPerSecond)}/s`, slower("bookedPerSecond")),
    figure("Close", (month) => `${number(month.closedPerSecond)}/s`, slower("closedPerSecond")),
    figure("Memory, booking", (month) => megabytes(month.bookingRss), last.bookingRss / first.bookingRss),
    figure("Memory, close", (month) => megabytes(month.closeRss), last.closeRss / first.closeRss),
  ];
}

async function cliFigures(): Promise<Figure[]> {
  const { bareMs, figures } = await runJson<{
    bareMs: number;
    figures: { name: string; ratio: number; bar: number }[];
  }>("cli-start.ts", ["5"]);
  const of = (name: string, ratio: number, atMost: number): Figure => ({
    what: `eco ${name}`,
    reading: `bare start ${bareMs} ms`,
    ratio,
    bar: { atMost },
  });
  const slowest = figures
    .filter(({ name }) => / --help$/.test(name))
    .sort((left, right) => right.ratio - left.ratio)[0];
  const kept = figures.filter(({ name }) => !/ --help$/.test(name) || name === slowest?.name);
  return kept.map(({ name, ratio, bar }) =>
    of(name === slowest?.name ? `${name} (slowest help)` : name, ratio, bar),
  );
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`measuring ${name} …`);
  figures.push(...(await run()));
}
console.log(tableOf(figures));
