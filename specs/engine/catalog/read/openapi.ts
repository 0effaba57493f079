import { isPlainObject, pointerOf, resolvePointer } from "../pointer.ts";
import { splitTemplate } from "../routes/route-query.ts";
import type { Message, Operation } from "../types.ts";
import { textOf, textsOf } from "../untyped.ts";
import { readBinding } from "./binding.ts";
import { readRequestBody } from "./content.ts";
import { declaredParameters } from "./declared-parameters.ts";
import { type OpenapiContext, objectAt, type PlacedObject } from "./openapi-context.ts";
import { operationsIn } from "./openapi-walk.ts";
import { readResponses } from "./responses.ts";
import { readSecurity } from "./security.ts";
import { basePathsOf } from "./servers.ts";
import { readCallbacks, readWebhooks } from "./webhooks.ts";

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
  const withCallbacks = operations.map((operation) => {
    const node = resolvePointer(content, operation.pointer);
    if (!isPlainObject(node) || node["callbacks"] === undefined) return operation;
    const { id, pointer } = operation;
    const found = readCallbacks(context, { id, node, pointer });
    messages.push(...found.messages);
    return { ...operation, callbacks: found.callbacks };
  });
  messages.push(...readWebhooks(context));
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
  const item = objectAt(context, node, at, "a path item");
  if (item === undefined) return [];
  const operations: Operation[] = [];
  for (const { method, node: operation, pointer: within } of operationsIn(item.node)) {
    const pointer = item.pointer + within;
    if (!isPlainObject(operation)) {
      report.error(pointer, "spec.openapi.shape", "An operation must be an object.", "Give an object.");
      continue;
    }
    operations.push(readOperation(context, template, method, item, { node: operation, pointer }));
  }
  return operations;
}

function readOperation(
  context: OpenapiContext,
  template: string,
  method: string,
  item: PlacedObject,
  operation: PlacedObject,
): Operation {
  const { node, pointer } = operation;
  const id = node["operationId"];
  const [base, ...others] = basePathsOf([node["servers"], item.node["servers"], context.content["servers"]]);
  const body = readRequestBody(context, node["requestBody"], `${pointer}/requestBody`);
  const binding = readBinding(node, pointer, context.report);
  const { path, query } = splitTemplate(template);
  return {
    id: typeof id === "string" && id !== "" ? id : `${method} ${template}`,
    document: context.path,
    method,
    path: base + path,
    ...(others.length === 0 ? {} : { otherPaths: others.map((other) => other + path) }),
    template,
    ...(Object.keys(query).length === 0 ? {} : { query }),
    tags: textsOf(node["tags"]),
    summary: textOf(node["summary"] ?? item.node["summary"]),
    description: textOf(node["description"] ?? item.node["description"]),
    deprecated: node["deprecated"] === true,
    parameters: declaredParameters(context, template, item, operation),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: readResponses(context, node["responses"], `${pointer}/responses`),
    security: readSecurity(context, node["security"] ?? context.content["security"], pointer),
    ...(binding === undefined ? {} : { capability: binding }),
    pointer,
  };
}
