import { describe, expect, it } from "vitest";
import { differenceOf, mirrored } from "../../../sandbox/ledger/index.ts";
import { createSession, type Delivery, formatMinor, runVectors } from "../../../sandbox/rating/index.ts";
import { rateThing, sharesOf, testRating } from "./cards.ts";
import { euro, harbourRating, rated } from "./harbour.ts";

/** What has bitten others, each by its name. */
describe("what has bitten others", () => {
  it("VAT on rounded fees off by one: the tax is on the charge less its credit, once, not on each share", () => {
    const split = {
      shares: [
        { party: "a", ratio: "1" },
        { party: "b", ratio: "1" },
        { party: "c", ratio: "1" },
      ],
    };
    const card = { tax: { codes: { standard: { rates: [{ percent: "25.5" }] } } } };
    const outcome = rateThing({ entry: { split }, card }, { usage: { units: "0.10" } });
    const bySplit = outcome.legs.slice(1).reduce((sum, leg) => sum + leg.taxMinor, 0n);
    expect([outcome.taxMinor, bySplit]).toEqual([3n, 3n]);
    const fees = rateThing({ entry: { split }, card }, { usage: { units: "0.05" } });
    expect([fees.taxMinor, fees.legs.slice(1).reduce((sum, leg) => sum + leg.taxMinor, 0n)]).toEqual([
      1n,
      2n,
    ]);
    const output = fees.legs.reduce((sum, leg) => sum + leg.taxMinor, 0n);
    const input = fees.legs.filter((leg) => leg.taxRecovered).reduce((sum, leg) => sum + leg.taxMinor, 0n);
    expect(output - input).toBe(fees.taxMinor);
  });

  it("credits rounding a total below zero: a credit ends at the charge", () => {
    const levels = ["a", "b"].map((id) => ({
      id,
      title: id,
      products: ["thing"],
      measure: "delay",
      target: { atMost: "0" },
      credit: { steps: [{ above: "0", percent: "50" }] },
    }));
    const terms = { commercial: { rateCards: [{ id: "card" }] }, serviceLevels: levels };
    const outcome = rateThing(
      { entry: {}, card: { rounding: { mode: "half-up" } }, terms },
      { usage: { units: "0.01", delay: 5 } },
    );
    expect(outcome).toMatchObject({ netMinor: 1n, serviceCreditMinor: 1n, payableMinor: 0n });
  });

  it("unit rounding and statement rounding disagreeing: where it happens is declared, and both add up", () => {
    const rateFive = (level: string): number => {
      const session = createSession(
        testRating({ entry: {}, card: { rounding: { mode: "half-up", level } } }),
      );
      for (let i = 0; i < 5; i++) {
        session.add({
          id: `d${i}`,
          product: "thing",
          customer: "member",
          startedAt: "2025-03-11",
          usage: { units: "0.005" },
        });
      }
      return session.totals().netMinor;
    };
    expect([rateFive("line"), rateFive("statement")]).toEqual([5, 3]);
  });

  it("rounding increments differing between prepaid and postpaid paths: a session rates as a single call does", () => {
    const delivery: Delivery = {
      id: "p",
      product: "parking",
      customer: "nordic-apps",
      startedAt: "2026-06-10T01:30:00",
      endedAt: "2026-06-10T02:46:00",
      usage: {},
    };
    const session = createSession(harbourRating());
    session.add(delivery);
    expect(session.totals().netMinor).toBe(Number(rated(delivery).netMinor));
  });

  it("binary floats: 4749.95 × 0.1 is 474.995, and rounds to 475.00", () => {
    const price = { model: "percentage", measure: "units", rate: 10 };
    const outcome = rateThing(
      { entry: { price }, card: { rounding: { mode: "half-up" } } },
      { usage: { units: 4749.95 } },
    );
    expect(euro(outcome.netMinor)).toBe("475.00");
    expect(
      euro(
        rateThing(
          { entry: { price: { model: "unit", measure: "units", unitAmount: 0.1 } } },
          { usage: { units: 3 } },
        ).netMinor,
      ),
    ).toBe("0.30");
  });

  it("daylight saving: the same usage costs the same, whichever offset it is written with", () => {
    const times = [
      ["2026-10-25T01:30:00", "2026-10-25T05:30:00"],
      ["2026-10-25T01:30:00+03:00", "2026-10-25T05:30:00+02:00"],
      ["2026-10-24T22:30:00Z", "2026-10-25T03:30:00Z"],
      ["2026-10-24T17:30:00-05:00", "2026-10-24T22:30:00.000-05:00"],
    ];
    const bills = times.map(([startedAt = "", endedAt = ""]) =>
      rated({ product: "parking", startedAt, endedAt }),
    );
    expect(bills.map(({ netMinor }) => euro(netMinor))).toEqual(["11.50", "11.50", "11.50", "11.50"]);
    expect(new Set(bills.map(({ startedAt }) => startedAt)).size).toBe(1);
  });

  it("daylight saving: billing days are those of the rate card's clocks", () => {
    const late = rated({ product: "membership", startedAt: "2025-03-09T22:30:00Z" });
    expect(euro(late.netMinor)).toBe("276.77");
  });

  it("daylight saving: an endless loop: a booking over both changes ends", () => {
    const room = rated({
      product: "meeting-room",
      startedAt: "2026-03-28T20:00:00",
      endedAt: "2026-10-26T08:00:00",
    });
    expect(room.netMinor > 0n).toBe(true);
  });

  it("usage between integer tiers: 5.5 between 0–5 and 6–10 is priced", () => {
    const price = {
      model: "graduated",
      measure: "units",
      tiers: [
        { upTo: "5", unitAmount: "1" },
        { upTo: "10", unitAmount: "2" },
      ],
    };
    const measures = { units: { maximum: "10" } };
    expect(euro(rateThing({ entry: { price, measures } }, { usage: { units: "5.5" } }).netMinor)).toBe(
      "6.00",
    );
  });

  it("proration basis: 23 May to 15 June is 0.741935 by actual days and 0.733333 by fixed-30", () => {
    const vector = { kind: "proration", start: "2023-05-23", nextBillingDate: "2023-06-15", decimals: 6 };
    const report = runVectors([
      { ...vector, basis: "actual-days", expect: { ratio: "0.741935" } },
      { ...vector, basis: "fixed-30", expect: { ratio: "0.733333" } },
    ]);
    expect(report.passed).toBe(2);
  });

  it("minor units: JPY has 0, KWD 3; 1.50 HUF is not shown as 1", () => {
    expect([formatMinor(1234n, 0), formatMinor(1234n, 3), formatMinor(150n, 2), formatMinor(-5n, 2)]).toEqual(
      ["1234", "1.234", "1.50", "-0.05"],
    );
  });

  it("splitting a difference: a correction from 150 to 80 at 12/88 books −8/−62", () => {
    const split = {
      shares: [
        { party: "a", percent: "12" },
        { party: "b", remaining: true },
      ],
    };
    const at = (units: string) => rateThing({ entry: { split } }, { usage: { units } });
    const legs = differenceOf(at("1.50").legs, at("0.80").legs);
    expect(legs.map(({ payee, netMinor }) => [payee, netMinor])).toEqual([
      ["shop", -70n],
      ["a", -8n],
      ["b", -62n],
    ]);
    expect(sharesOf(rateThing({ entry: { split: { ...split } } }, { usage: { units: "0.70" } }))).toEqual({
      a: 9n,
      b: 61n,
    });
  });

  it("three same-second events billed out of order: time, then id, decides, whatever arrives first", () => {
    const events = ["c", "a", "b"].map(
      (id): Delivery => ({
        id,
        product: "desk-day",
        customer: "nordic-apps",
        startedAt: "2025-03-11T09:00:00",
        usage: {},
      }),
    );
    const nine = Array.from(
      { length: 9 },
      (_, i): Delivery => ({
        id: `0${i}`,
        product: "desk-day",
        customer: "nordic-apps",
        startedAt: "2025-03-01",
        usage: {},
      }),
    );
    const session = createSession(harbourRating());
    const nets = new Map<string, bigint>();
    for (const delivery of [...nine, ...events]) {
      const outcome = session.add(delivery);
      if (outcome.kind === "unrated") throw new Error(outcome.detail);
      for (const each of [outcome, ...outcome.rerated]) nets.set(each.deliveryId, each.netMinor);
    }
    expect([nets.get("a"), nets.get("b"), nets.get("c")]).toEqual([2900n, 2400n, 2400n]);
  });

  it("rounding per split line (ceil(1.3) = 2) against the cumulative figure (1): left-over units are counted once", () => {
    const split = {
      shares: [
        { party: "a", percent: "13" },
        { party: "b", percent: "13" },
        { party: "c", remaining: true },
      ],
    };
    const shares = sharesOf(rateThing({ entry: { split } }, { usage: { units: "0.10" } }));
    expect(shares).toEqual({ a: 2n, b: 1n, c: 7n });
    expect(Object.values(shares).reduce((sum, share) => sum + share, 0n)).toBe(10n);
  });

  it("a refund that does not mirror the original split: every leg comes back to the cent", () => {
    const catering = rated({ product: "catering-cover", usage: { covers: 37, delayMinutes: 25 } });
    const back = mirrored(catering.legs);
    expect(differenceOf(catering.legs, [])).toEqual(back);
    expect(back.map((leg, i) => leg.netMinor + (catering.legs[i]?.netMinor ?? 0n))).toEqual(
      back.map(() => 0n),
    );
  });
});

describe("a slip in what is measured", () => {
  const leg = { id: "d", product: "express-leg", customer: "nordic-apps", startedAt: "2001-01-01T11:45:00" };
  const pass = { id: "d", product: "guest-pass", customer: "nordic-apps", startedAt: "2025-03-04T10:00:00" };

  it.each([
    [
      "a measure that nobody asks for",
      { ...leg, usage: { distanceMiles: 100, arrivalDelay: 100 } },
      "/usage/arrivalDelay",
    ],
    ["five passes in one delivery", { ...pass, usage: { quantity: 5 } }, "/usage/quantity"],
    ["parts of what is no bundle", { ...pass, usage: {}, parts: [{ product: "parking" }] }, "/parts"],
    ["an end before the start", { ...pass, usage: {}, endedAt: "2025-03-03T10:00:00" }, "/endedAt"],
  ])("%s is refused and not passed over", (_name, delivery, pointer) => {
    expect(harbourRating().rate(delivery)).toMatchObject({ kind: "unrated", code: "USAGE_INVALID", pointer });
  });

  it("a quantity of one says nothing new where each delivery counts as one", () => {
    expect(harbourRating().rate({ ...pass, usage: { quantity: "1" } }).kind).toBe("rated");
  });
});
