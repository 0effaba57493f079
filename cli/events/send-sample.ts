import { nodeSender, signedRequest, type WebhookResult, writeMessage } from "../../sandbox/index.ts";
import { validatorsOf } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { createRandom } from "../../specs/engine/certification/random.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { formatOf } from "../../specs/engine/messages/message-format.ts";
import { messageHeaders } from "../../specs/engine/messages/message-headers.ts";
import { sampleMessage } from "../../specs/engine/messages/sample-message.ts";
import { messageNamed } from "./message-named.ts";

export interface SampleRequest {
  /** The message's type, its id, or the name of its domain event. */
  readonly message: string;
  readonly set: Readonly<Record<string, unknown>>;
  readonly seed: string;
}

export interface SentSample {
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly result: WebhookResult;
}

/**
 * Makes a message from its document and sends it once, signed, with no sandbox in between.
 * @throws EcoError ECO_USAGE for a message that there isn't, ECO_INPUT_INVALID for a payload that breaks its schema
 */
export async function sendSample(
  catalog: Catalog,
  { message: asked, set, seed }: SampleRequest,
  target: { readonly url: string; readonly secret: string },
): Promise<SentSample> {
  const message = messageNamed(catalog, asked);
  const now = new Date();
  const fresh = { id: `evt_${crypto.randomUUID()}`, time: now.toISOString() };
  const random = createRandom(`${seed}/${message.id}`);
  const made = sampleMessage(catalog, message, { validators: validatorsOf(catalog), random, set, fresh });
  if (made.kind === "invalid") {
    const places = made.violations.map(({ pointer, message: what }) => `\n  ${pointer || "/"}: ${what}`);
    throw new EcoError(
      "ECO_INPUT_INVALID",
      `The payload of ${message.type} breaks its schema.${places.join("")}`,
      {
        fix: "Set those places to what the message's document allows.",
        details: { errors: made.violations },
      },
    );
  }
  const body = writeMessage(catalog, message, made.payload);
  const { enveloped, contentType } = formatOf(catalog, message);
  const id = (enveloped && idIn(made.payload)) || fresh.id;
  const wallMs = now.getTime();
  const secrets = [{ secret: target.secret }];
  const request = signedRequest(
    { id, contentType, headers: messageHeaders(catalog, message, `${seed}/${message.id}`), body },
    { url: target.url, secrets },
    { wallMs, nowMs: wallMs },
  );
  const send = nodeSender({ allowLoopback: true, anywhere: true });
  return { id, type: message.type, body, result: await send(request) };
}

function idIn(payload: unknown): string | undefined {
  const id = typeof payload === "object" && payload !== null && "id" in payload ? payload.id : undefined;
  return typeof id === "string" ? id : undefined;
}
