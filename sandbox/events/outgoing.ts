import { messageByType } from "../../specs/engine/catalog/lookup.ts";
import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import { formatOf } from "../../specs/engine/messages/message-format.ts";
import { messageHeaders } from "../../specs/engine/messages/message-headers.ts";
import type { Json, OutboxEvent } from "../store/store.ts";
import { cloudEvent, type OutgoingMessage } from "./encode.ts";
import { payloadIn } from "./payload.ts";
import { writeMessage } from "./write-message.ts";

/** What is sent, of an event that is kept or was listed. */
type Sent = Pick<OutboxEvent, "id" | "type" | "subject" | "time" | "data">;

/** What the message's schema describes: a CloudEvent, or the payload alone where the document declares it so. */
export const payloadOf = (catalog: Catalog, event: Sent): Json =>
  payloadAs(catalog, messageByType(catalog, event.type), event);

/** What goes over the wire. An event of a message that the documents no longer have goes out as it always did. */
export function outgoingOf(catalog: Catalog, event: Sent): OutgoingMessage {
  const { id, type } = event;
  const message = messageByType(catalog, type);
  const payload = payloadAs(catalog, message, event);
  if (message === undefined)
    return { id, contentType: "application/cloudevents+json", body: JSON.stringify(payload) };
  return {
    id,
    contentType: formatOf(catalog, message).contentType,
    headers: messageHeaders(catalog, message, id),
    body: writeMessage(catalog, message, payload),
  };
}

function payloadAs(catalog: Catalog, message: Message | undefined, event: Sent): Json {
  const enveloped = message === undefined || formatOf(catalog, message).enveloped;
  return enveloped ? cloudEvent(event, `urn:eco:${catalog.ecosystem.id}`) : payloadIn(event.data);
}
