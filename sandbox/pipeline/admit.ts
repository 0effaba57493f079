import type { Caller } from "../capabilities/capability.ts";
import { findCaller, hasClients } from "../capabilities/parties/client-records.ts";
import { readClock } from "../store/clock.ts";
import { after, type Soon } from "../values/soon.ts";
import { type Authenticated, authenticate, type Credentials } from "./authenticate.ts";
import { DEFAULT_BODY_LIMITS } from "./body.ts";
import type { Core } from "./core.ts";
import { refusedPage } from "./cors.ts";
import { type KeyedRequest, type KeyOutcome, keyOf } from "./idempotency.ts";
import { accepts } from "./negotiate.ts";
import type { Passage } from "./passage.ts";
import type { OperationPlan } from "./plan.ts";
import { preferredAnswer, type Shown } from "./preference.ts";
import { type Callers, callersBehind, Shows } from "./presented.ts";
import type { Stop } from "./problem.ts";
import { readRequest, type ValidRequest } from "./read-request.ts";

/** A request that was let in: read, valid, and holding its key, where it has one, until it is answered. */
export interface Admitted {
  readonly kind: "admitted";
  readonly valid: ValidRequest;
  readonly caller: Caller | undefined;
  readonly keyed: KeyedRequest | undefined;
}

/** A request that gets an answer: its own, that of its key, or one that it asked to be shown. */
export type LetIn = Admitted | Shown | Extract<KeyOutcome, { readonly kind: "replay" }>;

/**
 * Asks everything of a request that is asked before anything is decided: who calls, how often, what is sent, under which
 * key. Waits for nothing but what isn't there: a token that nobody sent before, a body that is still coming, the answer
 * that a key may have had.
 */
export function admit(
  core: Core,
  passage: Passage,
  plan: OperationPlan,
  pathParams: Readonly<Record<string, string>>,
): Soon<LetIn | Stop> {
  const foreign = refusedPage(passage.arrival, core.settings.cors ?? "loopback");
  if (foreign !== undefined) return foreign;
  return after(identify(core, passage, plan), (who) => {
    if (who.kind === "stop") return who;
    const { caller } = who;
    const refused = refuseCaller(core, passage, plan, caller);
    if (refused !== undefined) return refused;
    const limits = core.settings.bodyLimits ?? DEFAULT_BODY_LIMITS;
    return after(readRequest(passage, pathParams, plan, limits), (valid) =>
      valid.kind === "stop" ? valid : letIn(core, passage, plan, caller, valid),
    );
  });
}

/** Who calls, by whichever credentials the operation takes. */
function identify(core: Core, passage: Passage, plan: OperationPlan): Soon<Authenticated> {
  const shows = new Shows(passage);
  return after(callersOf(core, plan, shows), (callers) =>
    after(bearerOf(core, plan, shows), (bearer) =>
      authenticate(plan.operation, plan.roles, { shows, bearer, callers }),
    ),
  );
}

/** Whose the access token is, where there are any and one was sent. */
function bearerOf(
  { tokens }: Core,
  { takesTokens }: OperationPlan,
  { authorization: { credential } }: Shows,
): Soon<Credentials["bearer"]> {
  return takesTokens && credential !== "" ? tokens?.verify(credential) : undefined;
}

/** Whose the other credentials are, where something else than an access token may name the caller. */
function callersOf(
  { tokens, read, wallClock, parts: { catalog } }: Core,
  { operation, takesTokens, takesOthers }: OperationPlan,
  shows: Shows,
): Soon<Callers | undefined> {
  const asked = (takesOthers || (takesTokens && tokens === undefined)) && hasClients(catalog);
  const clock = async (): Promise<string> => (await readClock(read, wallClock())).now;
  return asked
    ? callersBehind(operation, shows, (presented) => findCaller(read, catalog, presented, clock))
    : undefined;
}

/** Why a caller who is known is refused before it is looked at what it sends. */
function refuseCaller(
  { limiter }: Core,
  passage: Passage,
  plan: OperationPlan,
  caller: Caller | undefined,
): Stop | undefined {
  passage.party = caller?.party;
  const limit = limiter.take(caller?.party ?? "");
  passage.headers = limit.headers;
  return limit.refusal ?? accepts(passage.arrival.headers.get("accept"), plan);
}

function letIn(
  { resources, keys }: Core,
  { arrival, target }: Passage,
  { operation }: OperationPlan,
  caller: Caller | undefined,
  valid: ValidRequest,
): Soon<LetIn | Stop> {
  const preferred = preferredAnswer(arrival.headers.get("prefer"), operation, resources);
  if (preferred !== undefined) return preferred;
  const keyed = keyOf(arrival, target, `${caller?.party ?? ""} ${operation.id}`, valid.sent);
  if (keyed === undefined) return { kind: "admitted", valid, caller, keyed };
  if ("kind" in keyed) return keyed;
  return after(keys.enter(keyed), (outcome) =>
    outcome.kind === "fresh" ? { kind: "admitted", valid, caller, keyed } : outcome,
  );
}
