import { isPlainObject, type PlainObject, pointerOf, pointerTokens } from "../../catalog/pointer.ts";
import type { Catalog, Message } from "../../catalog/types.ts";
import { formatOf } from "../../messages/message-format.ts";
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
  /** Of a message without an envelope: as what it is sent, and where its payload tells its id and its time. */
  readonly bare?: {
    readonly contentType: string;
    readonly id: readonly string[];
    readonly time: readonly string[];
  };
}

export const EVENT_TYPE = "application/cloudevents+json";

/** A message is sent as the platform would send it: as a CloudEvent, or as its document has it. */
function bareFormOf(message: Message, catalog: Catalog): Pick<Template, "bare"> {
  const { enveloped, contentType } = formatOf(catalog, message);
  if (enveloped) return {};
  const bound = Object.entries(message.bind ?? {});
  const placesOf = (field: string) => bound.filter(([, name]) => name === field).map(([place]) => place);
  return { bare: { contentType, id: placesOf("id"), time: placesOf("time") } };
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
    else templates.push({ message, event, ...bareFormOf(message, context.catalog) });
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
  const time = new Date(nowMs).toISOString();
  const { event, bare } = template;
  if (bare === undefined) return { ...event, id, time, ...changes };
  const stamps = [...bare.id.map((at) => [at, id] as const), ...bare.time.map((at) => [at, time] as const)];
  return { ...(stamps.reduce<unknown>(withStamp, event) as CloudEvent), ...changes };
}

/** The value with a text where a pointer leads, as long as there is one to replace. */
function withStamp(value: unknown, [pointer, text]: readonly [string, string]): unknown {
  const [token, ...rest] = pointerTokens(pointer);
  if (token === undefined) return text;
  if (!isPlainObject(value) || !Object.hasOwn(value, token)) return value;
  return { ...value, [token]: withStamp(value[token], [pointerOf(...rest), text]) };
}

/** An event with one more field: in its data, beside it where that is no object, and in the message itself where it has no envelope. */
export function withData({ bare }: Template, event: CloudEvent, extra: PlainObject): CloudEvent {
  if (bare !== undefined) return { ...event, ...extra };
  const data = event["data"];
  return { ...event, data: isPlainObject(data) ? { ...data, ...extra } : extra };
}

/** A message without an envelope holds what its schema lets it hold, and nothing else. */
export function hasRoom({ bare, message }: Template, event: CloudEvent, { validators }: RunContext): boolean {
  return bare === undefined || message === undefined || validators.get(message.payload)(event).length === 0;
}
