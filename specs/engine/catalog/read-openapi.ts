import { follow, type Resolved } from "./follow.ts";
import type { OpenapiContext } from "./openapi-context.ts";
import { httpMethods } from "./openapi-walk.ts";
import { isPlainObject, type PlainObject, pointerOf, resolvePointer } from "./pointer.ts";
import { readBinding } from "./read-binding.ts";
import { readSecurity } from "./read-security.ts";
import { basePathOf } from "./read-servers.ts";
import { type ReadBody, readCallbacks, readWebhooks } from "./read-webhooks.ts";
import type { MediaType, Message, Operation, Parameter, ResponseSpec, SchemaRef } from "./types.ts";

export interface OpenapiParts {
  readonly operations: Operation[];
  readonly messages: Message[];
}

/** Operations of an OpenAPI 3.x document, and its webhooks and callbacks as messages. */
export function readOpenapi(context: OpenapiContext): OpenapiParts {
  const operations: Operation[] = [];
  const messages: Message[] = [];
  const { content, report } = context;
  const paths = content["paths"];
  if (paths !== undefined && !isPlainObject(paths)) {
    report.error("/paths", "spec.openapi.shape", "`paths` must be an object.", "Give a map of paths.");
  } else {
    for (const [template, item] of Object.entries(paths ?? {})) {
      if (template.startsWith("x-")) continue;
      operations.push(...readPathItem(context, template, item, pointerOf("paths", template)));
    }
  }
  const readBody: ReadBody = (node, pointer) => readRequestBody(context, node, pointer)?.content;
  const withCallbacks = operations.map((operation) => {
    const node = resolvePointer(content, operation.pointer);
    if (!isPlainObject(node) || node["callbacks"] === undefined) return operation;
    const { id, pointer } = operation;
    const found = readCallbacks(context, readBody, { id, node, pointer });
    messages.push(...found.messages);
    return { ...operation, callbacks: found.callbacks };
  });
  messages.push(...readWebhooks(context, readBody));
  return { operations: withCallbacks, messages };
}

function readPathItem(context: OpenapiContext, template: string, node: unknown, at: string): Operation[] {
  const { report } = context;
  if (!template.startsWith("/")) {
    report.error(
      at,
      "spec.openapi.path",
      `The path ${template} doesn't start with a slash.`,
      "Write a slash first.",
    );
    return [];
  }
  const item = object(context, node, at, "a path item");
  if (item === undefined) return [];
  const operations: Operation[] = [];
  for (const method of httpMethods) {
    const operation = item.node[method];
    if (operation === undefined) continue;
    const pointer = item.pointer + pointerOf(method);
    if (!isPlainObject(operation)) {
      report.error(pointer, "spec.openapi.shape", "An operation must be an object.", "Give an object.");
      continue;
    }
    operations.push(readOperation(context, template, method, item, { node: operation, pointer }));
  }
  return operations;
}

interface ResolvedObject {
  readonly node: PlainObject;
  readonly pointer: string;
}

