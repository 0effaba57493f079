import { describe, expect, it } from "vitest";
import { compileRating, createSession, type RatingFinding } from "../../../sandbox/rating/index.ts";
import { cardDocuments, type TestCard, testRating, tryThing } from "./cards.ts";
import { documentOf, ratingOf } from "./harbour.ts";

/** The errors with which documents are refused; none of them may then be rated with. */
function refusal(documents: Parameters<typeof compileRating>[0]): Partial<RatingFinding>[] {
  const outcome = compileRating(documents);
  expect(outcome.kind).toBe("refused");
  return outcome.findings
    .filter(({ severity }) => severity === "error")
    .map(({ code, document, pointer }) => ({ code, document, pointer }));
}

const level = (more: object): object => ({
  id: "on-time",
  title: "On time",
  products: ["thing"],
  measure: "late",
  target: { atMost: "10" },
  ...more,
});
const levels = (...serviceLevels: object[]): TestCard => ({
  entry: { measures: { units: {}, late: {} } },
  terms: { commercial: { rateCards: [{ id: "card" }] }, serviceLevels },
});
const commercial = (more: object): TestCard => ({
  entry: {},
  terms: { commercial: { rateCards: [{ id: "card" }], ...more } },
});

describe("an agreement that contradicts itself is refused, with the clause", () => {
  it.each<[string, TestCard, string, string]>([
    [
      "a target that nothing can keep",
      levels(level({ target: { atMost: "10", atLeast: "20" } })),
      "ECO_AGREEMENT_CONTRADICTION",
      "/terms/serviceLevels/0/target",
    ],
    [
      "one service level said twice",
      levels(level({}), level({ target: { atMost: "5" } })),
      "ECO_AGREEMENT_CONTRADICTION",
      "/terms/serviceLevels/1",
    ],
    [
      "two credits for the same delay",
      levels(
        level({
          credit: {
            steps: [
              { above: "10", upTo: "30", percent: "10" },
              { above: "20", percent: "25" },
            ],
          },
        }),
      ),
      "ECO_CREDIT_STEPS",
      "/terms/serviceLevels/0/credit/steps/1",
    ],
    [
      "recourse above the credit",
      levels(
        level({
          recourse: [
            { party: "a", percent: "80" },
            { party: "b", percent: "30" },
          ],
        }),
      ),
      "ECO_RECOURSE_SUM",
      "/terms/serviceLevels/0/recourse",
    ],
    [
      "a commitment whose minimum lies above its maximum",
      commercial({ commitments: [{ id: "c", period: "month", minimumAmount: "100", maximumAmount: "50" }] }),
      "ECO_BOUNDS_CROSSED",
      "/terms/commercial/commitments/0/minimumAmount",
    ],
    [
      "a commitment said twice",
      commercial({
        commitments: [
          { id: "c", period: "month", minimumAmount: "100" },
          { id: "c", period: "month", minimumAmount: "50" },
        ],
      }),
      "ECO_AGREEMENT_CONTRADICTION",
      "/terms/commercial/commitments/1",
    ],
    [
      "a balance said twice",
      commercial({
        prepaid: [{ id: "p" }, { id: "p" }],
      }),
      "ECO_AGREEMENT_CONTRADICTION",
      "/terms/commercial/prepaid/1",
    ],
    [
      "a balance that begins with money of nobody it names",
      commercial({ prepaid: [{ id: "p", amount: "1" }] }),
      "ECO_AGREEMENT_CONTRADICTION",
      "/terms/commercial/prepaid/0/amount",
    ],
    [
      "a commitment of a role that nobody has",
      commercial({
        commitments: [{ id: "c", period: "month", minimumAmount: "1", payer: { role: "tenant" } }],
      }),
      "ECO_AGREEMENT_CONTRADICTION",
      "/terms/commercial/commitments/0",
    ],
    [
      "a commitment over a period that never ends",
      commercial({ commitments: [{ id: "c", period: "all", minimumAmount: "1" }] }),
      "ECO_AGREEMENT_CONTRADICTION",
      "/terms/commercial/commitments/0/period",
    ],
    [
      "a commitment to a product that it has no price for",
      commercial({ commitments: [{ id: "c", period: "month", minimumAmount: "1", products: ["tea"] }] }),
      "ECO_PRODUCT_UNPRICED",
      "/terms/commercial/commitments/0/products/0",
    ],
    [
      "a commitment under a tax that no table has",
      commercial({ commitments: [{ id: "c", period: "month", minimumAmount: "1", taxCode: "luxury" }] }),
      "ECO_TAX_CODE_UNKNOWN",
      "/terms/commercial/commitments/0/taxCode",
    ],
    [
      "paid in another currency than its prices",
      commercial({ payment: { settlement: "month", currency: "USD" } }),
      "ECO_CURRENCY_MISMATCH",
      "/terms/commercial/payment/currency",
    ],
    [
      "that ends before it starts",
      { entry: {}, agreement: { validFor: { start: "2025-02-01", end: "2025-01-01" } } },
      "ECO_DATE_INVALID",
      "/validFor/end",
    ],
  ])("%s", (_, card, code, pointer) => {
    expect(refusal(cardDocuments(card))).toEqual([{ code, document: "terms.yaml", pointer }]);
  });
});

