import type { PartyId } from "../rating/types.ts";
import type { Network } from "./graph.ts";

/**
 * How often a party stands between two others of which one doesn't pay the other: value comes from the one to the broker, and goes
 * from the broker to the other. By the roles of the three, as in Gould and Fernandez, "Structures of Mediation: A Formal
 * Approach to Brokerage in Transaction Networks", Sociological Methodology 19 (1989), 89–126.
 */
export interface Brokerage {
  /** All three have one role. */
  readonly coordinator: number;
  /** The two have one role, the broker another: consultant, or itinerant broker. */
  readonly consultant: number;
  /** The broker has the role of who receives. */
  readonly gatekeeper: number;
  /** The broker has the role of who pays. */
  readonly representative: number;
  /** Three roles. */
  readonly liaison: number;
}

/**
 * Counted by roles and not pair by pair: whoever stands between a thousand payers and a thousand payees does it a million times.
 *
 * @param roleOf of parties without one, a text of their own
 */
export function brokerageOf(party: PartyId, network: Network, roleOf: (party: PartyId) => string): Brokerage {
  const payers = network.inNeighbors(party);
  const payees = new Set(network.outNeighbors(party));
  const pairs = new Map<string, number>();
  const count = (payerRole: string, payeeRole: string, times: number): void => {
    const kind = kindOf(payerRole, roleOf(party), payeeRole);
    pairs.set(kind, (pairs.get(kind) ?? 0) + times);
  };
  const payeesByRole = Object.entries(Object.groupBy(payees, roleOf));
  for (const payer of payers) {
    const role = roleOf(payer);
    for (const [payeeRole, found = []] of payeesByRole) count(role, payeeRole, found.length);
    // Whoever is on both sides stands between nobody, and those who deal directly need no broker.
    if (payees.has(payer)) count(role, role, -1);
    for (const direct of network.outNeighbors(payer)) if (payees.has(direct)) count(role, roleOf(direct), -1);
  }
  const of = (kind: keyof Brokerage): number => pairs.get(kind) ?? 0;
  return {
    coordinator: of("coordinator"),
    consultant: of("consultant"),
    gatekeeper: of("gatekeeper"),
    representative: of("representative"),
    liaison: of("liaison"),
  };
}

function kindOf(payer: string, broker: string, payee: string): keyof Brokerage {
  if (payer === payee) return payer === broker ? "coordinator" : "consultant";
  if (broker === payee) return "gatekeeper";
  return broker === payer ? "representative" : "liaison";
}
