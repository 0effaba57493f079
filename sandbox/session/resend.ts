import { issuesTokens } from "../../specs/engine/catalog/lookup.ts";
import { OperationRouter } from "../../specs/engine/catalog/routes/operation-router.ts";
import { validatorsOf } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog, Operation } from "../../specs/engine/catalog/types.ts";
import type { ObservedExchange } from "../../specs/engine/certification/index.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { httpUrl } from "../../specs/engine/http-url.ts";
import { textWithin } from "../../specs/engine/limited-body.ts";
import { type OperationPlan, planOperation } from "../pipeline/plan.ts";
import { reservedPath } from "../pipeline/reserved-path.ts";
import { Schemas } from "../resources/schemas.ts";
import { Correlations } from "./correlations.ts";

/** One recorded request, sent again to somebody who may answer in other bytes. */
export interface Resent {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly operationId?: string;
  /** Why it wasn't sent. */
  readonly skipped?: string;
  /** The status of then and of now; undefined where none came. */
  readonly want?: number;
  readonly got?: number;
  /** Why no answer came. */
  readonly failure?: string;
  /** Where the new answer breaks the schema that its operation declares. */
  readonly violations: readonly { readonly pointer: string; readonly detail: string }[];
  /** Same status where there was one, and a valid answer. */
  readonly same: boolean;
}

export interface ResendParts {
  readonly catalog: Catalog;
  readonly recording: readonly ObservedExchange[];
  readonly baseUrl: string;
  readonly fetch: (request: Request) => Promise<Response>;
  /** The `Authorization` header for a request that had one, where there is a better one than what the recording holds. */
  authorization(party: string | undefined): Promise<string | undefined>;
  onResent?(resent: Resent): void;
}

const OF_THE_CONNECTION =
  /^(host|origin|connection|content-length|expect|keep-alive|proxy-connection|transfer-encoding|accept-encoding|te|trailer|upgrade|http2-settings)$/;

/**
 * Sends recorded requests one after the other to another address, and compares status and schema of what comes back.
 * Ids that come out differently are followed: a later request names the new one.
 */
export async function resend(parts: ResendParts): Promise<Resent[]> {
  const planOf = planner(parts.catalog);
  const correlations = new Correlations();
  const addressOf = addresses(parts.catalog);
  const origins = originsOf(parts.recording, addressOf, planOf);
  const all: Resent[] = [];
  for (const exchange of parts.recording) {
    const { method, url } = exchange.request;
    const asked = addressOf(url);
    const ours = asked !== undefined && origins.has(asked.origin) ? asked : undefined;
    const path =
      ours === undefined ? url : correlations.inPath(ours.pathname) + correlations.inPath(ours.search);
    const plan = ours && planOf(method, ours);
    const skipped = ours === undefined ? "asks somebody else than this API" : needless(exchange, plan);
    const resent =
      skipped === undefined
        ? await resendOne({ exchange, path, plan, correlations }, parts)
        : { ...resultOf(exchange, path, plan), skipped, same: true };
    parts.onResent?.(resent);
    all.push(resent);
  }
  return all;
}

/** How the operation that a request means is read and checked; undefined where it means none. */
type PlanOf = (method: string, url: URL) => OperationPlan | undefined;

/** What a request asked, without the tenant that it asked: the recording of one is sent to another, or to none. */
function addresses({ operations }: Catalog): (url: string) => URL | undefined {
  const tenant = new RegExp(`^${reservedPath("/_tenants", operations)}/[^/]+(?=/)`);
  return (text) => {
    const url = httpUrl(text);
    if (url !== undefined) url.pathname = url.pathname.replace(tenant, "");
    return url;
  };
}

/** Where the API was found: a browser's recording also holds what a page asked of others. */
function originsOf(
  recording: readonly ObservedExchange[],
  addressOf: (url: string) => URL | undefined,
  planOf: PlanOf,
): ReadonlySet<string> {
  return new Set(
    recording.flatMap(({ request }) => {
      const url = addressOf(request.url);
      return url !== undefined && planOf(request.method, url) !== undefined ? [url.origin] : [];
    }),
  );
}

