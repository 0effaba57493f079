import { describe, expect, it } from "vitest";
import { rateThing, usage } from "./cards.ts";

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
