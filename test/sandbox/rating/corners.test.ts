import { describe, expect, it } from "vitest";
import { createSession, type Delivery } from "../../../sandbox/rating/index.ts";
import { rateThing, type TestCard, testRating } from "./cards.ts";
import { euro } from "./harbour.ts";

const dynamic = { price: { model: "dynamic", measure: "units" } };
const promise = {
  id: "prompt",
  title: "Prompt",
  products: ["thing"],
  measure: "delay",
  target: { atMost: "5" },
  credit: { steps: [{ above: "5", percent: "50" }] },
};
const promised = { commercial: { rateCards: [{ id: "card" }] }, serviceLevels: [promise] };

describe("a charge that gives something back", () => {
  it.each([0, 60])("owes no service credit, neither %i minutes late", (delay) => {
    const outcome = rateThing({ entry: dynamic, terms: promised }, { usage: { units: "-10", delay } });
    expect([outcome.netMinor, outcome.serviceCreditMinor, outcome.payableMinor]).toEqual([
      -1000n,
      0n,
      -1000n,
    ]);
  });

  it("is discounted as what it gives back would have been, and its funder has its part of it back", () => {
    const discounts = [
      { id: "a", percent: "10", fundedBy: { party: "brand" } },
      { id: "b", percent: "10" },
    ];
    const split = { shares: [{ party: "shop", remaining: true }] };
    const given = (units: string) =>
      rateThing({ entry: { ...dynamic, discounts, split } }, { usage: { units } });
    expect([given("100").netMinor, given("-100").netMinor]).toEqual([8100n, -8100n]);
    const mirrored = given("-100").legs.map(({ payee, netMinor }) => [payee, -netMinor]);
    expect(given("100").legs.map(({ payee, netMinor }) => [payee, netMinor])).toEqual(mirrored);
  });
});

describe("a bundle", () => {
  const set = (...prices: object[]): TestCard => ({
    entry: { product: "set", price: { model: "bundle", amount: "10", parts: ["a", "b", "c"] } },
    more: ["a", "b", "c"].map((product, i) => ({
      product,
      measures: { units: { type: "number" } },
      price: prices[i] ?? { model: "one-off", amount: "0" },
    })),
  });
  const nets = (card: TestCard): string[] => {
    const parts = ["a", "b", "c"].map((product) => ({ product, usage: { units: -4 } }));
    return rateThing(card, { product: "set", parts }).charges.map(({ netMinor }) => euro(netMinor));
  };

  it("of parts that cost nothing by the list is shared evenly", () => {
    expect(nets(set())).toEqual(["3.34", "3.33", "3.33"]);
  });

  it("gives nothing to a part that would give something back by the list", () => {
    const back = { model: "dynamic", measure: "units" };
    expect(nets(set(back, { ...back, measure: "units" }, { model: "one-off", amount: "3" }))).toEqual([
      "0.00",
      "0.00",
      "10.00",
    ]);
  });

  it("leaves the running sums of its parts' own statements alone", () => {
    const rating = testRating({
      entry: { price: { model: "unit", measure: "units", unitAmount: "3.333" } },
      card: { rounding: { mode: "half-even", level: "statement" } },
      more: [{ product: "set", price: { model: "bundle", amount: "10", parts: ["thing"] } }],
    });
    const session = createSession(rating);
    const deliver = (id: string, product: string, more: Partial<Delivery>): string => {
      const outcome = session.add({
        id,
        product,
        customer: "member",
        startedAt: "2025-03-11",
        usage: {},
        ...more,
      });
      return outcome.kind === "rated" ? euro(outcome.netMinor) : outcome.detail;
    };
    expect(deliver("a", "set", { parts: [{ product: "thing", usage: { units: 1 } }] })).toBe("10.00");
    expect(deliver("b", "thing", { usage: { units: 1 } })).toBe("3.33");
    expect(deliver("c", "thing", { usage: { units: 1 } })).toBe("3.34");
  });
});

describe("what companies pay each other behind a sale", () => {
  it("fills tiers of its own", () => {
    const price = (unitAmount: string) => ({
      model: "graduated",
      measure: "units",
      cumulative: { period: "month" },
      tiers: [
        { upTo: "10", unitAmount },
        { upTo: null, unitAmount: "0.5" },
      ],
    });
    const rating = testRating({
      entry: { price: price("2"), parties: { provider: "maker", supplier: "smith" } },
      more: [{ product: "thing", side: "purchase", price: price("1") }],
      agreement: {
        engagedParty: [
          { role: "orchestrator", id: "shop" },
          { role: "maker", id: "maker" },
          { role: "supplier", id: "smith" },
          { role: "customer" },
        ],
      },
    });
    const session = createSession(rating);
    const charged = ["a", "b"].map((id) => {
      const outcome = session.add({
        id,
        product: "thing",
        customer: "member",
        startedAt: "2025-03-11",
        usage: { units: 8 },
      });
      if (outcome.kind === "unrated") throw new Error(outcome.detail);
      return outcome.charges.map(({ netMinor }) => euro(netMinor));
    });
    expect(charged).toEqual([
      ["16.00", "8.00"],
      ["7.00", "5.00"],
    ]);
  });
});

describe("a delivery that arrives late", () => {
  it("moves later ones where only net and tax change places: prices that hold their tax, rounded by statement", () => {
    const rating = testRating({
      entry: { price: { model: "unit", measure: "units", unitAmount: "0.94" } },
      card: {
        tax: {
          prices: "inclusive",
          level: "statement",
          codes: { standard: { rates: [{ percent: "5.4" }] } },
        },
      },
    });
    const on = (day: string): Delivery => ({
      id: day,
      product: "thing",
      customer: "member",
      startedAt: `2025-03-${day}`,
      usage: { units: 1 },
    });
    const taxes = (days: readonly string[]): Record<string, bigint> => {
      const session = createSession(rating);
      const stands: Record<string, bigint> = {};
      for (const day of days) {
        const outcome = session.add(on(day));
        if (outcome.kind === "unrated") throw new Error(outcome.detail);
        for (const each of [outcome, ...outcome.rerated]) stands[each.deliveryId] = each.taxMinor;
      }
      return stands;
    };
    expect(taxes(["03", "02", "01"])).toEqual(taxes(["01", "02", "03"]));
    expect(new Set(Object.values(taxes(["01", "02", "03"]))).size).toBe(2);
  });
});
