import { Webhook } from "standardwebhooks";
import type { OutgoingMessage } from "./encode.ts";
import type { WebhookEndpoint } from "./endpoint.ts";
import type { WebhookRequest } from "./sender.ts";

export interface SigningTimes {
  /** Receivers check the signature's time against their own clocks, so it is wall-clock time. */
  readonly wallMs: number;
  /** Virtual time: rotated secrets end by it. */
  readonly nowMs: number;
}

/**
 * An event (as a rule a CloudEvent in structured mode), signed as Standard Webhooks has it. The signature covers the body, hence not binary
 * mode, whose headers would go unsigned. During a rotation every secret that still counts signs.
 */
export function signedRequest(
  { id, contentType, body }: OutgoingMessage,
  { url, secrets }: Pick<WebhookEndpoint, "url" | "secrets">,
  { wallMs, nowMs }: SigningTimes,
): WebhookRequest {
  const at = new Date(wallMs);
  const signatures = secrets
    .filter(({ validUntil }) => validUntil === undefined || Date.parse(validUntil) > nowMs)
    .map(({ secret }) => new Webhook(secret).sign(id, at, body));
  return {
    url,
    body,
    headers: {
      "content-type": contentType,
      "user-agent": "eco-sandbox",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(wallMs / 1000)),
      "webhook-signature": signatures.join(" "),
    },
  };
}
