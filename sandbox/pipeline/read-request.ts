import type { RequestParts } from "../../specs/engine/catalog/exchange/bind.ts";
import { essence } from "../../specs/engine/catalog/exchange/media-type.ts";
import { cameOften } from "../../specs/engine/catalog/exchange/read-parameter.ts";
import type { FieldProblem } from "../capabilities/capability.ts";
import { after, type Soon } from "../values/soon.ts";
import type { Arrival, HeaderFields } from "./arrival.ts";
import { type BodyLimits, type DecodedBody, decodeBody, linesOf, readSent } from "./body.ts";
import type { RawParameters } from "./parameters.ts";
import type { OperationPlan, PlannedBody } from "./plan.ts";
import { type Stop, stop } from "./problem.ts";
import type { SentBody } from "./sent-body.ts";

/** A request as its operation declares it: every part read, typed and valid. */
export interface ValidRequest {
  readonly kind: "request";
  readonly parts: RequestParts;
  readonly sent: SentBody;
}

/** What a request is read from. */
export interface IncomingRequest {
  readonly arrival: Arrival;
  readonly query: URLSearchParams;
  /** Set when the body has been read, whether or not it is valid. */
  sent?: SentBody | undefined;
}

/** Reads and validates the whole request; all violations are reported together. At once where its body is there. */
export function readRequest(
  incoming: IncomingRequest,
  pathParams: Readonly<Record<string, string>>,
  plan: OperationPlan,
  limits: BodyLimits,
): Soon<ValidRequest | Stop> {
  if (!isReadable(incoming.arrival)) return UNREADABLE_QUERY;
  const problems: FieldProblem[] = [];
  const parts = readParameters(incoming, pathParams, plan, problems);
  const { arrival } = incoming;
  return after(readSent(arrival, limits), (sent) => {
    if (sent.kind === "stop") return sent;
    incoming.sent = sent;
    return after(readBody(sent, arrival.headers, plan, limits, problems), (body) => {
      if (body?.kind === "stop") return body;
      if (problems.length > 0) {
        return stop("ECO_REQUEST_INVALID", summaryOf(problems), { errors: problems });
      }
      return { kind: "request", parts: body === undefined ? parts : { ...parts, body: body.value }, sent };
    });
  });
}

const UNREADABLE_QUERY = stop("ECO_REQUEST_MALFORMED", "The query string is not valid UTF-8.");

/** The platform reads bytes that aren't UTF-8 as U+FFFD, so that nobody would know what was sent. */
function isReadable({ plainPath, url }: Arrival): boolean {
  if (plainPath !== undefined || !/%[89a-f]/i.test(url)) return true;
  try {
    for (const [bytes] of url.matchAll(/(?:%[0-9a-f]{2})+/gi)) decodeURIComponent(bytes);
    return true;
  } catch {
    return false;
  }
}

function readParameters(
  incoming: IncomingRequest,
  pathParams: Readonly<Record<string, string>>,
  plan: OperationPlan,
  problems: FieldProblem[],
): RequestParts {
  const raw = new RawTexts(pathParams, incoming);
  const groups: Record<"path" | "query" | "header" | "cookie", Record<string, unknown>> = {
    path: {},
    query: {},
    header: plan.readsHeaders ? Object.fromEntries(raw.headers) : {},
    cookie: {},
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

class RawTexts implements RawParameters {
  readonly path: Readonly<Record<string, string>>;
  readonly #incoming: IncomingRequest;

  constructor(path: Readonly<Record<string, string>>, incoming: IncomingRequest) {
    this.path = path;
    this.#incoming = incoming;
  }

  /** Few operations look at it, and it has to be parsed. */
  get query(): URLSearchParams {
    return this.#incoming.query;
  }

  get headers(): HeaderFields {
    return this.#incoming.arrival.headers;
  }
}

/** What a body says, typed. */
interface ReadBody {
  readonly kind: "body";
  readonly value: unknown;
}

function readBody(
  sent: SentBody,
  headers: HeaderFields,
  plan: OperationPlan,
  limits: BodyLimits,
  problems: FieldProblem[],
): Soon<ReadBody | Stop | undefined> {
  const { requestBody, method } = plan.operation;
  if (requestBody === undefined) return undefined;
  if (sent.bytes.length === 0) {
    // Many clients can't send one with these: fetch is one of them.
    const possible = method !== "GET" && method !== "HEAD";
    if (requestBody.required && possible) problems.push({ pointer: "#", detail: "a body is required" });
    return undefined;
  }
  const contentType = headers.get("content-type") ?? "";
  const mediaType = essence(contentType);
  const planned = plan.body(contentType);
  if (planned === undefined) return unsupported(mediaType, Object.keys(requestBody.content));
  return after(decodeBody(sent, mediaType, contentType, limits), (decoded) => {
    if (decoded.kind === "stop") return decoded;
    const parts = decoded.kind === "form" ? (planned.checkParts?.(decoded.parts) ?? []) : [];
    return after(typedBody(decoded, planned, limits), (read) => {
      if (read.kind === "stop") return read;
      for (const { pointer, detail } of parts) problems.push({ pointer: `#${pointer}`, detail });
      for (const { pointer, detail } of planned.check(read.value)) {
        problems.push({ pointer: `#${pointer}`, detail });
      }
      return read;
    });
  });
}

/** What a body says in the types that its schema gives it. */
function typedBody(
  decoded: Exclude<DecodedBody, Stop>,
  { type, readXml, lines }: PlannedBody,
  { maxDepth }: BodyLimits,
): Soon<ReadBody | Stop> {
  if (decoded.kind === "form") return { kind: "body", value: type?.(decoded.form) ?? decoded.form };
  if (lines === true && typeof decoded.value === "string") return linesOf(decoded.value, maxDepth);
  if (readXml === undefined || typeof decoded.value !== "string") return decoded;
  return xmlBody(decoded.value, readXml, maxDepth);
}

async function xmlBody(
  text: string,
  read: NonNullable<PlannedBody["readXml"]>,
  maxDepth: number,
): Promise<ReadBody | Stop> {
  const { parseXml } = await import("./xml.ts");
  const root = await parseXml(text, maxDepth);
  return "kind" in root ? root : { kind: "body", value: read(root) };
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
