import { describe, expect, it } from "vitest";
import { createSession } from "../../../sandbox/rating/index.ts";
import { rateThing, sharesOf, testRating, tryThing } from "./cards.ts";
import { euro, rated } from "./harbour.ts";

const usage = (units: string | number) => ({ usage: { units } });

describe("the order of operations", () => {
  it("is convert, round, usage discount, price, percentage discount, maximum, minimum, round to the currency", () => {
    const price = {
      model: "unit",
      measure: "units",
      conversion: { operation: "divide", factor: "1000", rounding: "ceiling" },
      usageDiscount: "0.5",
      unitAmount: "10.01",
    };
    const discounts = [{ id: "spring", percent: "50" }];
    expect(rateThing({ entry: { price, discounts } }, usage(1400)).netMinor).toBe(751n);
    expect(rateThing({ entry: { price, discounts, maximumAmount: "7.00" } }, usage(1400)).netMinor).toBe(
      700n,
    );
    expect(rateThing({ entry: { price, discounts, minimumAmount: "9.999" } }, usage(1400)).netMinor).toBe(
      1000n,
    );
  });

  it("rounds an increment for the whole before pricing", () => {
    const price = { model: "unit", measure: "units", increment: "0.25", unitAmount: "4" };
    expect(rateThing({ entry: { price } }, usage("1.26")).netMinor).toBe(600n);
    expect(
      rateThing({ entry: { price: { ...price, incrementRounding: "floor" } } }, usage("1.26")).netMinor,
    ).toBe(500n);
  });
});

describe("filters", () => {
  const tier = (grade: string, amount: string, more: object[] = []) => ({
    product: "thing",
    when: [{ measure: "grade", equals: grade }, ...more],
    price: { model: "unit", measure: "units", unitAmount: amount },
  });

  it.each([
    [{ units: 1 }, "1.00"],
    [{ units: 1, grade: "gold" }, "2.00"],
    [{ units: 12, grade: "gold" }, "36.00"],
    [{ units: 12, grade: "silver" }, "12.00"],
  ])("%j is priced by the most specific entry whose conditions hold", (measures, net) => {
    const more = [tier("gold", "2"), tier("gold", "3", [{ measure: "units", above: "10" }])];
    expect(euro(rateThing({ entry: {}, more }, { usage: measures }).netMinor)).toBe(net);
  });

  it.each([
    [{ role: "broker", in: ["b1", "b2"] }, { broker: "b2" }, "5.00"],
    [{ role: "broker", present: true }, {}, "1.00"],
    [{ role: "broker", present: false }, {}, "5.00"],
  ])("a condition on a role: %j with %j", (condition, parties, net) => {
    const more = [
      { product: "thing", when: [condition], price: { model: "unit", measure: "units", unitAmount: "5" } },
    ];
    expect(euro(rateThing({ entry: {}, more }, { ...usage(1), parties }).netMinor)).toBe(net);
  });

  it("a delivery that no entry fits is refused", () => {
    expect(tryThing({ entry: { when: [{ measure: "grade", equals: "gold" }] } }, usage(1))).toMatchObject({
      kind: "unrated",
      code: "USAGE_INVALID",
    });
  });
});

