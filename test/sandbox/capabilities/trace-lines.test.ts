import { describe, expect, it } from "vitest";
import { ownPart } from "../../../sandbox/capabilities/deliveries/explanation.ts";
import { chargeLines } from "../../../sandbox/capabilities/deliveries/trace-lines.ts";
import type { Delivery } from "../../../sandbox/rating/index.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { rateThing, type TestCard } from "../rating/cards.ts";
import { tracesOf } from "../rating/golden/scenario.ts";

/** The trace of a delivery of a golden scenario, as it stands in the end. */
function traceOf(scenario: string, delivery: string): JsonObject {
  const told = tracesOf(scenario)
    .at(-1)
    ?.traces.find((each) => each.delivery.id === delivery);
  return told?.trace as JsonObject;
}

function linesOf(trace: JsonObject, charge = 0): string[] {
  const charges = trace["charges"] as JsonObject[];
  return chargeLines(charges[charge] ?? {}, String(trace["currency"]), Number(trace["scale"]));
}

const thing = (card: TestCard, delivery: Partial<Delivery>): string[] =>
  linesOf(JSON.parse(JSON.stringify(rateThing(card, delivery).trace)));

const price = (more: object): TestCard => ({
  entry: { price: { model: "unit", measure: "units", unitAmount: "1.50", ...more } },
});

