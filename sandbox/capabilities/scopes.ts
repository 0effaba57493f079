import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { PartyRecord } from "./records.ts";

/** What a party may do before its onboarding is finished, and while it leaves. */
const ONBOARDING_SCOPES = new Set([
  "parties:read",
  "parties:write",
  "agreements:read",
  "agreements:accept",
  "webhooks:write",
]);

/** The scopes that a party has now: its role's, fewer while it isn't active. */
export function scopesOf(catalog: Catalog, party: PartyRecord): readonly string[] {
  const granted = catalog.ecosystem.roles.find((role) => role.id === party.role)?.scopes ?? [];
  switch (party.status) {
    case "stand-in":
    case "active":
      return granted;
    case "applied":
      return granted.filter((scope) => ONBOARDING_SCOPES.has(scope));
    case "exiting":
    case "exited":
      // Who left keeps the right to look at its books and to take its data along.
      return granted.filter((scope) => scope.endsWith(":read"));
  }
}