/** Why a request isn't sent again. */
function needless(
  { request, bodyMissing }: ObservedExchange,
  plan: OperationPlan | undefined,
): string | undefined {
  // Its secret isn't in the recording, or belongs to another sandbox.
  if (plan !== undefined && issuesTokens(plan.operation)) return "asks for an access token";
  const preflight = request.method === "OPTIONS" && "access-control-request-method" in request.headers;
  if (preflight) return "is a browser's question before the request itself";
  return bodyMissing ? "had a body that the recording doesn't hold" : undefined;
}

function resultOf(
  { request: { method }, response }: ObservedExchange,
  path: string,
  plan: OperationPlan | undefined,
) {
  return {
    method,
    path,
    ...(plan === undefined ? {} : { operationId: plan.operation.id }),
    ...(response === undefined ? {} : { want: response.status }),
    violations: [],
  };
}

interface Sending {
  readonly exchange: ObservedExchange;
  /** With its query, ids replaced. */
  readonly path: string;
  readonly plan: OperationPlan | undefined;
  readonly correlations: Correlations;
}

async function resendOne(sending: Sending, parts: ResendParts): Promise<Resent> {
  const { exchange, path, plan, correlations } = sending;
  const { method } = exchange.request;
  const { response } = exchange;
  const base = resultOf(exchange, path, plan);
  try {
    const answer = await parts.fetch(await requestAgain(sending, parts));
    const body = await textWithin(answer.body);
    if (response !== undefined) correlations.learn(response.body, body);
    // A status that isn't declared and came then as well says nothing of who answers now.
    const declares = answer.status !== response?.status || plan?.response(answer.status) !== undefined;
    const violations = declares ? violationsOf(answer, body, method, plan) : [];
    // What was cut off when it was recorded may have happened all the same: there is no status to compare.
    const sameStatus = response === undefined || answer.status === response.status;
    const same = sameStatus && violations.length === 0;
    return { ...base, got: answer.status, violations, same };
  } catch (error) {
    return { ...base, failure: reasonOf(error), same: false };
  }
}

async function requestAgain(
  { exchange, path, plan, correlations }: Sending,
  { baseUrl, authorization }: ResendParts,
): Promise<Request> {
  const { method, headers: recorded, body } = exchange.request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(recorded))
    if (!OF_THE_CONNECTION.test(name)) headers.set(name, value);
  const had = headers.has("authorization") || isWithoutCredentials(exchange, plan);
  const better = had ? await authorization(exchange.party) : undefined;
  if (better !== undefined) headers.set("authorization", better);
  const bodiless = body === undefined || method === "GET" || method === "HEAD";
  // Some write what they unpacked and leave the header as it was. What is packed is never text.
  if (exchange.requestBytes === undefined) headers.delete("content-encoding");
  return new Request(`${baseUrl.replace(/\/$/, "")}${path}`, {
    method,
    headers,
    redirect: "manual",
    ...(bodiless ? {} : { body: exchange.requestBytes ?? correlations.inBody(body) }),
  });
}

/** Browsers leave credentials out of the files that they write: what wasn't refused for want of a token had one. */
const isWithoutCredentials = ({ response }: ObservedExchange, plan: OperationPlan | undefined): boolean =>
  plan?.takesTokens === true && response !== undefined && response.status !== 401;

function violationsOf(
  { status, headers }: Response,
  body: string,
  method: string,
  plan: OperationPlan | undefined,
): Resent["violations"] {
  const planned = plan?.response(status);
  if (plan === undefined || method === "HEAD") return [];
  if (planned === undefined) return [{ pointer: "", detail: `${plan.operation.id} declares no ${status}` }];
  if (planned.mediaType === undefined || !/[/+]json\b/.test(headers.get("content-type") ?? "")) return [];
  try {
    return planned.check(JSON.parse(body));
  } catch {
    return [{ pointer: "", detail: "is no JSON" }];
  }
}

/** Plans are made when the first request of an operation comes. */
function planner(catalog: Catalog): PlanOf {
  const validators = validatorsOf(catalog);
  const parts = { catalog, validators, schemas: new Schemas(catalog), capabilities: new Map() };
  const router = new OperationRouter(catalog.operations);
  const plans = new Map<Operation, OperationPlan>();
  return (method, url) => {
    const operation = router.operationOf(method, url);
    if (operation === undefined) return undefined;
    let plan = plans.get(operation);
    if (plan === undefined) {
      plan = planOperation(operation, parts);
      plans.set(operation, plan);
    }
    return plan;
  };
}
