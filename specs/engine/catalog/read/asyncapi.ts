import { follow } from "../follow.ts";
import { foreignFormat } from "../normalise/schema-format.ts";
import { isPlainObject, type PlainObject, pointerOf, pointerTokens, resolvePointer } from "../pointer.ts";
import type { Report } from "../report.ts";
import type { Message } from "../types.ts";
import { isTextMap, textOf } from "../untyped.ts";

export interface AsyncapiContext {
  readonly path: string;
  readonly content: PlainObject;
  readonly report: Report;
}

/** Messages of an AsyncAPI 3 document: those of its channels, then those of its components that no channel carries. */
export function readAsyncapi(context: AsyncapiContext): Message[] {
  const { content, report } = context;
  const messages = new Map<string, Message>();
  const leftOut = new Set<string>();
  const pointers = new Set<string>();
  const types = new Set<string>();
  const add = (message: Message | undefined): void => {
    if (message === undefined) return;
    // One message on several channels is listed once, with the first channel.
    if (pointers.has(message.pointer)) return;
    const id = messages.has(message.id) ? `${message.channel}.${message.id}` : message.id;
    const type = types.has(message.type) ? id : message.type;
    pointers.add(message.pointer);
    types.add(type);
    messages.set(id, { ...message, id, type });
  };
  const channels = content["channels"];
  for (const [name, value] of isPlainObject(channels) ? Object.entries(channels) : []) {
    const channel = follow(content, value, pointerOf("channels", name));
    if (channel === undefined || !isPlainObject(channel.node)) continue;
    const address = channel.node["address"];
    const list = channel.node["messages"];
    for (const [key, message] of isPlainObject(list) ? Object.entries(list) : []) {
      const at = `${channel.pointer}/messages${pointerOf(key)}`;
      add(
        readMessage({ ...context, leftOut }, key, message, at, {
          name,
          address: typeof address === "string" ? address : "",
        }),
      );
    }
  }
  const components = content["components"];
  const shared = isPlainObject(components) ? components["messages"] : undefined;
  for (const [key, message] of isPlainObject(shared) ? Object.entries(shared) : []) {
    add(
      readMessage({ ...context, leftOut }, key, message, pointerOf("components", "messages", key), {
        name: "",
        address: "",
      }),
    );
  }
  if (messages.size === 0 && leftOut.size === 0) {
    report.warning(
      "",
      "spec.asyncapi.empty",
      "The document declares no message.",
      "Add messages to its channels.",
    );
  }
  return [...messages.values()];
}

function readMessage(
  context: AsyncapiContext & { readonly leftOut: Set<string> },
  key: string,
  node: unknown,
  at: string,
  channel: { readonly name: string; readonly address: string },
): Message | undefined {
  const { content, report, path, leftOut } = context;
  const resolved = follow(content, node, at);
  if (resolved === undefined) return undefined;
  if (!isPlainObject(resolved.node)) {
    report.error(at, "spec.asyncapi.shape", "A message must be an object.", "Give an object with a payload.");
    return undefined;
  }
  const message = withTraits(content, resolved.node);
  const payload = messagePayload(content, message, resolved.pointer);
  if (payload === undefined) {
    // A component is met again by each channel that refers to it.
    if (leftOut.has(resolved.pointer)) return undefined;
    leftOut.add(resolved.pointer);
    report.warning(
      resolved.pointer,
      UNSENDABLE,
      `The message ${key} can't be sent: ${whyUnsendable(content, message)}.`,
      "Give it a payload that JSON Schema describes.",
    );
    return undefined;
  }
  // A component keeps its own key wherever it is referred to from.
  const tokens = pointerTokens(resolved.pointer);
  const id = tokens[0] === "components" ? (tokens.at(-1) ?? key) : key;
  const name = textOf(message["name"]) || id;
  const event = message["x-eco-event"];
  const bind = message["x-eco-bind"];
  const examples = (Array.isArray(message["examples"]) ? message["examples"] : []).filter(isPlainObject);
  const headers = headersPlace(content, resolved.node, resolved.pointer);
  const headerExamples = examples.map((example) => example["headers"]).filter(isPlainObject);
  const contentType = message["contentType"] ?? content["defaultContentType"];
  return {
    id,
    document: path,
    type: constantType(content, payload.node, new Set()) ?? name,
    title: textOf(message["title"]) || name,
    summary: textOf(message["summary"]),
    description: textOf(message["description"]),
    channel: channel.name,
    address: channel.address,
    payload: { document: path, pointer: payload.pointer },
    examples: examples.map((example) => example["payload"]).filter((value) => value !== undefined),
    ...(typeof contentType === "string" ? { contentType } : {}),
    ...(headers === undefined ? {} : { headers: { document: path, pointer: headers } }),
    ...(headerExamples.some((one) => Object.keys(one).length > 0) ? { headerExamples } : {}),
    ...(typeof event === "string" ? { event } : {}),
    ...(isTextMap(bind) ? { bind } : {}),
    pointer: resolved.pointer,
  };
}

