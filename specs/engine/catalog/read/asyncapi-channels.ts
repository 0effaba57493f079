import { percentDecoded } from "../../percent-decoded.ts";
import { follow } from "../follow.ts";
import { isPlainObject, type PlainObject, pointerOf, resolvePointer } from "../pointer.ts";
import type { Catalog, Message, SpecDocument } from "../types.ts";
import { splitSourceReference } from "./arazzo-sources.ts";

/** A message that an event step may send or receive. */
export interface ChannelMessage {
  readonly message: Message;
  /** Where its correlation id is: `$message.payload#/subject`. Absent where the event spec declares none. */
  readonly correlation?: string;
}

/** What an event step of a workflow talks to. */
export interface StepChannel {
  readonly document: string;
  readonly name: string;
  readonly address: string;
  /** Those of the operation where the step names one, else all of the channel. */
  readonly messages: readonly ChannelMessage[];
}

/** Whether a step is about messages: Arazzo 1.1 has `action` and `channelPath` for no other kind. */
export const isEventStep = (step: PlainObject): boolean =>
  typeof step["channelPath"] === "string" || step["action"] === "send" || step["action"] === "receive";

/** The channel of an event step: by an operation of an AsyncAPI document, or by `channelPath`; undefined when there is none. */
export function findStepChannel(
  step: PlainObject,
  sources: ReadonlyMap<string, string>,
  catalog: Pick<Catalog, "documents" | "messages">,
): StepChannel | undefined {
  const among = catalog.documents.filter(
    ({ kind, path }) => kind === "asyncapi" && [...sources.values()].includes(path),
  );
  const { channelPath, operationId, operationPath } = step;
  if (typeof channelPath === "string") {
    const place = pointedAt(channelPath, sources, among);
    return place && channelAt(place.document, place.pointer, catalog.messages);
  }
  const place =
    (typeof operationPath === "string" ? pointedAt(operationPath, sources, among) : undefined) ??
    operationNamed(String(operationId ?? operationPath), sources, among);
  const operation = place && resolvePointer(place.document.content, place.pointer);
  if (place === undefined || !isPlainObject(operation)) return undefined;
  const { content } = place.document;
  const channel = follow(content, operation["channel"], "");
  if (channel === undefined) return undefined;
  const found = channelAt(place.document, channel.pointer, catalog.messages);
  const own = operation["messages"];
  if (found === undefined || !Array.isArray(own)) return found;
  const pointers = new Set(own.map((message) => follow(content, message, "")?.pointer));
  return { ...found, messages: found.messages.filter(({ message }) => pointers.has(message.pointer)) };
}

interface Place {
  readonly document: SpecDocument;
  readonly pointer: string;
}

/** `{$sourceDescriptions.NAME.url}#/channels/orders` */
function pointedAt(
  path: string,
  sources: ReadonlyMap<string, string>,
  among: readonly SpecDocument[],
): Place | undefined {
  const [, source = "", pointer = ""] =
    /^\{?\$sourceDescriptions\.([^.}#]+)(?:\.url)?\}?#(\/.+)$/.exec(path) ?? [];
  const document = among.find((one) => one.path === sources.get(source));
  return document === undefined ? undefined : { document, pointer: percentDecoded(pointer) };
}

function operationNamed(
  reference: string,
  sources: ReadonlyMap<string, string>,
  among: readonly SpecDocument[],
): Place | undefined {
  const { source, id } = splitSourceReference(reference);
  const document = among.find(
    ({ path, content }) =>
      (source === undefined || sources.get(source) === path) &&
      isPlainObject(content["operations"]) &&
      Object.hasOwn(content["operations"], id),
  );
  return document === undefined ? undefined : { document, pointer: pointerOf("operations", id) };
}

function channelAt(
  { path, content }: SpecDocument,
  pointer: string,
  messages: readonly Message[],
): StepChannel | undefined {
  const channel = follow(content, resolvePointer(content, pointer), pointer);
  if (channel === undefined || !isPlainObject(channel.node)) return undefined;
  const { address } = channel.node;
  const listed = isPlainObject(channel.node["messages"]) ? Object.entries(channel.node["messages"]) : [];
  return {
    document: path,
    name: pointer.split("/").at(-1) ?? pointer,
    address: typeof address === "string" ? address : "",
    messages: listed.flatMap(([key, value]) => {
      const found = follow(content, value, `${channel.pointer}/messages${pointerOf(key)}`);
      const message = messages.find((one) => one.document === path && one.pointer === found?.pointer);
      if (message === undefined) return [];
      const correlation = correlationOf(content, found?.node);
      return [{ message, ...(correlation === undefined ? {} : { correlation }) }];
    }),
  };
}

/** The message's own correlation id, or that of its traits. */
function correlationOf(content: PlainObject, message: unknown): string | undefined {
  if (!isPlainObject(message)) return undefined;
  const traits = Array.isArray(message["traits"]) ? message["traits"] : [];
  for (const node of [message, ...traits.map((trait) => follow(content, trait, "")?.node)]) {
    const id = isPlainObject(node) ? follow(content, node["correlationId"], "")?.node : undefined;
    if (isPlainObject(id) && typeof id["location"] === "string") return id["location"];
  }
  return undefined;
}
