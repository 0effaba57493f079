import { responseFor } from "../../catalog/exchange/declared-response.ts";
import { essence, isJsonType } from "../../catalog/exchange/media-type.ts";
import { isPlainObject, resolvePointer } from "../../catalog/pointer.ts";
import type { Operation } from "../../catalog/types.ts";
import { answerOf, type CheckTable, held, type Observation, violated } from "../check.ts";
import { openSchema, propertiesOf, typesOf } from "../generate/schema.ts";
import type { Exchange, RecordedResponse } from "../model.ts";
import { about, type ProviderRun } from "./checks.ts";
import type { Call, LogEntry } from "./context.ts";
import { isSuccess, jsonOf, mediaFor } from "./responses.ts";
import { unknownId } from "./unknown-id.ts";

/** Statuses that any request which is wrong on purpose may get, declared or not. */
const GENERAL = new Set([400, 401, 403, 404, 405, 406, 409, 411, 412, 413, 414, 415, 422, 428, 429, 431]);

type Judge = (entry: LogEntry, run: ProviderRun) => string | undefined;

const noServerError: Judge = ({ exchange }) => {
  const status = exchange.response?.status ?? 0;
  if (status >= 500) return `answered ${status}`;
  return exchange.failure?.kind === "closed"
    ? `closed the connection (${exchange.failure.detail})`
    : undefined;
};

const statusDeclared: Judge = ({ operation, purpose, exchange }) => {
  const status = exchange.response?.status;
  if (status === undefined || status >= 500 || purpose === "probe") return undefined;
  if (responseFor(operation, status) !== undefined) return undefined;
  return purpose === "broken" && GENERAL.has(status)
    ? undefined
    : `answered ${status}, which is not declared`;
};

const contentType: Judge = ({ operation, purpose, exchange: { response } }) => {
  const spec =
    response === undefined || purpose === "probe" ? undefined : responseFor(operation, response.status);
  if (response === undefined || spec === undefined || response.body === "") return undefined;
  const declared = Object.keys(spec.content);
  // An error that is declared without a body may explain itself all the same.
  if (declared.length === 0 && response.status >= 400) return undefined;
  const sent = essence(response.headers["content-type"] ?? "") || "no Content-Type";
  if (declared.length === 0)
    return `answered ${response.status} with a body of ${sent}, where none is declared`;
  return mediaFor(spec, response) === undefined
    ? `answered ${response.status} with ${sent}, declared is ${declared.join(" or ")}`
    : undefined;
};

const bodySchema: Judge = ({ operation, purpose, exchange }, run) => {
  if (exchange.failure?.kind === "too-large") return "answered with a body that was too large to be read";
  const { response } = exchange;
  const spec =
    response === undefined || purpose === "probe" ? undefined : responseFor(operation, response.status);
  if (response === undefined || spec === undefined || operation.method === "HEAD") return undefined;
  if (response.body === "") {
    return Object.keys(spec.content).length > 0
      ? `answered ${response.status} without the declared body`
      : undefined;
  }
  const media = mediaFor(spec, response);
  if (media?.schema === undefined || !isJsonType(response.headers["content-type"] ?? "")) return undefined;
  const body = jsonOf(response);
  if (body === undefined) return `answered ${response.status} with a body that is not JSON`;
  const [first, ...rest] = run.context.run.validators.get(media.schema, "response")(body);
  if (first === undefined) return undefined;
  const more = rest.length === 0 ? "" : ` (and ${rest.length} more)`;
  return `answered ${response.status} with a body whose ${first.pointer || "top"} ${first.message}${more}`;
};

function headerValue(text: string, types: readonly string[]): unknown {
  if (types.includes("integer") || types.includes("number")) return text.trim() === "" ? text : Number(text);
  if (types.includes("boolean")) return text === "true" ? true : text === "false" ? false : text;
  return types.includes("array") ? text.split(",").map((one) => one.trim()) : text;
}