describe("splits", () => {
  const split = (shares: object[], remainder: unknown = "first-listed", more: object = {}) => ({
    entry: { split: { remainder, shares }, ...more },
  });

  it.each<[string, object[], Record<string, bigint>]>([
    [
      "percentages of the whole beside a fixed amount",
      [
        { party: "a", fixedAmount: "5.00" },
        { party: "b", percent: "10" },
        { party: "c", remaining: true },
      ],
      { a: 500n, b: 1000n, c: 8500n },
    ],
    [
      "a waterfall in listed order",
      [
        { party: "a", maximumAmount: "60.00" },
        { party: "b", maximumAmount: "60.00" },
        { party: "c", remaining: true },
      ],
      { a: 6000n, b: 4000n, c: 0n },
    ],
    [
      "a percentage with a cap",
      [
        { party: "a", percent: "30", maximumAmount: "20.00" },
        { party: "c", remaining: true },
      ],
      { a: 2000n, c: 8000n },
    ],
    [
      "ratios of what a fixed amount leaves",
      [
        { party: "a", fixedAmount: "0.01" },
        { party: "b", ratio: "1" },
        { party: "c", ratio: "1" },
      ],
      { a: 1n, b: 5000n, c: 4999n },
    ],
    [
      "fractions",
      [
        { party: "a", fraction: "1/3" },
        { party: "b", fraction: "2/3" },
      ],
      { a: 3334n, b: 6666n },
    ],
    [
      "a fixed amount above the charge takes what there is",
      [
        { party: "a", fixedAmount: "500.00" },
        { party: "b", remaining: true },
      ],
      { a: 10000n, b: 0n },
    ],
  ])("%s", (_, shares, want) => {
    expect(sharesOf(rateThing(split(shares), usage(100)))).toEqual(want);
  });

  it("left-over units go to the party that is named for them", () => {
    const shares = [
      { party: "a", ratio: "1" },
      { party: "b", ratio: "1" },
      { party: "c", ratio: "1" },
    ];
    expect(sharesOf(rateThing(split(shares, { party: "c" }), usage("0.10")))).toEqual({
      a: 3n,
      b: 3n,
      c: 4n,
    });
  });

  it("nest to any depth, and what everybody keeps sums to the charge", () => {
    const shares = [
      { party: "shop", percent: "10" },
      {
        role: "provider",
        remaining: true,
        split: {
          shares: [
            { role: "provider", percent: "60" },
            {
              party: "sub",
              remaining: true,
              split: {
                shares: [
                  { party: "sub", percent: "50" },
                  { party: "subsub", remaining: true },
                ],
              },
            },
          ],
        },
      },
    ];
    const outcome = rateThing(split(shares, undefined, { providers: [{ party: "maker" }] }), {
      provider: "maker",
      ...usage("100.01"),
    });
    expect(sharesOf(outcome)).toEqual({ shop: 1001n, maker: 5400n, sub: 1800n, subsub: 1800n });
    expect(outcome.legs.map(({ payer, payee, netMinor }) => [payer, payee, netMinor])).toEqual([
      ["member", "shop", 10001n],
      ["shop", "maker", 9000n],
      ["maker", "sub", 3600n],
      ["sub", "subsub", 1800n],
    ]);
  });

  it("a role that nobody has is refused by name", () => {
    const outcome = tryThing(
      split([
        { role: "scout", percent: "10" },
        { party: "shop", remaining: true },
      ]),
      usage(1),
    );
    expect(outcome).toMatchObject({ kind: "unrated", code: "PARTY_UNKNOWN", pointer: "/parties/scout" });
  });
});

describe("a promotion", () => {
  const shares = [
    { party: "broker", percent: "10" },
    { party: "shop", percent: "40" },
    { party: "maker", remaining: true },
  ];

  it("that names its funder leaves the others what they would have had", () => {
    const discounts = [{ id: "summer", percent: "20", fundedBy: { party: "shop" } }];
    const outcome = rateThing({ entry: { discounts, split: { shares } } }, usage(100));
    expect(outcome.netMinor).toBe(8000n);
    expect(sharesOf(outcome)).toEqual({ broker: 1000n, shop: 2000n, maker: 5000n });
  });

  it("funded by somebody who has no share has that party pay", () => {
    const discounts = [{ id: "summer", percent: "20", fundedBy: { party: "sponsor" } }];
    const outcome = rateThing({ entry: { discounts, split: { shares } } }, usage(100));
    expect(sharesOf(outcome)).toEqual({ broker: 1000n, shop: 4000n, maker: 5000n, sponsor: -2000n });
    expect(outcome.legs.at(-1)).toMatchObject({ payer: "shop", payee: "sponsor", netMinor: -2000n });
  });

  it("without a funder is borne by all", () => {
    const outcome = rateThing(
      { entry: { discounts: [{ id: "summer", percent: "20" }], split: { shares } } },
      usage(100),
    );
    expect(sharesOf(outcome)).toEqual({ broker: 800n, shop: 3200n, maker: 4000n });
  });

  it("of an agreement applies to its products, in its days", () => {
    const commercial = {
      rateCards: [{ id: "card" }],
      discounts: [{ id: "loyal", percent: "10", products: ["thing"], validFor: { end: "2025-03-31" } }],
    };
    expect(rateThing({ entry: {}, terms: { commercial } }, usage(100)).netMinor).toBe(9000n);
    expect(
      rateThing({ entry: {}, terms: { commercial } }, { ...usage(100), startedAt: "2025-04-01T00:00:00" })
        .netMinor,
    ).toBe(10000n);
  });
});

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
    for (let i = 0; i < 7; i++) {
      session.add({
        id: `d${i}`,
        product: "thing",
        customer: "member",
        startedAt: `2025-03-1${i}`,
        usage: { units: "9.99", late: i % 2 },
      });
    }
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
    const lines = Array.from({ length: 7 }, (_, i) => {
      const line = session.add({
        id: `d${i}`,
        product: "thing",
        customer: "member",
        startedAt: `2025-03-1${i}`,
        usage: { units: "0.99" },
      });
      return line.kind === "rated" ? line.taxMinor : undefined;
    });
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
    const lines = Array.from({ length: 5 }, (_, i) => {
      const line = session.add({
        id: `d${i}`,
        product: "thing",
        customer: "member",
        startedAt: `2025-03-1${i}`,
        usage: { units: "0.013" },
      });
      return line.kind === "rated" ? line.netMinor : undefined;
    });
    expect(lines).toEqual([1n, 2n, 1n, 1n, 2n]);
    expect(session.totals().netMinor).toBe(7);
  });
});

