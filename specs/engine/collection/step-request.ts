import { serialiseNamed } from "../catalog/exchange/serialise-parameter.ts";
import type { PlainObject } from "../catalog/pointer.ts";
import type { Operation } from "../catalog/types.ts";
import { objectsOf, textOf } from "../catalog/untyped.ts";
import { resolveList, type WorkflowPlace } from "../journey/documents.ts";
import { evaluateValue, type Scope } from "../journey/expression.ts";
import { type Payload, payloadOf } from "../journey/request.ts";
import { bodyOf } from "./example-values.ts";
import { written } from "./markers.ts";
import { filled, pairsIn, type RequestContext } from "./requests.ts";
import type { Body, CollectedRequest, Field } from "./types.ts";

interface StepParts {
  /** The operation's request, with the values that it has by itself. */
  readonly base: CollectedRequest;
  readonly operation: Operation;
  readonly place: WorkflowPlace;
  readonly step: PlainObject;
}

/** An operation as a step of a workflow calls it, or why nobody can tell how. */
export async function stepRequest(
  context: RequestContext,
  { base, operation, place, step }: StepParts,
  scope: Scope,
): Promise<CollectedRequest | string> {
  const values: Given[] = [];
  for (const { name, in: where, value } of [
    ...resolveList(place.node["parameters"], place),
    ...resolveList(step["parameters"], place),
  ]) {
    if (typeof name !== "string" || typeof where !== "string") continue;
    const evaluated = evaluateValue(value, scope);
    if (evaluated === undefined) return unknownValue(step, name);
    values.push({ name, in: where, value: evaluated });
  }
  const payload = await payloadOf(step["requestBody"], operation, scope);
  if (payload !== undefined && hasGap(payload.value)) return unknownValue(step, "its body");
  const body = payload === undefined ? undefined : payloadBody(context, operation, payload);
  const { body: _example, freshKey, ...rest } = base;
  const headers = headersOf(base, operation, values);
  const signsIn = headers.some(({ name }) => /^(authorization|cookie)$/i.test(name));
  const keyed = headers.some(({ name }) => name.toLowerCase() === freshKey?.toLowerCase());
  const path = pathOf(base, operation, values);
  return {
    ...rest,
    description: [textOf(step["description"]), base.description].filter((one) => one !== "").join("\n\n"),
    path,
    url: filled(operation.path, path),
    query: queryOf(base, operation, values),
    headers,
    auth: signsIn ? [] : base.auth,
    ...(freshKey === undefined || keyed ? {} : { freshKey }),
    ...(body === undefined ? {} : { body }),
    ...expectedOf(step),
  };
}

interface Given {
  readonly name: string;
  readonly in: string;
  readonly value: unknown;
}

const unknownValue = (step: PlainObject, what: string): string =>
  `its step ${textOf(step["stepId"])} takes ${what} from what no answer before holds`;

/** A reference that led nowhere. */
function hasGap(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasGap);
}

function payloadBody(
  { catalog }: RequestContext,
  operation: Operation,
  { contentType, value, isWritten }: Payload,
): Body {
  if (isWritten) return { kind: "text", mediaType: contentType, text: written(String(value)) };
  const media = operation.requestBody?.content[contentType] ?? { examples: {} };
  return bodyOf({ catalog, operation, type: contentType, media, isGuessed: false }, value);
}

function pathOf({ path }: CollectedRequest, operation: Operation, given: readonly Given[]): Field[] {
  return path.map((field) => {
    const own = given.findLast((one) => one.in === "path" && one.name === field.name);
    return own === undefined
      ? field
      : { name: field.name, value: written(serialiseNamed(operation, "path", field.name, own.value)) };
  });
}

/** What the step names is sent; the rest is there for the reader, where the operation doesn't want it. */
function queryOf({ query }: CollectedRequest, operation: Operation, given: readonly Given[]): Field[] {
  const own = given
    .filter((one) => one.in === "query" || one.in === "querystring")
    .flatMap((one) =>
      pairsIn(
        one.in === "querystring"
          ? String(one.value).replace(/^\?/, "").replaceAll(" ", "%20")
          : serialiseNamed(operation, "query", one.name, one.value),
      ),
    )
    .map(({ name, value }) => ({ name: written(name), value: written(value) }));
  const named = new Set(own.map(({ name }) => name));
  return [...own, ...query.filter(({ name }) => !named.has(name))];
}

function headersOf({ headers }: CollectedRequest, operation: Operation, given: readonly Given[]): Field[] {
  const own = given
    .filter((one) => one.in === "header")
    .map(({ name, value }) => ({ name, value: written(serialiseNamed(operation, "header", name, value)) }));
  const cookies = given
    .filter((one) => one.in === "cookie")
    .map(({ name, value }) => written(serialiseNamed(operation, "cookie", name, value)));
  const named = new Set(own.map(({ name }) => name.toLowerCase()));
  return [
    ...headers.filter(
      ({ name }) => !named.has(name.toLowerCase()) && !(cookies.length > 0 && name === "Cookie"),
    ),
    ...own,
    ...(cookies.length === 0 ? [] : [{ name: "Cookie", value: cookies.join("; ") }]),
  ];
}

/** The status codes that a step's criteria name; none is tested where they speak of it in another way. */
function expectedOf(step: PlainObject): Pick<CollectedRequest, "expected"> {
  const conditions = objectsOf(step["successCriteria"])
    .map(({ condition }) => textOf(condition))
    .filter((condition) => condition.includes("$statusCode"));
  if (conditions.length === 0) return {};
  return {
    expected: conditions.flatMap((condition) =>
      [...condition.matchAll(/\$statusCode\s*==\s*(\d{3})\b/g)].map(([, status]) => Number(status)),
    ),
  };
}