/** Of findings about messages that are left out. */
const UNSENDABLE = "spec.asyncapi.payload";

function whyUnsendable(content: PlainObject, { payload }: PlainObject): string {
  if (payload === undefined) return "it declares no payload";
  const format = foreignFormat(follow(content, payload, "")?.node);
  return format === undefined
    ? "its payload leads nowhere"
    : `its payload is described as ${format}, not as JSON Schema`;
}

/** Why messages of a document are left out, by their keys and names. */
export function unsendableMessages(context: Pick<AsyncapiContext, "path" | "content">): Map<string, string> {
  const reasons = new Map<string, string>();
  const report: Report = {
    error() {},
    warning(pointer, code, message) {
      if (code !== UNSENDABLE) return;
      const { name } = resolvePointer(context.content, pointer) as { readonly name?: unknown };
      for (const known of [pointerTokens(pointer).at(-1), name])
        if (typeof known === "string") reasons.set(known, message);
    },
  };
  readAsyncapi({ ...context, report });
  return reasons;
}

/** Where the schema of a message's payload stands; a multi-format schema only when its format is JSON Schema. */
export function messagePayload(
  content: PlainObject,
  message: PlainObject,
  pointer: string,
): { readonly node: unknown; readonly pointer: string } | undefined {
  const payload = message["payload"];
  return payload === undefined ? undefined : schemaPlace(content, payload, `${pointer}/payload`);
}

function schemaPlace(
  content: PlainObject,
  schema: unknown,
  pointer: string,
): { readonly node: unknown; readonly pointer: string } | undefined {
  const resolved = follow(content, schema, pointer);
  if (resolved === undefined || !isPlainObject(resolved.node)) return resolved;
  if (typeof resolved.node["schemaFormat"] !== "string" || resolved.node["schema"] === undefined)
    return resolved;
  if (foreignFormat(resolved.node) !== undefined) return undefined;
  return follow(content, resolved.node["schema"], `${resolved.pointer}/schema`);
}

/** The message with what its traits add; the message's own fields win. */
function withTraits(content: PlainObject, message: PlainObject): PlainObject {
  const traits = message["traits"];
  if (!Array.isArray(traits)) return message;
  const merged: Record<string, unknown> = {};
  for (const trait of traits) {
    const resolved = follow(content, trait, "")?.node;
    if (isPlainObject(resolved)) Object.assign(merged, resolved);
  }
  return { ...merged, ...message };
}

/** Where the schema of a message's headers stands: with itself, or with one of its traits. */
function headersPlace(content: PlainObject, message: PlainObject, pointer: string): string | undefined {
  const { traits } = message;
  const places = [
    { node: message, pointer },
    ...(Array.isArray(traits) ? traits.toReversed() : []).map((trait) => follow(content, trait, "")),
  ];
  const place = places.find((one) => isPlainObject(one?.node) && one.node["headers"] !== undefined);
  if (place === undefined || !isPlainObject(place.node)) return undefined;
  return schemaPlace(content, place.node["headers"], `${place.pointer}/headers`)?.pointer;
}

/** The constant that a payload's `type` must have, as a CloudEvents envelope declares it. */
function constantType(content: PlainObject, schema: unknown, seen: Set<unknown>): string | undefined {
  const node = follow(content, schema, "")?.node;
  if (!isPlainObject(node) || seen.has(node)) return undefined;
  seen.add(node);
  const properties = node["properties"];
  const type = isPlainObject(properties) ? follow(content, properties["type"], "")?.node : undefined;
  if (isPlainObject(type)) {
    if (typeof type["const"] === "string") return type["const"];
    const values = type["enum"];
    if (Array.isArray(values) && values.length === 1 && typeof values[0] === "string") return values[0];
  }
  for (const part of Array.isArray(node["allOf"]) ? node["allOf"] : []) {
    const found = constantType(content, part, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
