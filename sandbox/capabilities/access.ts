import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Caller, DecisionContext } from "./capability.ts";
import { partyKey } from "./records.ts";

/** Roles that oversee the whole ecosystem, in the toolkit's own taxonomy. */
const OVERSEERS = new Set(["orchestrator", "regulator"]);

/** Whether members of the role see every party's records. */
export const roleSeesAll = (role: string): boolean => OVERSEERS.has(role);

export const isOrchestrator = (catalog: Catalog, caller: Caller | undefined): boolean =>
  caller !== undefined && (caller.party === catalog.ecosystem.orchestrator || caller.role === "orchestrator");

/** Whether the caller may see a record that belongs to `parties`. Nobody is asking where an operation is open to all. */
export function maySee(context: DecisionContext, parties: readonly string[]): boolean {
  const { caller, catalog } = context;
  if (caller === undefined) return false;
  return roleSeesAll(caller.role) || isOrchestrator(catalog, caller) || parties.includes(caller.party);
}

/** The list key that limits the caller to its own; undefined for those who see all. */
export function ownKey(context: DecisionContext): string | undefined {
  const party = viewpoint(context);
  return party === undefined ? undefined : partyKey(party);
}

/** The party whose view a caller gets; undefined for those who see all. */
export function viewpoint({ caller, catalog }: DecisionContext): string | undefined {
  if (caller === undefined) return "";
  return roleSeesAll(caller.role) || isOrchestrator(catalog, caller) ? undefined : caller.party;
}