function readOperation(
  context: OpenapiContext,
  template: string,
  method: string,
  item: ResolvedObject,
  operation: ResolvedObject,
): Operation {
  const { node, pointer } = operation;
  const upper = method.toUpperCase() as Operation["method"];
  const id = node["operationId"];
  const base = basePathOf([node["servers"], item.node["servers"], context.content["servers"]]);
  const body = readRequestBody(context, node["requestBody"], `${pointer}/requestBody`);
  const binding = readBinding(node, pointer, context.report);
  return {
    id: typeof id === "string" && id !== "" ? id : `${upper} ${template}`,
    document: context.path,
    method: upper,
    path: base + template,
    template,
    tags: Array.isArray(node["tags"]) ? node["tags"].filter((tag) => typeof tag === "string") : [],
    summary: text(node["summary"] ?? item.node["summary"]),
    description: text(node["description"] ?? item.node["description"]),
    deprecated: node["deprecated"] === true,
    parameters: readParameters(context, template, item, operation),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: readResponses(context, node["responses"], `${pointer}/responses`),
    security: readSecurity(context, node["security"] ?? context.content["security"], pointer),
    ...(binding === undefined ? {} : { capability: binding }),
    pointer,
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Follows references to an object; anything else is reported and left out. */
function object(
  context: OpenapiContext,
  node: unknown,
  pointer: string,
  what: string,
): ResolvedObject | undefined {
  const resolved = follow(context.content, node, pointer);
  if (resolved === undefined) {
    // Where it leads nowhere, the check of all references reports it.
    return undefined;
  }
  if (!isPlainObject(resolved.node)) {
    context.report.error(pointer, "spec.openapi.shape", `Expected ${what} here.`, "Give an object.");
    return undefined;
  }
  return { node: resolved.node, pointer: resolved.pointer };
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

// These headers are described elsewhere in an operation; as parameters the standard says to ignore them.
const ignoredHeaders = new Set(["accept", "content-type", "authorization"]);

function readParameters(
  context: OpenapiContext,
  template: string,
  item: ResolvedObject,
  operation: ResolvedObject,
): Parameter[] {
  const byKey = new Map<string, Parameter>();
  for (const level of [item, operation]) {
    const list = level.node["parameters"];
    if (list === undefined) continue;
    if (!Array.isArray(list)) {
      context.report.error(
        `${level.pointer}/parameters`,
        "spec.openapi.shape",
        "`parameters` must be a list.",
        "Give a list.",
      );
      continue;
    }
    for (const [index, node] of list.entries()) {
      const parameter = readParameter(context, node, `${level.pointer}/parameters/${index}`);
      if (parameter !== undefined) byKey.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  for (const [, name] of template.matchAll(/\{([^{}]+)\}/g)) {
    if (name === undefined || byKey.has(`path ${name}`)) continue;
    context.report.warning(
      operation.pointer,
      "spec.openapi.path-parameter",
      `The path parameter ${name} of ${template} isn't declared.`,
      "Declare it under `parameters` with `in: path`; until then any text is taken.",
    );
    byKey.set(`path ${name}`, { name, in: "path", required: true, examples: {} });
  }
  return [...byKey.values()].filter(
    (parameter) => parameter.in !== "header" || !ignoredHeaders.has(parameter.name.toLowerCase()),
  );
}

function readParameter(context: OpenapiContext, node: unknown, at: string): Parameter | undefined {
  const resolved = object(context, node, at, "a parameter");
  if (resolved === undefined) return undefined;
  const { node: value, pointer } = resolved;
  const place = value["in"];
  const name = value["name"];
  if (
    typeof name !== "string" ||
    !(place === "path" || place === "query" || place === "header" || place === "cookie")
  ) {
    context.report.error(
      pointer,
      "spec.openapi.parameter",
      "A parameter needs a `name`, and `in` must be path, query, header or cookie.",
      "Complete the parameter.",
    );
    return undefined;
  }
  const content = isPlainObject(value["content"])
    ? readContent(context, value["content"], `${pointer}/content`)
    : {};
  const [contentType, media] = Object.entries(content)[0] ?? [];
  const schema = schemaRef(context, value["schema"], `${pointer}/schema`) ?? media?.schema;
  return {
    name,
    in: place,
    required: place === "path" || value["required"] === true,
    ...(typeof value["description"] === "string" ? { description: value["description"] } : {}),
    ...(schema === undefined ? {} : { schema }),
    ...(typeof value["style"] === "string" ? { style: value["style"] } : {}),
    ...(typeof value["explode"] === "boolean" ? { explode: value["explode"] } : {}),
    ...(contentType === undefined ? {} : { contentType }),
    ...(value["allowEmptyValue"] === true ? { allowEmptyValue: true } : {}),
    ...(value["deprecated"] === true ? { deprecated: true } : {}),
    examples: { ...media?.examples, ...readExamples(context, value, pointer) },
  };
}

function readRequestBody(context: OpenapiContext, node: unknown, at: string): Operation["requestBody"] {
  if (node === undefined) return undefined;
  const resolved = object(context, node, at, "a request body");
  if (resolved === undefined) return undefined;
  return {
    required: resolved.node["required"] === true,
    content: readContent(context, resolved.node["content"], `${resolved.pointer}/content`),
  };
}

function readContent(context: OpenapiContext, node: unknown, pointer: string): Record<string, MediaType> {
  const content: Record<string, MediaType> = {};
  if (!isPlainObject(node)) return content;
  for (const [name, media] of Object.entries(node)) {
    const at = pointer + pointerOf(name);
    const resolved = object(context, media, at, "a media type");
    if (resolved === undefined) continue;
    const schema = schemaRef(context, resolved.node["schema"], `${resolved.pointer}/schema`);
    content[name.toLowerCase()] = {
      ...(schema === undefined ? {} : { schema }),
      examples: readExamples(context, resolved.node, resolved.pointer),
    };
  }
  return content;
}

/** `examples` by name; a single `example` is called `default`. */
function readExamples(context: OpenapiContext, node: PlainObject, pointer: string): Record<string, unknown> {
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

function readResponses(context: OpenapiContext, node: unknown, pointer: string): ResponseSpec[] {
  if (!isPlainObject(node)) {
    context.report.warning(
      pointer,
      "spec.openapi.no-response",
      "The operation declares no response.",
      "Declare at least one.",
    );
    return [];
  }
  const responses: ResponseSpec[] = [];
  for (const [status, value] of Object.entries(node)) {
    if (status.startsWith("x-")) continue;
    const at = pointer + pointerOf(status);
    if (!/^([1-5]\d\d|[1-5]XX|default)$/i.test(status)) {
      context.report.error(
        at,
        "spec.openapi.status",
        `${status} is no HTTP status.`,
        "Use a status, `4XX`, or `default`.",
      );
      continue;
    }
    const resolved = object(context, value, at, "a response");
    if (resolved === undefined) continue;
    responses.push({
      status: status.toLowerCase() === "default" ? "default" : status.toUpperCase(),
      description: text(resolved.node["description"]),
      headers: readHeaders(context, resolved.node["headers"], `${resolved.pointer}/headers`),
      content: readContent(context, resolved.node["content"], `${resolved.pointer}/content`),
    });
  }
  return responses;
}

function readHeaders(context: OpenapiContext, node: unknown, pointer: string): ResponseSpec["headers"] {
  const headers: Record<string, ResponseSpec["headers"][string]> = {};
  for (const [name, value] of isPlainObject(node) ? Object.entries(node) : []) {
    const resolved = object(context, value, pointer + pointerOf(name), "a header");
    if (resolved === undefined || name.toLowerCase() === "content-type") continue;
    const schema = schemaRef(context, resolved.node["schema"], `${resolved.pointer}/schema`);
    const description = resolved.node["description"];
    headers[name] = {
      required: resolved.node["required"] === true,
      ...(schema === undefined ? {} : { schema }),
      ...(typeof description === "string" ? { description } : {}),
    };
  }
  return headers;
}
