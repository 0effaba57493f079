import { describe, expect, it } from "vitest";
import { runVectors } from "../../../sandbox/rating/index.ts";
import { charge, proration, rounding, split } from "./vector-kinds.ts";

const graduated = {
  model: "graduated",
  tiers: [
    { upTo: "5", unitAmount: "1", flatAmount: "2" },
    { upTo: "10", unitAmount: "2" },
    { unitAmount: "3", flatAmount: "1" },
  ],
};

describe("vectors of the same format that nobody published", () => {
  it.each<[string, object]>([
    ["a quantity between integer tiers is priced by the part", charge(graduated, { quantity: "5.5" }, "8")],
    ["a tier's end belongs to it", charge(graduated, { quantity: "10" }, "17")],
    [
      "a tier without upTo is open, its flat amount charged once entered",
      charge(graduated, { quantity: "10.5" }, "19.5"),
    ],
    ["the first tier's flat amount is charged at zero", charge(graduated, { quantity: "0" }, "2")],
    [
      "free units of a unit price",
      charge({ model: "unit", unitAmount: "2", freeUnits: "3" }, { quantity: "5" }, "4"),
    ],
    [
      "free units above the quantity",
      charge({ model: "unit", unitAmount: "2", freeUnits: "3" }, { quantity: "2" }, "0"),
    ],
    [
      "free units leave a started package",
      charge(
        { model: "package", packageSize: "10", packageAmount: "5", freeUnits: "3" },
        { quantity: "13.5" },
        "10",
      ),
    ],
    [
      "exactly the free units cost nothing",
      charge(
        { model: "package", packageSize: "10", packageAmount: "5", freeUnits: "3" },
        { quantity: "3" },
        "0",
      ),
    ],
    ["a quantity as a fraction", charge({ model: "unit", unitAmount: "3" }, { quantity: "1/3" }, "1")],
    [
      "free events alone",
      charge(
        { model: "percentage", rate: "1.3", fixedAmount: "2", freeEvents: "3" },
        { transactions: ["50", "100", "250", "400"] },
        "7.2",
      ),
    ],
    [
      "free events run out before free units, which still reduce the base",
      charge(
        { model: "percentage", rate: "10", fixedAmount: "1", freeEvents: "1", freeUnits: "100" },
        { transactions: ["50", "30", "40"] },
        "4",
      ),
    ],
    [
      "a transaction that meets the allowance exactly is free",
      charge(
        { model: "percentage", rate: "10", freeUnits: "100" },
        { transactions: ["60", "40", "10"] },
        "1",
      ),
    ],
    [
      "once an allowance is exceeded nothing is free again",
      charge(
        { model: "percentage", rate: "10", fixedAmount: "1", freeUnits: "100" },
        { transactions: ["90", "50", "5"] },
        "6.5",
      ),
    ],
    [
      "per-transaction bounds hold for what isn't free only",
      charge(
        { model: "percentage", rate: "10", freeEvents: "1", perTransactionMin: "3" },
        { transactions: ["100", "10"] },
        "3",
      ),
    ],
    ["a percentage of one quantity", charge({ model: "percentage", rate: "2.5" }, { quantity: "200" }, "5")],
    [
      "no transactions",
      charge({ model: "percentage", rate: "2.5", fixedAmount: "1" }, { transactions: [] }, "0"),
    ],
    [
      "maximum before minimum: the minimum stands",
      charge(
        { model: "unit", unitAmount: "1", maximumAmount: "5", minimumAmount: "8" },
        { quantity: "10" },
        "8",
      ),
    ],
    [
      "a usage discount above the quantity",
      charge({ model: "unit", unitAmount: "1", usageDiscount: "10" }, { quantity: "4" }, "0"),
    ],
    [
      "half-down conversion",
      {
        kind: "quantity",
        conversion: { operation: "divide", factor: "1000", rounding: "half-down" },
        usage: { quantity: "1500" },
        expect: { quantity: "1" },
      },
    ],
    [
      "a conversion that never ends stays exact",
      {
        kind: "quantity",
        conversion: { operation: "divide", factor: "3", rounding: "none" },
        usage: { quantity: "1" },
        expect: { quantity: "1/3" },
      },
    ],
    [
      "time in whole increments, and nothing at zero",
      charge(
        { model: "time-rate", intervals: [{ start: 0, amount: "3", per: 3600, increment: 900 }] },
        { seconds: 0 },
        "0",
      ),
    ],
    [
      "a second begun is an increment begun",
      charge(
        {
          model: "time-rate",
          intervals: [
            { start: 0, amount: "3", per: 3600, increment: 900 },
            { start: 3600, amount: "2", per: 3600, increment: 1800 },
          ],
        },
        { seconds: 3601 },
        "4",
      ),
    ],
    [
      "seconds before the first interval cost nothing",
      charge(
        { model: "time-rate", intervals: [{ start: 60, amount: "1", per: 60, increment: 60 }] },
        { seconds: 90 },
        "1",
      ),
    ],
    [
      "a negative split mirrors the positive one",
      split(
        "-613",
        [
          { ratio: "98" },
          { ratio: "92" },
          { ratio: "98" },
          { ratio: "123" },
          { ratio: "102" },
          { ratio: "92" },
        ],
        ["-100", "-94", "-99", "-124", "-103", "-93"],
      ),
    ],
    [
      "a capped share of a negative amount",
      split("-100", [{ maximum: "20" }, { remaining: true }], ["-20", "-80"]),
    ],
    ["a cap above the amount", split("15", [{ maximum: "20" }, { remaining: true }], ["15", "0"])],
    [
      "caps fill in listed order",
      split("45", [{ maximum: "20" }, { maximum: "30" }, { remaining: true }], ["20", "25", "0"]),
    ],
    [
      "a remaining share of nothing gets no left-over unit",
      split("3", [{ percent: "50" }, { percent: "50" }, { remaining: true }], ["2", "1", "0"]),
    ],
    [
      "a capped share takes no left-over unit",
      split("101", [{ maximum: "0" }, { fraction: "1/2" }, { remaining: true }], ["0", "51", "50"]),
    ],
    ["nothing to split", split("0", [{ percent: "60" }, { percent: "40" }], ["0", "0"])],
    [
      "largest remainder, ties in listed order",
      split("100", [{ ratio: "1" }, { ratio: "1" }, { ratio: "1" }], ["34", "33", "33"], "largest-remainder"),
    ],
    [
      "largest ratio first for two units",
      split(
        "101",
        [{ ratio: "1" }, { ratio: "2" }, { ratio: "3" }, { ratio: "3" }],
        ["11", "22", "34", "34"],
        "largest-ratio-first",
      ),
    ],
    ["half-up of a negative tie", rounding("half-up", "-0.5", "0")],
    ["half-away-from-zero of a negative tie", rounding("half-away-from-zero", "-5/2", "-3")],
    ["half-towards-zero of a negative tie", rounding("half-towards-zero", "-5/2", "-2")],
    ["half-odd of thirds is no tie", rounding("half-odd", "2/3", "1")],
    ["floor of a negative", rounding("floor", "-1.001", "-1.01", 2)],
    ["ceiling of a negative", rounding("ceiling", "-1.009", "-1", 2)],
    ["half-even at three decimals", rounding("half-even", "1.0005", "1", 3)],
    ["23 May to 15 June by real days", proration("actual-days", "2023-05-23", "2023-06-15", "0.741935")],
    ["23 May to 15 June by months of thirty", proration("fixed-30", "2023-05-23", "2023-06-15", "0.733333")],
    [
      "a month that ends on the 31st began on the last of February",
      proration("actual-days", "2023-03-15", "2023-03-31", "0.516129"),
    ],
    ["a whole month is one, in February too", proration("fixed-30", "2023-02-28", "2023-03-31", "1")],
    ["a whole month of real days", proration("actual-days", "2024-01-31", "2024-02-29", "0.935484")],
    ["over the turn of the year", proration("fixed-30", "2023-12-20", "2024-01-10", "0.666667")],
    [
      "tax rounds to the decimals asked for",
      {
        kind: "tax",
        net: "10.5",
        rate: "25.5",
        rounding: "half-even",
        decimals: 2,
        expect: { tax: "2.68", gross: "13.18" },
      },
    ],
    [
      "credits stop at what is owed",
      {
        kind: "credits",
        price: { model: "unit", unitAmount: "10" },
        credits: ["3", "100", "5"],
        usage: { quantity: "1" },
        expect: { amount: "0" },
      },
    ],
    [
      "a correction downwards books a negative difference",
      {
        kind: "rerate",
        price: { model: "unit", unitAmount: "1.5" },
        usage: { quantities: ["4", "1", "6"] },
        expect: { deltas: ["6", "-4.5", "7.5"] },
      },
    ],
  ])("%s", (_, vector) => {
    const [result] = runVectors({ vectors: [vector] }).results;
    expect(result?.error).toBeUndefined();
    expect({ got: result?.got, passed: result?.passed }).toMatchObject({ passed: true });
  });
});