function headerFault(operation: Operation, response: RecordedResponse, run: ProviderRun): string | undefined {
  const spec = responseFor(operation, response.status);
  for (const [name, header] of Object.entries(spec?.headers ?? {})) {
    const sent = response.headers[name.toLowerCase()];
    if (sent === undefined) {
      if (header.required) return `answered ${response.status} without the header ${name}`;
      continue;
    }
    if (header.schema === undefined || name.toLowerCase() === "content-type") continue;
    const { schema, reader } = openSchema(run.context.run.catalog, header.schema);
    const value = headerValue(sent, typesOf(reader.flat(schema)));
    const [first] = run.context.run.validators.get(header.schema)(value);
    if (first !== undefined)
      return `answered ${response.status} with ${name} "${sent}", which ${first.message}`;
  }
  return undefined;
}

const headers: Judge = ({ operation, purpose, exchange }, run) =>
  exchange.response === undefined || purpose === "probe"
    ? undefined
    : headerFault(operation, exchange.response, run);

const problemJson: Judge = ({ exchange: { response, request } }) => {
  if (response === undefined || response.status < 400 || response.status >= 500 || request.method === "HEAD")
    return undefined;
  const type = essence(response.headers["content-type"] ?? "");
  if (type !== "application/problem+json")
    return `answered ${response.status} as ${type || "no content type"}`;
  const body = jsonOf(response);
  if (!isPlainObject(body)) return `answered ${response.status} with a problem that is not a JSON object`;
  if (typeof body["title"] !== "string" || body["title"] === "")
    return `answered ${response.status} without a title`;
  return body["status"] === undefined || body["status"] === response.status
    ? undefined
    : `answered ${response.status} with a problem of status ${JSON.stringify(body["status"])}`;
};

/** `x-eco-time-limit-ms` of the operation, else of its document's `info`. */
function declaredLimitMs(operation: Operation, run: ProviderRun): number | undefined {
  const { catalog } = run.context.run;
  const content = catalog.documents.find((one) => one.path === operation.document)?.content;
  for (const pointer of [operation.pointer, "/info"]) {
    const holder = resolvePointer(content, pointer);
    const limit = isPlainObject(holder) ? holder["x-eco-time-limit-ms"] : undefined;
    if (typeof limit === "number") return limit;
  }
  return undefined;
}

const timeLimit: Judge = ({ operation, exchange }, run) => {
  if (exchange.failure?.kind === "timeout") return "gave no complete answer in time";
  const limit = declaredLimitMs(operation, run);
  return limit !== undefined && exchange.durationMs > limit
    ? `took ${exchange.durationMs} ms, declared are ${limit} ms`
    : undefined;
};

function writeOnlyIn(value: unknown, operation: Operation, run: ProviderRun): string | undefined {
  const plan = run.context.bodyOf(operation);
  if (plan === undefined || !isPlainObject(value)) return undefined;
  return Object.entries(propertiesOf(plan.reader.flat(plan.schema))).find(
    ([name, property]) => plan.reader.flat(property)["writeOnly"] === true && name in value,
  )?.[0];
}

const writeOnly: Judge = ({ operation, exchange }, run) => {
  if (!isSuccess(exchange.response)) return undefined;
  const name = writeOnlyIn(jsonOf(exchange.response), operation, run);
  return name === undefined ? undefined : `answered with the write-only property ${name}`;
};

/** What a summing-up check looks at when it runs alone: the operation as it should be called, and the usual ways to get it wrong. */
export async function exercise(run: ProviderRun, operation: Operation): Promise<void> {
  const { context } = run;
  const { path } = await run.resources.ready(operation);
  const unknown = unknownId(run, operation);
  const calls: Call[] = [
    { purpose: "broken", credentials: {} },
    ...(unknown === undefined
      ? []
      : [{ purpose: "broken", path: { [unknown.name]: unknown.value } } as const]),
    ...(context.bodyOf(operation) === undefined
      ? []
      : [{ purpose: "broken", path, rawBody: '{"a": [' } as const]),
    ...(context.bodyOf(operation) === undefined ? [] : [{ purpose: "broken", path, body: [null] } as const]),
    { purpose: "valid", path },
  ];
  for (const call of calls) if (context.away === undefined) await context.call(operation, call);
}

