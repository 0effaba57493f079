import { messageByType } from "../../specs/engine/catalog/lookup.ts";
import type { Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import type { DomainEvent } from "../capabilities/capability.ts";
import { withholdFromEvent } from "../capabilities/withheld.ts";
import type { Json, OutboxEvent } from "../store/store.ts";
import { type EventStamp, type OutgoingMessage, outboxEvent } from "./encode.ts";
import { outgoingOf, payloadOf } from "./outgoing.ts";

export interface EventEncoder {
  /**
   * The event as its message wants it; undefined where the event spec binds no message to it, and where an inferred one
   * doesn't fit. Throws where the payload breaks the message's schema: a capability and the event spec disagree.
   */
  encode(event: DomainEvent, stamp: EventStamp): OutboxEvent | undefined;
  /** What the message's schema describes: a CloudEvent, or the data alone where the document declares it so. */
  payload(event: OutboxEvent): Json;
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
  return {
    payload: (event) => payloadOf(catalog, event),
    outgoing: (event) => outgoingOf(catalog, event),
    encode(event, stamp) {
      const message = byEvent.get(event.name) ?? messageByType(catalog, event.name);
      if (message === undefined) return undefined;
      const data = withholdFromEvent(event.name, event.data, catalog);
      const encoded = outboxEvent(event, data, message, stamp);
      const violations = checkOf(message)(payloadOf(catalog, encoded));
      if (violations.length === 0) return encoded;
      if (event.inferred === true) return undefined;
      throw problem(message, violations);
    },
  };
}