describe("other currencies", () => {
  it.each([
    ["JPY", "1234.5", 1234n],
    ["KWD", "1.2345", 1234n],
    ["EUR", "1.235", 124n],
  ])("%s is rounded to its own minor unit", (currency, units, net) => {
    expect(rateThing({ entry: {}, card: { currency } }, usage(units)).netMinor).toBe(net);
  });
});

describe("service levels", () => {
  const level = (more: object) => ({
    serviceLevels: [
      {
        id: "up",
        title: "Up",
        products: ["thing"],
        measure: "availability",
        target: { atLeast: "99.9" },
        ...more,
      },
    ],
  });

  it("may promise at least", () => {
    const terms = {
      commercial: { rateCards: [{ id: "card" }] },
      ...level({
        credit: {
          steps: [
            { below: "99.9", downTo: "99", percent: "5" },
            { below: "99", amount: "20.00" },
          ],
        },
      }),
    };
    const credit = (availability: string) =>
      rateThing({ entry: {}, terms }, { usage: { units: 100, availability } }).serviceCreditMinor;
    expect([credit("99.9"), credit("99.5"), credit("99"), credit("50")]).toEqual([0n, 500n, 500n, 2000n]);
  });

  it("never credit more than was charged", () => {
    const terms = {
      commercial: { rateCards: [{ id: "card" }] },
      ...level({ credit: { steps: [{ below: "99.9", amount: "20.00" }] } }),
    };
    expect(rateThing({ entry: {}, terms }, { usage: { units: 3, availability: 10 } })).toMatchObject({
      netMinor: 300n,
      serviceCreditMinor: 300n,
      payableMinor: 0n,
    });
  });

  it("that the delivery doesn't measure breaches nothing", () => {
    const terms = {
      commercial: { rateCards: [{ id: "card" }] },
      ...level({ credit: { steps: [{ below: "99.9", percent: "100" }] } }),
    };
    expect(rateThing({ entry: {}, terms }, usage(3)).serviceLevels).toEqual([]);
  });

  it("recourse goes down the chain, each up to its own cap, and nobody pays what nobody passed on", () => {
    const recourse = [
      {
        role: "provider",
        percent: "50",
        maximumAmount: "30.00",
        recourse: [
          {
            role: "supplier",
            percent: "100",
            maximumAmount: "12.00",
            recourse: [{ party: "deep", percent: "25" }],
          },
        ],
      },
    ];
    const terms = {
      commercial: { rateCards: [{ id: "card" }] },
      ...level({ credit: { steps: [{ below: "99.9", percent: "100" }] }, recourse }),
    };
    const outcome = rateThing(
      { entry: { providers: [{ party: "maker" }] }, terms },
      { provider: "maker", parties: { supplier: "sub" }, usage: { units: 100, availability: 1 } },
    );
    expect(outcome.charges[0]?.recourse).toEqual([
      { party: "maker", to: "shop", amountMinor: 3000n },
      { party: "sub", to: "maker", amountMinor: 1200n },
      { party: "deep", to: "sub", amountMinor: 300n },
    ]);
    expect(
      outcome.legs
        .filter(({ kind }) => kind === "recourse")
        .map(({ payer, payee, netMinor }) => [payer, payee, netMinor]),
    ).toEqual([
      ["maker", "shop", 3000n],
      ["sub", "maker", 1200n],
      ["deep", "sub", 300n],
    ]);
  });
});