/** Looks at every exchange of an operation that the other checks made; makes one itself where there is none. */
async function* overLog(
  run: ProviderRun,
  judge: Judge,
  applies: (operation: Operation) => boolean = () => true,
): AsyncGenerator<Observation> {
  for (const operation of run.context.operations.filter(applies)) {
    const own = (): LogEntry[] => run.context.log.filter((one) => one.operation.id === operation.id);
    if (own().length === 0) await exercise(run, operation);
    const entries = own();
    if (entries.length === 0) continue;
    const more = { ...about(operation), cases: entries.length };
    yield judged(entries, run, judge, more);
  }
}

function judged(
  entries: readonly LogEntry[],
  run: ProviderRun,
  judge: Judge,
  more: Partial<Observation>,
): Observation {
  for (const entry of entries) {
    const fault = judge(entry, run);
    if (fault === undefined) continue;
    const { method, url } = entry.exchange.request;
    return violated(`${method} ${new URL(url).pathname} ${fault}.`, { evidence: [entry.exchange], ...more });
  }
  const statuses = new Set(entries.map((one) => one.exchange.response?.status ?? "none"));
  return held(`${entries.length} answers: ${[...statuses].sort().join(", ")}.`, more);
}

function declaresProblems(operation: Operation): boolean {
  return operation.responses.some((one) => "application/problem+json" in one.content);
}

function hasWriteOnly(operation: Operation, run: ProviderRun): boolean {
  const plan = run.context.bodyOf(operation);
  if (plan === undefined) return false;
  return Object.values(propertiesOf(plan.reader.flat(plan.schema))).some(
    (one) => plan.reader.flat(one)["writeOnly"] === true,
  );
}

/** Where the address was given without the path that the document's servers have: everything would be a 404. */
async function answersElsewhere(
  { context }: ProviderRun,
  operation: Operation,
  { request, response }: Exchange,
): Promise<string | undefined> {
  const base = operation.path.slice(0, operation.path.length - operation.template.length);
  const address = context.target.url.replace(/\/+$/, "");
  if (response?.status !== 404 || base === "" || address.endsWith(base)) return undefined;
  const url = address + base + request.url.slice(address.length);
  const there = await context.probe(operation, { method: request.method, url, headers: request.headers });
  if (there.response === undefined || there.response.status === 404) return undefined;
  return `${operation.method} ${operation.template} is answered 404 there, and ${there.response.status} at ${address}${base}: give the address with the path of the document's servers.`;
}

export const firstChecks: CheckTable<ProviderRun> = {
  async *"provider.core.reachable"(run) {
    const { context } = run;
    const reading = context.operations.filter((one) => one.method === "GET");
    const operation =
      reading.find(({ template }) => !template.includes("{")) ?? reading[0] ?? context.operations[0];
    if (operation === undefined) return;
    const exchange = await context.call(operation, { purpose: "broken", credentials: {}, rawBody: null });
    const elsewhere = await answersElsewhere(run, operation, exchange);
    if (elsewhere !== undefined) {
      context.away = elsewhere;
      yield violated(elsewhere, { evidence: [exchange] });
      return;
    }
    if (exchange.response !== undefined) {
      yield held(`The API answers (${exchange.response.status}).`, { evidence: [exchange] });
      return;
    }
    // A single closed connection may be the fault of one operation; silence and refusal are not.
    const message = `The API gave ${answerOf(exchange)}.`;
    if (exchange.failure?.kind !== "too-large") context.away = message;
    yield violated(message, { evidence: [exchange] });
  },
};

/** They look back at what all others did, so they come last. */
export const lastChecks: CheckTable<ProviderRun> = {
  "provider.core.no-server-error": (run) => overLog(run, noServerError),
  "provider.core.status-declared": (run) => overLog(run, statusDeclared),
  "provider.core.content-type": (run) => overLog(run, contentType),
  "provider.core.body-schema": (run) => overLog(run, bodySchema),
  "provider.core.headers": (run) =>
    overLog(run, headers, (one) =>
      one.responses.some((response) => Object.keys(response.headers).length > 0),
    ),
  "provider.core.problem-json": (run) => overLog(run, problemJson, declaresProblems),
  "provider.core.time-limit": (run) => overLog(run, timeLimit),
  "provider.input.write-only": (run) => overLog(run, writeOnly, (one) => hasWriteOnly(one, run)),
};
