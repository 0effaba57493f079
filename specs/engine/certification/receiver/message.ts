import { isPlainObject, type PlainObject } from "../../catalog/pointer.ts";
import type { Message } from "../../catalog/types.ts";
import { sampleMessage } from "../../messages/sample-message.ts";
import type { RunContext } from "../check.ts";
import { isReply } from "./declared-replies.ts";

export type CloudEvent = Readonly<Record<string, unknown>>;

/** Used where the specs declare no message: the receiver's handling of signatures can be looked at all the same. */
const PLAIN_EVENT: CloudEvent = {
  specversion: "1.0",
  source: "urn:example:certification",
  type: "com.example.certification.v1",
  subject: "certification",
  datacontenttype: "application/json",
  data: { note: "A message of the certification." },
};

function payloadOf(message: Message, { catalog, validators, random }: RunContext): CloudEvent | undefined {
  const sampled = sampleMessage(catalog, message, {
    validators,
    random: random.fork(`message/${message.id}`),
  });
  return sampled.kind === "made" && isPlainObject(sampled.payload) ? sampled.payload : undefined;
}

export interface Template {
  readonly message?: Message;
  readonly event: CloudEvent;
}

/** One valid payload for each message that the receiver subscribes to; messages that none could be made for are named. */
export function messageTemplates(context: RunContext): { templates: Template[]; without: Message[] } {
  const wanted = context.options.partner?.events;
  // Answers to messages go the other way.
  const messages = context.catalog.messages.filter(
    (one) => (wanted === undefined || wanted.includes(one.type)) && !isReply(one, context.catalog),
  );
  const templates: Template[] = [];
  const without: Message[] = [];
  for (const message of messages) {
    const event = payloadOf(message, context);
    if (event === undefined) without.push(message);
    else templates.push({ message, event });
  }
  return { templates, without };
}

/** The template to use where any message will do. */
export function anyTemplate(templates: readonly Template[]): Template {
  return templates[0] ?? { event: PLAIN_EVENT };
}

/** The event as sent now: a new id, the time of sending, and what else is to differ. */
export function freshEvent(
  template: Template,
  id: string,
  nowMs: number,
  changes: CloudEvent = {},
): CloudEvent {
  return { ...template.event, id, time: new Date(nowMs).toISOString(), ...changes };
}

/** `data` with one more field; events whose data is no object get it as a neighbour. */
export function withData(event: CloudEvent, extra: PlainObject): CloudEvent {
  const data = event["data"];
  return { ...event, data: isPlainObject(data) ? { ...data, ...extra } : extra };
}
