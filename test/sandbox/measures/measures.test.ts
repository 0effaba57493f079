import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeliveryFact, Fact } from "../../../sandbox/measures/facts.ts";
import { type Metric, readMetrics } from "../../../sandbox/measures/metric.ts";
import { observe } from "../../../sandbox/measures/observe.ts";
import { count, emptyTally, figureOf, shown, type Tally } from "../../../sandbox/measures/tally.ts";
import { formatExact } from "../../../sandbox/rating/exact.ts";
import { MEASURES } from "../../../specs/engine/catalog/measures.ts";

const PARTIES = ["ash", "birch", "cedar"];
const PRODUCTS = ["ferry", "crane"];

const metricOf = (measure: object, more: object = {}): Metric => {
  const document = { metrics: [{ id: "m", layer: "outcome", unit: "ratio", measure, ...more }] };
  const [metric] = readMetrics([document]).metrics;
  if (metric === undefined) throw new Error("no metric");
  return metric;
};

function tallyOf(metric: Metric, facts: readonly Fact[], party?: string): Tally {
  const tally = emptyTally(metric.measure.definition.result);
  for (const fact of facts) {
    const seen = observe(metric.measure, fact, "EUR");
    if (seen !== undefined && (party === undefined || seen.parties.includes(party))) count(tally, seen);
  }
  return tally;
}

const measured = (metric: Metric, facts: readonly Fact[], party?: string): string | undefined => {
  const { value } = figureOf(tallyOf(metric, facts, party), metric);
  return value === undefined ? undefined : formatExact(value);
};

const delivery = (over: Partial<DeliveryFact> = {}): DeliveryFact => ({
  kind: "delivery",
  id: "d",
  at: "2025-03-11T11:30:00+02:00",
  whose: { provider: "ash", customer: "birch", participants: ["ash", "birch"] },
  product: "ferry",
  serviceLevels: [],
  currency: "EUR",
  netMinor: 1000n,
  serviceCreditMinor: 0n,
  amended: false,
  substituted: false,
  disputes: [],
  ...over,
});

const anyDelivery: fc.Arbitrary<DeliveryFact> = fc
  .record({
    provider: fc.constantFrom(...PARTIES),
    customer: fc.constantFrom(...PARTIES),
    product: fc.constantFrom(...PRODUCTS),
    breaches: fc.array(fc.boolean(), { maxLength: 2 }),
    net: fc.integer({ min: 0, max: 100_000 }),
    credit: fc.integer({ min: 0, max: 100 }),
    currency: fc.constantFrom("EUR", "SEK"),
    amended: fc.boolean(),
    substituted: fc.boolean(),
    disputes: fc.subarray(["open", "upheld", "partly-upheld"]),
  })
  .map(({ provider, customer, breaches, net, credit, ...rest }) =>
    delivery({
      ...rest,
      whose: { provider, customer, participants: [...new Set([provider, customer])] },
      serviceLevels: breaches.map((breached, index) => ({ id: `level-${index}`, breached })),
      netMinor: BigInt(net),
      serviceCreditMinor: BigInt(Math.min(net, credit)),
    }),
  );

const sharesOfDeliveries = Object.entries(MEASURES)
  .filter(([, { data, result }]) => data === "deliveries" && result === "share")
  .map(([kind]) => kind);

const anyMetric = fc
  .record({
    kind: fc.constantFrom(...sharesOfDeliveries),
    party: fc.constantFrom("provider", "customer"),
    products: fc.constantFrom(undefined, ["ferry"]),
  })
  .map(({ products, ...measure }) => metricOf(products === undefined ? measure : { ...measure, products }));

describe("whatever was delivered", () => {
  it("the order of arrival doesn't matter", () => {
    fc.assert(
      fc.property(fc.array(anyDelivery), anyMetric, fc.infiniteStream(fc.nat()), (facts, metric, keys) => {
        const shuffled = facts
          .map((fact) => ({ fact, key: keys.next().value }))
          .sort((one, other) => one.key - other.key)
          .map(({ fact }) => fact);
        expect(tallyOf(metric, shuffled)).toEqual(tallyOf(metric, facts));
      }),
    );
  });

  it("what others deliver changes nobody's part", () => {
    fc.assert(
      fc.property(fc.array(anyDelivery), fc.array(anyDelivery), anyMetric, (facts, more, metric) => {
        const { party } = metric.measure;
        const others = more.filter(
          ({ whose }) => (party === "customer" ? whose.customer : whose.provider) !== "ash",
        );
        expect(tallyOf(metric, [...facts, ...others], "ash")).toEqual(tallyOf(metric, facts, "ash"));
      }),
    );
  });

  it("the parts sum to the whole", () => {
    fc.assert(
      fc.property(fc.array(anyDelivery), anyMetric, (facts, metric) => {
        const parts = PARTIES.map((party) => tallyOf(metric, facts, party));
        const { part, of, samples } = tallyOf(metric, facts);
        const sum = (field: "part" | "of") => parts.reduce((total, tally) => total + tally[field], 0n);
        expect([sum("part"), sum("of")]).toEqual([part, of]);
        expect(parts.reduce((total, tally) => total + tally.samples, 0)).toBe(samples);
      }),
    );
  });

  it("a share lies between none and all, and evenness too", () => {
    const providers = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 9 });
    const evenness = metricOf({ kind: "contribution-evenness" });
    fc.assert(
      fc.property(fc.array(anyDelivery), anyMetric, providers, (facts, metric, counts) => {
        const share = figureOf(tallyOf(metric, facts), metric).value;
        const even = figureOf(tallyOf(evenness, counts.map(providerWith)), evenness).value;
        for (const value of [share, even]) {
          if (value === undefined) continue;
          expect(value.n >= 0n && value.n <= value.d).toBe(true);
        }
      }),
    );
  });
});

