import { describe, expect, it } from "vitest";
import type { Scenario } from "../../../sandbox/simulation/index.ts";
import { documentOf, harbourDocuments, ratingOf } from "../rating/harbour.ts";
import { HARBOUR, meanOf, scenarioOf, simulated, THINGS, termsOf } from "./worlds.ts";

/** Ten legs like the published one: 920 miles at 11:45, 20 minutes late. */
const LEGS = {
  product: "express-leg",
  perMonth: 10,
  customers: { "nordic-apps": 1 },
  times: [{ from: "11:45", to: "11:46" }],
  usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
} as const;

describe("what a month comes to", () => {
  it("is ten times the published leg: net 144.31, credit 14.43, tax 12.99, shares 8.66, 3.61 and 132.04", () => {
    const result = simulated(scenarioOf({ traffic: [LEGS] }), HARBOUR);
    const figures = (party: string) => ({
      net: meanOf(result, party, "net"),
      shares: meanOf(result, party, "shares"),
      credit: meanOf(result, party, "serviceCredit"),
      recourse: meanOf(result, party, "recourse"),
      tax: meanOf(result, party, "tax"),
      payable: meanOf(result, party),
    });
    expect(figures("nordic-apps")).toEqual({
      net: -144_310,
      shares: 0,
      credit: 14_430,
      recourse: 0,
      tax: -12_990,
      payable: -142_870,
    });
    const blueline = {
      net: 132_040,
      shares: 132_040,
      credit: 0,
      recourse: -11_550,
      tax: 0,
      payable: 120_490,
    };
    expect(figures("blueline")).toEqual(blueline);
    const wayfare = { net: 8_660, shares: 8_660, credit: 0, recourse: -2_880, tax: 0, payable: 5_780 };
    expect(figures("wayfare")).toEqual(wayfare);
    expect(figures("harbour")).toMatchObject({
      net: 3_610,
      credit: -14_430,
      recourse: 14_430,
      payable: 3_610,
    });
    expect(figures("tax-office")).toMatchObject({ tax: 12_990, payable: 12_990 });
    expect(result.from.products).toEqual([
      {
        product: "express-leg",
        deliveries: 10,
        credited: 10,
        currency: "EUR",
        netMeanMinor: 144_310,
        serviceCreditMeanMinor: 14_430,
      },
    ]);
  });

  it("fills tiers over a month and begins anew in the next: 10 × 29, 10 × 24 and 5 × 20 are 630 each", () => {
    const desks = { product: "desk-day", perMonth: 25, customers: { "studio-oy": 1 } };
    const { from } = simulated(scenarioOf({ months: 2, traffic: [desks] }), HARBOUR);
    const months = from.parties.find(({ party }) => party === "harbour")?.months;
    expect(months?.map(({ month, net }) => [month, net.meanMinor])).toEqual([
      ["2025-03", 63_000],
      ["2025-04", 63_000],
    ]);
  });

  it("grows by the month, and a part of a delivery is one in some of the runs", () => {
    const growing = { ...THINGS, perMonth: 100, growth: 0.5, usage: { units: 1 } };
    const { from } = simulated(scenarioOf({ months: 3, traffic: [growing] }), termsOf({ entry: {} }));
    const shop = from.parties.find(({ party }) => party === "shop");
    expect(shop?.months.map(({ net }) => net.meanMinor)).toEqual([10_000, 15_000, 22_500]);
    const half = { ...THINGS, perMonth: 0.5, usage: { units: 1 } };
    const halves = simulated(scenarioOf({ runs: 400, traffic: [half] }), termsOf({ entry: {} }));
    expect(Math.abs((halves.from.products[0]?.deliveries ?? 0) - 0.5)).toBeLessThan(0.08);
  });

  it("is what each customer orders, where that is said by the customer", () => {
    const each = { product: "membership", perCustomer: 1, monthDays: [1] };
    const customers = { "nordic-apps": 5, "studio-oy": 1 };
    const result = simulated(scenarioOf({ traffic: [{ ...each, customers }] }), HARBOUR);
    expect([meanOf(result, "nordic-apps", "net"), meanOf(result, "studio-oy", "net")]).toEqual([
      -39_000, -39_000,
    ]);
  });
});

