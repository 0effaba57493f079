import { Webhook } from "standardwebhooks";
import type { CloudEvent } from "./encode.ts";
import type { WebhookEndpoint } from "./endpoint.ts";
import type { WebhookRequest } from "./sender.ts";

export interface SigningTimes {
  /** Receivers check the signature's time against their own clocks, so it is wall-clock time. */
  readonly wallMs: number;
  /** Virtual time: rotated secrets end by it. */
  readonly nowMs: number;
}

/**
 * A CloudEvent in structured mode, signed as Standard Webhooks has it. The signature covers the body, hence not binary
 * mode, whose headers would go unsigned. During a rotation every secret that still counts signs.
 */
export function signedRequest(
  event: CloudEvent,
  { url, secrets }: WebhookEndpoint,
  { wallMs, nowMs }: SigningTimes,
): WebhookRequest {
  const body = JSON.stringify(event);
  const at = new Date(wallMs);
  const signatures = secrets
    .filter(({ validUntil }) => validUntil === undefined || Date.parse(validUntil) > nowMs)
    .map(({ secret }) => new Webhook(secret).sign(event.id, at, body));
  return {
    url,
    body,
    headers: {
      "content-type": "application/cloudevents+json",
      "user-agent": "eco-sandbox",
      "webhook-id": event.id,
      "webhook-timestamp": String(Math.floor(wallMs / 1000)),
      "webhook-signature": signatures.join(" "),
    },
  };
}
