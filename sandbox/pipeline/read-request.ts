import type { RequestParts } from "../../specs/engine/catalog/bind.ts";
import { essence } from "../../specs/engine/catalog/media-type.ts";
import { cameOften } from "../../specs/engine/catalog/read-parameter.ts";
import type { FieldProblem } from "../capabilities/capability.ts";
import type { Arrival, HeaderFields } from "./arrival.ts";
import { type BodyLimits, type DecodedBody, decodeBody, linesOf, readBytes } from "./body.ts";
import type { RawParameters } from "./parameters.ts";
import type { OperationPlan, PlannedBody } from "./plan.ts";
import { type Stop, stop } from "./problem.ts";

/** A request as its operation declares it: every part read, typed and valid. */
export interface ValidRequest {
  readonly kind: "request";
  readonly parts: RequestParts;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a request is read from. */
export interface IncomingRequest {
  readonly arrival: Arrival;
  readonly query: URLSearchParams;
  /** Set when the body has been read, unpacked where it came packed, whether or not it is valid. */
  bytes?: Uint8Array | undefined;
}

/** Reads and validates the whole request; all violations are reported together. */
export async function readRequest(
  incoming: IncomingRequest,
  pathParams: Readonly<Record<string, string>>,
  plan: OperationPlan,
  limits: BodyLimits,
): Promise<ValidRequest | Stop> {
  const problems: FieldProblem[] = [];
  const parts = readParameters(incoming, pathParams, plan, problems);
  const { arrival } = incoming;
  const read = await readBytes(arrival, limits);
  if (read.kind === "stop") return read;
  const { bytes } = read;
  incoming.bytes = bytes;
  const body = await readBody(bytes, arrival.headers, plan, limits, problems);
  if (typeof body === "object" && body !== null && isStop(body)) return body;
  if (problems.length > 0) {
    return stop("ECO_REQUEST_INVALID", summaryOf(problems), { errors: problems });
  }
  return { kind: "request", parts: body === undefined ? parts : { ...parts, body: body.value }, bytes };
}

function isStop(value: object): value is Stop {
  return "kind" in value && value.kind === "stop";
}

function readParameters(
  incoming: IncomingRequest,
  pathParams: Readonly<Record<string, string>>,
  plan: OperationPlan,
  problems: FieldProblem[],
): RequestParts {
  const { headers } = incoming.arrival;
  const groups: Record<"path" | "query" | "header" | "cookie", Record<string, unknown>> = {
    path: {},
    query: {},
    header: plan.readsHeaders ? Object.fromEntries(headers) : {},
    cookie: {},
  };
  const raw: RawParameters = {
    path: pathParams,
    // Few operations look at it, and it has to be parsed.
    get query() {
      return incoming.query;
    },
    headers,
  };
  for (const parameter of plan.parameters) {
    const value = parameter.read(raw);
    if (value === undefined) {
      if (parameter.required) problems.push({ pointer: parameter.locator, detail: "is required" });
      continue;
    }
    for (const { pointer, detail } of parameter.check(value)) {
      problems.push({ pointer: parameter.locator + pointer, detail });
    }
    const times = parameter.once ? incoming.query.getAll(parameter.name).length : 1;
    if (times > 1) problems.push({ pointer: parameter.locator, detail: cameOften(times) });
    groups[parameter.in][parameter.in === "header" ? parameter.name.toLowerCase() : parameter.name] = value;
  }
  return { path: groups.path, query: groups.query, headers: groups.header, cookies: groups.cookie };
}

async function readBody(
  bytes: Uint8Array<ArrayBuffer>,
  headers: HeaderFields,
  plan: OperationPlan,
  limits: BodyLimits,
  problems: FieldProblem[],
): Promise<{ readonly kind: "body"; readonly value: unknown } | Stop | undefined> {
  const { requestBody, method } = plan.operation;
  if (requestBody === undefined) return undefined;
  if (bytes.length === 0) {
    // Many clients can't send one with these: fetch is one of them.
    const possible = method !== "GET" && method !== "HEAD";
    if (requestBody.required && possible) problems.push({ pointer: "#", detail: "a body is required" });
    return undefined;
  }
  const contentType = headers.get("content-type") ?? "";
  const mediaType = essence(contentType);
  const planned = plan.body(contentType);
  if (planned === undefined) return unsupported(mediaType, Object.keys(requestBody.content));
  const decoded = await decodeBody(bytes, mediaType, contentType, limits);
  if (decoded.kind === "stop") return decoded;
  const read = await typedBody(decoded, planned, limits);
  if (read.kind === "stop") return read;
  const { value } = read;
  const parts = decoded.kind === "form" ? (planned.checkParts?.(decoded.parts) ?? []) : [];
  for (const { pointer, detail } of [...parts, ...planned.check(value)]) {
    problems.push({ pointer: `#${pointer}`, detail });
  }
  return { kind: "body", value };
}

/** What a body says in the types that its schema gives it. */
async function typedBody(
  decoded: Exclude<DecodedBody, Stop>,
  { type, readXml, lines }: PlannedBody,
  { maxDepth }: BodyLimits,
): Promise<{ readonly kind: "body"; readonly value: unknown } | Stop> {
  if (decoded.kind === "form") return { kind: "body", value: type?.(decoded.form) ?? decoded.form };
  if (lines === true && typeof decoded.value === "string") return linesOf(decoded.value, maxDepth);
  if (readXml === undefined || typeof decoded.value !== "string") return decoded;
  const { parseXml } = await import("./xml.ts");
  const root = await parseXml(decoded.value, maxDepth);
  return "kind" in root ? root : { kind: "body", value: readXml(root) };
}

function unsupported(mediaType: string, declared: readonly string[]): Stop {
  const sent = mediaType === "" ? "no Content-Type" : `"${mediaType}"`;
  const wanted = declared.join(", ");
  return stop("ECO_UNSUPPORTED_MEDIA_TYPE", `The request has ${sent}; the operation takes ${wanted}.`, {
    headers: { "accept-post": wanted },
  });
}

function summaryOf(problems: readonly FieldProblem[]): string {
  const [first] = problems;
  const rest = problems.length - 1;
  const more = rest === 0 ? "" : ` (and ${rest} more)`;
  return `${first?.pointer ?? "#"} ${first?.detail ?? "is invalid"}${more}.`;
}
