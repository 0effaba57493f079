import { Webhook } from "standardwebhooks";
import type { SpoiledSignature } from "./dispatch-fate.ts";
import type { OutgoingMessage } from "./encode.ts";
import type { WebhookEndpoint } from "./endpoint.ts";
import type { WebhookRequest } from "./sender.ts";

export interface SigningTimes {
  /** Receivers check the signature's time against their own clocks, so it is wall-clock time. */
  readonly wallMs: number;
  /** Virtual time: rotated secrets end by it. */
  readonly nowMs: number;
}

/** Older than any receiver should take. */
const STALE_MS = 3_600_000;
/** Of no endpoint. */
const STRANGE_SECRET = `whsec_${btoa("a secret that no endpoint was given")}`;

export function canSign(secret: string): boolean {
  try {
    new Webhook(secret);
    return true;
  } catch {
    return false;
  }
}

/**
 * An event (as a rule a CloudEvent in structured mode), signed as Standard Webhooks has it. The signature covers the
 * body, hence not binary mode, whose headers would go unsigned. During a rotation every secret that still counts signs.
 */
export function signedRequest(
  { id, contentType, headers, body }: OutgoingMessage,
  { url, secrets }: Pick<WebhookEndpoint, "url" | "secrets">,
  { wallMs, nowMs }: SigningTimes,
  spoiled?: SpoiledSignature,
): WebhookRequest {
  const at = new Date(spoiled === "stale" ? wallMs - STALE_MS : wallMs);
  const signatures = secrets
    .filter(({ validUntil }) => validUntil === undefined || Date.parse(validUntil) > nowMs)
    .map(({ secret }) => new Webhook(spoiled === "wrong" ? STRANGE_SECRET : secret).sign(id, at, body));
  return {
    url,
    body,
    headers: {
      ...headers,
      "content-type": contentType,
      "user-agent": "eco-sandbox",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      ...(spoiled === "missing" ? {} : { "webhook-signature": signatures.join(" ") }),
    },
  };
}
