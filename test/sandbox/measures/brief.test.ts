import { describe, expect, it } from "vitest";
import {
  DailyFigures,
  outOfTheOrdinary,
  type Sighting,
  type Unusual,
} from "../../../sandbox/measures/daily.ts";
import { distanceOf, normalTail, studentTail } from "../../../sandbox/measures/tails.ts";
import { compareDay, type Day } from "../../../sandbox/measures/unusual.ts";
import { readBriefRules } from "../../../specs/engine/catalog/brief-rules.ts";

const rules = readBriefRules([]);
const LAST = 7 * rules.weeks;

/** mulberry32: the same numbers from the same seed on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number of independent events with this mean, by Knuth's product, in parts that don't run out of digits. */
function poisson(mean: number, random: () => number): number {
  let events = 0;
  for (let left = mean; left > 0; left -= 20) {
    const end = Math.exp(-Math.min(20, left));
    for (let product = random(); product > end; product *= random()) events += 1;
  }
  return events;
}

const WEEKDAYS = [1, 1.1, 1, 0.9, 1.2, 0.3, 0];
const PROVIDERS = ["ash", "birch", "cedar", "elder"];
const PRODUCTS: Readonly<Record<string, readonly string[]>> = {
  ash: ["ferry", "crane"],
  birch: ["crane", "store"],
  cedar: ["guide"],
  elder: ["meal", "room"],
};
const CUSTOMERS = ["north", "south", "west"];

interface Traffic {
  /** Of a product for a customer on an ordinary day. */
  readonly mean: number;
  readonly missed: number;
  /** Seconds of a typical answer. */
  readonly answer: number;
}

type Change = (about: {
  provider: string;
  product: string;
  customer: string;
  day: number;
}) => Partial<Traffic>;

/** Weeks of an ecosystem whose business is steady, chance apart, and what happens on the last day if anything does. */
function* traffic(seed: number, change: Change = () => ({})): Generator<Sighting> {
  const random = randomFrom(seed);
  for (let day = 0; day <= LAST; day += 1)
    for (const provider of PROVIDERS)
      for (const product of PRODUCTS[provider] ?? [])
        for (const customer of CUSTOMERS) {
          const usual: Traffic = { mean: 5, missed: 0.06, answer: 1200 };
          const { mean, missed, answer } = { ...usual, ...change({ provider, product, customer, day }) };
          const subjects = { provider, product, customer };
          const count = poisson(mean * (WEEKDAYS[(day + 7 - (LAST % 7)) % 7] ?? 0), random);
          for (let index = 0; index < count; index += 1) {
            const about = { id: `${day}-${provider}-${product}-${customer}-${index}`, day, subjects };
            yield { ...about, signal: "deliveries", part: 1 };
            yield { ...about, signal: "orders", part: 1 };
            yield { ...about, signal: "service-levels-missed", part: Number(random() < missed) };
            yield { ...about, signal: "corrections", part: Number(random() < 0.01) };
            yield { ...about, signal: "orders-refused", part: Number(random() < 0.1) };
            yield { ...about, signal: "response-time", part: Math.log(answer * (0.5 + random())) };
          }
        }
}

function briefOf(sightings: Iterable<Sighting>): {
  found: readonly Unusual[];
  compared: number;
  limit: number;
} {
  const figures = new DailyFigures(rules);
  for (const sighting of sightings) figures.add(sighting);
  const { compared } = figures.compared();
  return { ...outOfTheOrdinary(compared, rules), compared: compared.length };
}

const named = (found: readonly Unusual[]): string[] =>
  found.map(
    ({ name, subject: { kind, id }, comparison }) =>
      `${name} ${kind} ${id} ${comparison.score > 0 ? "+" : "-"}`,
  );

const seeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe("the tails", () => {
  it("are those of the published tables", () => {
    for (const [distance, likelihood] of [
      [1.959964, 0.05],
      [3.290527, 0.001],
      [4.891638, 1e-6],
    ] as const)
      expect(normalTail(distance)).toBeCloseTo(likelihood, 7);
    for (const [distance, degrees, likelihood] of [
      [4.302653, 2, 0.05],
      [2.446912, 6, 0.05],
      [5.958816, 6, 0.001],
      [2.085963, 20, 0.05],
    ] as const)
      expect(studentTail(distance, degrees)).toBeCloseTo(likelihood, 7);
    expect([normalTail(-0.5), studentTail(0.5, 4)]).toEqual([1, 1]);
  });
  it("and the way back", () => {
    for (const likelihood of [0.05, 1e-4, 1e-9]) {
      expect(normalTail(distanceOf(likelihood, normalTail)) / likelihood).toBeCloseTo(1, 6);
      expect(distanceOf(likelihood, (t) => studentTail(t, 4))).toBeGreaterThan(
        distanceOf(likelihood, normalTail),
      );
    }
  });
});

