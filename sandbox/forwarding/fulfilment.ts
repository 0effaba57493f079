import { readResponse, writeRequest } from "../../specs/engine/catalog/exchange/bind.ts";
import { compileResponseValidator } from "../../specs/engine/catalog/exchange/validate-response.ts";
import { encodeBody } from "../../specs/engine/catalog/exchange/write-body.ts";
import { operationsByCapability, schemaAt, takesHeader } from "../../specs/engine/catalog/lookup.ts";
import type { Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog, Operation } from "../../specs/engine/catalog/types.ts";
import { parseJson } from "../../specs/engine/parse-json.ts";
import { isObject } from "../capabilities/define.ts";
import { toUtc } from "../capabilities/time.ts";
import type { StoredNotice } from "../capabilities/webhooks/build-notices.ts";
import type { ForwardedOffer } from "../capabilities/webhooks/forward-records.ts";
import { CANCEL, LOOK, OFFER } from "../capabilities/work-orders/fulfilment-calls.ts";
import type { WorkOrderRecord } from "../capabilities/work-orders/records.ts";
import type { JsonObject } from "../store/store.ts";
import type { PartnerReply, PartnerRequest } from "./caller.ts";

/** What an answer of a build means for the order. */
export interface Verdict extends JsonObject {
  readonly verdict: "accepted" | "declined" | "waiting" | "failed";
}

export const failed = (reason: string): Verdict => ({ verdict: "failed", reason });

/** The operation by which the build is asked next; undefined where the spec set has none. */
export function operationFor(catalog: Catalog, { takenIn }: ForwardedOffer): Operation | undefined {
  const [offer] = operationsByCapability(catalog, OFFER);
  const [look] = operationsByCapability(catalog, LOOK);
  return takenIn ? (look ?? offer) : offer;
}

/**
 * The request that asks the build, without credentials. An offer that is repeated keeps its idempotency key.
 * @throws EcoError `ECO_INPUT_MISSING`, `ECO_INPUT_INVALID` where the operation has no place for what it needs
 */
export function requestFor(
  operation: Operation,
  offer: ForwardedOffer,
  order: WorkOrderRecord,
  catalog: Catalog,
): PartnerRequest {
  const offering = operation.capability?.name === OFFER;
  const input = offering
    ? declaredOnly(operation, offered(order, catalog), catalog)
    : { workOrderId: order.id };
  const moved = offer.revision === undefined ? "" : `.r${offer.revision}`;
  const key = `${order.id}.${offer.attempt}${moved}${offer.takenIn ? `.${offer.tries}` : ""}`;
  return toBuild(operation, input, { url: offer.url, key });
}

/**
 * The request that tells the build something, without credentials; repeated under the same key.
 * @throws EcoError as `requestFor`
 */
export function noticeRequest(
  operation: Operation,
  { id, value: { workOrderId, url, content } }: StoredNotice,
  catalog: Catalog,
): PartnerRequest {
  return toBuild(operation, declaredOnly(operation, { workOrderId, ...content }, catalog), { url, key: id });
}

function toBuild(
  operation: Operation,
  input: JsonObject,
  { url, key }: { readonly url: string; readonly key: string },
): PartnerRequest {
  const { method, path, search, headers, body: value } = writeRequest(operation, input);
  const body = value === undefined ? undefined : encodeBody(operation, value);
  const base = operation.path.slice(0, operation.path.length - operation.template.length);
  const sent = Object.entries({
    accept: "application/json, application/problem+json",
    ...headers,
    ...(body === undefined ? {} : { "content-type": body.contentType }),
    ...(takesHeader(operation, "idempotency-key") ? { "idempotency-key": key } : {}),
  });
  return {
    method,
    // The address given is where the paths of the document begin, whatever its own server is.
    url: `${url.replace(/\/+$/, "")}${path.slice(base.length)}${search}`,
    headers: Object.fromEntries(sent.map(([name, value]) => [name.toLowerCase(), value])),
    ...(body === undefined ? {} : { body: body.text }),
  };
}

