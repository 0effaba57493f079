import { describe, expect, it } from "vitest";
import { positionsOf, postingsOf } from "../../../sandbox/ledger/index.ts";
import { createSession, type Leg } from "../../../sandbox/rating/index.ts";
import { monthsOf } from "../../../sandbox/simulation/calendar.ts";
import { checkScenario, type Scenario } from "../../../sandbox/simulation/index.ts";
import { untracedWith } from "../../../sandbox/simulation/members.ts";
import { compileTraffic } from "../../../sandbox/simulation/traffic.ts";
import { ECOSYSTEMS, type HARBOUR, scenarioOf, simulated, THINGS, termsOf, worldOf } from "./worlds.ts";

const SEEDS = ["a", "b", "c"];

describe.each(ECOSYSTEMS)("any traffic of %s", (specs) => {
  it("has a scenario that its documents suggest, with every product", async () => {
    const { scenario, skipped, terms, members } = await worldOf(specs);
    expect(skipped).toEqual([]);
    expect(new Set(scenario.traffic.map(({ product }) => product))).toEqual(new Set(terms.rating.products));
    expect(checkScenario(scenario, terms, members)).toEqual([]);
  });

  it("comes to zero over all parties, figure by figure, month by month", async () => {
    for (const seed of SEEDS) {
      const { scenario, terms, members } = await worldOf(specs, seed);
      const { from } = simulated(scenario, terms, { members });
      expect(from.unrated).toEqual([]);
      for (let month = 0; month < scenario.months; month++)
        for (const figure of ["net", "serviceCredit", "recourse", "tax", "prepaid", "payable"] as const) {
          const sum = from.parties.reduce(
            (total, each) => total + (each.months[month]?.[figure].meanMinor ?? 0),
            0,
          );
          expect(sum, `${seed} ${figure}`).toBe(0);
        }
      for (const { total } of from.parties)
        expect(
          total.net.meanMinor +
            total.serviceCredit.meanMinor +
            total.recourse.meanMinor +
            total.tax.meanMinor +
            total.prepaid.meanMinor,
        ).toBe(total.payable.meanMinor);
    }
  });

  it("comes to what the ledger would book, delivery by delivery", async () => {
    const { scenario, terms, members } = await worldOf(specs);
    const { from } = simulated(scenario, unbound(terms), { members });
    const legs: Leg[] = [];
    const make = compileTraffic(scenario, terms.documents);
    const session = createSession(terms.rating, untracedWith(members));
    // The other way round: a session puts them in their order.
    const all = monthsOf(scenario.start, scenario.months).flatMap((month) => make(0, month));
    const last = new Map<string, readonly Leg[]>();
    for (const delivery of all.reverse()) {
      const outcome = session.add(delivery);
      if (outcome.kind === "unrated") throw new Error(outcome.detail);
      for (const each of [outcome, ...outcome.rerated]) last.set(each.deliveryId, each.legs);
    }
    for (const each of last.values()) legs.push(...each);
    const booked = positionsOf(postingsOf(legs)).filter(({ amountMinor }) => amountMinor !== 0n);
    const made = from.parties
      .map(({ party, currency, total }) => ({
        party,
        currency,
        amountMinor: BigInt(total.payable.meanMinor),
      }))
      .filter(({ amountMinor }) => amountMinor !== 0n);
    expect(made).toEqual(booked);
  }, 120_000);
});

/** The same terms without what binds a period. */
function unbound(terms: typeof HARBOUR): typeof HARBOUR {
  return { ...terms, rating: { ...terms.rating, periodTerms: [] } };
}

describe("a seed", () => {
  const scenario: Scenario = scenarioOf({
    runs: 3,
    months: 2,
    traffic: [{ ...THINGS, usage: { units: { lognormal: { median: 20, sigma: 0.5 } } } }],
  });
  const bytes = (changed: Partial<Scenario>): string =>
    JSON.stringify(simulated({ ...scenario, ...changed }, termsOf({ entry: {} })));

  it("makes the same bytes again, and another seed others", () => {
    expect(bytes({})).toBe(bytes({}));
    expect(bytes({ seed: "another" })).not.toBe(bytes({}));
  });

  it("makes the same traffic of a kind, whatever stands after it and however many runs there are", () => {
    const documents = termsOf({ entry: {} }).documents;
    const [, april] = monthsOf("2025-03", 2);
    if (april === undefined) throw new Error("no April");
    const own = compileTraffic(scenario, documents)(1, april);
    const more = {
      ...scenario,
      runs: 9,
      months: 5,
      traffic: [...scenario.traffic, { ...THINGS, product: "other" }],
    };
    expect(compileTraffic(more, documents)(1, april).filter(({ product }) => product === "thing")).toEqual(
      own,
    );
    expect(own).toHaveLength(10);
  });
});
