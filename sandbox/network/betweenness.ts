import type { PartyId } from "../rating/types.ts";
import { giveTurn } from "../values/pages.ts";
import type { Network } from "./graph.ts";

/** After so long everybody else has a turn: a network of tens of thousands takes longer than anybody should wait. */
const AT_A_STRETCH_MS = 10;

/**
 * The share of the shortest ways between two others that lead over each party, 0 to 1: Freeman, "A Set of Measures of
 * Centrality Based on Betweenness", Sociometry 40 (1977), 35–41, over directed links of one length: who is paid more isn't
 * nearer. Computed as in Brandes, "A Faster Algorithm for Betweenness Centrality", Journal of Mathematical Sociology 25
 * (2001), 163–177.
 */
export async function betweennessOf(network: Network): Promise<ReadonlyMap<PartyId, number>> {
  const parties = network.nodes();
  const places = new Map(parties.map((party, place) => [party, place]));
  const placeOf = (party: PartyId): number => places.get(party) ?? -1;
  const ways = new Ways(parties.map((party) => network.outNeighbors(party).map(placeOf)));
  let since = performance.now();
  for (const { source, times } of sourcesOf(network)) {
    ways.countFrom(placeOf(source), times);
    if (performance.now() - since < AT_A_STRETCH_MS) continue;
    await giveTurn();
    since = performance.now();
  }
  const pairs = (parties.length - 1) * (parties.length - 2);
  return new Map(parties.map((party, place) => [party, pairs > 0 ? (ways.over[place] ?? 0) / pairs : 0]));
}

/**
 * Where ways begin. From whoever pays nobody there are none. Those whom nobody pays and who pay the same few stand at the
 * beginning of the same ways, as most customers of an ecosystem do: they are looked at once.
 */
function* sourcesOf(network: Network): Generator<{ readonly source: PartyId; readonly times: number }> {
  const paying = network.nodes().filter((party) => network.outDegree(party) > 0);
  const [alone, first] = [true, false].map((isPaid) =>
    paying.filter((party) => network.inDegree(party) > 0 === isPaid),
  );
  for (const source of alone ?? []) yield { source, times: 1 };
  const alike = Map.groupBy(first ?? [], (party) => network.outNeighbors(party).sort().join("\n"));
  for (const twins of alike.values()) yield { source: twins[0] ?? "", times: twins.length };
}

/**
 * Counts shortest ways, from one source after the other. Parties are known by their places. Loops over flat lists: in a network
 * without twins each link is looked at three times for each party.
 */
class Ways {
  /** Per party: of each pair of others, the part of the ways from the one to the other that lead over it; their sum. */
  readonly over: Float64Array;
  readonly #payees: readonly (readonly number[])[];
  /** Of the present source: how far a party is from it, −1 where it wasn't reached; how many ways lead there. */
  readonly #distance: Int32Array;
  readonly #ways: Float64Array;
  /** Of the present source: what its ways to all those behind a party add to that party. */
  readonly #behind: Float64Array;

  constructor(payees: readonly (readonly number[])[]) {
    this.#payees = payees;
    this.over = new Float64Array(payees.length);
    this.#distance = new Int32Array(payees.length).fill(-1);
    this.#ways = new Float64Array(payees.length);
    this.#behind = new Float64Array(payees.length);
  }

  /** @param times for so many sources that have the same ways */
  countFrom(source: number, times: number): void {
    const reached = this.#reach(source);
    for (let at = reached.length - 1; at > 0; at--) {
      const party = reached[at] ?? 0;
      const behind = this.#sumBehind(party);
      this.#behind[party] = behind;
      this.over[party] = (this.over[party] ?? 0) + times * behind;
    }
    // Only what was touched: most parties can't be reached from most others.
    for (const party of reached) {
      this.#distance[party] = -1;
      this.#ways[party] = 0;
    }
  }

  /** All that can be reached, the nearest first. */
  #reach(source: number): readonly number[] {
    const distances = this.#distance;
    const ways = this.#ways;
    const reached = [source];
    distances[source] = 0;
    ways[source] = 1;
    for (const party of reached) {
      const further = (distances[party] ?? 0) + 1;
      const leading = ways[party] ?? 0;
      for (const payee of this.#payees[party] ?? []) {
        if (distances[payee] === -1) {
          distances[payee] = further;
          reached.push(payee);
        }
        if (distances[payee] === further) ways[payee] = (ways[payee] ?? 0) + leading;
      }
    }
    return reached;
  }

  #sumBehind(party: number): number {
    const further = (this.#distance[party] ?? 0) + 1;
    const leading = this.#ways[party] ?? 0;
    let sum = 0;
    for (const payee of this.#payees[party] ?? []) {
      if (this.#distance[payee] !== further) continue;
      sum += (leading / (this.#ways[payee] ?? 1)) * (1 + (this.#behind[payee] ?? 0));
    }
    return sum;
  }
}
