import { writeBody } from "../../catalog/exchange/write-body.ts";
import { isPlainObject } from "../../catalog/pointer.ts";
import type { Operation, Parameter } from "../../catalog/types.ts";
import { answerOf, type RunContext } from "../check.ts";
import { sampleText } from "../generate/sample.ts";
import { type FlatSchema, propertiesOf } from "../generate/schema.ts";
import type { WireRequest } from "../http/wire.ts";
import type { Exchange } from "../model.ts";
import type { ProviderTarget } from "../options.ts";
import type { Random } from "../random.ts";
import { type BodyPlan, baseParameters, isIfMatch, planBody } from "./base.ts";
import { declaresStatus } from "./responses.ts";
import { headersOf, type ParameterValues, urlOf } from "./serialise.ts";
import { thingIn, withMembers, wrapperOf } from "./wrapped.ts";

/** Why a request was made; the core checks judge its answer by it. */
export type Purpose =
  /** Everything about it is right. */
  | "valid"
  /** Wrong on purpose. */
  | "broken"
  /** Outside what the operation declares: another method, another path. */
  | "probe";

export interface LogEntry {
  readonly operation: Operation;
  readonly purpose: Purpose;
  readonly exchange: Exchange;
}

export interface Call {
  readonly purpose: Purpose;
  readonly parameters?: ParameterValues;
  /** Replaces single values of the base parameters; `undefined` leaves one out. */
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** JSON value of the body; the base body where left out, none with `null` as `rawBody`. */
  readonly body?: unknown;
  readonly rawBody?: string | null;
  readonly contentType?: string;
  /** Headers with the credentials; those of the target where left out. */
  readonly credentials?: Readonly<Record<string, string>>;
  readonly method?: string;
}

export interface ProviderContext {
  readonly run: RunContext;
  readonly target: ProviderTarget;
  readonly operations: readonly Operation[];
  readonly random: Random;
  readonly log: LogEntry[];
  /** Operations that refused a valid request for the credentials of the run. */
  readonly refused: Set<string>;
  /** Operations that answered 404 to an id that nobody gave, since no operation makes such a resource. */
  readonly unmade: Set<string>;
  away: string | undefined;
  bodyOf(operation: Operation): BodyPlan | undefined;
  /** The names of the body's properties that say which resource it makes. */
  identityOf(operation: Operation): readonly string[];
  /** The base body with a fresh identity where the body names one. */
  freshBody(operation: Operation): unknown;
  call(operation: Operation, call: Call): Promise<Exchange>;
  /** A request outside the operations, logged under the one given. */
  probe(operation: Operation, request: WireRequest): Promise<Exchange>;
}

const FAILURES_IN_A_ROW = 3;

const MOST_WAITS = 3;
const LONGEST_WAIT_MS = 15_000;

/** How long a 429 asks to wait; undefined for anything else, and where it is unreasonably long. */
function waitOf(exchange: Exchange): number | undefined {
  if (exchange.response?.status !== 429) return undefined;
  const seconds = Number(exchange.response.headers["retry-after"] ?? "1");
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : LONGEST_WAIT_MS;
  return waitMs <= LONGEST_WAIT_MS ? waitMs : undefined;
}

export function pointerTo(operation: Operation): string {
  return `${operation.document}#${operation.pointer}`;
}

export function isProtected(operation: Operation): boolean {
  return operation.security.length > 0 && operation.security.every((alternative) => alternative.length > 0);
}

/** Values with some replaced; those replaced by `undefined` are left out. */
function overlay(base: Readonly<Record<string, unknown>>, over: Readonly<Record<string, unknown>> = {}) {
  return Object.fromEntries(Object.entries({ ...base, ...over }).filter(([, value]) => value !== undefined));
}

function requestOf(context: ProviderContext, operation: Operation, call: Call): WireRequest {
  const base = call.parameters ?? baseParameters(operation, context.run, context.random);
  const values: ParameterValues = {
    path: overlay({ ...base.path, ...context.target.samples }, call.path),
    query: overlay({ ...base.query, ...samplesIn("query", operation, context.target) }, call.query),
    header: overlay({ ...base.header, ...samplesIn("header", operation, context.target) }, call.header),
    cookie: base.cookie,
  };
  const plan = context.bodyOf(operation);
  const mediaType = call.contentType ?? plan?.mediaType;
  const value = "body" in call ? call.body : plan === undefined ? undefined : context.freshBody(operation);
  const written = plan?.mediaType ?? "application/json";
  const encoding = operation.requestBody?.content[written]?.encoding;
  const body = call.rawBody === undefined ? writeBody(written, value, encoding) : call.rawBody;
  const sendsBody = typeof body === "string" && operation.method !== "GET" && operation.method !== "HEAD";
  return {
    method: call.method ?? operation.method,
    url: urlOf(context.target.url, operation, values),
    headers: {
      accept: "application/json, application/problem+json;q=0.9, */*;q=0.1",
      ...(sendsBody && mediaType !== undefined ? { "content-type": mediaType } : {}),
      ...headersOf(operation, values),
      ...(call.credentials ?? context.target.credentials),
    },
    ...(sendsBody ? { body } : {}),
  };
}

/** The names under which the body of a creation may hold its identity: `id`, and what the path to one of its resources is called. */
function identityNames(operation: Operation, operations: readonly Operation[]): string[] {
  const prefix = `${operation.template}/{`;
  const parameters = operations
    .filter((one) => one.template.startsWith(prefix))
    .map((one) => one.template.slice(prefix.length).split("}")[0] ?? "");
  return [...new Set(["id", ...parameters])];
}

