import { describe, expect, it } from "vitest";
import {
  createEarnings,
  type Place,
  placesIn,
  type Scenario,
  type Statement,
} from "../../../sandbox/simulation/index.ts";
import { ECOSYSTEMS, HARBOUR, MEMBERS, scenarioOf, simulated, THINGS, termsOf, worldOf } from "./worlds.ts";

const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);
const linesOf = ({ lines }: Statement): number => sum(lines.flatMap(({ monthsMinor }) => monthsMinor));

function statementOf(scenario: Scenario, places: readonly Place[], from = HARBOUR, members = MEMBERS) {
  const earnings = createEarnings({ scenario, from, members }, places);
  while (earnings.step());
  return earnings.statements(places);
}

/** Ten legs like the published one: 920 miles at 11:45, 20 minutes late, 144.31 net. */
const LEGS = {
  product: "express-leg",
  perMonth: 10,
  customers: { "nordic-apps": 1 },
  times: [{ from: "11:45", to: "11:46" }],
  usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
} as const;

describe("a statement", () => {
  it("goes from what is charged down to what is kept: 144.31 less 8.66 and 3.61, less 11.55 of the credit", () => {
    const [statement, ...others] = statementOf(scenarioOf({ traffic: [LEGS] }), [
      { party: "blueline", product: "express-leg" },
    ]);
    expect(others).toEqual([]);
    expect(statement?.lines.map(({ kind, other, monthsMinor }) => [kind, other, ...monthsMinor])).toEqual([
      ["charged", "nordic-apps", 144_310],
      ["kept", "wayfare", -8_660],
      ["kept", "harbour", -3_610],
      ["recourse", "harbour", -11_550],
    ]);
    expect(statement).toMatchObject({
      currency: "EUR",
      scale: 2,
      deliveries: [10],
      taxMinor: [0],
      totalMinor: 120_490,
      payments: [{ month: "2025-03", amountMinor: 120_490, due: { on: "2025-04-14", dueDays: 14 } }],
    });
    expect(statement?.lines.at(-1)).toMatchObject({
      agreement: { id: "membership" },
      rateCard: { id: "express-leg" },
      serviceLevel: "express-on-time",
    });
    // 10 % of what blueline is paid, which is passed on, is in no other figure.
    expect(statement?.taxPassedOnMinor).toBe(12_050);
  });

  it("of a customer has what it pays, what it gets back, and its tax", () => {
    const [statement] = statementOf(scenarioOf({ traffic: [LEGS] }), [
      { party: "nordic-apps", product: "express-leg" },
    ]);
    expect(statement?.lines.map(({ kind, monthsMinor }) => [kind, ...monthsMinor])).toEqual([
      ["paid", -144_310],
      ["service-credit", 14_430],
    ]);
    expect([statement?.taxMinor, statement?.totalMinor]).toEqual([[-12_990], -142_870]);
  });

  it("has what binds the period where that is asked for", () => {
    const terms = termsOf({
      entry: {},
      terms: {
        commercial: {
          rateCards: [{ id: "card" }],
          commitments: [{ id: "volume", period: "month", minimumAmount: "80" }],
        },
      },
    });
    const things = { party: "shop", product: "thing" };
    const scenario = scenarioOf({ traffic: [THINGS] });
    expect(statementOf(scenario, [things], terms)[0]?.totalMinor).toBe(5_000);
    const [whole] = statementOf(scenario, [things, { party: "shop" }], terms);
    expect(whole?.lines.map(({ kind, monthsMinor }) => [kind, ...monthsMinor])).toEqual([
      ["charged", 5_000],
      ["commitment", 3_000],
    ]);
    expect(whole?.payments).toEqual([{ month: "2025-03", amountMinor: 8_000 }]);
  });
});

describe.each(ECOSYSTEMS)("statements of %s", (specs) => {
  it("sum to the cent, and to what a simulation pays each party in the run in the middle", async () => {
    const { scenario, terms, members } = await worldOf(specs);
    const runs = { ...scenario, months: 1, runs: 3 };
    // Customers that are alike stand as one place; here each stands for itself.
    const places = members.flatMap(({ id }) => [
      { party: id },
      ...scenario.traffic.map(({ product }) => ({ party: id, product })),
    ]);
    const earnings = createEarnings({ scenario: runs, from: terms, members }, places);
    while (earnings.step());
    const { parties } = simulated(runs, terms, { members }).from;
    const authorities = new Set(["belastingdienst", "dgfip", "finanzamt", "tax-office", "treasury"]);
    const others = parties.filter(({ party }) => !authorities.has(party));
    expect(others.length).toBeGreaterThan(1);
    for (const { party, currency, total } of others) {
      const own = places.filter((place) => place.party === party);
      const statement = earnings.statements(own).find((each) => each.currency === currency);
      if (statement === undefined) throw new Error(`${party} has no statement`);
      const { totalMinor, leastMinor, mostMinor, taxMinor, payments } = statement;
      expect([party, totalMinor, leastMinor, mostMinor]).toEqual([
        party,
        total.payable.p50Minor,
        total.payable.p5Minor,
        total.payable.p95Minor,
      ]);
      expect(linesOf(statement) + sum(taxMinor)).toBe(totalMinor);
      expect(sum(payments.map(({ amountMinor }) => amountMinor))).toBe(totalMinor);
    }
  });

  it("are there for every product, from both sides", async () => {
    const { scenario, terms, members } = await worldOf(specs);
    const places = placesIn(scenario, terms, members);
    for (const { product } of scenario.traffic) {
      const own = places.filter((place) => place.product === product);
      expect([product, own.length > 1]).toEqual([product, true]);
    }
  });
});

it("tells which places the documents keep for whom they name, and which a newcomer may take", async () => {
  const { scenario, terms, members } = await worldOf("specs");
  const open = Object.fromEntries(
    placesIn(scenario, terms, members).map(({ party, product, position, isOpen }) => [
      `${party} ${product}`,
      [position, isOpen],
    ]),
  );
  expect(open["blueline express-leg"]).toEqual(["provider", true]);
  expect(open["kestrel catering-cover"]).toEqual(["supplier", true]);
  expect(open["wayfare express-leg"]).toEqual(["broker", false]);
  expect(open["nordic-apps express-leg"]).toEqual(["customer", true]);
  expect(open["studio-oy express-leg"]).toBeUndefined();
});
