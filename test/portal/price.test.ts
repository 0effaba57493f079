import { describe, expect, it } from "vitest";
import { creditExample } from "../../portal/lib/credit-example.ts";
import { object, objects } from "../../portal/lib/json.ts";
import { conditionWords, pricesOf } from "../../portal/lib/price.ts";
import { problemExample } from "../../portal/lib/relations.ts";
import { createSite } from "../../portal/lib/site.ts";
import { proportions } from "../../portal/lib/split-bar.ts";
import { remainderOf, splitOf } from "../../portal/lib/terms.ts";
import { grouped, unbroken } from "../../portal/lib/words.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";

describe("the bar of a split", () => {
  it("draws pieces side by side without a gap, and nothing for nothing", () => {
    expect(proportions([1n, 1n, 1n])).toEqual([
      { x: 0, width: 333 },
      { x: 333, width: 333 },
      { x: 666, width: 334 },
    ]);
    expect(proportions([0n, 0n])).toEqual([
      { x: 0, width: 0 },
      { x: 0, width: 0 },
    ]);
  });
});

describe("prices in words", () => {
  it.each([
    [
      "unit",
      { model: "unit", measure: "covers", freeUnits: 3, unitAmount: "15.00" },
      [
        ["First 3", "free"],
        ["Each cover", "15.00 EUR"],
      ],
    ],
    [
      "package",
      { model: "package", measure: "hours", packageSize: 4, packageAmount: "60.00" },
      [["Each started 4 hours", "60.00 EUR"]],
    ],
    [
      "graduated",
      {
        model: "graduated",
        measure: "covers",
        tiers: [
          { upTo: 10, unitAmount: "14.50" },
          { unitAmount: "11.20", flatAmount: "1.00" },
        ],
      },
      [
        ["Up to 10 covers", "14.50 EUR per cover"],
        ["Above 10 covers", "1.00 EUR flat + 11.20 EUR per cover"],
      ],
    ],
    [
      "percentage",
      { model: "percentage", measure: "eventBudget", rate: "1.5", fixedAmount: "0.30" },
      [
        ["Fixed", "0.30 EUR"],
        ["Of event budget", "1.5 %"],
      ],
    ],
    [
      "time rate",
      {
        model: "time-rate",
        connectAmount: "0.50",
        intervals: [
          { start: 0, amount: "3.00", per: 3600, increment: 900 },
          { start: 3600, amount: "0.10", per: 60 },
        ],
      },
      [
        ["To begin with", "0.50 EUR"],
        ["From 0 minutes, in steps of 15 minutes", "3.00 EUR per hour"],
        ["From 1 hour, in steps of 1 second", "0.10 EUR per minute"],
      ],
    ],
    [
      "recurring",
      { model: "recurring", amount: "390.00", period: "month" },
      [["Each month, in advance", "390.00 EUR"]],
    ],
  ])("says what a %s price asks", (_, price, want) => {
    expect(pricesOf({ price }, "EUR")[0]?.rows.map((row) => [row.what, row.price])).toEqual(want);
  });

  it("gives each time window its own price", () => {
    const timing = {
      basis: "start",
      windows: [
        {
          id: "peak",
          days: ["monday", "tuesday", "wednesday"],
          times: [{ from: "06:30", to: "09:00" }],
          price: { model: "unit", unitAmount: "2" },
        },
      ],
    };
    const prices = pricesOf({ price: { model: "unit", unitAmount: "1" }, timing }, "EUR");
    expect(prices.map((one) => [one.title, one.when])).toEqual([
      ["Otherwise", ""],
      ["peak", "Mon–Wed, 06:30–09:00 · by when it begins"],
    ]);
  });

  it.each([
    [{ measure: "firstContact", equals: true }, "if first contact"],
    [{ measure: "covers", above: 10 }, "if covers above 10"],
    [{ role: "broker", party: "spacefinder" }, "if broker is spacefinder"],
    [{ role: "broker", present: false }, "if no broker"],
  ])("says the condition %j", (condition, want) => {
    expect(conditionWords(condition)).toBe(want);
  });

  it("lists nested shares below their own", () => {
    const split = {
      shares: [
        { party: "a", percent: 60, split: { shares: [{ role: "b", remaining: true }] } },
        { party: "c", fixedAmount: "2", maximumAmount: "3" },
      ],
    };
    expect(splitOf({ split }, "EUR", new Map([["a", "Company A"]]))).toEqual([
      { who: "Company A", part: "60 %", note: "", level: 0 },
      { who: "B", part: "the rest", note: "", level: 1 },
      { who: "c", part: "2 EUR", note: "at most 3 EUR", level: 0 },
    ]);
  });

  it.each([
    ["first-listed", "the first listed"],
    [{ party: "a" }, "Company A"],
    [{ role: "broker" }, "Broker"],
  ])("says who gets the odd cents: %j", (remainder, want) => {
    expect(remainderOf({ split: { remainder } }, new Map([["a", "Company A"]]))).toBe(want);
  });

  it("keeps an amount and its currency on one line, and large bounds readable", () => {
    expect(unbroken("29.00 EUR flat + 0.145 EUR per mile")).toBe(
      "29.00\u00a0EUR flat + 0.145\u00a0EUR per mile",
    );
    expect(unbroken("6 %")).toBe("6\u00a0%");
    expect(["1000", "12.5", "1e9", "250"].map(grouped)).toEqual(["1,000", "12.5", "1e9", "250"]);
  });
});

describe("a service level in numbers", () => {
  it("is what the engine says of an example delivery that misses it", async () => {
    const { catalog } = await loadCatalog("specs");
    const site = createSite("specs", catalog);
    const levels = site.agreements.flatMap(({ document }) =>
      objects(object(document.content["terms"])["serviceLevels"]),
    );
    const examples = Object.fromEntries(levels.map((level) => [level["id"], creditExample(level, site)]));
    // 144.31 × 10 % = 14.43; of that 80 % and the rest.
    expect(examples["express-on-time"]).toBe(
      "20 arrival delay minutes: of 144.31 EUR, 14.43 EUR are paid back; Blueline Air owes Harbour Campus 11.55 EUR; Wayfare Forwarding owes Harbour Campus 2.88 EUR.",
    );
    expect(creditExample({ ...levels[0], products: ["unknown"] }, site)).toBeUndefined();
    expect(creditExample({ ...levels[0], credit: {} }, site)).toBeUndefined();
  });

  it("stands beside problems that are shown as the documents show them", async () => {
    const { catalog } = await loadCatalog("specs");
    const site = createSite("specs", catalog);
    expect(problemExample("ECO_REQUEST_INVALID", site)).toMatchObject({
      code: "ECO_REQUEST_INVALID",
      status: 422,
    });
    expect(problemExample("ECO_NO_SUCH_CODE", site)).toBeUndefined();
  });
});
