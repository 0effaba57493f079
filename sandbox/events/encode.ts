import { writeBound } from "../../specs/engine/catalog/exchange/bind.ts";
import type { Message } from "../../specs/engine/catalog/types.ts";
import { type FixedValues, withFixedValues } from "../../specs/engine/fixed-values.ts";
import type { DomainEvent } from "../capabilities/capability.ts";
import type { JsonObject, OutboxEvent } from "../store/store.ts";

/** A CloudEvent in structured mode: what an endpoint receives and what the message's payload schema describes. */
export interface CloudEvent extends JsonObject {
  readonly specversion: "1.0";
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  /** Virtual time. */
  readonly time: string;
  readonly datacontenttype: "application/json";
  readonly data: JsonObject;
}

/** What an event gets from its surroundings on its way into the outbox. */
export interface EventStamp {
  readonly id: string;
  readonly time: string;
  readonly causedBy: string;
}

/**
 * A domain event, of whose data so much is told, as the message that the event spec binds to it.
 * @param fixed what the schema of the message's data leaves no choice about
 */
export function outboxEvent(
  { subject, orderKey = subject, audience }: DomainEvent,
  told: JsonObject,
  { message, fixed }: { readonly message: Message; readonly fixed: FixedValues | undefined },
  stamp: EventStamp,
): OutboxEvent {
  const { id, time, causedBy } = stamp;
  const laidOut = dataOf(subject, told, message, stamp);
  // What a spec fixes is JSON.
  const data = fixed === undefined ? laidOut : (withFixedValues(laidOut, fixed) as JsonObject);
  return { id, type: message.type, subject, time, orderKey, audience, causedBy, data };
}

/** The data as the message lays it out: the domain event's own, or what `x-eco-bind` takes of it, its id and its time. */
function dataOf(subject: string, data: JsonObject, { bind }: Message, { id, time }: EventStamp): JsonObject {
  // What is bound comes from JSON, so it is JSON.
  return bind === undefined ? data : (writeBound(bind, { id, time, subject, ...data }) as JsonObject);
}

/** What goes over the wire for an event. */
export interface OutgoingMessage {
  readonly id: string;
  readonly contentType: string;
  /** Those that its message declares. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An event in the envelope of CloudEvents. `source` names the ecosystem: `urn:eco:harbour-campus`. */
export function cloudEvent(
  event: Pick<OutboxEvent, "id" | "type" | "subject" | "time" | "data">,
  source: string,
): CloudEvent {
  return {
    specversion: "1.0",
    id: event.id,
    source,
    type: event.type,
    subject: event.subject,
    time: event.time,
    datacontenttype: "application/json",
    data: event.data,
  };
}