const providerWith = (deliveries: number, index: number): Fact => ({
  kind: "provider",
  id: `p-${index}`,
  at: "2025-03-11T11:30:00+02:00",
  whose: { provider: `p-${index}`, customer: `p-${index}`, participants: [`p-${index}`] },
  deliveries: new Map([["ferry", deliveries]]),
  certified: index % 2 === 0 ? undefined : deliveries > 5,
});

const waiting = (...times: number[]): Fact[] =>
  times.map((waitedMs) => ({ ...delivery(), kind: "party", waitedMs }));

const kept = { id: "a", breached: false };
const missed = { id: "b", breached: true };

it.each<[string, object, Fact[], string | undefined]>([
  ["no record", { kind: "deliveries-credited" }, [], undefined],
  ["a delivery without a service level", { kind: "service-levels-kept" }, [delivery()], undefined],
  ["one of two kept", { kind: "service-levels-kept" }, [delivery({ serviceLevels: [kept, missed] })], "0"],
  [
    "only the level that is asked for",
    { kind: "service-levels-kept", serviceLevels: ["a"] },
    [delivery({ serviceLevels: [kept, missed] }), delivery({ serviceLevels: [missed] })],
    "1",
  ],
  [
    "another product",
    { kind: "deliveries-credited", products: ["crane"] },
    [delivery({ serviceCreditMinor: 1n })],
    undefined,
  ],
  [
    "two of three, exactly",
    { kind: "deliveries-credited" },
    [delivery({ serviceCreditMinor: 1n }), delivery({ serviceCreditMinor: 9n }), delivery()],
    "2/3",
  ],
  [
    "money of another currency",
    { kind: "revenue-kept" },
    [delivery({ serviceCreditMinor: 250n }), delivery({ currency: "SEK", serviceCreditMinor: 900n })],
    "0.75",
  ],
  ["nothing charged", { kind: "revenue-kept" }, [delivery({ netMinor: 0n })], undefined],
  ["more taken back than charged", { kind: "revenue-kept" }, [delivery({ netMinor: -5n })], undefined],
  ["an amendment", { kind: "delivered-first-time" }, [delivery({ amended: true }), delivery()], "0.5"],
  ["a substitute", { kind: "delivered-first-time" }, [delivery({ substituted: true })], "0"],
  ["an open dispute", { kind: "delivered-first-time" }, [delivery({ disputes: ["open"] })], "0"],
  ["an open dispute, by success", { kind: "deliveries-disputed" }, [delivery({ disputes: ["open"] })], "0"],
  [
    "an open dispute, counted",
    { kind: "deliveries-disputed", outcomes: ["open"] },
    [delivery({ disputes: ["open"] })],
    "1",
  ],
  ["times, an odd number", { kind: "time-to-first-delivery" }, waiting(9_000_000, 1_800_000, 3_600_000), "1"],
  ["times, an even number", { kind: "time-to-first-delivery" }, waiting(3_600_000, 1_800_000), "0.75"],
  ["equal contributions", { kind: "contribution-evenness" }, [3, 3, 3].map(providerWith), "1"],
  ["unequal contributions", { kind: "contribution-evenness" }, [1, 3].map(providerWith), "0.75"],
  ["providers", { kind: "active-providers" }, [1, 3, 8].map(providerWith), "3"],
  ["of those that registered", { kind: "providers-certified" }, [1, 3, 8, 9].map(providerWith), "0.5"],
])("%s", (_, measure, facts, want) => {
  expect(measured(metricOf(measure, { unit: "hours" }), facts)).toBe(want);
});

it("checks are counted by what their pattern stands for", () => {
  const fact: Fact = {
    ...delivery(),
    kind: "certification",
    checks: [
      { id: "provider.security.https", passed: true },
      { id: "provider.security.alg-none", passed: false },
      { id: "provider.securities", passed: true },
      { id: "client.paging", passed: true },
    ],
  };
  const metric = metricOf({ kind: "checks-passed", checks: ["provider.security.*", "client.paging"] });
  expect(measured(metric, [fact])).toBe("2/3");
});

describe("a figure", () => {
  const credited = [delivery({ serviceCreditMinor: 1n }), delivery(), delivery()];

  it.each<[string, object, object]>([
    ["is met at its target, exactly", { direction: "lower-is-better", target: 0.333_333 }, { met: false }],
    ["is met above it", { direction: "lower-is-better", target: 0.333_334 }, { met: true }],
    ["is met from below where higher is better", { target: 0.333_333 }, { met: true }],
    ["is neither without a target", {}, { met: undefined }],
    [
      "has no value below its minimum",
      { minimum: 4 },
      { value: undefined, reason: "Not enough data: 3 of at least 4." },
    ],
    ["has one at its minimum", { minimum: 3 }, { reason: undefined, samples: 3 }],
  ])("%s", (_, more, want) => {
    const metric = metricOf({ kind: "deliveries-credited" }, more);
    expect(figureOf(tallyOf(metric, credited), metric)).toMatchObject(want);
  });

  it("is shown with six decimals, half to the even neighbour", () => {
    expect(shown({ n: 2n, d: 3n })).toBe(0.666_667);
    expect(shown({ n: 5n, d: 10_000_000n })).toBe(0);
    expect(shown({ n: 15n, d: 10_000_000n })).toBe(0.000_002);
  });
});
