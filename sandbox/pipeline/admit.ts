import type { Caller } from "../capabilities/capability.ts";
import { findCaller, hasClients } from "../capabilities/client-records.ts";
import { authenticate, type Credentials } from "./authenticate.ts";
import { DEFAULT_BODY_LIMITS } from "./body.ts";
import type { Core } from "./core.ts";
import { refusedPage } from "./cors.ts";
import { type KeyedRequest, type KeyOutcome, keyOf } from "./idempotency.ts";
import { accepts } from "./negotiate.ts";
import type { Passage } from "./passage.ts";
import type { OperationPlan } from "./plan.ts";
import { preferredAnswer, type Shown } from "./preference.ts";
import { type Callers, callersBehind, type Shows } from "./presented.ts";
import type { Stop } from "./problem.ts";
import { readRequest, type ValidRequest } from "./read-request.ts";
import { type Authorization, authorizationOf } from "./schemes.ts";
import type { Tokens } from "./tokens.ts";

/** A request that was let in: read, valid, and holding its key until it is answered. */
export interface Admitted {
  readonly kind: "admitted";
  readonly valid: ValidRequest;
  readonly caller: Caller | undefined;
  readonly keyed?: KeyedRequest;
  release?(): void;
}

/** A request that gets an answer: its own, that of its key, or one that it asked to be shown. */
export type LetIn = Admitted | Shown | Extract<KeyOutcome, { readonly kind: "replay" }>;

/** Asks everything of a request that is asked before anything is decided: who calls, how often, what is sent, under which key. */
export async function admit(
  core: Core,
  passage: Passage,
  plan: OperationPlan,
  pathParams: Readonly<Record<string, string>>,
): Promise<LetIn | Stop> {
  const { arrival } = passage;
  const { headers } = arrival;
  const { limiter, settings, tokens, resources, keys } = core;
  const foreign = refusedPage(arrival, settings.cors ?? "loopback");
  if (foreign !== undefined) return foreign;
  const authorization = authorizationOf(headers);
  const bearer = plan.takesTokens ? bearerOf(authorization, tokens) : undefined;
  const callers = asksForClients(core, plan)
    ? await callersOf(core, plan, { headers, authorization, query: passage.query })
    : undefined;
  const who = authenticate(plan.operation, plan.roles, {
    headers,
    authorization,
    get query() {
      return passage.query;
    },
    bearer: bearer instanceof Promise ? await bearer : bearer,
    callers,
  });
  if (who.kind === "stop") return who;
  const { caller } = who;
  passage.party = caller?.party;
  const limit = limiter.take(caller?.party ?? "");
  passage.headers = limit.headers;
  if (limit.refusal !== undefined) return limit.refusal;
  const unacceptable = accepts(headers.get("accept"), plan);
  if (unacceptable !== undefined) return unacceptable;
  const valid = await readRequest(passage, pathParams, plan, settings.bodyLimits ?? DEFAULT_BODY_LIMITS);
  if (valid.kind === "stop") return valid;
  const preferred = preferredAnswer(headers.get("prefer"), plan.operation, resources);
  if (preferred !== undefined) return preferred;
  const owner = `${caller?.party ?? ""} ${plan.operation.id}`;
  const keyed = keyOf(arrival, passage.target, owner, valid.bytes);
  if (keyed === undefined) return { kind: "admitted", valid, caller };
  if ("kind" in keyed) return keyed;
  const key = await keys.enter(keyed);
  return key.kind === "fresh" ? { ...key, kind: "admitted", valid, caller, keyed } : key;
}

/** Whose the access token is, where there are any and one was sent. */
function bearerOf(
  { credential }: Authorization,
  tokens: Tokens | undefined,
): Credentials["bearer"] | Promise<Credentials["bearer"]> {
  return credential === "" ? undefined : tokens?.verify(credential);
}

/** Whether something else than an access token may name the caller. */
const asksForClients = ({ tokens, parts }: Core, { takesTokens, takesOthers }: OperationPlan): boolean =>
  (takesOthers || (takesTokens && tokens === undefined)) && hasClients(parts.catalog);

const callersOf = ({ read, parts }: Core, { operation }: OperationPlan, shows: Shows): Promise<Callers> =>
  callersBehind(operation, shows, (presented) => findCaller(read, parts.catalog, presented));
