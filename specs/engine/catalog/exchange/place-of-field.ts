import { pointerOf, pointerTokens } from "../pointer.ts";
import type { Operation } from "../types.ts";
import { parseLocator } from "./locator.ts";

/**
 * Where a canonical input field stands in a request of an operation, in the form of problem details: `#/usage/kwh` →
 * `#/plug/metering/kwh`, or `$request.query.month`. The same where nothing is bound to it, or something that no request says.
 * @param pointer of a field of the canonical input, or of what lies within one
 */
export function placeOfField(operation: Operation, pointer: string): string {
  if (!pointer.startsWith("#/")) return pointer;
  const tokens = pointerTokens(pointer);
  const bound = Object.entries(operation.capability?.request ?? {})
    .map(([field, locator]) => ({ field: field.split("."), locator }))
    .filter(({ field }) => leadsTo(field, tokens))
    .sort((one, other) => other.field.length - one.field.length)[0];
  if (bound === undefined) return placeOfName(operation, tokens) ?? pointer;
  const { field, locator } = bound;
  const place = typeof locator === "string" ? parseLocator(locator) : undefined;
  if (place === undefined) return pointer;
  if (place.in !== "body") return `$request.${place.in}.${place.name}`;
  const items = tokens.filter((_, at) => field[at] === "*");
  const outer = place.tokens.map((token) => (token === "*" ? (items.shift() ?? token) : token));
  return `#${pointerOf(...outer, ...tokens.slice(field.length))}`;
}

const leadsTo = (field: readonly string[], tokens: readonly string[]): boolean =>
  field.length <= tokens.length && field.every((name, at) => name === "*" || name === tokens[at]);

/** A parameter that goes by the field's own name. */
function placeOfName({ parameters }: Operation, [name]: readonly string[]): string | undefined {
  const parameter = parameters.find((one) => one.name === name && (one.in === "path" || one.in === "query"));
  return parameter === undefined ? undefined : `$request.${parameter.in}.${parameter.name}`;
}
