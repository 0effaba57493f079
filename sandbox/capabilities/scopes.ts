import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { PartyRecord } from "./records.ts";

/** What a party may do before its onboarding is finished. */
const ONBOARDING_SCOPES = new Set([
  "parties:read",
  "parties:write",
  "agreements:read",
  "agreements:accept",
  "webhooks:write",
]);

/** What stays beside reading to a party that has left: its contacts and bank account, and the secret that it reads with. */
const KEPT_AFTER_EXIT = "parties:write";

/**
 * The scopes that a party has now: its role's, fewer before it is active and after it has left. One that is leaving
 * finishes what it has with all of them; what would begin something new refuses it by itself.
 */
export function scopesOf(catalog: Catalog, party: PartyRecord): readonly string[] {
  const granted = catalog.ecosystem.roles.find((role) => role.id === party.role)?.scopes ?? [];
  switch (party.status) {
    case "stand-in":
    case "active":
      return granted;
    case "applied":
      return granted.filter((scope) => ONBOARDING_SCOPES.has(scope));
    case "exiting":
      return party.neverActive === true ? granted.filter(isKept) : granted;
    case "exited":
      return granted.filter(isKept);
  }
}

/** Whether a party that has left may still do what this scope is for. */
export const isKept = (scope: string): boolean => scope.endsWith(":read") || scope === KEPT_AFTER_EXIT;
