import { describe, expect, it } from "vitest";
import type { Delivery, RatingDocuments } from "../../../sandbox/rating/index.ts";
import { monthsOf } from "../../../sandbox/simulation/calendar.ts";
import { chanceFrom, exp, ln } from "../../../sandbox/simulation/chance.ts";
import { compileDraw } from "../../../sandbox/simulation/draw.ts";
import {
  checkScenario,
  type Draw,
  pastDeliveries,
  type Scenario,
  type Traffic,
} from "../../../sandbox/simulation/index.ts";
import { promisesOf } from "../../../sandbox/simulation/service-levels.ts";
import { compileTraffic } from "../../../sandbox/simulation/traffic.ts";
import { ECOSYSTEMS, HARBOUR, MEMBERS, scenarioOf, THINGS, termsOf, worldOf } from "./worlds.ts";

const NOTHING_PROMISED: RatingDocuments = { rateCards: [], agreements: [] };

function made(traffic: Partial<Traffic>, documents = NOTHING_PROMISED, start = "2025-03"): Delivery[] {
  const [month] = monthsOf(start, 1);
  if (month === undefined) throw new Error(`${start} is no month`);
  return compileTraffic(scenarioOf({ start, traffic: [{ ...THINGS, ...traffic }] }), documents)(0, month);
}

describe("a number that is drawn", () => {
  const drawn = (draw: Draw, count = 4000): number[] => {
    const chance = chanceFrom("numbers");
    const of = compileDraw(draw);
    return Array.from({ length: count }, () => Number(of(chance)));
  };
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, each) => sum + each, 0) / values.length;

  it("is as often one as another of a uniform range, both ends included, in its steps", () => {
    const values = drawn({ uniform: { min: 0.5, max: 1 }, step: 0.1 });
    expect([...new Set(values)].sort()).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(Math.abs(mean(values) - 0.75)).toBeLessThan(0.01);
  });

  it("lies around the mean of a normal distribution, with its deviation, and within bounds", () => {
    const values = drawn({ normal: { mean: 100, deviation: 15 }, step: 0.01 });
    expect(Math.abs(mean(values) - 100)).toBeLessThan(1);
    expect(Math.abs(Math.sqrt(mean(values.map((each) => (each - 100) ** 2))) - 15)).toBeLessThan(0.6);
    const cut = drawn({ normal: { mean: 100, deviation: 15 }, min: 90, max: 105 });
    expect(Math.min(...cut)).toBeGreaterThanOrEqual(90);
    expect(Math.max(...cut)).toBeLessThanOrEqual(105);
  });

  it("has a lognormal distribution's median", () => {
    const values = drawn({ lognormal: { median: 600, sigma: 0.6 } }).sort((a, b) => a - b);
    expect(Math.abs((values[2000] ?? 0) - 600)).toBeLessThan(25);
    expect(mean(values)).toBeGreaterThan(680);
  });

  it("needs logarithms and powers that every host rounds alike", () => {
    for (const value of [1e-9, 0.1, 0.75, 1, 1.5, 2, 10, 12345.678]) {
      expect(Math.abs(ln(value) - Math.log(value))).toBeLessThan(1e-13);
      expect(Math.abs(exp(Math.log(value)) / value - 1)).toBeLessThan(1e-13);
    }
  });

  it("may be a value that was, a name by weight, yes or no, or a list of amounts", () => {
    const chance = chanceFrom("others");
    const times = <T>(of: () => T): T[] => Array.from({ length: 1000 }, of);
    const values = compileDraw({ values: [3, 3, 3, 9] });
    expect(Math.abs(times(() => values(chance)).filter((each) => each === 9).length - 250)).toBeLessThan(50);
    const choice = compileDraw({ choice: { small: 3, large: 1, none: 0 } });
    const names = times(() => choice(chance));
    expect(new Set(names)).toEqual(new Set(["small", "large"]));
    expect(Math.abs(names.filter((name) => name === "large").length - 250)).toBeLessThan(50);
    const share = compileDraw({ share: 0.1 });
    expect(Math.abs(times(() => share(chance)).filter(Boolean).length - 100)).toBeLessThan(35);
    expect(compileDraw({ list: { count: 3, of: 7 } })(chance)).toEqual([7, 7, 7]);
  });
});