function freshValues(known: unknown, schema: FlatSchema, random: Random): unknown[] {
  const { examples: _examples, example: _example, const: fixed, ...bare } = schema;
  if (fixed !== undefined) return [];
  if (typeof known === "number") return [random.integer(1_000_000_000), random.integer(1_000)];
  if (typeof known !== "string") return [];
  const word = random.word(8);
  // Letters of both cases where they are allowed: who stores ids without regard to case mixes two of them up.
  const mixed = word.slice(0, 4).toUpperCase() + word.slice(4);
  return [`${known}-${mixed}`, `${known}-${word}`, `${known}${word}`, sampleText(bare, random)];
}

/** What identifies the thing that is created must differ from call to call. */
function withFreshIdentity(plan: BodyPlan, names: readonly string[], random: Random): unknown {
  let { base } = plan;
  const wrapper = wrapperOf(base);
  const whole = plan.reader.flat(plan.schema);
  const schema = wrapper === undefined ? whole : plan.reader.flat(propertiesOf(whole)[wrapper]);
  for (const name of names) {
    const thing = thingIn(base, wrapper);
    if (!isPlainObject(base) || thing === undefined || !(name in thing)) continue;
    const known = base;
    const made = freshValues(thing[name], plan.reader.flat(propertiesOf(schema)[name]), random).map((value) =>
      withMembers(known, { [name]: value }, wrapper),
    );
    base = made.find((one) => plan.isValid(one)) ?? base;
  }
  return base;
}

/** The parameters of a call that say what it is about and got a made-up value. */
function inventedIn(context: ProviderContext, operation: Operation, call: Call): string[] {
  const known = { ...context.target.samples, ...call.path, ...call.query, ...call.header };
  return operation.parameters
    .filter((one) => (one.in === "path" || isKey(one, operation)) && known[one.name] === undefined)
    .map((one) => one.name);
}

/**
 * May a parameter outside of the path name the thing that the operation is about? Where the path names none, and the document
 * says that it may not be there: a required one without an example.
 */
const isKey = ({ in: place, required, examples }: Parameter, operation: Operation): boolean =>
  (place === "header" || place === "query") &&
  required &&
  Object.keys(examples).length === 0 &&
  !operation.template.includes("{") &&
  declaresStatus(operation, 404);

/** Is the operation about something that is named outside of its path, so that a run can only try whether it is there? */
export const hasKey = (operation: Operation): boolean =>
  operation.parameters.some((one) => isKey(one, operation));

/** What the run was given for parameters in one place, by their names. */
function samplesIn(place: Parameter["in"], operation: Operation, { samples = {} }: ProviderTarget) {
  const names = operation.parameters.filter((one) => one.in === place).map(({ name }) => name);
  return Object.fromEntries(Object.entries(samples).filter(([name]) => names.includes(name)));
}

export function createProviderContext(
  run: RunContext,
  target: ProviderTarget,
  operations: readonly Operation[],
): ProviderContext {
  const random = run.random.fork("provider");
  const plans = new Map<string, BodyPlan | undefined>();
  let failures = 0;
  /** A limit is no fault: the run waits as it is told to, within reason. */
  const patiently = async (request: WireRequest): Promise<Exchange> => {
    for (let attempt = 1; ; attempt += 1) {
      const exchange = await run.wire.send(request);
      const waitMs = waitOf(exchange);
      if (waitMs === undefined || attempt > MOST_WAITS) return exchange;
      await run.sleep(waitMs);
    }
  };
  const note = (operation: Operation, purpose: Purpose, exchange: Exchange): Exchange => {
    context.log.push({ operation, purpose, exchange });
    failures = exchange.failure === undefined ? 0 : failures + 1;
    if (failures >= FAILURES_IN_A_ROW)
      context.away = `The API gave ${answerOf(exchange)}, ${failures} times in a row.`;
    return exchange;
  };
  /** A change that is conditional needs the version that it is about; where none can be read, any version will do. */
  const conditionOf = async (operation: Operation, call: Call): Promise<Record<string, string>> => {
    const parameter = operation.parameters.find(isIfMatch);
    if (parameter === undefined || (call.header !== undefined && parameter.name in call.header)) return {};
    const reader = operations.find((one) => one.method === "GET" && one.template === operation.template);
    const path = call.path ?? {};
    const reading = reader === undefined ? undefined : await context.call(reader, { purpose: "valid", path });
    return { [parameter.name]: reading?.response?.headers["etag"] ?? "*" };
  };
  const context: ProviderContext = {
    run,
    target,
    operations,
    random,
    log: [],
    refused: new Set(),
    unmade: new Set(),
    away: undefined,
    bodyOf(operation) {
      if (!plans.has(operation.id))
        plans.set(operation.id, planBody(operation, run, random.fork(operation.id)));
      return plans.get(operation.id);
    },
    freshBody(operation) {
      const plan = context.bodyOf(operation);
      return plan === undefined ? undefined : withFreshIdentity(plan, context.identityOf(operation), random);
    },
    identityOf: (operation) => identityNames(operation, operations),
    async call(operation, call) {
      const header = await conditionOf(operation, call);
      const request = requestOf(context, operation, { ...call, header: { ...header, ...call.header } });
      const exchange = await patiently(request);
      const { purpose } = call;
      const own = purpose === "valid" && call.credentials === undefined;
      const bodiless = operation.requestBody?.required === true && request.body === undefined;
      if (own && [401, 403].includes(exchange.response?.status ?? 0)) context.refused.add(operation.id);
      const nowhere = exchange.response?.status === 404 && inventedIn(context, operation, call).length > 0;
      if (own && nowhere) context.unmade.add(operation.id);
      return note(operation, own && (nowhere || bodiless) ? "broken" : purpose, exchange);
    },
    probe: async (operation, request) => note(operation, "probe", await patiently(request)),
  };
  return context;
}
