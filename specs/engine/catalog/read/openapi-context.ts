import { isHeaderName, isHeaderValue } from "../exchange/header-field.ts";
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

/**
 * Whether HTTP can carry what a document names: the name of a header or of a parameter in one, or a media type. What it
 * can't is reported, and whoever asked leaves it out.
 */
export function isCarried(
  { report }: OpenapiContext,
  what: "header" | "parameter" | "media-type",
  text: string,
  pointer: string,
): boolean {
  const isType = what === "media-type";
  if (isType ? isHeaderValue(text) : isHeaderName(text)) return true;
  const why = isType ? "is no media type: no header can carry it" : "can't be the name of a header";
  const how = isType ? "Write it as `application/json`" : "Use letters, digits and hyphens";
  const code = `spec.openapi.${what}`;
  report.error(pointer, code, `${JSON.stringify(text)} ${why}.`, `${how}; until then it is left out.`);
  return false;
}