describe("a made-up delivery", () => {
  it("starts on the weekdays and in the windows that were asked for, and lasts as long", () => {
    const traffic = made({
      perMonth: 300,
      weekdays: { saturday: 3, sunday: 1 },
      times: [
        { from: "09:00", to: "10:00" },
        { from: "22:00", to: "24:00", weight: 2 },
      ],
      lasts: 150,
    });
    expect(traffic).toHaveLength(300);
    const weekend = traffic.map(({ startedAt }) => new Date(`${startedAt}Z`).getUTCDay());
    expect(new Set(weekend)).toEqual(new Set([0, 6]));
    expect(weekend.filter((day) => day === 6).length).toBeGreaterThan(190);
    const hours = traffic.map(({ startedAt }) => startedAt.slice(11, 13));
    expect(new Set(hours)).toEqual(new Set(["09", "22", "23"]));
    for (const { startedAt, endedAt } of traffic)
      expect(Date.parse(`${endedAt}Z`) - Date.parse(`${startedAt}Z`)).toBe(150 * 60_000);
  });

  it("has the last day of a month that lacks the day asked for, and stays within its month", () => {
    const days = made({ monthDays: [31] }, NOTHING_PROMISED, "2025-02").map(({ startedAt }) =>
      startedAt.slice(0, 10),
    );
    expect(new Set(days)).toEqual(new Set(["2025-02-28"]));
    for (const { startedAt } of made({ perMonth: 500 })) expect(startedAt.slice(0, 7)).toBe("2025-03");
  });

  it("comes in the order of its time", () => {
    const times = made({ perMonth: 200 }).map(({ startedAt }) => startedAt);
    expect(times).toEqual(times.toSorted());
  });
});

describe("late deliveries", () => {
  const { documents } = HARBOUR;
  const legs = { product: "express-leg", perMonth: 1000, usage: { distanceMiles: 600 } } as const;
  const delays = (traffic: Partial<Traffic>): number[] =>
    made({ ...legs, ...traffic }, documents).map(({ usage }) => Number(usage["arrivalDelayMinutes"]));

  it("are as many as asked for, in the steps of the credit, where nothing else is said", () => {
    const all = delays({ late: 0.3 });
    const late = all.filter((delay) => delay > 15);
    expect(Math.abs(late.length - 300)).toBeLessThan(45);
    expect(late.some((delay) => delay <= 60) && late.some((delay) => delay > 60)).toBe(true);
    expect(all.filter((delay) => delay <= 15).every((delay) => delay >= 0)).toBe(true);
    expect(delays({ late: 0 }).every((delay) => delay <= 15)).toBe(true);
    expect(delays({ late: 1 }).every((delay) => delay > 15)).toBe(true);
  });

  it("have the values of their own distribution, where that has such ones", () => {
    const own = { ...legs.usage, arrivalDelayMinutes: { values: [-5, 20, 25] } };
    expect(new Set(delays({ late: 0.5, usage: own }))).toEqual(new Set([-5, 20, 25]));
  });

  it("of past deliveries are like late ones", () => {
    const past = pastDeliveries("seed");
    for (const [delay, miles] of [
      [0, 100],
      [-3, 200],
      [90, 900],
    ] as const)
      past.add({
        id: String(miles),
        product: "express-leg",
        customer: "nordic-apps",
        startedAt: "2025-03-04T08:30:00",
        usage: { distanceMiles: miles, arrivalDelayMinutes: delay },
      });
    const scenario = past.scenario({ months: 1, runs: 1, seed: "s", late: 0.5 });
    const [month] = monthsOf("2025-04", 1);
    if (scenario === undefined || month === undefined) throw new Error("no scenario");
    const [traffic] = scenario.traffic;
    const all = compileTraffic(
      { ...scenario, traffic: [{ ...(traffic ?? THINGS), perMonth: 400 }] },
      documents,
    )(0, month);
    const late = all.filter(({ usage }) => usage["arrivalDelayMinutes"] === 90);
    expect(Math.abs(late.length - 200)).toBeLessThan(40);
    expect(new Set(late.map(({ usage }) => usage["distanceMiles"]))).toEqual(new Set([900]));
    // 4 March 2025 was a Tuesday.
    expect(new Set(all.map(({ startedAt }) => new Date(`${startedAt}Z`).getUTCDay()))).toEqual(new Set([2]));
    expect(new Set(all.map(({ startedAt }) => startedAt.slice(11)))).toEqual(new Set(["08:30:00"]));
  });

  it.each(ECOSYSTEMS)("can be made for every promise of %s", async (specs) => {
    const { terms } = await worldOf(specs);
    const chance = chanceFrom("promises");
    for (const product of terms.rating.products)
      for (const promise of promisesOf(terms.documents, product))
        for (let i = 0; i < 100; i++) {
          expect(promise.isMissed(promise.missing(chance)), product).toBe(true);
          expect(promise.isMissed(promise.keeping(chance)), product).toBe(false);
        }
  });
});

