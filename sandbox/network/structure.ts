import type { PartyId } from "../rating/types.ts";
import { betweennessOf } from "./betweenness.ts";
import { type Brokerage, brokerageOf } from "./brokerage.ts";
import type { Flow } from "./flows.ts";
import { networkOf } from "./graph.ts";

/** Where a party stands in the network of who pays whom. */
export interface Place {
  readonly party: PartyId;
  /** How many parties pay it, and how many it pays. */
  readonly inDegree: number;
  readonly outDegree: number;
  /** The share of the shortest ways between two others that lead over it, 0 to 1. */
  readonly betweenness: number;
  readonly brokerage: Brokerage;
}

export interface Structure {
  readonly parties: number;
  readonly links: number;
  /** Links that there are, of those that there could be between these parties; 0 to 1. */
  readonly density: number;
  /** Sorted by party. */
  readonly places: readonly Place[];
}

/** @param roleOf of parties without one, a text of their own */
export async function structureOf(
  flows: readonly Flow[],
  roleOf: (party: PartyId) => string,
): Promise<Structure> {
  const network = networkOf(flows);
  const betweenness = await betweennessOf(network);
  const { order: parties, size: links } = network;
  return {
    parties,
    links,
    density: parties < 2 ? 0 : links / (parties * (parties - 1)),
    places: network.nodes().map((party) => ({
      party,
      inDegree: network.inDegree(party),
      outDegree: network.outDegree(party),
      betweenness: betweenness.get(party) ?? 0,
      brokerage: brokerageOf(party, network, roleOf),
    })),
  };
}
