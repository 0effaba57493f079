import { DirectedGraph } from "graphology";
import type { PartyId } from "../rating/types.ts";
import type { Flow } from "./flows.ts";

/** Who pays whom: a link from payer to payee for each pair with value between them, whatever the amount and the currency. */
export type Network = DirectedGraph;

/**
 * The parties of the flows, linked in the direction in which value went: one that gave back more than it got is the payer.
 * Parties and links come in the order of their names, so that the same flows make the same network everywhere.
 */
export function networkOf(flows: readonly Flow[]): Network {
  const links = new Set<string>();
  for (const { payer, payee, amounts } of flows)
    for (const { valueMinor } of amounts) {
      if (valueMinor > 0n) links.add(`${payer}\n${payee}`);
      if (valueMinor < 0n) links.add(`${payee}\n${payer}`);
    }
  const sorted = [...links].sort().map((link) => link.split("\n") as [PartyId, PartyId]);
  const network = new DirectedGraph();
  for (const party of [...new Set(sorted.flat())].sort()) network.addNode(party);
  for (const [payer, payee] of sorted) network.addDirectedEdge(payer, payee);
  return network;
}
