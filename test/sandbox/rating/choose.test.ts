import { describe, expect, it } from "vitest";
import { rateThing, tryThing, usage } from "./cards.ts";
import { euro } from "./harbour.ts";

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
