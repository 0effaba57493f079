import { messageByType } from "../../specs/engine/catalog/lookup.ts";
import type { Validators } from "../../specs/engine/catalog/schema-validator.ts";
import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import { formatOf, type MessageFormat } from "../../specs/engine/messages/message-format.ts";
import type { DomainEvent } from "../capabilities/capability.ts";
import { withholdFromEvent } from "../capabilities/withheld.ts";
import type { JsonObject, OutboxEvent } from "../store/store.ts";
import { type CloudEvent, cloudEvent, type EventStamp, type OutgoingMessage, outboxEvent } from "./encode.ts";

const CLOUD_EVENT: MessageFormat = { enveloped: true, contentType: "application/cloudevents+json" };

export interface EventEncoder {
  /**
   * The event as its message wants it; undefined where the event spec binds no message to it, and where an inferred one
   * doesn't fit. Throws where the payload breaks the message's schema: a capability and the event spec disagree.
   */
  encode(event: DomainEvent, stamp: EventStamp): OutboxEvent | undefined;
  /** What the message's schema describes: a CloudEvent, or the data alone where the document declares it so. */
  payload(event: OutboxEvent): CloudEvent | JsonObject;
  /** What goes over the wire. */
  outgoing(event: OutboxEvent): OutgoingMessage;
}

export type EventProblem = (
  message: Message,
  violations: readonly { pointer: string; message: string }[],
) => Error;

export function createEventEncoder(
  catalog: Catalog,
  validators: Validators,
  problem: EventProblem,
): EventEncoder {
  const source = `urn:eco:${catalog.ecosystem.id}`;
  const byEvent = new Map<string, Message>();
  for (const message of catalog.messages) {
    if (message.event !== undefined && !byEvent.has(message.event)) byEvent.set(message.event, message);
  }
  const checks = new Map<string, ReturnType<Validators["get"]>>();
  const checkOf = (message: Message): ReturnType<Validators["get"]> => {
    let check = checks.get(message.id);
    if (check === undefined) {
      check = validators.get(message.payload);
      checks.set(message.id, check);
    }
    return check;
  };
  // An event of a message that the documents no longer have goes out as it always did.
  const format = ({ type }: OutboxEvent): MessageFormat => {
    const message = messageByType(catalog, type);
    return message === undefined ? CLOUD_EVENT : formatOf(catalog, message);
  };
  const payload = (event: OutboxEvent): CloudEvent | JsonObject =>
    format(event).enveloped ? cloudEvent(event, source) : event.data;
  return {
    payload,
    outgoing: (event) => ({
      id: event.id,
      contentType: format(event).contentType,
      body: JSON.stringify(payload(event)),
    }),
    encode(event, stamp) {
      const message = byEvent.get(event.name) ?? messageByType(catalog, event.name);
      if (message === undefined) return undefined;
      const data = withholdFromEvent(event.name, event.data, catalog);
      const encoded = outboxEvent({ ...event, data }, message, stamp);
      const violations = checkOf(message)(payload(encoded));
      if (violations.length === 0) return encoded;
      if (event.inferred === true) return undefined;
      throw problem(message, violations);
    },
  };
}
