import { type CheckTable, held, type Observation, violated } from "../check.ts";
import { isSuccess } from "../provider/responses.ts";
import type { ClientSession, ProbeName } from "./probes.ts";
import {
  type ClientContext,
  headerOf,
  isCutOff,
  isTokenRequest,
  isTransient,
  nothingSeen,
  type Observed,
  sameRequest,
} from "./recording.ts";

function ofSession(context: ClientContext, { session }: ClientSession): Observed[] {
  return context.observed.filter((one) => one.exchange.session === session);
}

/** The run of the client that nothing was done to. */
function undisturbed({ sessions }: ClientContext): ClientSession | undefined {
  return sessions.find((one) => one.probes.length === 0);
}

/** Operations that were called with success. */
function achieved(context: ClientContext, session: ClientSession): Set<string> {
  const own = ofSession(context, session).filter(
    (one) => isSuccess(one.exchange.response) && !isTokenRequest(one, context.run.catalog),
  );
  return new Set(own.map((one) => one.operation?.id).filter((one) => one !== undefined));
}

/** What the client did when left alone, and didn't do under a probe. */
function undone(context: ClientContext, session: ClientSession): string | undefined {
  const calm = undisturbed(context);
  if (calm === undefined) return undefined;
  const done = achieved(context, session);
  const missing = [...achieved(context, calm)].filter((one) => !done.has(one));
  if (missing.length > 0) return `it did without them what it didn't do with them: ${missing.join(", ")}`;
  return calm.exitCode === 0 && session.exitCode !== undefined && session.exitCode !== 0
    ? `it ended with status ${session.exitCode}, and with 0 without them`
    : undefined;
}

function ran(context: ClientContext): Observation {
  const cases = context.observed.length;
  const calm = undisturbed(context);
  if (cases === 0) {
    const ended = calm?.exitCode;
    return ended === undefined
      ? nothingSeen(context, "The client has made no request yet.")
      : violated(
          `The client ended with status ${ended} and made no request to the address that it was given.`,
        );
  }
  if (calm?.exitCode === undefined || calm.exitCode === 0)
    return held(`${cases} requests were observed.`, { cases });
  const evidence = ofSession(context, calm)
    .slice(-1)
    .map((one) => one.exchange);
  return violated(`The client ended with status ${calm.exitCode} although nothing was done to it.`, {
    evidence,
  });
}

function fired(context: ClientContext, probe: ProbeName): ClientSession[] {
  return context.sessions.filter((one) => one.fired.includes(probe));
}

function unknownField(context: ClientContext): Observation {
  const [session] = fired(context, "unknown-field");
  if (session === undefined)
    return nothingSeen(context, "No answer had a field that the specification lacks.");
  const own = ofSession(context, session);
  const cases = own.length;
  const fault = undone(context, session);
  const evidence = own.slice(-1).map((one) => one.exchange);
  if (fault !== undefined)
    return violated(`With unknown fields in the answers, ${fault}.`, { evidence, cases });
  if (cases > 1)
    return held(`The client went on through ${cases} answers with unknown fields.`, { evidence, cases });
  return nothingSeen(
    context,
    "The client made one request, so that nothing shows what it made of the answer.",
  );
}

/** A trouble that passes: the request is worth another attempt, and it is known when. */
function passes(one: Observed): boolean {
  const { response, request, abandoned } = one.exchange;
  const keyed = request.method === "GET" || headerOf(one.exchange, "idempotency-key") !== undefined;
  if (response === undefined) return abandoned === true && keyed;
  return [429, 503].includes(response.status) && response.headers["retry-after"] !== undefined;
}

function recovers(context: ClientContext): Observation {
  const troubles = context.observed.filter((one) => passes(one) && !isCutOff(one, context));
  if (troubles.length === 0) return nothingSeen(context, "Nothing went wrong that passes again.");
  const cases = troubles.length;
  const lost = troubles.find(
    (trouble) =>
      !context.observed.some(
        (one) => one.index > trouble.index && sameRequest(trouble, one) && !isTransient(one),
      ),
  );
  if (lost === undefined) return held(`${cases} requests came through in a later attempt.`, { cases });
  const what =
    lost.exchange.response === undefined ? "got no answer" : `was answered ${lost.exchange.response.status}`;
  const { method } = lost.exchange.request;
  return violated(`${method} ${lost.url.pathname} ${what} and never came through.`, {
    evidence: [lost.exchange],
    cases,
  });
}

/** What only shows while the client runs under the eyes of the certification. */
export const liveChecks: CheckTable<ClientContext> = {
  async *"client.core.ran"(context) {
    yield ran(context);
  },
  async *"client.content.unknown-field"(context) {
    yield unknownField(context);
  },
  async *"client.retry.recovers"(context) {
    yield recovers(context);
  },
};
