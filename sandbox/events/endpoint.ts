/** The collection in which webhook endpoints live; each is also found under the key `party:ID`. */
export const ENDPOINTS = "webhook-endpoints";

/** The domain event that brings an endpoint its challenge. */
export const VERIFICATION = "webhook.verification";

/** How the ids of places begin that one request named for what follows from it. */
export const CALLBACK_PREFIX = "cbk_";

// A type alias fits JSON with optional members for users of every compiler setting, where an interface would not.
/** A place that a party wants its events sent to, as stored: never shown with its secrets. */
export type WebhookEndpoint = {
  readonly id: string;
  readonly party: string;
  readonly url: string;
  /** CloudEvents types; empty: all that the party may read. */
  readonly types: readonly string[];
  /** `unverified` until the party proves that the challenge reached it; `disabled` after 410 Gone or too many failures. */
  readonly status: "unverified" | "active" | "paused" | "disabled";
  /** Dispatches that were given up since the last one that arrived; absent where there was none. */
  readonly failuresInARow?: number;
  /** Why it is `disabled`. */
  readonly disabledReason?: string;
  /** Its party has left: nothing after the last event that the request `lastCause` caused, by which it left. Empty: nothing at all. */
  readonly ended?: { readonly lastCause: string; readonly at: string };
  /** `whsec_…`, newest first. An older one signs beside it until `validUntil` (virtual time). */
  readonly secrets: readonly { readonly secret: string; readonly validUntil?: string }[];
  /** What its party has to hand back before anything else is sent to it. */
  readonly challenge?: string;
  /** Virtual times, RFC 3339. */
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly verifiedAt?: string;
  /** The secret before these: it signs no more, and a receiver has to refuse it. */
  readonly retiredSecret?: string;
};

/** `whsec_` and base64, as Standard Webhooks wants it; from a secret in base64url. */
export function webhookSecret(secret: string): string {
  const base64 = secret.replaceAll("-", "+").replaceAll("_", "/");
  return `whsec_${base64.padEnd(Math.ceil(base64.length / 4) * 4, "=")}`;
}

/** An endpoint to be registered without a challenge. */
export interface NewEndpoint {
  /** Whose events it gets. */
  readonly party: string;
  readonly url: string;
  /** CloudEvents types; all that the party may read where left out. */
  readonly types?: readonly string[];
  /** `whsec_…`; a new one where left out. */
  readonly secret?: string;
}
