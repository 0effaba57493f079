import { describe, expect, it } from "vitest";
import { createSession } from "../../../sandbox/rating/index.ts";
import { addThing, rateThing, sharesOf, testRating, tryThing, usage } from "./cards.ts";

describe("tax", () => {
  const codes = {
    standard: { rates: [{ percent: "25.5" }] },
    low: { rates: [{ to: "2025-12-31", percent: "14" }] },
  };

  it("inside the price is taken out of it, and the split is of the rest", () => {
    const split = {
      shares: [
        { party: "a", percent: "50" },
        { party: "b", remaining: true },
      ],
    };
    const outcome = rateThing(
      { entry: { split }, card: { tax: { prices: "inclusive", codes } } },
      usage("125.50"),
    );
    expect([outcome.netMinor, outcome.taxMinor, outcome.payableMinor]).toEqual([10000n, 2550n, 12550n]);
    expect(sharesOf(outcome)).toEqual({ a: 5000n, b: 5000n });
  });

  it("inside the price leaves the others what they would have had without a promotion that somebody funds", () => {
    const outcome = rateThing(
      {
        entry: {
          discounts: [{ id: "promo", percent: "25", fundedBy: { party: "b" } }],
          split: {
            shares: [
              { party: "a", percent: "50" },
              { party: "b", percent: "50" },
            ],
          },
        },
        card: { tax: { prices: "inclusive", codes } },
      },
      usage("125.50"),
    );
    // 94.125 → 94.12 with the tax within (half-even): 75.00 and 19.12; undiscounted 100.00, half of it is 50.00.
    expect([outcome.netMinor, outcome.taxMinor, outcome.payableMinor]).toEqual([7500n, 1912n, 9412n]);
    expect(sharesOf(outcome)).toEqual({ a: 5000n, b: 2500n });
  });

  it("inside the price, by statement: what the customer pays is what the prices say, less its credits", () => {
    const rating = testRating({
      entry: { measures: { late: {} } },
      card: { tax: { prices: "inclusive", level: "statement", codes } },
      terms: {
        serviceLevels: [
          {
            id: "on-time",
            products: ["thing"],
            measure: "late",
            target: { atMost: "0" },
            credit: { steps: [{ above: "0", percent: "10" }] },
          },
        ],
      },
    });
    const session = createSession(rating);
    for (let i = 0; i < 7; i++) addThing(session, i, { units: "9.99", late: i % 2 });
    // 69.93 hold 14.2089 of tax. Three credits of 10 % of 7.96 give back 0.80 each, and 0.612 of tax with them.
    expect(session.totals()).toMatchObject({
      netMinor: 6993 - 1421,
      serviceCreditMinor: 240,
      taxMinor: 1421 - 61,
      payableMinor: 6993 - 240 - 61,
    });
  });

  it("without a rate for the day refuses the delivery", () => {
    const outcome = tryThing(
      { entry: { taxCode: "low" }, card: { tax: { codes } } },
      { ...usage(1), startedAt: "2026-01-01T10:00:00" },
    );
    expect(outcome).toMatchObject({ kind: "unrated", code: "AGREEMENT_NOT_IN_FORCE", pointer: "/startedAt" });
  });

  it("by statement: the lines' taxes sum to the tax on the sum", () => {
    const session = createSession(testRating({ entry: {}, card: { tax: { level: "statement", codes } } }));
    const lines = Array.from({ length: 7 }, (_, i) => addThing(session, i, { units: "0.99" })?.taxMinor);
    expect(lines).toEqual([25n, 25n, 26n, 25n, 25n, 25n, 26n]);
    expect(session.totals().taxMinor).toBe(177);
  });

  it("a card without tax charges none", () => {
    expect(rateThing({ entry: {} }, usage(10))).toMatchObject({ taxMinor: 0n, payableMinor: 1000n });
  });
});

describe("rounding by statement", () => {
  it("has the lines of a month sum to the rounded sum", () => {
    const session = createSession(
      testRating({ entry: {}, card: { rounding: { mode: "half-up", level: "statement" } } }),
    );
    const lines = Array.from({ length: 5 }, (_, i) => addThing(session, i, { units: "0.013" })?.netMinor);
    expect(lines).toEqual([1n, 2n, 1n, 1n, 2n]);
    expect(session.totals().netMinor).toBe(7);
  });
});