describe("a rate card with a gap", () => {
  const tiers = [
    { upTo: "10", unitAmount: "1" },
    { upTo: "20", unitAmount: "2" },
  ];
  const price = { model: "graduated", measure: "units", tiers };

  it("above its last tier is refused with the tier", () => {
    expect(refusal(cardDocuments({ entry: { price } }))).toEqual([
      { code: "ECO_TIERS_GAP", document: "card.yaml", pointer: "/entries/0/price/tiers/1/upTo" },
    ]);
  });

  it("that no delivery can reach, since its measure is bound, is none; more is refused by its name", () => {
    const card = { entry: { price, measures: { units: { maximum: "20" } } } };
    expect(tryThing(card, { usage: { units: "20" } })).toMatchObject({ kind: "rated", netMinor: 3000n });
    expect(tryThing(card, { usage: { units: "20.01" } })).toMatchObject({
      kind: "unrated",
      code: "USAGE_INVALID",
      pointer: "/usage/units",
      detail: expect.stringContaining("above its maximum, 20"),
    });
  });

  it("that fills over a month is refused, however little a delivery may measure", () => {
    const cumulative = { ...price, cumulative: { period: "month" } };
    const card = { entry: { price: cumulative, measures: { units: { maximum: "20" } } } };
    expect(refusal(cardDocuments(card))).toMatchObject([{ code: "ECO_TIERS_GAP" }]);
  });

  it("in its dates refuses the delivery with the agreement that was looked at", () => {
    const outcome = tryThing(
      { entry: {}, card: { validFor: { start: "2025-04-01" } } },
      { usage: { units: 1 } },
    );
    expect(outcome).toMatchObject({
      kind: "unrated",
      code: "AGREEMENT_NOT_IN_FORCE",
      detail: expect.stringContaining("looked at: terms"),
    });
  });

  it("in what it can price refuses the delivery with the clause", () => {
    const dynamic = { model: "dynamic", measure: "units", highestAmount: "100" };
    const outcome = tryThing({ entry: { price: dynamic } }, { usage: { units: "100.01" } });
    expect(outcome).toMatchObject({
      kind: "unrated",
      code: "USAGE_INVALID",
      detail: expect.stringContaining("the rate card card 1.0.0, clause /entries/0"),
    });
  });
});

