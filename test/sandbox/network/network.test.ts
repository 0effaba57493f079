import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shown } from "../../../sandbox/measures/tally.ts";
import { type Brokerage, brokerageOf } from "../../../sandbox/network/brokerage.ts";
import { currencyAmounts, partyAmounts, paymentsOf } from "../../../sandbox/network/concentration.ts";
import type { Flow } from "../../../sandbox/network/flows.ts";
import { networkOf } from "../../../sandbox/network/graph.ts";
import { structureOf } from "../../../sandbox/network/structure.ts";

const flow = (payer: string, payee: string, value: number, currency = "EUR"): Flow => ({
  payer,
  payee,
  deliveries: 1,
  products: ["service"],
  amounts: [{ currency, netMinor: BigInt(value), creditMinor: 0n, valueMinor: BigInt(value), taxMinor: 0n }],
});

/**
 * Two members pay a hub, which pays two providers; the first provider pays a supplier. The member m also pays p itself.
 *
 *     m ──100─▶ h ──80─▶ p ──10─▶ s        m ──20─▶ p
 *     n ───50─▶ h ──40─▶ r
 */
const worked = [
  flow("m", "h", 100),
  flow("n", "h", 50),
  flow("h", "p", 80),
  flow("h", "r", 40),
  flow("p", "s", 10),
  flow("m", "p", 20),
];
const ROLES: Readonly<Record<string, string>> = {
  m: "customer",
  n: "customer",
  h: "orchestrator",
  p: "complementor",
  r: "complementor",
  s: "supplier",
};
const roleOf = (party: string): string => ROLES[party] ?? "";
const none = { coordinator: 0, consultant: 0, gatekeeper: 0, representative: 0, liaison: 0 };

describe("the worked network", async () => {
  const { places, ...whole } = await structureOf(worked, roleOf);
  const place = (party: string) => places.find((each) => each.party === party);

  it("has 6 of the 6 × 5 links that there could be", () => {
    expect(whole).toEqual({ parties: 6, links: 6, density: 0.2 });
  });

  it("has degrees: by how many a party is paid, and how many it pays", () => {
    expect(places.map(({ party, inDegree, outDegree }) => [party, inDegree, outDegree])).toEqual([
      ["h", 2, 2],
      ["m", 0, 2],
      ["n", 0, 1],
      ["p", 2, 1],
      ["r", 1, 0],
      ["s", 1, 0],
    ]);
  });

  it("leads over h from m to r and from n to p, r and s; over p from m, n and h to s; of 5 × 4 pairs", () => {
    expect(place("h")?.betweenness).toBeCloseTo(4 / 20, 12);
    expect(place("p")?.betweenness).toBeCloseTo(3 / 20, 12);
    for (const party of ["m", "n", "r", "s"]) expect(place(party)?.betweenness).toBe(0);
  });

  it("is brokered by h between m and r, n and p, n and r, not m and p, who deal directly; by p between h, m and s", () => {
    expect(place("h")?.brokerage).toEqual({ ...none, liaison: 3 });
    expect(place("p")?.brokerage).toEqual({ ...none, liaison: 2 });
    for (const party of ["m", "n", "r", "s"]) expect(place(party)?.brokerage).toEqual(none);
  });

  it("concentrates 150, 100, 40 and 10 of 300 at four payees: (22,500 + 10,000 + 1,600 + 100) / 90,000", () => {
    const [eur, ...others] = currencyAmounts(paymentsOf(worked));
    expect(others).toEqual([]);
    expect(eur).toMatchObject({ currency: "EUR", totalMinor: 300n, payees: 4 });
    expect(eur && shown(eur.concentration)).toBe(0.38);
  });

  it("has strengths, and p's income from h and m: 0.8² + 0.2²", () => {
    const [own] = partyAmounts(paymentsOf(worked)).get("p") ?? [];
    expect(own).toMatchObject({ currency: "EUR", paidMinor: 10n, receivedMinor: 100n });
    expect(own?.concentration && shown(own.concentration)).toBe(0.68);
    expect(partyAmounts(paymentsOf(worked)).get("n")).toEqual([
      { currency: "EUR", paidMinor: 50n, receivedMinor: 0n },
    ]);
  });
});