const steady = (day: Day, weeks = 8): Day[] => Array.from({ length: 7 * weeks }, () => day);

describe("a day against the same weekdays, by hand", () => {
  it("of a count: 60 where there were always 20", () => {
    const comparison = compareDay("count", [...steady({ part: 20, of: 20 }), { part: 60, of: 60 }], 0, 4);
    // (2 √60.375 - 2 √20.375) / √(1 + π / 16) = (15.5403 - 9.0277) / 1.0938
    expect(comparison?.score).toBeCloseTo(5.9542, 3);
    expect(comparison).toMatchObject({ weeks: 8, observed: 60 });
    expect(comparison?.expected).toBeCloseTo(20, 9);
    // 5 %: 9.0277 ± 1.95996 · 1.0938 on the scale of roots.
    const [from, to] = comparison?.range(0.05) ?? [];
    expect(from).toBeCloseTo(((9.027735 - 2.14379) / 2) ** 2 - 0.375, 2);
    expect(to).toBeCloseTo(((9.027735 + 2.14379) / 2) ** 2 - 0.375, 2);
  });
  it("of a share: 8 of 16 where it was always 2 of 16", () => {
    const comparison = compareDay("share", [...steady({ part: 2, of: 16 }), { part: 8, of: 16 }], 0, 4);
    // (2 asin √(8.375 / 16.75) - 2 asin √(2.375 / 16.75)) √16.5 / √(1 + π / 16)
    expect(comparison?.score).toBeCloseTo(((Math.PI / 2 - 0.7723) * Math.sqrt(16.5)) / 1.0937776, 2);
    expect(comparison?.expected).toBeCloseTo(0.125, 9);
  });
  it("of a time: an hour where it was always ten minutes, four answers a day", () => {
    const answers = (seconds: number): Day => ({ part: 4 * Math.log(seconds), of: 4 });
    const comparison = compareDay("time", [...steady(answers(600)), answers(3600)], 0, 4);
    // ln 6 · √4 / (0.5 · √(1 + π / 16))
    expect(comparison?.score).toBeCloseTo((Math.log(6) * 2) / (0.5 * 1.0937776), 4);
    expect(comparison?.observed).toBeCloseTo(3600, 6);
  });
  it("one week that was out of the ordinary moves neither the middle nor the spread", () => {
    const days = steady({ part: 20, of: 20 });
    days[14] = { part: 500, of: 500 };
    const comparison = compareDay("count", [...days, { part: 60, of: 60 }], 0, 4);
    expect(comparison?.expected).toBeCloseTo(20, 9);
    expect(comparison?.score).toBeCloseTo(5.9542, 3);
  });
  it("is compared with weeks since there was something only, and with enough of them", () => {
    const days = [...steady({ part: 0, of: 0 }, 4), ...steady({ part: 20, of: 20 }, 4), { part: 20, of: 20 }];
    expect(compareDay("count", days, 28, 4)).toMatchObject({ weeks: 4, score: 0 });
    expect(compareDay("count", days, 29, 4)).toBeUndefined();
    expect(compareDay("share", days.slice(0, 56).concat({ part: 0, of: 0 }), 0, 4)).toBeUndefined();
  });
});

describe("on steady traffic", () => {
  it("there are no more false alarms than promised: at most one in fifty days", () => {
    const days = seeds(50).map((seed) => briefOf(traffic(seed)));
    expect(days.every(({ compared }) => compared > 60)).toBe(true);
    const alarms = days.flatMap(({ found }) => named(found));
    expect(alarms.length, alarms.join("\n")).toBeLessThanOrEqual(1);
  });
});

const today =
  (what: Partial<Traffic>, only: Change = () => what): Change =>
  (about) =>
    about.day === LAST ? only(about) : {};

describe("what is out of the ordinary is named", () => {
  const SEEDS = seeds(15);
  const caught = (change: Change, wanted: string): number =>
    SEEDS.filter((seed) => named(briefOf(traffic(seed, change)).found).includes(wanted)).length /
    SEEDS.length;
  it.each<readonly [string, Change, string]>([
    [
      "a provider that stands still",
      today({}, ({ provider }) => (provider === "ash" ? { mean: 0 } : {})),
      "deliveries provider ash -",
    ],
    [
      "a customer that wants two and a half times as much",
      today({}, ({ customer }) => (customer === "west" ? { mean: 12.5 } : {})),
      "deliveries customer west +",
    ],
    [
      "a provider that is late",
      today({}, ({ provider }) => (provider === "birch" ? { missed: 0.55 } : {})),
      "service-levels-missed provider birch +",
    ],
    [
      "a provider that answers after hours",
      today({}, ({ provider }) => (provider === "elder" ? { answer: 5000 } : {})),
      "response-time provider elder +",
    ],
  ])("%s", (_, change, wanted) => {
    expect(caught(change, wanted)).toBeGreaterThanOrEqual(0.95);
  });
});
