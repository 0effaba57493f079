import { describe, expect, it } from "vitest";
import { firstGap } from "../../../../sandbox/rating/checks/dates.ts";
import { type Case, expectFinding } from "./cases.ts";

const commercial = { rateCards: [{ id: "card" }] };
const level = (more: object) => ({
  serviceLevels: [
    { id: "l", title: "L", products: ["thing"], measure: "delay", target: { atMost: "10" }, ...more },
  ],
});

describe("the checks of agreements find", () => {
  it.each<Case>([
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
      "recourse that comes back to who took it",
      {
        entry: { measures: { delay: {} } },
        terms: {
          commercial,
          ...level({
            recourse: [
              {
                party: "a",
                percent: "80",
                recourse: [{ party: "b", percent: "50", recourse: [{ party: "a", percent: "1" }] }],
              },
            ],
          }),
        },
      },
      {
        severity: "warning",
        code: "ECO_CHAIN_CIRCULAR",
        pointer: "/terms/serviceLevels/0/recourse/0/recourse/0/recourse/0",
      },
    ],
    [
      "days after the last version of a rate card",
      { entry: {}, card: { validFor: { start: "2025-02-01", end: "2025-02-28" } } },
      {
        severity: "warning",
        code: "ECO_VERSION_GAP",
        pointer: "/terms/commercial/rateCards/0",
        message:
          "From 2025-03-01 on the agreement is in force, and no version of card is: what is delivered then can't be rated.",
      },
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
  ])("%s", (_, card, want) => expectFinding(card, want));

  it.each([
    [
      "none between versions that follow each other",
      [["2025-01-01", "2025-01-31"], ["2025-02-01"]],
      undefined,
      undefined,
    ],
    [
      "days between versions, in whatever order",
      [["2025-03-01"], ["2025-01-01", "2025-01-31"]],
      undefined,
      { start: "2025-02-01", end: "2025-02-28" },
    ],
    ["none after the end", [["2025-01-01", "2025-01-31"]], "2025-01-31", undefined],
    [
      "days before the end alone",
      [["2025-01-01", "2025-01-31"], ["2025-06-01"]],
      "2025-02-15",
      { start: "2025-02-01", end: "2025-02-15" },
    ],
    ["none before the first version", [["2025-06-01"]], undefined, undefined],
    ["none where nothing ends", [[], ["2025-06-01"]], undefined, undefined],
    ["nothing in what is no date", [["2025-02-30", "soon"]], undefined, undefined],
  ] as const)("finds as days without a version %s", (_, spans, end, want) => {
    const read = spans.map(([start, last]) => ({
      ...(start === undefined ? {} : { start }),
      ...(last === undefined ? {} : { end: last }),
    }));
    expect(firstGap(read, end)).toEqual(want);
  });
});
