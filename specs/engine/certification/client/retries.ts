import { takesHeader } from "../../catalog/lookup.ts";
import { isPlainObject } from "../../catalog/pointer.ts";
import { type CheckTable, held, type Observation, violated } from "../check.ts";
import { jsonOf } from "../provider/responses.ts";
import {
  type ClientContext,
  headerOf,
  isCutOff,
  isTokenRequest,
  isTransient,
  nextAttempt,
  nothingSeen,
  type Observed,
  pauseBetween,
  retryAfterMs,
  sameRequest,
} from "./recording.ts";

/** Clocks and schedulers are not exact to the millisecond. */
const TOLERANCE_MS = 50;
const FINAL_STATUSES = new Set([400, 403, 404, 405, 406, 410, 413, 415, 422]);

/** Judges every exchange of one kind that was followed by another attempt. */
function followUps(
  context: ClientContext,
  applies: (observed: Observed) => boolean,
  nothing: string,
  fault: (first: Observed, next: Observed) => string | undefined,
): Observation {
  const firsts = context.observed.filter(applies);
  if (firsts.length === 0) return nothingSeen(context, nothing);
  const cases = firsts.length;
  for (const first of firsts) {
    const next = nextAttempt(first, context.observed);
    const message = next === undefined ? undefined : fault(first, next);
    if (message === undefined || next === undefined) continue;
    return violated(message, { evidence: [first.exchange, next.exchange], cases });
  }
  return held(`${cases} such answers were handled.`, { cases });
}

/** Attempts at one request that follow one another without success. */
function series(observed: readonly Observed[]): Observed[][] {
  const taken = new Set<number>();
  const out: Observed[][] = [];
  for (const first of observed) {
    if (taken.has(first.index)) continue;
    const attempts = [first];
    let last = first;
    while (isTransient(last)) {
      const next = nextAttempt(last, observed);
      if (next === undefined) break;
      attempts.push(next);
      taken.add(next.index);
      last = next;
    }
    if (ownPauses(attempts).length >= 2) out.push(attempts);
  }
  return out;
}

/** The pauses that the client chose itself: those that Retry-After asked for say nothing about its backing off. */
function ownPauses(attempts: readonly Observed[]): number[] {
  return attempts.slice(1).flatMap((next, at) => {
    const before = attempts[at];
    return before === undefined || retryAfterMs(before) !== undefined ? [] : [pauseBetween(before, next)];
  });
}

/** Pauses have a random part, so that only those of all series together show whether they grow. */
function backoffFault(all: readonly Observed[][]): string | undefined {
  const pauses = all.map(ownPauses);
  const first = pauses.reduce((sum, one) => sum + (one[0] ?? 0), 0);
  const last = pauses.reduce((sum, one) => sum + (one.at(-1) ?? 0), 0);
  const listed = pauses.map((one) => one.map((ms) => `${Math.max(0, Math.round(ms))} ms`).join(", "));
  return last <= first * 1.2 ? `The pauses between attempts don't grow: ${listed.join("; ")}.` : undefined;
}

/** Pauses that differ by less may well be the same but for the scheduler. */
function alike(one: number, other: number): boolean {
  return Math.abs(one - other) <= Math.max(10, Math.max(one, other) * 0.03);
}

/** Two series of attempts whose pauses are the same one by one. */
function twinSeries(all: readonly Observed[][]): readonly [Observed[], Observed[]] | undefined {
  for (const [index, one] of all.entries()) {
    for (const other of all.slice(index + 1)) {
      const [a, b] = [ownPauses(one), ownPauses(other)];
      const common = Math.min(a.length, b.length);
      if (a.slice(0, common).every((pause, at) => alike(pause, b[at] ?? 0))) return [one, other];
    }
  }
  return undefined;
}

function nextCursor(observed: Observed): string | undefined {
  const body = jsonOf(observed.exchange.response);
  if (observed.exchange.request.method !== "GET" || !isPlainObject(body)) return undefined;
  const next = Object.entries(body).find(([name]) => /^next_?(cursor|page_?token)?$/i.test(name))?.[1];
  return typeof next === "string" && next !== "" ? next : undefined;
}

function refreshFault(first: Observed, context: ClientContext): string | undefined {
  const next = nextAttempt(first, context.observed);
  if (next === undefined) return "The request that was answered 401 was not tried again.";
  const between = context.observed.slice(first.index + 1, next.index);
  if (!between.some((one) => isTokenRequest(one, context.run.catalog)))
    return "No token was fetched after the 401.";
  return headerOf(first.exchange, "authorization") === headerOf(next.exchange, "authorization")
    ? "The next attempt carries the token that was refused."
    : undefined;
}

