import type { Validators } from "../../specs/engine/catalog/schema-validator.ts";
import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import type { DomainEvent } from "../capabilities/capability.ts";
import type { OutboxEvent } from "../store/store.ts";
import { type CloudEvent, cloudEvent, type EventStamp, outboxEvent } from "./encode.ts";

export interface EventEncoder {
  /**
   * The event as its message wants it; undefined where the event spec binds no message to it.
   * Throws where the payload breaks the message's schema: a capability and the event spec disagree.
   */
  encode(event: DomainEvent, stamp: EventStamp): OutboxEvent | undefined;
  /** What goes over the wire. */
  envelope(event: OutboxEvent): CloudEvent;
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
  const envelope = (event: OutboxEvent): CloudEvent => cloudEvent(event, source);
  return {
    envelope,
    encode(event, stamp) {
      const message = byEvent.get(event.name);
      if (message === undefined) return undefined;
      const encoded = outboxEvent(event, message, stamp);
      const violations = checkOf(message)(envelope(encoded));
      if (violations.length > 0) throw problem(message, violations);
      return encoded;
    },
  };
}
