import { follow } from "../follow.ts";
import { isPlainObject, type PlainObject, pointerOf } from "../pointer.ts";
import type { Callback, Message } from "../types.ts";
import { isTextMap, textOf } from "../untyped.ts";
import { readRequestBody } from "./content.ts";
import type { OpenapiContext } from "./openapi-context.ts";
import { operationsIn } from "./openapi-walk.ts";

/** The webhooks of an OpenAPI 3.1 document: messages that the platform sends to whoever asked for them. */
export function readWebhooks(context: OpenapiContext): Message[] {
  const webhooks = context.content["webhooks"];
  return Object.entries(isPlainObject(webhooks) ? webhooks : {}).flatMap(([name, item]) => {
    const message = readMessage(context, item, pointerOf("webhooks", name), {
      id: name,
      channel: "webhooks",
    });
    return message ?? [];
  });
}

/** The callbacks of an operation, each with the message that it sends and the expression of where to. */
export function readCallbacks(
  context: OpenapiContext,
  operation: { readonly id: string; readonly node: PlainObject; readonly pointer: string },
): { readonly callbacks: Callback[]; readonly messages: Message[] } {
  const found: { readonly callback: Callback; readonly message: Message }[] = [];
  const { callbacks } = operation.node;
  for (const [name, node] of Object.entries(isPlainObject(callbacks) ? callbacks : {})) {
    const at = operation.pointer + pointerOf("callbacks", name);
    const callback = follow(context.content, node, at);
    if (callback === undefined || !isPlainObject(callback.node)) continue;
    for (const [url, item] of Object.entries(callback.node)) {
      if (url.startsWith("x-")) continue;
      const id = `${operation.id}.${name}`;
      const message = readMessage(context, item, callback.pointer + pointerOf(url), {
        id: found.some((one) => one.message.id === id) ? `${id}.${found.length}` : id,
        channel: "callbacks",
      });
      if (message !== undefined) found.push({ callback: { message: message.id, url }, message });
    }
  }
  return {
    callbacks: found.map(({ callback }) => callback),
    messages: found.map(({ message }) => message),
  };
}

function readMessage(
  context: OpenapiContext,
  node: unknown,
  at: string,
  { id, channel }: { readonly id: string; readonly channel: string },
): Message | undefined {
  const item = follow(context.content, node, at);
  if (item === undefined || !isPlainObject(item.node)) return undefined;
  const declared = operationsIn(item.node).find((candidate) => isPlainObject(candidate.node));
  const operation = declared?.node;
  if (declared === undefined || !isPlainObject(operation)) return undefined;
  const pointer = item.pointer + declared.pointer;
  const body = readRequestBody(context, operation["requestBody"], `${pointer}/requestBody`);
  const [[contentType, media] = []] = Object.entries(body?.content ?? {});
  if (contentType === undefined || media?.schema === undefined) return undefined;
  const event = operation["x-eco-event"];
  const bind = operation["x-eco-bind"];
  return {
    id,
    document: context.path,
    type: id,
    title: textOf(operation["summary"]) || id,
    summary: textOf(operation["summary"]),
    description: textOf(operation["description"]),
    channel,
    address: "",
    payload: media.schema,
    examples: Object.values(media.examples),
    ...(contentType.includes("*") ? {} : { contentType }),
    ...(typeof event === "string" ? { event } : {}),
    ...(isTextMap(bind) ? { bind } : {}),
    pointer,
  };
}
