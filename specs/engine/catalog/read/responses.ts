import { isPlainObject, pointerOf } from "../pointer.ts";
import type { ResponseSpec } from "../types.ts";
import { textOf } from "../untyped.ts";
import { readContent, schemaRef, wholeMap } from "./content.ts";
import { isCarried, type OpenapiContext, objectAt } from "./openapi-context.ts";

/** The responses of an operation, by status in the document's order; statuses that are none are reported and left out. */
export function readResponses(context: OpenapiContext, declared: unknown, place: string): ResponseSpec[] {
  const { node, pointer } = wholeMap(context, declared, place);
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
    const resolved = objectAt(context, value, at, "a response");
    if (resolved === undefined) continue;
    responses.push({
      status: status.toLowerCase() === "default" ? "default" : status.toUpperCase(),
      description: textOf(resolved.node["description"]),
      headers: readHeaders(context, resolved.node["headers"], `${resolved.pointer}/headers`),
      content: readContent(context, resolved.node["content"], `${resolved.pointer}/content`),
    });
  }
  return responses;
}

function readHeaders(context: OpenapiContext, declared: unknown, place: string): ResponseSpec["headers"] {
  const { node, pointer } = wholeMap(context, declared, place);
  const headers: Record<string, ResponseSpec["headers"][string]> = {};
  for (const [name, value] of isPlainObject(node) ? Object.entries(node) : []) {
    const resolved = objectAt(context, value, pointer + pointerOf(name), "a header");
    if (resolved === undefined || name.toLowerCase() === "content-type") continue;
    if (!isCarried(context, "header", name, pointer + pointerOf(name))) continue;
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