/** How the client deals with answers that are no success. */
export const retryChecks: CheckTable<ClientContext> = {
  async *"client.retry.retry-after"(context) {
    const applies = (one: Observed): boolean =>
      [429, 503].includes(one.exchange.response?.status ?? 0) && retryAfterMs(one) !== undefined;
    yield followUps(context, applies, "No 429 or 503 came with Retry-After.", (first, next) => {
      const [asked, waited] = [retryAfterMs(first) ?? 0, pauseBetween(first, next)];
      return waited + TOLERANCE_MS < asked
        ? `Retry-After asked for ${asked} ms, the client waited ${Math.round(waited)} ms.`
        : undefined;
    });
  },

  async *"client.retry.no-4xx"(context) {
    const applies = (one: Observed): boolean => {
      const status = one.exchange.response?.status ?? 0;
      // Asking again whether something is there by now is polling, not a retry.
      return FINAL_STATUSES.has(status) && !(status === 404 && one.exchange.request.method === "GET");
    };
    yield followUps(context, applies, "Nothing was refused.", (first, next) => {
      const [key, other] = [first, next].map((one) => headerOf(one.exchange, "idempotency-key"));
      // Another key says that it is meant as another request.
      return key === other
        ? `The request was sent again after ${first.exchange.response?.status}.`
        : undefined;
    });
  },

  async *"client.retry.same-key"(context) {
    const keyed = (one: Observed): boolean =>
      one.operation !== undefined && takesHeader(one.operation, "idempotency-key");
    const applies = (one: Observed): boolean =>
      one.exchange.request.method === "POST" && isTransient(one) && keyed(one);
    yield followUps(
      context,
      applies,
      "No request with an idempotency key got a 5xx or no answer.",
      (first, next) => {
        const [one, other] = [
          headerOf(first.exchange, "idempotency-key"),
          headerOf(next.exchange, "idempotency-key"),
        ];
        if (one === undefined) return "A request was repeated without an idempotency key.";
        return one === other ? undefined : "The repeated request carries another idempotency key.";
      },
    );
  },

  async *"client.retry.backoff"(context) {
    const all = series(context.observed);
    if (all.length === 0) {
      yield nothingSeen(context, "No request was tried three times or more.");
      return;
    }
    const fault = backoffFault(all);
    const more = { evidence: all.flat().map((one) => one.exchange), cases: all.length };
    if (fault === undefined) yield held(`${all.length} series of attempts back off.`, more);
    else yield violated(fault, more);
  },

  async *"client.retry.jitter"(context) {
    const all = series(context.observed);
    if (all.length < 2) {
      yield nothingSeen(context, "Fewer than two requests were tried three times or more.");
      return;
    }
    const twins = twinSeries(all);
    const cases = all.length;
    if (twins === undefined) {
      yield held(`The pauses of ${cases} series of attempts differ.`, { cases });
      return;
    }
    const pauses = ownPauses(twins[0]).map((one) => `${Math.max(0, Math.round(one))} ms`);
    const evidence = twins.flat().map((one) => one.exchange);
    yield violated(`Two series of attempts have the same pauses: ${pauses.join(", ")}.`, { evidence, cases });
  },

  async *"client.auth.refresh"(context) {
    const refused = context.observed.filter(
      (one) =>
        one.exchange.response?.status === 401 &&
        !isTokenRequest(one, context.run.catalog) &&
        headerOf(one.exchange, "authorization") !== undefined,
    );
    // The second 401 in a row is where the client is right to give up.
    const firsts = refused.filter(
      (one) =>
        !isCutOff(one, context) &&
        !refused.some((earlier) => earlier.index < one.index && sameRequest(earlier, one)),
    );
    if (firsts.length === 0) {
      yield nothingSeen(context, "No request was answered 401.");
      return;
    }
    const failing = firsts.find((one) => refreshFault(one, context) !== undefined);
    const cases = firsts.length;
    if (failing === undefined) yield held(`${cases} times a new token was fetched after a 401.`, { cases });
    else yield violated(refreshFault(failing, context) ?? "", { evidence: [failing.exchange], cases });
  },

  async *"client.pagination.to-the-end"(context) {
    const { observed } = context;
    const pages = observed.filter((one) => nextCursor(one) !== undefined && !isCutOff(one, context));
    if (pages.length === 0) {
      yield nothingSeen(context, "No page had a next cursor.");
      return;
    }
    const followed = (page: Observed): boolean =>
      observed.some(
        (one) =>
          one.index > page.index &&
          one.exchange.session === page.exchange.session &&
          one.url.pathname === page.url.pathname &&
          [...one.url.searchParams.values()].includes(nextCursor(page) ?? ""),
      );
    const dropped = pages.find((one) => !followed(one));
    const cases = pages.length;
    if (dropped === undefined) yield held(`${cases} pages were followed by the next one.`, { cases });
    else
      yield violated("The list has more pages than were asked for.", { evidence: [dropped.exchange], cases });
  },
};