describe("an amount over any limit", () => {
  it.each(["1e17", "1e300", `1${"0".repeat(150)}`])(
    "%s units are refused with the clause, and nothing is counted",
    (units) => {
      const rating = testRating({ entry: { price: { model: "unit", measure: "units", unitAmount: "1" } } });
      const session = createSession(rating);
      const delivery = { product: "thing", customer: "member", startedAt: "2025-03-11" };
      session.add({ ...delivery, id: "good", usage: { units: 1 } });
      expect(session.add({ ...delivery, id: "bad", usage: { units } })).toMatchObject({
        kind: "unrated",
        code: "USAGE_INVALID",
        pointer: "/usage",
        detail: expect.stringContaining("the rate card card 1.0.0, clause /entries/0"),
      });
      expect(session.totals()).toMatchObject({ deliveries: 1, rejected: 1, netMinor: 100 });
    },
  );

  it("is refused where only the tax lifts it above, and rated just below", () => {
    const card = { entry: {}, card: { tax: { codes: { standard: { rates: [{ percent: "100" }] } } } } };
    const half = (Number.MAX_SAFE_INTEGER - 1) / 2;
    const units = (minor: number): string => `${String(minor).slice(0, -2)}.${String(minor).slice(-2)}`;
    expect(tryThing(card, { usage: { units: units(half) } })).toMatchObject({
      kind: "rated",
      payableMinor: BigInt(2 * half),
    });
    expect(tryThing(card, { usage: { units: units(half + 1) } })).toMatchObject({
      kind: "unrated",
      code: "USAGE_INVALID",
    });
  });

  it("in the list price of a bundle's part is refused too", () => {
    const card: TestCard = {
      entry: { product: "set", price: { model: "bundle", amount: "10", parts: ["thing"] } },
      more: [{ product: "thing", price: { model: "unit", measure: "units", unitAmount: "1" } }],
    };
    const outcome = testRating(card).rate({
      id: "b",
      product: "set",
      customer: "member",
      startedAt: "2025-03-11",
      usage: {},
      parts: [{ product: "thing", usage: { units: "1e30" } }],
    });
    expect(outcome).toMatchObject({
      kind: "unrated",
      code: "USAGE_INVALID",
      detail: expect.stringContaining("/entries/1"),
    });
  });
});

describe("a currency mismatch down a chain", () => {
  const behind = (currency: string, id = "behind"): Record<string, unknown> => ({
    ecoVersion: "1",
    kind: "rate-card",
    id,
    version: "1.0.0",
    title: "Behind",
    currency,
    entries: [{ product: "thing", side: "purchase", price: { model: "one-off", amount: "5" } }],
  });
  const courier = {
    ecoVersion: "1",
    kind: "agreement",
    id: "courier",
    version: "1.0.0",
    title: "Courier",
    status: "in-force",
    engagedParty: [
      { role: "maker", id: "maker" },
      { role: "courier", id: "courier" },
    ],
    terms: { commercial: { rateCards: [{ id: "behind" }] } },
  };
  const chain = (...cards: Record<string, unknown>[]) => {
    const { rateCards, agreements } = cardDocuments({ entry: { providers: [{ role: "maker" }] } });
    return {
      rateCards: [...rateCards, ...cards.map((card) => documentOf(`${card["id"]}.yaml`, card))],
      agreements: [...agreements, documentOf("courier.yaml", courier)],
    };
  };
  const delivery = {
    id: "d",
    product: "thing",
    customer: "member",
    provider: "maker",
    parties: { supplier: "courier" },
    startedAt: "2025-03-11",
    usage: { units: 1 },
  };

  it("that every delivery would meet is refused with the clause", () => {
    expect(refusal(chain(behind("USD")))).toEqual([
      { code: "ECO_CURRENCY_MISMATCH", document: "behind.yaml", pointer: "/entries/0" },
    ]);
  });

  it("in one currency is rated", () => {
    expect(ratingOf(chain(behind("EUR"))).rate(delivery)).toMatchObject({
      kind: "rated",
      charges: [{}, { netMinor: 500n }],
    });
  });

  it("that one delivery meets refuses it whole: no leg of it is rated", () => {
    const abroad = {
      ...behind("USD", "abroad"),
      entries: [
        {
          product: "thing",
          when: [{ measure: "abroad", present: true }],
          price: { model: "one-off", amount: "7" },
        },
      ],
    };
    const documents = chain(behind("USD"), abroad);
    const outcome = ratingOf(documents).rate(delivery);
    expect(outcome).toMatchObject({
      kind: "unrated",
      code: "CURRENCY_MISMATCH",
      detail: expect.stringContaining("the rate card behind 1.0.0, clause /entries/0, is in USD"),
    });
    expect(outcome).not.toHaveProperty("legs");
  });
});