describe("agreements and versions", () => {
  it.each([
    ["2024-12-31T23:59:59", "AGREEMENT_NOT_IN_FORCE"],
    ["2025-01-01T00:00:00", undefined],
    ["2025-06-30T23:59:59", undefined],
    ["2025-07-01T00:00:00", "AGREEMENT_NOT_IN_FORCE"],
    ["2025-06-30T21:30:00Z", "AGREEMENT_NOT_IN_FORCE"],
  ])("a delivery at %s is judged by the day in the rate card's zone", (startedAt, code) => {
    const agreement = { validFor: { start: "2025-01-01", end: "2025-06-30" } };
    const outcome = tryThing({ entry: {}, agreement }, { ...usage(1), startedAt });
    expect(outcome.kind === "unrated" ? outcome.code : undefined).toBe(code);
  });

  it("one that isn't in force rates nothing", () => {
    expect(tryThing({ entry: {}, agreement: { status: "draft" } }, usage(1))).toMatchObject({
      code: "AGREEMENT_NOT_IN_FORCE",
    });
  });

  it("an open one binds who accepted it, a named one its customer", () => {
    const accepted = (_: string, party: string): boolean => party === "member";
    expect(tryThing({ entry: {} }, usage(1), { accepted }).kind).toBe("rated");
    expect(tryThing({ entry: {} }, { ...usage(1), customer: "stranger" }, { accepted })).toMatchObject({
      code: "AGREEMENT_NOT_IN_FORCE",
    });
    const agreement = {
      engagedParty: [
        { role: "orchestrator", id: "shop" },
        { role: "customer", id: "member" },
      ],
    };
    expect(tryThing({ entry: {}, agreement }, { ...usage(1), customer: "stranger" }).kind).toBe("unrated");
  });
});

describe("models that look at the delivery", () => {
  it.each([
    ["advance from the 10th", { startedAt: "2025-03-10" }, "actual-days", "276.77"],
    ["a whole month", { startedAt: "2025-03-01" }, "actual-days", "390.00"],
    ["within a month", { startedAt: "2025-03-10", endedAt: "2025-03-20" }, "actual-days", "125.81"],
    ["over three months", { startedAt: "2025-01-15", endedAt: "2025-03-15" }, "fixed-30", "780.00"],
    ["never in part", { startedAt: "2025-03-10" }, "none", "390.00"],
    ["a leap February", { startedAt: "2024-02-29" }, "actual-days", "13.45"],
  ])("recurring: %s", (_, times, proration, net) => {
    const price = { model: "recurring", amount: "390.00", period: "month", proration };
    expect(euro(rateThing({ entry: { price } }, times).netMinor)).toBe(net);
  });

  it("dynamic: the amount comes with the delivery, and is refused outside of its bounds", () => {
    const price = { model: "dynamic", measure: "units", lowestAmount: "1", highestAmount: "99.99" };
    expect(rateThing({ entry: { price } }, usage("42.42")).netMinor).toBe(4242n);
    expect(tryThing({ entry: { price } }, usage("100"))).toMatchObject({
      kind: "unrated",
      code: "USAGE_INVALID",
    });
  });

  it("percentage of a list of amounts", () => {
    const price = { model: "percentage", measure: "payments", rate: "2", fixedAmount: "0.10" };
    expect(rateThing({ entry: { price } }, { usage: { payments: ["10", "20.50"] } }).netMinor).toBe(81n);
  });

  it("volume, cumulative over a month: the whole is priced anew and the difference charged", () => {
    const price = {
      model: "volume",
      measure: "units",
      cumulative: { period: "month" },
      tiers: [{ upTo: "10", unitAmount: "2" }, { unitAmount: "1" }],
    };
    const session = createSession(testRating({ entry: { price } }));
    const nets = ["8", "4", "10"].map((units, i) => {
      const line = session.add({
        id: `d${i}`,
        product: "thing",
        customer: "member",
        startedAt: `2025-03-1${i}`,
        usage: { units },
      });
      return line.kind === "rated" ? line.netMinor : undefined;
    });
    expect(nets).toEqual([1600n, -400n, 1000n]);
  });

  it("a flat amount of a cumulative tier is charged by the delivery that enters it, once", () => {
    const price = {
      model: "graduated",
      measure: "units",
      cumulative: { period: "month" },
      tiers: [
        { upTo: "5", unitAmount: "1", flatAmount: "10" },
        { unitAmount: "2", flatAmount: "100" },
      ],
    };
    const session = createSession(testRating({ entry: { price } }));
    const nets = ["5", "0.5", "1", "3"].map((units, i) => {
      const line = session.add({
        id: `d${i}`,
        product: "thing",
        customer: "member",
        startedAt: `2025-03-1${i}`,
        usage: { units },
      });
      return line.kind === "rated" ? line.netMinor : undefined;
    });
    expect(nets).toEqual([1500n, 10100n, 200n, 600n]);
  });
});

