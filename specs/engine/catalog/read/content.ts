import { follow, type Resolved } from "../follow.ts";
import { defineMember, isPlainObject, type PlainObject, pointerOf } from "../pointer.ts";
import type { FieldEncoding, MediaType, Operation, SchemaRef } from "../types.ts";
import { isCarried, type OpenapiContext, objectAt } from "./openapi-context.ts";

/** The request body of an operation, of a webhook or of a callback; undefined where it has none. */
export function readRequestBody(
  context: OpenapiContext,
  node: unknown,
  at: string,
): Operation["requestBody"] {
  if (node === undefined) return undefined;
  const resolved = objectAt(context, node, at, "a request body");
  if (resolved === undefined) return undefined;
  return {
    required: resolved.node["required"] === true,
    content: readContent(context, resolved.node["content"], `${resolved.pointer}/content`),
  };
}

/** The media types of a body by name in lower case, each with the place of its schema and its examples. */
export function readContent(
  context: OpenapiContext,
  declared: unknown,
  place: string,
): Record<string, MediaType> {
  const content: Record<string, MediaType> = {};
  const { node, pointer } = wholeMap(context, declared, place);
  if (!isPlainObject(node)) return content;
  for (const [name, media] of Object.entries(node)) {
    const at = pointer + pointerOf(name);
    const resolved = objectAt(context, media, at, "a media type");
    if (resolved === undefined) continue;
    if (!isCarried(context, "media-type", name, at)) continue;
    // Of a sequence (lines, events) either of them says what each part of it is.
    const keyword = resolved.node["schema"] === undefined ? "itemSchema" : "schema";
    const schema = schemaRef(context, resolved.node[keyword], `${resolved.pointer}/${keyword}`);
    const encoding = readEncoding(context, resolved.node["encoding"], `${resolved.pointer}/encoding`);
    content[name.toLowerCase()] = {
      ...(schema === undefined ? {} : { schema }),
      ...(encoding === undefined ? {} : { encoding }),
      examples: readExamples(context, resolved.node, resolved.pointer),
    };
  }
  return content;
}

function readEncoding(context: OpenapiContext, declared: unknown, place: string): MediaType["encoding"] {
  const encoding: Record<string, FieldEncoding> = {};
  for (const [name, node] of isPlainObject(declared) ? Object.entries(declared) : []) {
    const field = objectAt(context, node, place + pointerOf(name), "an encoding")?.node ?? {};
    const { contentType, style, explode } = field;
    const read: FieldEncoding = {
      ...(typeof contentType === "string" ? { contentType } : {}),
      ...(typeof style === "string" ? { style } : {}),
      ...(typeof explode === "boolean" ? { explode } : {}),
    };
    if (Object.keys(read).length > 0) defineMember(encoding, name, read);
  }
  return Object.keys(encoding).length === 0 ? undefined : encoding;
}

/** The standard refers to the entries of a map, but references in the place of whole maps are written, and clear. */
export function wholeMap(context: OpenapiContext, node: unknown, pointer: string): Resolved {
  return follow(context.content, node, pointer) ?? { node: undefined, pointer };
}

/** `examples` by name; a single `example` is called `default`. */
export function readExamples(
  context: OpenapiContext,
  node: PlainObject,
  pointer: string,
): Record<string, unknown> {
  const examples: Record<string, unknown> = {};
  if (node["example"] !== undefined) examples["default"] = node["example"];
  const map = node["examples"];
  for (const [name, example] of isPlainObject(map) || Array.isArray(map) ? Object.entries(map) : []) {
    const resolved = follow(context.content, example, `${pointer}/examples${pointerOf(name)}`);
    if (resolved === undefined) continue;
    if (Array.isArray(map) || !isPlainObject(resolved.node)) examples[name] = resolved.node;
    else if ("value" in resolved.node) examples[name] = resolved.node["value"];
    else if ("dataValue" in resolved.node) examples[name] = resolved.node["dataValue"];
  }
  return examples;
}

/** The place of a schema. A bare `$ref` is followed, so that a component is always known by its own place. */
export function schemaRef(context: OpenapiContext, node: unknown, pointer: string): SchemaRef | undefined {
  if (node === undefined) return undefined;
  let place: Resolved = { node, pointer };
  if (isPlainObject(node) && typeof node["$ref"] === "string" && Object.keys(node).every(isAnnotation)) {
    const target = follow(context.content, node, pointer);
    if (target === undefined) return undefined;
    place = target;
  }
  return { document: context.path, pointer: place.pointer };
}

function isAnnotation(keyword: string): boolean {
  return ["$ref", "description", "summary"].includes(keyword) || keyword.startsWith("x-");
}
