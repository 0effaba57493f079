import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { oncePer } from "../../specs/engine/once-per.ts";
import type { PartyRecord } from "./records.ts";

/** What a party may do before its onboarding is finished, under the usual names. */
const ONBOARDING_SCOPES = [
  "parties:read",
  "parties:write",
  "agreements:read",
  "agreements:accept",
  "webhooks:write",
];

/** What a party does to join; each begins the name of a capability. */
const JOINING = ["onboarding.get", "parties.get", "parties.update", "agreements.", "webhooks."] as const;

/** The usual names, and whatever else opens nothing but operations of joining: an ecosystem may call its scopes as it likes. */
const onboardingScopes = oncePer(({ operations }: Catalog): ReadonlySet<string> => {
  const scopes = new Map<string, boolean>();
  for (const { capability, security } of operations) {
    const isJoining = JOINING.some((name) => capability?.name.startsWith(name) === true);
    for (const scope of security.flatMap((schemes) => schemes.flatMap((scheme) => scheme.scopes)))
      scopes.set(scope, isJoining && scopes.get(scope) !== false);
  }
  return new Set([...ONBOARDING_SCOPES, ...[...scopes].flatMap(([scope, joins]) => (joins ? scope : []))]);
});

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
      return granted.filter((scope) => onboardingScopes(catalog).has(scope));
    case "exiting":
      return party.neverActive === true ? granted.filter(isKept) : granted;
    case "exited":
      return granted.filter(isKept);
  }
}

/** Whether a party that has left may still do what this scope is for. */
export const isKept = (scope: string): boolean => scope.endsWith(":read") || scope === KEPT_AFTER_EXIT;
