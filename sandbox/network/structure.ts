import { betweenness } from "graphology-metrics/centrality/index.js";
import { directedDensity } from "graphology-metrics/graph/density.js";
import type { PartyId } from "../rating/types.ts";
import { type Brokerage, brokerageOf } from "./brokerage.ts";
import type { Flow } from "./flows.ts";
import { networkOf } from "./graph.ts";

/** Where a party stands in the network of who pays whom. */
export interface Place {
  readonly party: PartyId;
  /** How many parties pay it, and how many it pays. */
  readonly inDegree: number;
  readonly outDegree: number;
  /**
   * The share of the shortest ways between two others that lead over it, 0 to 1: Freeman, "A Set of Measures of Centrality
   * Based on Betweenness", Sociometry 40 (1977), 35–41, over directed links, computed as by Brandes (2001).
   */
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
export function structureOf(flows: readonly Flow[], roleOf: (party: PartyId) => string): Structure {
  const network = networkOf(flows);
  // Amounts are no distances: who is paid more isn't nearer. The library takes no network of nobody.
  const centralities =
    network.order === 0 ? {} : betweenness(network, { getEdgeWeight: null, normalized: true });
  return {
    parties: network.order,
    links: network.size,
    density: directedDensity(network),
    places: network.nodes().map((party) => ({
      party,
      inDegree: network.inDegree(party),
      outDegree: network.outDegree(party),
      betweenness: centralities[party] ?? 0,
      brokerage: brokerageOf(party, network, roleOf),
    })),
  };
}
