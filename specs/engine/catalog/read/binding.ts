import { parseLocator } from "../exchange/locator.ts";
import { isPlainObject, type PlainObject, pointerOf } from "../pointer.ts";
import type { Report } from "../report.ts";
import type { CapabilityBinding, Locator } from "../types.ts";

/** `x-eco-capability` and `x-eco-bind` of an operation. What is malformed is reported and left out. */
export function readBinding(
  operation: PlainObject,
  pointer: string,
  report: Report,
): CapabilityBinding | undefined {
  const name = operation["x-eco-capability"];
  const bind = operation["x-eco-bind"];
  if (name === undefined) {
    if (bind !== undefined) {
      report.warning(
        `${pointer}/x-eco-bind`,
        "spec.bind.without-capability",
        "`x-eco-bind` has no effect without `x-eco-capability`.",
        "Name the capability, or remove the binding.",
      );
    }
    return undefined;
  }
  if (typeof name !== "string" || !/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/.test(name)) {
    report.error(
      `${pointer}/x-eco-capability`,
      "spec.capability.name",
      "`x-eco-capability` must be the name of a capability, such as `deliveries.submit`.",
      "Use a name from the list of capabilities.",
    );
    return undefined;
  }
  const parts = isPlainObject(bind) ? bind : {};
  if (bind !== undefined && !isPlainObject(bind)) {
    report.error(
      `${pointer}/x-eco-bind`,
      "spec.bind.shape",
      "`x-eco-bind` must be an object.",
      "Give `request` or `response`.",
    );
  }
  for (const key of Object.keys(parts)) {
    if (key === "request" || key === "response") continue;
    const at = `${pointer}/x-eco-bind${pointerOf(key)}`;
    report.error(at, "spec.bind.shape", `\`x-eco-bind\` has no \`${key}\`.`, "Use `request` and `response`.");
  }
  return {
    name,
    request: readRequestBinding(parts["request"], `${pointer}/x-eco-bind/request`, report),
    response: readResponseBinding(parts["response"], `${pointer}/x-eco-bind/response`, report),
  };
}

function readRequestBinding(node: unknown, pointer: string, report: Report): Record<string, Locator> {
  const request: Record<string, Locator> = {};
  for (const [field, locator] of isPlainObject(node) ? Object.entries(node) : []) {
    const at = pointer + pointerOf(field);
    if (isPlainObject(locator) && "const" in locator) {
      request[field] = { const: locator["const"] };
    } else if (typeof locator === "string" && parseLocator(locator) !== undefined) {
      request[field] = locator;
    } else {
      report.error(
        at,
        "spec.bind.expression",
        `${JSON.stringify(locator)} is no place in a request.`,
        "Write `$request.body#/…`, `$request.path.…`, `$request.query.…`, `$request.header.…`, or {const: …}.",
      );
    }
  }
  return request;
}

function readResponseBinding(node: unknown, pointer: string, report: Report): Record<string, string> {
  const response: Record<string, string> = {};
  for (const [place, field] of isPlainObject(node) ? Object.entries(node) : []) {
    const at = pointer + pointerOf(place);
    if (/\/(\/|$)/.test(place)) {
      report.error(
        at,
        "spec.bind.expression",
        `The pointer ${place} names a property without a name.`,
        "Write one slash before each name: `/set/yen`.",
      );
    } else if ((place === "" || place.startsWith("/")) && typeof field === "string" && field !== "")
      response[place] = field;
    else {
      report.error(
        at,
        "spec.bind.expression",
        "A response binding goes from a pointer in the body to the name of a field of the result.",
        "Write it as `/id: id`.",
      );
    }
  }
  return response;
}