describe("what binds a period", () => {
  const commitment = (content: object) =>
    termsOf({
      entry: {},
      terms: {
        commercial: {
          rateCards: [{ id: "card" }],
          commitments: [{ id: "volume", period: "month", ...content }],
          payment: { settlement: "month", dueDays: 20 },
        },
      },
    });

  it("tops up to a minimum: ten times 5.00 are 50.00, and 80.00 were promised", () => {
    const result = simulated(scenarioOf({ traffic: [THINGS] }), commitment({ minimumAmount: "80" }));
    expect([meanOf(result, "shop"), meanOf(result, "member")]).toEqual([8_000, -8_000]);
  });

  it("gives back what lies above a maximum", () => {
    const result = simulated(scenarioOf({ traffic: [THINGS] }), commitment({ maximumAmount: "30" }));
    expect(meanOf(result, "shop")).toBe(3_000);
  });

  it("settles a quarter with its last month, and leaves one alone that begins before the scenario or ends after it", () => {
    const quarter = { minimumAmount: "300", period: "quarter" };
    const whole = simulated(
      scenarioOf({ start: "2025-01", months: 3, traffic: [THINGS] }),
      commitment(quarter),
    );
    const months = whole.from.parties.find(({ party }) => party === "shop")?.months;
    // 3 × 50.00 are 150.00; another 150.00 come with March.
    expect(months?.map(({ payable }) => payable.meanMinor)).toEqual([5_000, 5_000, 20_000]);
    for (const start of ["2025-02", "2024-12"]) {
      const part = simulated(scenarioOf({ start, months: 2, traffic: [THINGS] }), commitment(quarter));
      expect(meanOf(part, "shop"), start).toBe(10_000);
    }
  });

  it("draws what was paid ahead once: 70.00 pay for a month of 50.00 and for 20.00 of the next", () => {
    const terms = termsOf({
      entry: {},
      agreement: {
        engagedParty: [
          { role: "orchestrator", id: "shop" },
          { role: "customer", id: "member" },
        ],
      },
      terms: {
        commercial: { rateCards: [{ id: "card" }], prepaid: [{ id: "credit", amount: "70" }] },
      },
    });
    const { from } = simulated(scenarioOf({ months: 2, runs: 2, traffic: [THINGS] }), terms);
    const member = from.parties.find(({ party }) => party === "member");
    expect(member?.months.map(({ payable }) => payable.meanMinor)).toEqual([0, -3_000]);
    expect(member?.total.prepaid).toMatchObject({ meanMinor: 7_000, p5Minor: 7_000 });
  });

  it("is paid as the agreement says, in the days after the settlement; who has none is told no day", () => {
    const { from } = simulated(
      scenarioOf({ months: 2, traffic: [THINGS] }),
      commitment({ minimumAmount: "1" }),
    );
    const member = from.parties.find(({ party }) => party === "member");
    expect(member?.months.map(({ dueOn }) => dueOn)).toEqual(["2025-04-20", "2025-05-20"]);
    const legs = simulated(scenarioOf({ traffic: [LEGS] }), HARBOUR);
    const dueOn = (party: string) => legs.from.parties.find((each) => each.party === party)?.months[0]?.dueOn;
    expect([dueOn("blueline"), dueOn("nordic-apps"), dueOn("tax-office")]).toEqual([
      "2025-04-14",
      "2025-04-14",
      undefined,
    ]);
  });
});

describe("other terms on the same traffic", () => {
  const dearer = (() => {
    const documents = harbourDocuments();
    const rateCards = documents.rateCards.map((card) =>
      card.path.endsWith("express-leg.yaml")
        ? documentOf(
            card.path,
            JSON.parse(JSON.stringify(card.content).replace('"percent":"6"', '"percent":"8"')),
          )
        : card,
    );
    const changed = { ...documents, rateCards };
    return { rating: ratingOf(changed), documents: changed };
  })();

  it("say who gains and who loses: 8 % in place of 6 % of 144.31 are 11.55 in place of 8.66", () => {
    const { differences } = simulated(scenarioOf({ runs: 3, traffic: [LEGS] }), HARBOUR, { to: dearer });
    const by = Object.fromEntries((differences ?? []).map((each) => [each.party, each]));
    // The cent that is left over of the three shares goes to wayfare, or no more.
    expect(by["wayfare"]).toMatchObject({ verdict: "gains", fromMeanMinor: 5_780, toMeanMinor: 8_670 });
    expect(by["blueline"]?.verdict).toBe("loses");
    expect(by["nordic-apps"]).toMatchObject({ verdict: "same", difference: { meanMinor: 0 } });
    expect((differences ?? []).reduce((sum, each) => sum + each.difference.meanMinor, 0)).toBe(0);
  });

  it("count what only one of them can rate", () => {
    const { differences, from, to } = simulated(scenarioOf({ traffic: [THINGS] }), termsOf({ entry: {} }), {
      to: termsOf({ entry: { product: "another" } }),
    });
    expect(from.unrated).toEqual([]);
    expect(to?.unrated).toMatchObject([{ product: "thing", code: "PRODUCT_UNKNOWN", count: 10 }]);
    expect(differences?.find(({ party }) => party === "shop")).toMatchObject({
      toMeanMinor: 0,
      verdict: "loses",
    });
  });
});

describe("the range over the runs", () => {
  it("is told by the nearest rank: of 20 runs the first, the tenth and the nineteenth", () => {
    const spread: Scenario = scenarioOf({
      runs: 20,
      traffic: [{ ...THINGS, perMonth: 1, usage: { units: { uniform: { min: 1, max: 100 } } } }],
    });
    const seen: number[] = [];
    for (let run = 0; run < 20; run++) {
      // A run alone can't be asked for; twenty scenarios of one to twenty runs tell each by what it adds.
      const sum =
        meanOf(simulated({ ...spread, runs: run + 1 }, termsOf({ entry: {} })), "shop", "net") * (run + 1);
      seen.push(Math.round((sum - seen.reduce((total, each) => total + each, 0)) / 100) * 100);
    }
    const sorted = seen.toSorted((a, b) => a - b);
    const { from } = simulated(spread, termsOf({ entry: {} }));
    expect(from.parties.find(({ party }) => party === "shop")?.total.net).toMatchObject({
      p5Minor: sorted[0],
      p50Minor: sorted[9],
      p95Minor: sorted[18],
    });
    expect(sorted[0]).not.toBe(sorted[18]);
  });
});
