import type { PartyId } from "../rating/types.ts";

/** `party-000001`: the next number after `issued` statements. */
export function statementNumber(party: PartyId, issued: number): string {
  return `${party}-${String(issued + 1).padStart(6, "0")}`;
}