function offered(order: WorkOrderRecord, { ecosystem }: Catalog): JsonObject {
  const { id, product, customer, usage, respondBy } = order;
  const scheduledFor = toUtc(order.scheduledFor, ecosystem.timeZone) ?? order.scheduledFor;
  return { workOrderId: id, product, customer, scheduledFor, usage, respondBy };
}

/** A body that takes declared fields only is given no other. */
function declaredOnly(
  { requestBody, capability, parameters }: Operation,
  input: JsonObject,
  catalog: Catalog,
) {
  const schemas = Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => {
    const found = schema && schemaAt(catalog, schema);
    return isObject(found) && found["additionalProperties"] === false ? [found["properties"]] : [];
  });
  const bound = Object.keys(capability?.request ?? {}).map((field) => field.split(".")[0]);
  const known = (field: string): boolean =>
    bound.includes(field) ||
    parameters.some(({ name }) => name === field) ||
    schemas.every((properties) => isObject(properties) && Object.hasOwn(properties, field));
  return Object.fromEntries(Object.entries(input).filter(([field]) => known(field)));
}

/** Statuses of a build that may answer otherwise when it is asked again. */
const PASSING: ReadonlySet<number> = new Set([401, 403, 408, 425, 429]);

/** What a build made of being told something. */
export interface Told extends JsonObject {
  readonly verdict: "told" | "refused" | "failed";
}

export function toldOf(operation: Operation, reply: PartnerReply): Told {
  if (reply.kind === "failed")
    return { verdict: "failed", reason: `its build gives no answer: ${reply.error}.` };
  const { status } = reply;
  if (status >= 200 && status < 300) return { verdict: "told" };
  // What it doesn't have needn't be called off.
  const isGone = status === 404 || status === 410;
  if (isGone && operation.capability?.name === CANCEL) return { verdict: "told" };
  const reason = `its build answered ${operation.id} with ${status}.`;
  const isFinal = status >= 400 && status < 500 && !PASSING.has(status);
  return { verdict: isFinal ? "refused" : "failed", reason };
}

/** Holds the answer against the operation, and reads what it says of the order. */
export function verdictOf(
  operation: Operation,
  reply: PartnerReply,
  workOrderId: string,
  validators: Validators,
): Verdict {
  if (reply.kind === "failed") return failed(`Its build gives no answer: ${reply.error}.`);
  const { status, headers } = reply;
  if (status < 200 || status > 299) return failed(`Its build answered ${operation.id} with ${status}.`);
  const body = parseJson(reply.body);
  if (body === undefined) return failed(`What its build answered to ${operation.id} is no JSON.`);
  const [violation] = compileResponseValidator(validators, operation)({ status, headers, body });
  if (violation !== undefined) {
    const { pointer, message } = violation;
    return failed(
      `What its build answered to ${operation.id} breaks the specification: ${pointer} ${message}.`,
    );
  }
  const result = readResponse(operation, body);
  return isObject(result) ? said(operation, result, workOrderId) : failed(`${operation.id} tells no status.`);
}

function said({ id }: Operation, result: JsonObject, workOrderId: string): Verdict {
  const { status, reason } = result;
  if (result["id"] !== undefined && result["id"] !== workOrderId)
    return failed(
      `What its build answered to ${id} is about another order, ${JSON.stringify(result["id"])}.`,
    );
  switch (status) {
    case "offered":
      return { verdict: "waiting" };
    case "accepted":
    case "rescheduled":
    case "in-progress":
    case "completed":
      return { verdict: "accepted" };
    case "declined":
    case "cancelled":
      return { verdict: "declined", ...(typeof reason === "string" ? { reason } : {}) };
    default:
      return failed(
        `What its build answered to ${id} has no status that is known: ${JSON.stringify(status)}.`,
      );
  }
}