describe("a network", () => {
  it("of nobody is empty, and of two has no one between", async () => {
    expect(await structureOf([], roleOf)).toEqual({ parties: 0, links: 0, density: 0, places: [] });
    const { places } = await structureOf([flow("m", "h", 1)], roleOf);
    expect(places.map(({ betweenness }) => betweenness)).toEqual([0, 0]);
  });

  it("of a thousand customers of a hub counts the ways of each of them", async () => {
    const customers = Array.from({ length: 1000 }, (_, number) => flow(`customer-${number}`, "h", 1));
    const { places } = await structureOf([...customers, flow("h", "p", 1), flow("p", "s", 1)], roleOf);
    const betweenness = new Map(places.map((place) => [place.party, place.betweenness]));
    // From 1,000 to p and to s over h; from 1,001 to s over p.
    expect(betweenness.get("h")).toBeCloseTo(2000 / (1002 * 1001), 12);
    expect(betweenness.get("p")).toBeCloseTo(1001 / (1002 * 1001), 12);
  });

  it("of thousands who deal with each other lets everybody else have a turn", async () => {
    const party = (number: number): string => `party-${number % 2000}`;
    const flows = Array.from({ length: 2000 }, (_, number) => [
      flow(party(number), party(number + 1), 1),
      flow(party(number), party(number * 7919 + 13), 1),
    ]).flat();
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await structureOf(flows, roleOf);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });

  it("takes who gave back more than it got for the payer, and nobody for what came to nothing", () => {
    const flows = [flow("h", "p", -30), flow("h", "r", 0)];
    expect(networkOf(flows).directedEdges().length).toBe(1);
    expect(networkOf(flows).hasDirectedEdge("p", "h")).toBe(true);
    expect(partyAmounts(paymentsOf(flows)).get("p")).toEqual([
      { currency: "EUR", paidMinor: 30n, receivedMinor: 0n },
    ]);
  });

  it("adds up no two currencies", async () => {
    const flows = [flow("m", "h", 100), flow("m", "h", 7, "JPY"), flow("m", "p", 100)];
    expect(
      currencyAmounts(paymentsOf(flows)).map(({ currency, totalMinor }) => [currency, totalMinor]),
    ).toEqual([
      ["EUR", 200n],
      ["JPY", 7n],
    ]);
    expect((await structureOf(flows, roleOf)).links).toBe(2);
  });
});

it.each<[keyof Brokerage, string, string, string]>([
  ["coordinator", "broker", "broker", "broker"],
  ["consultant", "customer", "broker", "customer"],
  ["gatekeeper", "customer", "broker", "broker"],
  ["representative", "broker", "broker", "customer"],
  ["liaison", "customer", "broker", "supplier"],
])("a %s: %s → %s → %s", (kind, payer, broker, payee) => {
  const roles: Readonly<Record<string, string>> = { a: payer, b: broker, c: payee };
  const network = networkOf([flow("a", "b", 1), flow("b", "c", 1)]);
  expect(brokerageOf("b", network, (party) => roles[party] ?? "")).toEqual({ ...none, [kind]: 1 });
});

const PARTIES = ["a", "b", "c", "d", "e", "f", "g"];
const anyFlows = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom(...PARTIES), fc.constantFrom(...PARTIES))
    .filter(([payer, payee]) => payer !== payee),
  { selector: ([payer, payee]) => payer + payee, maxLength: 30 },
);

it("counts brokerage as going over all triples does", () => {
  const role = (party: string): string => (party < "d" ? "x" : "y");
  fc.assert(
    fc.property(anyFlows, (pairs) => {
      const linked = (a: string, b: string): boolean =>
        pairs.some(([payer, payee]) => payer === a && payee === b);
      const network = networkOf(pairs.map(([payer, payee]) => flow(payer, payee, 1)));
      for (const broker of network.nodes()) {
        const { coordinator, consultant, gatekeeper, representative, liaison } = brokerageOf(
          broker,
          network,
          role,
        );
        const triples = PARTIES.flatMap((a) => PARTIES.map((c) => [a, c] as const)).filter(
          ([a, c]) => a !== c && linked(a, broker) && linked(broker, c) && !linked(a, c),
        );
        const inside = triples.filter(([a, c]) => role(a) === role(broker) && role(c) === role(broker));
        expect(coordinator + consultant + gatekeeper + representative + liaison).toBe(triples.length);
        expect(coordinator).toBe(inside.length);
      }
    }),
  );
});

it("finds betweenness as going over all shortest ways does", async () => {
  await fc.assert(
    fc.asyncProperty(anyFlows, async (pairs) => {
      const flows = pairs.map(([payer, payee]) => flow(payer, payee, 1));
      const { places } = await structureOf(flows, () => "");
      const nodes = places.map(({ party }) => party);
      const next = (a: string): string[] => pairs.filter(([payer]) => payer === a).map(([, payee]) => payee);
      const ways = (from: string, to: string): string[][] => {
        let paths = [[from]];
        for (let length = 1; length < nodes.length; length += 1) {
          paths = paths.flatMap((path) =>
            next(path.at(-1) ?? "")
              .filter((b) => !path.includes(b))
              .map((b) => [...path, b]),
          );
          const found = paths.filter((path) => path.at(-1) === to);
          if (found.length > 0) return found;
        }
        return [];
      };
      for (const { party, betweenness } of places) {
        let sum = 0;
        for (const from of nodes)
          for (const to of nodes) {
            if (from === to || from === party || to === party) continue;
            const all = ways(from, to);
            if (all.length > 0) sum += all.filter((path) => path.includes(party)).length / all.length;
          }
        const pairsOfOthers = (nodes.length - 1) * (nodes.length - 2);
        expect(betweenness).toBeCloseTo(pairsOfOthers === 0 ? 0 : sum / pairsOfOthers, 9);
      }
    }),
    { numRuns: 40 },
  );
});
