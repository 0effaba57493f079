import { withoutClimbing } from "../catalog/exchange/bind.ts";
import { isJsonType } from "../catalog/exchange/media-type.ts";
import {
  noValues,
  serialiseHeaders,
  serialiseNamed,
  serialiseSearch,
} from "../catalog/exchange/serialise-parameter.ts";
import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import type { Operation } from "../catalog/types.ts";
import { EcoError } from "../errors/index.ts";
import { jsonOrText } from "../parse-json.ts";
import { evaluateValue, type Scope } from "./expression.ts";
import { withReplacements } from "./replacements.ts";
import type { StepRequest } from "./types.ts";

/** A request ready to be sent, and the form of it that expressions and reports see. */
export interface BuiltRequest {
  readonly seen: StepRequest;
  readonly body?: BodyInit;
}

export interface RequestParts {
  readonly operation: Operation;
  readonly baseUrl: string;
  /** Resolved parameter objects: workflow's first, then the step's own, which win. */
  readonly parameters: readonly PlainObject[];
  readonly requestBody: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export async function buildRequest(parts: RequestParts, scope: Scope): Promise<BuiltRequest> {
  const { operation } = parts;
  const values = noValues();
  let querystring: string | undefined;
  for (const parameter of parts.parameters) {
    const { name, in: place } = parameter;
    if (place === "querystring") querystring = String(evaluateValue(parameter["value"], scope));
    if (typeof name !== "string" || typeof place !== "string" || !Object.hasOwn(values, place)) continue;
    const value = evaluateValue(parameter["value"], scope);
    if (value !== undefined) values[place as keyof typeof values][name] = value;
  }
  const body = await buildBody(parts.requestBody, operation, scope);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries({
    accept: "application/json, application/problem+json;q=0.9, */*;q=0.5",
    ...parts.headers,
  })) {
    headers[name.toLowerCase()] = value;
  }
  if (body?.contentType !== undefined) headers["content-type"] = body.contentType;
  Object.assign(headers, serialiseHeaders(operation, values));
  const search =
    querystring === undefined
      ? serialiseSearch(operation, values.query)
      : `?${querystring.replace(/^\?/, "").replaceAll(" ", "%20")}`;
  return {
    seen: {
      method: operation.method,
      url: parts.baseUrl + fillPath(operation, values.path) + search,
      headers,
      path: values.path,
      query: values.query,
      ...(body === undefined ? {} : { body: body.value }),
    },
    ...(body === undefined ? {} : { body: body.sent }),
  };
}

function fillPath(operation: Operation, values: Readonly<Record<string, unknown>>): string {
  const filled = operation.template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === null || value === "") {
      throw new EcoError("ECO_INPUT_MISSING", `The path parameter ${name} of ${operation.id} has no value.`, {
        fix: "Give the step a parameter for it whose expression has a value at this point.",
      });
    }
    return serialiseNamed(operation, "path", name, value);
  });
  return withoutClimbing(operation, filled);
}

interface BuiltBody {
  readonly value: unknown;
  readonly sent: BodyInit;
  /** Absent where the platform sets it (multipart, with its boundary). */
  readonly contentType?: string;
}

export interface Payload {
  readonly contentType: string;
  readonly value: unknown;
  /** Whether the value is the text that is sent: JSON that is none. */
  readonly isWritten: boolean;
}

/** What a step's `requestBody` says is sent: its media type and the value before it is written; undefined for nothing. */
export async function payloadOf(
  node: unknown,
  operation: Operation,
  scope: Scope,
): Promise<Payload | undefined> {
  if (!isPlainObject(node) || node["payload"] === undefined) return undefined;
  const declared = Object.keys(operation.requestBody?.content ?? {}).find((type) => !type.includes("*"));
  const contentType =
    typeof node["contentType"] === "string" ? node["contentType"] : (declared ?? "application/json");
  const payload = readPayload(node["payload"], contentType, scope);
  const value = await withReplacements(payload, node["replacements"], contentType, scope);
  return { contentType, value, isWritten: isBrokenJson(payload) && value === payload };
}

async function buildBody(node: unknown, operation: Operation, scope: Scope): Promise<BuiltBody | undefined> {
  const payload = await payloadOf(node, operation, scope);
  if (payload === undefined) return undefined;
  const { contentType, value, isWritten } = payload;
  if (isJsonType(contentType))
    return { value, sent: isWritten ? String(value) : JSON.stringify(value), contentType };
  // Form data may be written out as a text already, as Arazzo shows it.
  if (contentType.startsWith("application/x-www-form-urlencoded") && typeof value !== "string")
    return { value, sent: form(value), contentType };
  if (contentType.startsWith("multipart/form-data") && typeof value !== "string")
    return { value, sent: multipart(value) };
  return { value, sent: typeof value === "string" ? value : JSON.stringify(value), contentType };
}

/** A payload may be JSON written as text, with expressions inside. */
function readPayload(payload: unknown, contentType: string, scope: Scope): unknown {
  const value = evaluateValue(payload, scope);
  const isJsonText = typeof payload === "string" && typeof value === "string" && isJsonType(contentType);
  return isJsonText ? jsonOrText(value) : value;
}

/** JSON that was written as text and is none is sent as it is written: that it is wrong may be what the step is about. */
function isBrokenJson(value: unknown): value is string {
  return typeof value === "string" && /^\s*[[{]/.test(value);
}

function form(value: unknown): string {
  const fields = new URLSearchParams();
  for (const [name, item] of isPlainObject(value) ? Object.entries(value) : []) {
    if (item === undefined || item === null) continue;
    for (const part of Array.isArray(item) ? item : [item]) {
      fields.append(name, typeof part === "object" ? JSON.stringify(part) : String(part));
    }
  }
  return fields.toString();
}

function multipart(value: unknown): FormData {
  const data = new FormData();
  for (const [name, item] of isPlainObject(value) ? Object.entries(value) : []) {
    if (item === undefined || item === null) continue;
    if (typeof item === "object")
      data.append(name, new Blob([JSON.stringify(item)], { type: "application/json" }));
    else data.append(name, String(item));
  }
  return data;
}
