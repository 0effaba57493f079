import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { postingsOf, sumsOf } from "../../../sandbox/ledger/index.ts";
import { createSession, type Delivery, type Leg } from "../../../sandbox/rating/index.ts";
import { harbourRating, rated } from "./harbour.ts";
import { naiveExpressLeg } from "./naive.ts";

const rows = readFileSync(new URL("../../fixtures/flights-2k.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","));

const deliveries: Delivery[] = rows.map(([startedAt = "", delay = "", miles = ""], i) => ({
  id: `flight-${i}`,
  product: "express-leg",
  customer: "nordic-apps",
  startedAt,
  usage: { distanceMiles: miles, arrivalDelayMinutes: delay },
}));

describe("2,000 real flights as express legs", () => {
  it("sum to the published totals", () => {
    const session = createSession(harbourRating());
    for (const delivery of deliveries) session.add(delivery);
    expect(session.totals()).toEqual({
      deliveries: 2000,
      rejected: 0,
      currency: "EUR",
      netMinor: 24482926,
      serviceCreditMinor: 757437,
      taxMinor: 2372572,
      payableMinor: 26098061,
      sharesMinor: { wayfare: 1470018, harbour: 611970, blueline: 22400938 },
      recourseMinor: { blueline: 606115, wayfare: 151322 },
      credited: 427,
      atMinimum: 45,
      atMaximum: 17,
      windows: { peak: 493 },
    });
  });

  it("agree leg by leg with a naive recomputation that shares no code with the engine", () => {
    rows.forEach(([startedAt = "", delay = "", miles = ""], i) => {
      const want = naiveExpressLeg(startedAt, BigInt(miles), Number(delay));
      const got = rated(deliveries[i] ?? { product: "" });
      const charge = got.charges[0];
      expect({
        id: got.deliveryId,
        net: got.netMinor,
        credit: got.serviceCreditMinor,
        tax: got.taxMinor,
        shares: Object.fromEntries(
          (charge?.shares ?? []).map(({ party, amountMinor }) => [party, amountMinor]),
        ),
        recourse: Object.fromEntries(
          (charge?.recourse ?? []).map(({ party, amountMinor }) => [party, amountMinor]),
        ),
        peak: got.windows.includes("peak"),
      }).toEqual({ id: `flight-${i}`, ...want, recourse: want.credit === 0n ? {} : want.recourse });
    });
  });

  it("book to a ledger that sums to zero, with the customer's tax at the tax office", () => {
    const legs: Leg[] = deliveries.flatMap((delivery) => rated(delivery).legs);
    const postings = postingsOf(legs);
    expect(sumsOf(postings)).toEqual({ EUR: 0n });
    const sum = (prefix: string): bigint =>
      postings
        .filter(({ account }) => account.startsWith(prefix))
        .reduce((total, { amountMinor }) => total + amountMinor, 0n);
    expect(sum("tax-office/revenue")).toBe(-2372572n);
    expect(sum("nordic-apps/payable/harbour")).toBe(-26098061n);
  });
});