describe("a trace in words", () => {
  it.each<[string, string, string, readonly string[]]>([
    [
      "what is passed on within a share stands below it",
      "nested-largest-remainder",
      "voyage",
      [
        "  Share of north, ratio 1: 3.34 EUR, 0.01 EUR of it left over (largest-remainder), of which:",
        "    Share of fleet, 55 %: 1.84 EUR, 0.01 EUR of it left over, of which:",
        "      Share of crew, ratio 2: 0.37 EUR, 0.01 EUR of it left over.",
        "      Share of fuel, ratio 3: 0.55 EUR.",
        "      Share of fleet, ratio 5: 0.92 EUR.",
        "    Share of north, 45 %: 1.50 EUR.",
      ],
    ],
    [
      "discounts, and who bears them",
      "funded-promotion",
      "promoted",
      [
        "  3 × 39.99 = 119.97",
        "  Discount spring: 25 % off.",
        "  Discount members: 10 % off.",
        "  Rounded half-even: 80.98 EUR net.",
        "  Share of shop, 30 %: 33.30 EUR, 0.01 EUR of it left over (first-listed).",
        "  Share of brand, 50 %: 55.48 EUR.",
        "  Share of courier, 20 %: 22.19 EUR.",
        "  brand funds the discount: -29.99 EUR.",
      ],
    ],
    [
      "rounding and tax by statement, with the sums that they run on",
      "inclusive-by-statement",
      "second",
      [
        "  1 × 3.333 = 3.333",
        "  The sum of 2025-04 goes from 3.333 to 6.666. Rounded half-even, by statement: 3.34 EUR, tax within.",
        "  Without the tax: 2.69 EUR net.",
        "  Share of press, 40 %: 1.08 EUR, 0.01 EUR of it left over (first-listed).",
        "  Share of kiosk, remaining: 1.61 EUR.",
        "  The tax within charges is rounded on the running sum of 2025-04, which held 3.33 before.",
        "  The tax within service credits is rounded on the running sum of 2025-04, which held 0 before.",
        "  Tax standard 24 % on 2.69 EUR: 0.65 EUR.",
      ],
    ],
    [
      "a part of a bundle: its list price, the bundle's, and what of that is its own",
      "bundle-of-awkward-cents",
      "outing",
      [
        "  By its own list price:",
        "    Amount 17",
        "    Rounded half-even: 17.00 EUR net.",
        "  In the bundle day-out, by card 1.0.0 (/entries/0):",
        "    One price for the bundle: 100.",
        "    Rounded half-even: 100.00 EUR net.",
        "  Its part of 100.00 EUR, by the list price of 17.00 EUR: 37.78 EUR net.",
      ],
    ],
    ["a minimum of a price", "dinar", "short", ["  At least 1.005: raised to the minimum."]],
    [
      "transactions, free ones and bounds of each",
      "percentage-with-allowances",
      "day-one",
      [
        "  Measured payments: 100, 150, 120, 40, 1000, 5.",
        "  100, all of it free = 0",
        "  150, all of it free = 0",
        "  120, 50 of it free = 1.23",
        "  40 = 0.81",
        "  1000 = 8, the maximum",
        "  5 = 0.5, the minimum",
        "  Together 10.54.",
      ],
    ],
    [
      "tiers that a month has filled before",
      "late-correction",
      "twentieth",
      ["  2025-05 held 30 before.", "  above 0 to 100: 50 × 0.5 = 25"],
    ],
    [
      "parts of a period",
      "proration-at-a-month-end",
      "desk-spring",
      [
        "  Charged in advance, prorated by fixed-30:",
        "  2025-01-20 until 2025-02-01, 11/30 of a period = 33",
        "  2025-02-01 until 2025-03-01, 1 of a period = 90",
        "  2025-03-01 until 2025-03-10, 0.3 of a period = 27",
        "  Together 150.",
      ],
    ],
    [
      "pieces by window",
      "daylight-saving-windows",
      "spring",
      [
        "  Outside of the windows:",
        "  1 × 3.3 = 3.3",
        "  In the window night:",
        "  6 × 1.2 = 7.2",
        "  Outside of the windows:",
        "  1 × 3.3 = 3.3",
        "  Together 13.8.",
      ],
    ],
    [
      "the step of a service credit, its cap, and recourse down the chain",
      "stepped-credit-with-recourse",
      "hours",
      [
        "  Service level on-time missed: minutesLate 61, service credit 40.00 EUR (above 60: 25 %), capped from 50.00 EUR.",
        "  Recourse: carrier owes shop 80 %, 20.00 EUR, capped from 32.00 EUR.",
        "    Recourse: courier owes carrier 50 %, 8.00 EUR, capped from 10.00 EUR.",
      ],
    ],
  ])("tells %s", (_, scenario, delivery, want) => {
    const lines = linesOf(traceOf(scenario, delivery));
    const from = lines.indexOf(want[0] ?? "");
    expect(lines.slice(from, from + want.length)).toEqual(want);
    expect(lines.join("\n")).not.toMatch(/undefined|\[object|[{}]/);
  });

  it.each<[string, TestCard, number, string]>([
    ["the maximum of a price", price({ maximumAmount: "20" }), 15, "  At most 20: held to the maximum."],
    ["the minimum of a price", price({ minimumAmount: "5" }), 1, "  At least 5: raised to the minimum."],
    [
      "the maximum of a charge, after its discounts",
      {
        entry: {
          price: { model: "unit", measure: "units", unitAmount: "2" },
          discounts: [{ id: "d", percent: "10" }],
          maximumAmount: "15",
        },
      },
      10,
      "  At most 15: held to the maximum.",
    ],
    [
      "the bound of one component among others",
      {
        entry: {
          price: {
            components: [
              { model: "unit", measure: "units", unitAmount: "2", maximumAmount: "9" },
              { model: "one-off", amount: "1" },
            ],
          },
        },
      },
      5,
      "  At most 9: held to the maximum.",
    ],
    [
      "a converted and rounded quantity",
      price({ conversion: { operation: "divide", factor: "8" }, increment: "1" }),
      12,
      "  Measured units 12, converted 1.5, rounded 2.",
    ],
  ])("tells %s", (_, card, units, want) => {
    expect(thing(card, { usage: { units } })).toContain(want);
  });
});

describe("a party's own part of a trace", () => {
  const trace = traceOf("nested-largest-remainder", "voyage");
  const seenBy = (party: string): string[] =>
    linesOf(ownPart(trace, party)).flatMap((line) => /Share of (\w+)/.exec(line)?.[1] ?? []);

  it.each([
    ["hub", ["hub", "north", "fleet", "crew", "fuel", "fleet", "north", "south", "dock", "crane", "south"]],
    ["north", ["north", "fleet", "crew", "fuel", "fleet", "north"]],
    ["fleet", ["north", "fleet", "crew", "fuel", "fleet"]],
    ["fuel", ["north", "fleet", "fuel"]],
    ["crane", ["south", "crane"]],
  ])("%s sees the shares that lead to its own, and what it passes on", (party, want) => {
    expect(seenBy(party)).toEqual(want);
  });
});