describe("past deliveries", () => {
  it("make traffic of the same volume, from the month after them on", () => {
    const past = pastDeliveries("seed");
    expect(past.scenario({ months: 1, runs: 1, seed: "s" })).toBeUndefined();
    for (let i = 0; i < 30; i++) {
      const startedAt = `2025-0${1 + (i % 3)}-10T10:00:00+02:00`;
      past.add({
        id: String(i),
        product: "thing",
        customer: "member",
        startedAt,
        endedAt: "2025-03-30T04:00:00+03:00",
        usage: {},
      });
    }
    expect(past.scenario({ months: 2, runs: 1, seed: "s", growth: 0.1 })).toMatchObject({
      start: "2025-04",
      months: 2,
      traffic: [{ product: "thing", perMonth: 10, growth: 0.1, customers: { member: 30 } }],
    });
  });
});

describe("what is wrong with a scenario", () => {
  const terms = termsOf({ entry: { measures: { units: { required: true } } } });
  const first = (traffic: Partial<Traffic>, whole: Partial<Scenario> = {}) =>
    checkScenario(
      scenarioOf({ ...whole, traffic: [{ ...THINGS, ...traffic } as Traffic] }),
      terms,
      MEMBERS,
    )[0];
  const { perMonth: _, ...without } = THINGS;

  it("is nothing where all is well", () => {
    expect(first({})).toBeUndefined();
    expect(first({ perMonth: 1_000_000 })).toBeUndefined();
  });

  it.each<[string, Partial<Traffic>, string, RegExp]>([
    [
      "a product that nobody prices",
      { product: "thong" },
      "/traffic/0/product",
      /no rate card has a product `thong`/,
    ],
    ["volume said twice", { perCustomer: 3 }, "/traffic/0", /has `perMonth` and `perCustomer`/],
    ["weights of nothing", { customers: { member: 0 } }, "/traffic/0/customers", /weighs nothing/],
    ["a role of nobody", { parties: { broker: {} } }, "/traffic/0/parties/broker", /weighs nothing/],
    [
      "a window over midnight",
      { times: [{ from: "22:00", to: "02:00" }] },
      "/traffic/0/times/0",
      /ends at 02:00/,
    ],
    [
      "bounds the wrong way",
      { usage: { units: { uniform: { min: 5, max: 1 } } } },
      "/traffic/0/usage/units",
      /above `max`/,
    ],
    ["a draw of no kind", { usage: { units: { min: 1 } as Draw } }, "/traffic/0/usage/units", /in no way/],
    [
      "a draw of two kinds",
      { usage: { units: { share: 1, values: [1] } as unknown as Draw } },
      "/traffic/0/usage/units",
      /in 2 ways: values, share/,
    ],
    ["a measure that is missing", { usage: {} }, "/traffic/0/usage/units", /units/],
    ["a measure of another name", { usage: { units: 1, unit: 2 } }, "/traffic/0/usage/unit", /unit/],
  ])("%s", (_name, traffic, pointer, message) => {
    expect(first(traffic)).toMatchObject({
      pointer,
      message: expect.stringMatching(message),
      fix: expect.any(String),
    });
  });

  it("is a volume that nothing says, and a month without the terms in force", () => {
    expect(checkScenario(scenarioOf({ traffic: [without] }), terms, MEMBERS)[0]?.message).toMatch(/how much/);
    const later = termsOf({ entry: {}, agreement: { validFor: { start: "2030-01-01" } } });
    expect(checkScenario(scenarioOf({ traffic: [THINGS] }), later, MEMBERS)[0]?.message).toMatch(/in force/);
  });
});
