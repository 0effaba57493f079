import { describe, expect, it } from "vitest";
import { checkDocuments, compileRating, type RatingFinding } from "../../../sandbox/rating/index.ts";
import { cardDocuments, type TestCard } from "./cards.ts";
import { documentOf, harbourDocuments } from "./harbour.ts";

const check = (card: TestCard): RatingFinding[] => checkDocuments(cardDocuments(card));
const tiers = (model: string, list: object[]) => ({
  entry: { price: { model, measure: "units", tiers: list } },
});
const windows = (...list: object[]) => ({
  entry: {
    timing: {
      basis: "start",
      windows: list.map((window) => ({ price: { model: "unit", unitAmount: "2" }, ...window })),
    },
  },
});
const split = (...shares: object[]) => ({ entry: { split: { shares } } });
const level = (more: object) => ({
  serviceLevels: [
    { id: "l", title: "L", products: ["thing"], measure: "delay", target: { atMost: "10" }, ...more },
  ],
});
const commercial = { rateCards: [{ id: "card" }] };

describe("static checks of rate cards and agreements", () => {
  it("find nothing in the reference ecosystem", () => {
    expect(checkDocuments(harbourDocuments())).toEqual([]);
  });

  it.each<[string, TestCard, Partial<RatingFinding>]>([
    [
      "a volume price where one more unit makes the whole cheaper",
      tiers("volume", [{ upTo: "15", unitAmount: "10" }, { unitAmount: "5" }]),
      { severity: "warning", code: "ECO_PRICE_INVERSION", pointer: "/entries/0/price/tiers/1" },
    ],
    [
      "tiers that don't rise",
      tiers("graduated", [
        { upTo: "10", unitAmount: "1" },
        { upTo: "10", unitAmount: "2" },
        { unitAmount: "3" },
      ]),
      { severity: "error", code: "ECO_TIERS_OVERLAP", pointer: "/entries/0/price/tiers/1/upTo" },
    ],
    [
      "a tier after the open one",
      tiers("graduated", [{ unitAmount: "1" }, { upTo: "10", unitAmount: "2" }]),
      { severity: "error", code: "ECO_TIERS_OVERLAP", pointer: "/entries/0/price/tiers/0" },
    ],
    [
      "no tier above the last",
      tiers("graduated", [{ upTo: "10", unitAmount: "1" }]),
      { severity: "error", code: "ECO_TIERS_GAP", pointer: "/entries/0/price/tiers/0/upTo" },
    ],
    [
      "a share that can never get anything",
      split({ party: "a", percent: "100" }, { party: "b", remaining: true }),
      { severity: "warning", code: "ECO_SPLIT_UNREACHABLE", pointer: "/entries/0/split/shares/1" },
    ],
    [
      "a share of zero percent",
      split({ party: "a", percent: "0" }, { party: "b", remaining: true }),
      { severity: "warning", code: "ECO_SPLIT_UNREACHABLE", pointer: "/entries/0/split/shares/0" },
    ],
    [
      "percentages that don't sum",
      split({ party: "a", percent: "50" }, { party: "b", percent: "30" }),
      { severity: "error", code: "ECO_SPLIT_SUM", pointer: "/entries/0/split" },
    ],
    [
      "percentages above the whole",
      split({ party: "a", percent: "80" }, { party: "b", percent: "30" }, { party: "c", remaining: true }),
      { severity: "error", code: "ECO_SPLIT_SUM" },
    ],
    [
      "a fixed share with nobody to take the rest",
      split({ party: "a", fixedAmount: "5" }),
      { severity: "error", code: "ECO_SPLIT_SUM" },
    ],
    [
      "a nested split that doesn't sum",
      split({ party: "a", remaining: true, split: { shares: [{ party: "b", percent: "40" }] } }),
      { severity: "error", code: "ECO_SPLIT_SUM", pointer: "/entries/0/split/shares/0/split" },
    ],
    [
      "a window that begins where the clocks show a time twice",
      windows({ id: "night", times: [{ from: "03:30", to: "05:00" }] }),
      { severity: "warning", code: "ECO_WINDOW_AMBIGUOUS", pointer: "/entries/0/timing/windows/0/times/0" },
    ],
    [
      "two windows that share time",
      windows({ id: "a", days: ["monday"] }, { id: "b", times: [{ from: "22:00", to: "02:00" }] }),
      { severity: "warning", code: "ECO_WINDOW_OVERLAP", pointer: "/entries/0/timing/windows/1" },
    ],
    [
      "a window of no time",
      windows({ id: "a", times: [{ from: "10:00", to: "10:00" }] }),
      { severity: "error", code: "ECO_WINDOW_EMPTY" },
    ],
    [
      "a calendar that isn't there",
      windows({ id: "a", calendar: { id: "feasts", dates: "only" } }),
      { severity: "error", code: "ECO_CALENDAR_UNKNOWN" },
    ],
    [
      "a currency with more decimals than it has",
      { entry: {}, card: { currency: "JPY", scale: 2 } },
      { severity: "error", code: "ECO_CURRENCY_SCALE", pointer: "/scale" },
    ],
    [
      "no currency at all",
      { entry: {}, card: { currency: undefined } },
      { severity: "error", code: "ECO_RATE_CARD_INVALID" },
    ],
    [
      "a time zone that isn't one",
      { entry: {}, card: { timeZone: "Europe/Atlantis" } },
      { severity: "error", code: "ECO_TIME_ZONE_UNKNOWN", pointer: "/timeZone" },
    ],
    [
      "a day that doesn't exist",
      { entry: {}, card: { validFor: { start: "2025-02-30" } } },
      { severity: "error", code: "ECO_DATE_INVALID", pointer: "/validFor/start" },
    ],
    [
      "a minimum above the maximum",
      { entry: { maximumAmount: "5", minimumAmount: "6" } },
      { severity: "error", code: "ECO_BOUNDS_CROSSED", pointer: "/entries/0/minimumAmount" },
    ],
    [
      "two entries that both hold",
      { entry: {}, more: [{ product: "thing", price: { model: "unit", unitAmount: "2" } }] },
      { severity: "error", code: "ECO_FILTER_TIE", pointer: "/entries/1" },
    ],
    [
      "a tax code that no table has",
      {
        entry: { taxCode: "luxury" },
        card: { tax: { codes: { standard: { rates: [{ percent: "20" }] } } } },
      },
      { severity: "error", code: "ECO_TAX_CODE_UNKNOWN", pointer: "/entries/0/taxCode" },
    ],
    [
      "two rates on one day",
      {
        entry: {},
        card: {
          tax: {
            codes: {
              standard: {
                rates: [
                  { to: "2025-12-31", percent: "20" },
                  { from: "2025-12-31", percent: "21" },
                ],
              },
            },
          },
        },
      },
      { severity: "error", code: "ECO_TAX_TABLE", pointer: "/tax/codes/standard/rates/1" },
    ],
    [
      "days without a rate",
      {
        entry: {},
        card: {
          tax: {
            codes: {
              standard: {
                rates: [
                  { to: "2025-12-31", percent: "20" },
                  { from: "2026-02-01", percent: "21" },
                ],
              },
            },
          },
        },
      },
      { severity: "error", code: "ECO_TAX_GAP" },
    ],
    [
      "a conversion by zero",
      {
        entry: {
          price: {
            model: "unit",
            measure: "units",
            unitAmount: "1",
            conversion: { operation: "divide", factor: "0" },
          },
        },
      },
      { severity: "error", code: "ECO_RATE_CARD_INVALID", pointer: "/entries/0/price" },
    ],
    [
      "a package of nothing",
      { entry: { price: { model: "package", measure: "units", packageSize: "0", packageAmount: "1" } } },
      { severity: "error", code: "ECO_RATE_CARD_INVALID", pointer: "/entries/0/price" },
    ],
    [
      "a role that no delivery has to name",
      split({ role: "scout", percent: "10" }, { party: "b", remaining: true }),
      { severity: "warning", code: "ECO_ROLE_UNFILLED", pointer: "/entries/0/split/shares/0/role" },
    ],
    [
      "a dynamic price without a measure",
      { entry: { price: { model: "dynamic" } } },
      { severity: "error", code: "ECO_RATE_CARD_INVALID", pointer: "/entries/0/price" },
    ],
    [
      "a dynamic price between crossed bounds",
      { entry: { price: { model: "dynamic", measure: "units", lowestAmount: "9", highestAmount: "5" } } },
      { severity: "error", code: "ECO_BOUNDS_CROSSED", pointer: "/entries/0/price/lowestAmount" },
    ],
    [
      "a conversion that a percentage would pass over",
      {
        entry: {
          price: {
            model: "percentage",
            measure: "units",
            rate: "1",
            conversion: { operation: "divide", factor: "100" },
          },
        },
      },
      { severity: "error", code: "ECO_RATE_CARD_INVALID", pointer: "/entries/0/price/conversion" },
    ],
    [
      "a first tier below zero",
      {
        entry: {
          price: {
            model: "graduated",
            measure: "units",
            tiers: [{ upTo: "-5", unitAmount: "1" }, { upTo: null }],
          },
        },
      },
      { severity: "error", code: "ECO_TIERS_OVERLAP", pointer: "/entries/0/price/tiers/0/upTo" },
    ],
    [
      "a discount of more than there is",
      { entry: { discounts: [{ id: "d", percent: "150" }] } },
      { severity: "error", code: "ECO_RATE_CARD_INVALID", pointer: "/entries/0/discounts/0/percent" },
    ],
    [
      "one discount twice",
      {
        entry: {
          discounts: [
            { id: "d", percent: "5" },
            { id: "d", percent: "5" },
          ],
        },
      },
      { severity: "error", code: "ECO_RATE_CARD_INVALID", pointer: "/entries/0/discounts/1/id" },
    ],
    [
      "a discount that nobody may come to fund",
      { entry: { discounts: [{ id: "d", percent: "5", fundedBy: { role: "brand" } }] } },
      { severity: "warning", code: "ECO_ROLE_UNFILLED", pointer: "/entries/0/discounts/0/fundedBy/role" },
    ],
    [
      "a measure between crossed bounds",
      { entry: { measures: { units: { minimum: "9", maximum: "5" } } } },
      { severity: "error", code: "ECO_BOUNDS_CROSSED", pointer: "/entries/0/measures/units/minimum" },
    ],
    [
      "left-over units for somebody without a share",
      {
        entry: {
          split: {
            remainder: { party: "z" },
            shares: [
              { party: "a", percent: "33.3" },
              { party: "b", remaining: true },
            ],
          },
        },
      },
      { severity: "error", code: "ECO_SPLIT_SUM", pointer: "/entries/0/split/remainder" },
    ],
    [
      "a role deep in a split that no delivery has to name",
      split({ party: "a", remaining: true, split: { shares: [{ role: "scout", remaining: true }] } }),
      {
        severity: "warning",
        code: "ECO_ROLE_UNFILLED",
        pointer: "/entries/0/split/shares/0/split/shares/0/role",
      },
    ],
    [
      "a tax code deep in a split that no table has",
      split({
        party: "a",
        remaining: true,
        split: { shares: [{ party: "b", remaining: true, taxCode: "nope" }] },
      }),
      {
        severity: "error",
        code: "ECO_TAX_CODE_UNKNOWN",
        pointer: "/entries/0/split/shares/0/split/shares/0/taxCode",
      },
    ],
    [
      "a bundle that is a part of itself",
      { entry: { price: { model: "bundle", amount: "5", parts: ["thing"] } } },
      { severity: "error", code: "ECO_PRODUCT_UNPRICED", pointer: "/entries/0/price/parts/0" },
    ],
    [
      "a piece of a delivery at a price that has no pieces",
      {
        entry: {
          price: { model: "unit", measure: { elapsed: "hour" }, unitAmount: "1" },
          timing: {
            basis: "elapsed",
            windows: [{ id: "w", price: { model: "recurring", amount: "5", period: "month" } }],
          },
        },
      },
      { severity: "error", code: "ECO_TIMING_UNMEASURED", pointer: "/entries/0/timing/windows/0/price" },
    ],
    [
      "a role to render it in which no agreement engages anybody",
      { entry: { providers: [{ role: "customer" }, { role: "scout" }] } },
      { severity: "warning", code: "ECO_ROLE_UNFILLED", pointer: "/entries/0/providers/1/role" },
    ],
    [
      "a rate card that extends none",
      { entry: {}, card: { extends: "nothing" } },
      { severity: "error", code: "ECO_RATE_CARD_UNKNOWN", pointer: "/extends" },
    ],
    [
      "a price by elapsed time that measures none",
      {
        entry: {
          timing: { basis: "elapsed", windows: [{ id: "w", price: { model: "unit", unitAmount: "1" } }] },
        },
      },
      { severity: "error", code: "ECO_TIMING_UNMEASURED" },
    ],
    [
      "a bundle with an unknown part",
      { entry: { price: { model: "bundle", amount: "5", parts: ["nothing"] } } },
      { severity: "error", code: "ECO_PRODUCT_UNPRICED", pointer: "/entries/0/price/parts/0" },
    ],
    [
      "a condition that contradicts itself",
      { entry: { when: [{ measure: "units", above: "10", below: "5" }] } },
      { severity: "error", code: "ECO_CONDITION_IMPOSSIBLE", pointer: "/entries/0/when/0" },
    ],
    [
      "a value outside of the bounds beside it",
      { entry: { when: [{ measure: "units", in: ["1", "2"], above: "2" }] } },
      { severity: "error", code: "ECO_CONDITION_IMPOSSIBLE", pointer: "/entries/0/when/0" },
    ],
    [
      "something absent that is to equal something",
      { entry: { when: [{ role: "scout", present: false, equals: "a" }] } },
      { severity: "error", code: "ECO_CONDITION_IMPOSSIBLE", pointer: "/entries/0/when/0" },
    ],
    [
      "two conditions that no delivery meets at once",
      {
        entry: {
          when: [
            { measure: "units", atMost: "5" },
            { role: "provider", equals: "a" },
            { measure: "units", above: "5" },
          ],
        },
      },
      { severity: "error", code: "ECO_CONDITION_IMPOSSIBLE", pointer: "/entries/0/when/2" },
    ],
    [
      "a component that is never charged",
      {
        entry: {
          price: {
            components: [
              { model: "unit", measure: "units", unitAmount: "1" },
              {
                model: "one-off",
                amount: "1",
                when: [
                  { measure: "units", equals: "1" },
                  { measure: "units", equals: "2" },
                ],
              },
            ],
          },
        },
      },
      {
        severity: "error",
        code: "ECO_CONDITION_IMPOSSIBLE",
        pointer: "/entries/0/price/components/1/when/1",
      },
    ],
    [
      "a discount that nobody gets",
      {
        entry: {
          discounts: [{ id: "d", percent: "5", when: [{ measure: "units", below: "3", atLeast: "3" }] }],
        },
      },
      { severity: "error", code: "ECO_CONDITION_IMPOSSIBLE", pointer: "/entries/0/discounts/0/when/0" },
    ],
    [
      "a discount that ends before it starts",
      {
        entry: {
          discounts: [{ id: "d", percent: "5", validFor: { start: "2025-06-30", end: "2025-06-01" } }],
        },
      },
      { severity: "error", code: "ECO_DATE_INVALID", pointer: "/entries/0/discounts/0/validFor/end" },
    ],
    [
      "a discount of an agreement that ends before it starts",
      {
        entry: {},
        terms: {
          commercial: {
            ...commercial,
            discounts: [{ id: "d", percent: "5", validFor: { start: "2025-06-30", end: "2025-06-01" } }],
          },
        },
      },
      {
        severity: "error",
        code: "ECO_DATE_INVALID",
        document: "terms.yaml",
        pointer: "/terms/commercial/discounts/0/validFor/end",
      },
    ],
    [
      "a balance that ends before it starts",
      {
        entry: {},
        terms: {
          commercial: {
            ...commercial,
            prepaid: [{ id: "p", validFor: { start: "2025-06-30", end: "2025-06-01" } }],
          },
        },
      },
      {
        severity: "error",
        code: "ECO_DATE_INVALID",
        document: "terms.yaml",
        pointer: "/terms/commercial/prepaid/0/validFor/end",
      },
    ],
    [
      "a party that pays itself",
      { entry: { payer: { party: "shop" }, payee: { party: "shop" } } },
      { severity: "error", code: "ECO_PAYER_IS_PAYEE", pointer: "/entries/0/payee" },
    ],
    [
      "a role that pays itself",
      { entry: { payee: { role: "customer" } } },
      { severity: "error", code: "ECO_PAYER_IS_PAYEE", pointer: "/entries/0/payee" },
    ],
    [
      "a stand-in that pays itself",
      { entry: { parties: { scout: "shop" }, payer: { role: "scout" }, payee: { party: "shop" } } },
      { severity: "warning", code: "ECO_PAYER_IS_PAYEE", pointer: "/entries/0/payee" },
    ],
    [
      "a commitment of a party to itself",
      {
        entry: {},
        agreement: {
          engagedParty: [
            { role: "orchestrator", id: "shop" },
            { role: "customer", id: "shop" },
          ],
        },
        terms: {
          commercial: { ...commercial, commitments: [{ id: "c", period: "month", minimumAmount: "5" }] },
        },
      },
      {
        severity: "error",
        code: "ECO_PAYER_IS_PAYEE",
        document: "terms.yaml",
        pointer: "/terms/commercial/commitments/0",
      },
    ],
    [
      "a tax that begins after its rate card",
      {
        entry: {},
        card: {
          validFor: { start: "2025-01-01" },
          tax: { codes: { standard: { rates: [{ from: "2025-02-01", percent: "20" }] } } },
        },
      },
      { severity: "warning", code: "ECO_TAX_GAP", pointer: "/tax/codes/standard/rates" },
    ],
    [
      "a tax that ends before its rate card",
      {
        entry: {},
        card: { tax: { codes: { standard: { rates: [{ to: "2025-12-31", percent: "20" }] } } } },
      },
      { severity: "warning", code: "ECO_TAX_GAP", pointer: "/tax/codes/standard/rates" },
    ],
    [
      "a rate card that extends itself",
      { entry: {}, card: { extends: "card" } },
      { severity: "error", code: "ECO_RATE_CARD_BASE", pointer: "/extends" },
    ],
    [
      "a service level that nobody measures",
      { entry: {}, terms: { commercial, ...level({}) } },
      {
        severity: "warning",
        code: "ECO_SERVICE_LEVEL_UNMEASURED",
        document: "terms.yaml",
        pointer: "/terms/serviceLevels/0/measure",
      },
    ],
    [
      "a service level for a product without a price",
      { entry: {}, terms: { commercial, ...level({ products: ["other"] }) } },
      { severity: "error", code: "ECO_PRODUCT_UNPRICED", document: "terms.yaml" },
    ],
    [
      "credit steps with a gap",
      { entry: {}, terms: { commercial, ...level({ credit: { steps: [{ above: "15", percent: "5" }] } }) } },
      { severity: "warning", code: "ECO_CREDIT_STEPS" },
    ],
    [
      "recourse above the credit",
      {
        entry: {},
        terms: {
          commercial,
          ...level({
            recourse: [
              { party: "a", percent: "80" },
              { party: "b", percent: "30" },
            ],
          }),
        },
      },
      { severity: "error", code: "ECO_RECOURSE_SUM", pointer: "/terms/serviceLevels/0/recourse" },
    ],
    [
      "an agreement on a rate card that isn't there",
      { entry: {}, terms: { commercial: { rateCards: [{ id: "cards" }] } } },
      {
        severity: "error",
        code: "ECO_RATE_CARD_UNKNOWN",
        document: "terms.yaml",
        pointer: "/terms/commercial/rateCards/0",
      },
    ],
    [
      "an agreement on a version that isn't there",
      { entry: {}, terms: { commercial: { rateCards: [{ id: "card", version: "9.0.0" }] } } },
      { severity: "error", code: "ECO_RATE_CARD_UNKNOWN", document: "terms.yaml" },
    ],
  ])("%s", (_, card, want) => {
    const found = check(card);
    expect(found).toContainEqual(expect.objectContaining(want));
    for (const finding of found) expect(finding.fix.length).toBeGreaterThan(5);
  });

  it("errors keep documents from being compiled; warnings come along", () => {
    expect(compileRating(cardDocuments(split({ party: "a", percent: "50" }))).kind).toBe("refused");
    const outcome = compileRating(
      cardDocuments(tiers("volume", [{ upTo: "15", unitAmount: "10" }, { unitAmount: "5" }])),
    );
    expect(outcome.kind).toBe("compiled");
    expect(outcome.findings.map(({ code }) => code)).toEqual(["ECO_PRICE_INVERSION"]);
  });

  it("two versions of a card on the same days, and one version twice", () => {
    const { rateCards, agreements } = cardDocuments({ entry: {} });
    const [first] = rateCards;
    if (first === undefined) throw new Error("no card");
    const twin = { ...first, path: "twin.yaml" };
    const next = documentOf("next.yaml", { ...first.content, version: "2.0.0" });
    const codes = (cards: typeof rateCards) =>
      checkDocuments({ rateCards: cards, agreements }).map(({ code, document }) => [code, document]);
    expect(codes([first, twin])).toEqual([["ECO_VERSION_TWICE", "twin.yaml"]]);
    expect(codes([first, next])).toEqual([["ECO_VERSION_OVERLAP", "next.yaml"]]);
  });

  it("a rate card extends one version of one that stands by itself", () => {
    const { rateCards, agreements } = cardDocuments({ entry: {}, card: { extends: "base" } });
    const base = (version: string, more: object = {}) =>
      documentOf(`base-${version}.yaml`, { id: "base", version, currency: "EUR", entries: [], ...more });
    const codes = (...bases: ReturnType<typeof base>[]) =>
      checkDocuments({ rateCards: [...rateCards, ...bases], agreements }).flatMap(({ code, document }) =>
        code === "ECO_RATE_CARD_BASE" ? [document] : [],
      );
    expect(codes(base("1.0.0"))).toEqual([]);
    expect(codes(base("1.0.0", { validFor: { end: "2025-01-31" } }), base("2.0.0"))).toEqual(["card.yaml"]);
    expect(codes(base("1.0.0", { extends: "card" }))).toEqual(["card.yaml", "base-1.0.0.yaml"]);
    const ground = documentOf("ground.yaml", {
      id: "ground",
      version: "1.0.0",
      currency: "EUR",
      entries: [],
    });
    expect(codes(base("1.0.0", { extends: "ground" }), ground)).toEqual(["card.yaml"]);
  });

  it("a tax code that nothing is taxed by, and conditions that can be met, are left alone", () => {
    const found = check({
      entry: {
        when: [
          { measure: "units", atLeast: "5", atMost: "5" },
          { measure: "units", in: ["5.0", "7"] },
          { role: "scout", present: true },
        ],
      },
      card: {
        tax: {
          codes: {
            standard: { rates: [{ percent: "20" }] },
            old: { rates: [{ to: "2020-12-31", percent: "18" }] },
          },
        },
      },
    });
    expect(found).toEqual([]);
  });

  it.each([
    {},
    { id: 3 },
    { id: "x", version: "1.0.0", entries: [7] },
    {
      id: "x",
      version: "1.0.0",
      currency: "EUR",
      entries: [{ product: "p", price: { model: "graduated", tiers: 5 } }],
    },
  ])("a document that isn't one is a finding, not a crash: %j", (content) => {
    const outcome = compileRating({
      rateCards: [documentOf("broken.yaml", content)],
      agreements: [documentOf("odd.yaml", content)],
    });
    expect(outcome.kind).toBe("refused");
    expect(outcome.findings[0]).toMatchObject({ severity: "error", document: "broken.yaml" });
  });
});
