import { messageByType } from "../../specs/engine/catalog/lookup.ts";
import type { Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import { type FixedValues, fixedValuesOf } from "../../specs/engine/fixed-values.ts";
import { formatOf } from "../../specs/engine/messages/message-format.ts";
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

/** What is worked out of a message before its first event. */
interface MessageForm {
  readonly message: Message;
  readonly fixed: FixedValues | undefined;
  readonly check: ReturnType<Validators["get"]>;
}

export function createEventEncoder(
  catalog: Catalog,
  validators: Validators,
  problem: EventProblem,
): EventEncoder {
  const byEvent = new Map<string, Message>();
  for (const message of catalog.messages) {
    if (message.event !== undefined && !byEvent.has(message.event)) byEvent.set(message.event, message);
  }
  const forms = new Map<string, MessageForm>();
  const formOf = (message: Message): MessageForm => {
    let form = forms.get(message.id);
    if (form === undefined) {
      const data = formatOf(catalog, message).enveloped ? ["data"] : [];
      const fixed = fixedValuesOf(catalog, message.payload, data);
      form = { message, fixed, check: validators.get(message.payload) };
      forms.set(message.id, form);
    }
    return form;
  };
  return {
    payload: (event) => payloadOf(catalog, event),
    outgoing: (event) => outgoingOf(catalog, event),
    encode(event, stamp) {
      const message = byEvent.get(event.name) ?? messageByType(catalog, event.name);
      if (message === undefined) return undefined;
      const data = withholdFromEvent(event.name, event.data, catalog);
      const form = formOf(message);
      const encoded = outboxEvent(event, data, form, stamp);
      const violations = form.check(payloadOf(catalog, encoded));
      if (violations.length === 0) return encoded;
      if (event.inferred === true) return undefined;
      throw problem(message, violations);
    },
  };
}
