import type { JsonObject } from "../store/store.ts";

/** The collection in which webhook endpoints live; each is also found under the key `party:ID`. */
export const ENDPOINTS = "webhook-endpoints";

/**
 * A place that a party wants its events sent to.
 * `pending` until the party proves that it received the challenge; `disabled` after 410 Gone or too many failures.
 */
export type EndpointStatus = "pending" | "active" | "paused" | "disabled";

export interface EndpointSecret {
  /** `whsec_` and base64, as Standard Webhooks wants it. */
  readonly value: string;
  /** Virtual time until which a rotated secret still signs beside its successor. */
  readonly notAfter?: string;
}

/** The record as stored: shown to nobody with its secrets. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly party: string;
  readonly url: string;
  readonly status: EndpointStatus;
  /** CloudEvents types; empty for all. */
  readonly types: readonly string[];
  readonly secrets: readonly EndpointSecret[];
  /** Why and since when it is disabled. */
  readonly disabledReason?: string;
}

export function isEndpoint(value: JsonObject): value is WebhookEndpoint & JsonObject {
  return (
    typeof value["url"] === "string" && typeof value["party"] === "string" && Array.isArray(value["secrets"])
  );
}