describe("a delivery that can't be rated says why, and where", () => {
  it.each([
    [{ usage: {} }, "USAGE_INVALID", "/usage/units"],
    [{ usage: { units: "-1" } }, "USAGE_INVALID", "/usage/units"],
    [{ usage: { units: "a lot" } }, "USAGE_INVALID", "/usage/units"],
    [{ usage: { units: Number.POSITIVE_INFINITY } }, "USAGE_INVALID", "/usage/units"],
    [{ usage: { units: [1, 2] } }, "USAGE_INVALID", "/usage/units"],
    [{ product: "nothing" }, "PRODUCT_UNKNOWN", "/product"],
    [{ startedAt: "yesterday" }, "USAGE_INVALID", "/startedAt"],
    [{ startedAt: "2025-02-29T10:00:00" }, "USAGE_INVALID", "/startedAt"],
    [{ ...usage(1), endedAt: "2025-13-01" }, "USAGE_INVALID", "/endedAt"],
    [{ usage: JSON.parse('{"__proto__": 3}') as Record<string, number> }, "USAGE_INVALID", "/usage/units"],
  ])("%j", (delivery, code, pointer) => {
    expect(tryThing({ entry: {} }, delivery)).toMatchObject({
      kind: "unrated",
      code,
      pointer,
      fix: expect.stringMatching(/.+/),
    });
  });

  it("an end before its start", () => {
    const price = { model: "time-rate", intervals: [{ amount: "1" }] };
    expect(tryThing({ entry: { price } }, { endedAt: "2025-03-11T09:00:00" })).toMatchObject({
      code: "USAGE_INVALID",
      pointer: "/endedAt",
    });
    expect(tryThing({ entry: { price } })).toMatchObject({ code: "USAGE_INVALID", pointer: "/endedAt" });
  });
});

describe("the measures of a product", () => {
  it("are all that its prices, windows and conditions read, and those that it can't do without are required", () => {
    const rating = testRating({
      entry: {
        price: {
          components: [
            { model: "unit", measure: "units", unitAmount: "1" },
            {
              model: "unit",
              measure: "extras",
              unitAmount: "2",
              when: [{ measure: "express", equals: true }],
            },
          ],
        },
        discounts: [{ id: "d", percent: "5", when: [{ measure: "season", equals: "winter" }] }],
      },
    });
    const measures = rating.describe("thing")?.measures;
    expect(measures?.map(({ name, type, required }) => [name, type, required])).toEqual([
      ["units", "number", true],
      ["extras", "number", false],
      ["express", "boolean", false],
      ["season", "text", false],
    ]);
    const usage = { units: 3, extras: 2, express: true, season: "winter" };
    expect(rated({ product: "thing", customer: "member", usage }, {}, rating).netMinor).toBe(665n);
  });
});
