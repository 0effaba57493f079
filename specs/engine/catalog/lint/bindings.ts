import { parseLocator } from "../exchange/locator.ts";
import type { UnplacedFinding } from "../finding.ts";
import { follow } from "../follow.ts";
import { isPlainObject, pointerOf, pointerTokens, resolvePointer } from "../pointer.ts";
import { createReport, type Report } from "../report.ts";
import type { MediaType, Operation, SpecDocument } from "../types.ts";

/** Reports bindings to parameters or body fields that their operation doesn't declare. */
export function checkBindings(
  operations: readonly Operation[],
  documents: readonly SpecDocument[],
  findings: UnplacedFinding[],
): void {
  for (const operation of operations) {
    const binding = operation.capability;
    const content = documents.find((document) => document.path === operation.document)?.content;
    if (binding === undefined || content === undefined) continue;
    const report = createReport(operation.document, findings);
    for (const [field, locator] of Object.entries(binding.request)) {
      checkStars(
        `${operation.pointer}/x-eco-bind/request${pointerOf(field)}`,
        field,
        placeOf(locator),
        report,
      );
      if (typeof locator !== "string" || isDeclared(operation, locator, content)) continue;
      report.error(
        `${operation.pointer}/x-eco-bind/request${pointerOf(field)}`,
        "spec.bind.unknown",
        `${operation.id} has no ${locator}.`,
        "Bind to a parameter that the operation declares or to a field of its request body.",
      );
    }
    const answers = operation.responses.filter((response) => /^2/.test(response.status));
    for (const [place, field] of Object.entries(binding.response)) {
      checkStars(`${operation.pointer}/x-eco-bind/response${pointerOf(place)}`, field, place, report);
      const media = answers.flatMap((response) => Object.values(response.content));
      if (hasField(media, pointerTokens(place), content)) continue;
      report.error(
        `${operation.pointer}/x-eco-bind/response${pointerOf(place)}`,
        "spec.bind.unknown",
        `No success response of ${operation.id} has ${place}, to which ${field} is bound.`,
        "Bind a field that the response's schema declares.",
      );
    }
  }
}

/** The pointer of a place in a body; nothing where the value comes from elsewhere. */
function placeOf(locator: string | object): string {
  const place = typeof locator === "string" ? parseLocator(locator) : undefined;
  return place?.in === "body" ? pointerOf(...place.tokens) : "";
}

const starsIn = (tokens: readonly string[]): number => tokens.filter((token) => token === "*").length;

/** One item each: what stands for every item of a list on one side has to on the other. */
function checkStars(pointer: string, field: string, place: string, report: Report): void {
  const [inField, inPlace] = [starsIn(field.split(".")), starsIn(pointerTokens(place))];
  if (inField === inPlace) return;
  report.error(
    pointer,
    "spec.bind.list",
    `${field} has ${inField} times \`*\`, and its place ${place === "" ? "none" : `${place} ${inPlace}`}.`,
    "Write `*` for each item of a list on both sides, as in `/data/*/ref: items.*.id`.",
  );
}

function isDeclared(operation: Operation, locator: string, content: unknown): boolean {
  const place = parseLocator(locator);
  if (place === undefined) return false;
  if (place.in === "body")
    return hasField(Object.values(operation.requestBody?.content ?? {}), place.tokens, content);
  const name = place.in === "header" ? place.name.toLowerCase() : place.name;
  // Every request may carry it, and OpenAPI doesn't let it be declared as a parameter.
  if (place.in === "header" && name === "authorization") return true;
  return operation.parameters.some(
    (parameter) =>
      parameter.in === place.in &&
      (place.in === "header" ? parameter.name.toLowerCase() : parameter.name) === name,
  );
}

function hasField(media: readonly MediaType[], tokens: readonly string[], content: unknown): boolean {
  return media.some(({ schema }) => {
    if (schema === undefined) return true;
    return admits(resolvePointer(content, schema.pointer), tokens, content, new Set());
  });
}

/** Whether a value valid against the schema can have the field: declared, or allowed by a free-form object. */
function admits(schema: unknown, tokens: readonly string[], content: unknown, seen: Set<unknown>): boolean {
  const [token, ...rest] = tokens;
  if (token === undefined || schema === true) return true;
  const node = follow(content, schema, "")?.node;
  if (!isPlainObject(node) || seen.has(node)) return false;
  const within = new Set(seen).add(node);
  const properties = node["properties"];
  if (isPlainObject(properties) && Object.hasOwn(properties, token)) {
    return admits(properties[token], rest, content, new Set());
  }
  if (node["items"] !== undefined && (token === "*" || /^\d+$/.test(token))) {
    return admits(node["items"], rest, content, new Set());
  }
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    const list = node[keyword];
    if (Array.isArray(list) && list.some((part) => admits(part, tokens, content, within))) return true;
  }
  const additional = node["additionalProperties"];
  if (isPlainObject(additional)) return admits(additional, rest, content, new Set());
  // An object without any declared property is a free-form one; with some, an undeclared name is a typing error.
  return additional === true || Object.keys(node).length === 0;
}
