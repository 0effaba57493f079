import { describe, expect, it } from "vitest";
import { createSession } from "../../../sandbox/rating/index.ts";
import { addThing, rateThing, testRating, tryThing, usage } from "./cards.ts";
import { euro } from "./harbour.ts";

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
    const nets = ["8", "4", "10"].map((units, i) => addThing(session, i, { units })?.netMinor);
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
    const nets = ["5", "0.5", "1", "3"].map((units, i) => addThing(session, i, { units })?.netMinor);
    expect(nets).toEqual([1500n, 10100n, 200n, 600n]);
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
