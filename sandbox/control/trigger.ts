import { isPlainObject, pointerOf, resolvePointer } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import { createRandom } from "../../specs/engine/certification/random.ts";
import { findMessage } from "../../specs/engine/messages/find-message.ts";
import { formatOf } from "../../specs/engine/messages/message-format.ts";
import { sampleMessage } from "../../specs/engine/messages/sample-message.ts";
import { everyRecord } from "../capabilities/page.ts";
import { ENDPOINTS, type WebhookEndpoint } from "../events/endpoint.ts";
import { dataOfPayload } from "../events/payload.ts";
import type { Core } from "../pipeline/core.ts";
import { readClock } from "../store/clock.ts";
import type { Json, OutboxEvent } from "../store/store.ts";
import type { ControlSchemas } from "./api.ts";
import { ControlRefusal, invalidValue } from "./refused.ts";

/** An event as the trigger asks for it, made from its message's schema. */
export async function triggeredEvent(
  core: Core,
  { message: asked, set = {}, seed = "eco", party }: ControlSchemas["Trigger"],
  requestId: string,
): Promise<OutboxEvent> {
  const { parts, randomness, read, wallClock, encoder } = core;
  const { catalog, validators } = parts;
  const message = messageOf(catalog, asked);
  const { now: time } = await readClock(read, wallClock());
  const id = randomness.idsOf(requestId)("evt");
  const random = createRandom(`${seed}/${message.id}`);
  const made = sampleMessage(catalog, message, { validators, random, set, fresh: { id, time } });
  if (made.kind === "invalid") throw invalidPayload(message, made.violations);
  const { payload } = made;
  const whole = isPlainObject(payload) ? payload : {};
  const { enveloped } = formatOf(catalog, message);
  const inner = enveloped ? whole["data"] : payload;
  const text = (name: string, fallback: string): string =>
    enveloped && typeof whole[name] === "string" ? whole[name] : fallback;
  const subject = text("subject", message.id);
  const event: OutboxEvent = {
    id: text("id", id),
    type: message.type,
    subject,
    time: text("time", time),
    orderKey: subject,
    audience: party === undefined ? await everybody(core) : [party],
    causedBy: requestId,
    // Made from JSON documents, so it is JSON.
    data: dataOfPayload((inner === undefined ? {} : inner) as Json),
  };
  const sent = encoder.payload(event);
  const violations = validators.get(message.payload)(sent);
  if (violations.length > 0) throw invalidPayload(message, violations);
  const lost = Object.entries(set).find(
    ([pointer, value]) => JSON.stringify(resolvePointer(sent, pointer)) !== JSON.stringify(value),
  );
  if (lost === undefined) return event;
  const what = "the sandbox sets that itself: send the payload to a URL of its own to have it otherwise";
  throw invalidValue(`${message.type} can't be sent with another ${lost[0]}.`, placeOf(lost[0]), what);
}

function messageOf(catalog: Catalog, asked: string): Message {
  const found = findMessage(catalog, asked);
  if ("detail" in found) throw invalidValue(found.detail, "#/message", found.instead);
  return found;
}

/** Every party that the manifest names, and everyone with an endpoint. */
async function everybody({ read, parts }: Core): Promise<string[]> {
  const endpoints = await Array.fromAsync(everyRecord<WebhookEndpoint>(read, ENDPOINTS));
  return [
    ...new Set([
      ...parts.catalog.ecosystem.parties.map(({ id }) => id),
      ...endpoints.map(({ value }) => value.party),
    ]),
  ];
}

/** Where the request sets a member of the payload. */
const placeOf = (member: string): string => `#${pointerOf("set", member)}`;

function invalidPayload(
  { type }: Message,
  violations: readonly { readonly pointer: string; readonly message: string }[],
): ControlRefusal {
  return new ControlRefusal({
    kind: "refused",
    code: "ECO_REQUEST_INVALID",
    detail: `The payload of ${type} breaks its schema.`,
    errors: violations.map(({ pointer, message }) => ({ pointer: placeOf(pointer), detail: message })),
  });
}
