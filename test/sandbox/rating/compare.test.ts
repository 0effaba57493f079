import { describe, expect, it } from "vitest";
import { createComparison, type Delivery, settleCommitments } from "../../../sandbox/rating/index.ts";
import { cardDocuments, testRating } from "./cards.ts";
import { documentOf, harbourDocuments, harbourRating, ratingOf } from "./harbour.ts";

/** The reference rate cards with one of them changed, as a draft would. */
function draft(path: string, change: (content: string) => string): ReturnType<typeof ratingOf> {
  const { rateCards, agreements } = harbourDocuments();
  const changed = rateCards.map((document) =>
    document.path === path
      ? documentOf(path, JSON.parse(change(JSON.stringify(document.content))))
      : document,
  );
  return ratingOf({ rateCards: changed, agreements });
}

const legs = Array.from(
  { length: 50 },
  (_, i): Delivery => ({
    id: `d${i}`,
    product: "express-leg",
    customer: "nordic-apps",
    startedAt: "2001-01-01T11:45:00",
    usage: { distanceMiles: 920, arrivalDelayMinutes: i < 10 ? 20 : 0 },
  }),
);

describe("a what-if comparison", () => {
  it("shows the difference per party, per product and in total, and books nothing", () => {
    const to = draft("rate-cards/express-leg.yaml", (text) => text.replace('"percent":"6"', '"percent":"8"'));
    const comparison = createComparison(harbourRating(), to);
    for (const leg of legs) comparison.add(leg);
    const { deliveries, changed, parties, products, from, to: after } = comparison.result();
    expect({ deliveries, changed }).toEqual({ deliveries: 50, changed: 50 });
    expect(products).toEqual({ "express-leg": { fromMinor: 707120, toMinor: 707120, differenceMinor: 0 } });
    expect(from.netMinor).toBe(after.netMinor);
    expect(parties["wayfare"]?.differenceMinor).toBe(50 * (1155 - 866));
    const sum = Object.values(parties).reduce((total, { differenceMinor }) => total + differenceMinor, 0);
    expect(sum).toBe(0);
  });

  it("of the same terms shows no difference", () => {
    const comparison = createComparison(harbourRating(), harbourRating());
    for (const leg of legs) comparison.add(leg);
    const { changed, parties } = comparison.result();
    expect(changed).toBe(0);
    for (const { differenceMinor } of Object.values(parties)) expect(differenceMinor).toBe(0);
  });

  it("follows deliveries that a late one moves to another tier", () => {
    const to = draft("rate-cards/desk-day.yaml", (text) => text.replace('"upTo":"10"', '"upTo":"1"'));
    const comparison = createComparison(harbourRating(), to);
    for (const day of [12, 11, 10]) {
      comparison.add({
        id: `d${day}`,
        product: "desk-day",
        customer: "nordic-apps",
        startedAt: `2025-03-${day}`,
        usage: {},
      });
    }
    const { products } = comparison.result();
    expect(products["desk-day"]).toEqual({
      fromMinor: 8700,
      toMinor: 2900 + 2 * 2400,
      differenceMinor: -1000,
    });
  });

  it("counts what only one side can rate", () => {
    const old = testRating({ entry: {} });
    const next = ratingOf(cardDocuments({ entry: {}, agreement: { validFor: { start: "2026-01-01" } } }));
    const comparison = createComparison(old, next);
    comparison.add({
      id: "d",
      product: "thing",
      customer: "member",
      startedAt: "2025-03-11",
      usage: { units: 1 },
    });
    expect(comparison.result()).toMatchObject({
      changed: 1,
      from: { deliveries: 1, rejected: 0 },
      to: { deliveries: 0, rejected: 1 },
    });
  });
});

describe("commitments bind the period, at its end", () => {
  const setting = { scale: 2, mode: "half-even" as const };
  it.each([
    [{ minimumAmount: "100.00" }, { a: 6000n, b: 1500n }, 2500n, "minimum"],
    [{ minimumAmount: "50.00" }, { a: 6000n, b: 1500n }, 0n, undefined],
    [{ maximumAmount: "60.00" }, { a: 6000n, b: 1500n }, -1500n, "maximum"],
    [{ minimumAmount: "20.00", products: ["b"] }, { a: 6000n, b: 1500n }, 500n, "minimum"],
    [{ minimumAmount: "20.00" }, {}, 2000n, "minimum"],
  ])("%j over %o", (commitment, sums, adjustmentMinor, bound) => {
    const [settled] = settleCommitments(
      [{ id: "c", period: "month", ...commitment }],
      sums as Record<string, bigint>,
      setting,
    );
    expect(settled).toMatchObject({ commitmentId: "c", adjustmentMinor, bound });
  });
});
