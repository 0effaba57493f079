import { follow } from "../follow.ts";
import { isPlainObject, type PlainObject } from "../pointer.ts";
import type { Report } from "../report.ts";

/** One OpenAPI document while it is read. */
export interface OpenapiContext {
  readonly path: string;
  readonly content: PlainObject;
  readonly report: Report;
}

/** An object of the document, and the pointer to where it stands once references are followed. */
export interface PlacedObject {
  readonly node: PlainObject;
  readonly pointer: string;
}

/**
 * Follows references to an object; anything else is reported and left out.
 * @param what for the report: "a path item"
 */
export function objectAt(
  context: OpenapiContext,
  node: unknown,
  pointer: string,
  what: string,
): PlacedObject | undefined {
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
