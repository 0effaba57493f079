import { describe, it } from "vitest";
import { type Case, expectFinding, tiers } from "./cases.ts";

describe("the checks of prices find", () => {
  it.each<Case>([
    [
      "a price by a measure that the entry doesn't declare",
      {
        entry: {
          measures: { units: {}, minutes: {} },
          price: { model: "unit", measure: "minuts", unitAmount: "1" },
        },
      },
      { severity: "warning", code: "ECO_MEASURE_UNDECLARED", pointer: "/entries/0/price/measure" },
    ],
    [
      "a condition on a measure that the entry doesn't declare",
      { entry: { measures: { units: {} }, when: [{ measure: "unit", above: "1" }] } },
      { severity: "warning", code: "ECO_MEASURE_UNDECLARED", pointer: "/entries/0/when/0/measure" },
    ],
    [
      "a price below zero",
      { entry: { price: { model: "one-off", amount: "-35" } } },
      { severity: "warning", code: "ECO_PRICE_NEGATIVE", pointer: "/entries/0/price/amount" },
    ],
    [
      "an interval below zero",
      {
        entry: { price: { model: "time-rate", intervals: [{ amount: "1" }, { start: "60", amount: "-1" }] } },
      },
      { severity: "warning", code: "ECO_PRICE_NEGATIVE", pointer: "/entries/0/price/intervals/1/amount" },
    ],
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
      "a minimum above the maximum",
      { entry: { maximumAmount: "5", minimumAmount: "6" } },
      { severity: "error", code: "ECO_BOUNDS_CROSSED", pointer: "/entries/0/minimumAmount" },
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
      "a package of nothing",
      { entry: { price: { model: "package", measure: "units", packageSize: "0", packageAmount: "1" } } },
      { severity: "error", code: "ECO_RATE_CARD_INVALID", pointer: "/entries/0/price" },
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
      "a measure between crossed bounds",
      { entry: { measures: { units: { minimum: "9", maximum: "5" } } } },
      { severity: "error", code: "ECO_BOUNDS_CROSSED", pointer: "/entries/0/measures/units/minimum" },
    ],
    [
      "a bundle that is a part of itself",
      { entry: { price: { model: "bundle", amount: "5", parts: ["thing"] } } },
      { severity: "error", code: "ECO_PRODUCT_UNPRICED", pointer: "/entries/0/price/parts/0" },
    ],
    [
      "a bundle with an unknown part",
      { entry: { price: { model: "bundle", amount: "5", parts: ["nothing"] } } },
      { severity: "error", code: "ECO_PRODUCT_UNPRICED", pointer: "/entries/0/price/parts/0" },
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
      "a discount that ends before it starts",
      {
        entry: {
          discounts: [{ id: "d", percent: "5", validFor: { start: "2025-06-30", end: "2025-06-01" } }],
        },
      },
      { severity: "error", code: "ECO_DATE_INVALID", pointer: "/entries/0/discounts/0/validFor/end" },
    ],
  ])("%s", (_, card, want) => expectFinding(card, want));
});
