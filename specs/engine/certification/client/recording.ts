import { OperationRouter } from "../../catalog/routes/operation-router.ts";
import type { Catalog, Operation } from "../../catalog/types.ts";
import { type Observation, type RunContext, skipped, waiting } from "../check.ts";
import type { ObservedExchange } from "../options.ts";
import { isTokenOperation, isTokenPath } from "../token-operation.ts";
import type { ClientSession } from "./probes.ts";

/** A recorded exchange with the operation that it called. */
export interface Observed {
  readonly index: number;
  readonly exchange: ObservedExchange;
  readonly url: URL;
  readonly operation?: Operation;
  readonly path: Readonly<Record<string, string>>;
}

/** What the checks of a client look at. */
export interface ClientContext {
  readonly run: RunContext;
  readonly observed: readonly Observed[];
  /** The runs of the client that were probed; none where all there is is a recording. */
  readonly sessions: readonly ClientSession[];
}

/** Matches each exchange with the operation of the catalogue that it called. */
export function readRecording(catalog: Catalog, recording: readonly ObservedExchange[]): Observed[] {
  const router = new OperationRouter(catalog.operations);
  return recording.map((exchange, index) => {
    const url = new URL(exchange.request.url, "http://unnamed.invalid");
    const method = exchange.request.method.toUpperCase();
    const match = router.match(method, url.pathname, { query: url.searchParams });
    const called = match.kind === "found" ? { operation: match.target, path: match.params } : { path: {} };
    return { index, exchange, url, ...called };
  });
}

/** There was nothing to judge: why, and whether it may yet come. */
export function nothingSeen({ sessions }: ClientContext, message: string): Observation {
  if (sessions.length === 0) {
    const text = `${message} Give the client's command with --run, so that it can be brought about.`;
    return skipped("not-configured", text);
  }
  const awaited = sessions.find((one) => one.deadline !== undefined);
  return awaited?.deadline === undefined
    ? skipped("not-applicable", message)
    : waiting(awaited.deadline, message);
}

export function headerOf(exchange: ObservedExchange, name: string): string | undefined {
  return Object.entries(exchange.request.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

export function isTokenRequest({ operation, url }: Observed, catalog: Catalog): boolean {
  if (operation !== undefined && isTokenOperation(operation, catalog)) return true;
  return isTokenPath(url.pathname, catalog);
}

/** Method, URL and body, in one run of the client: what makes two exchanges attempts at the same thing. */
export function sameRequest(one: Observed, other: Observed): boolean {
  if (one.exchange.session !== other.exchange.session) return false;
  const [a, b] = [one.exchange.request, other.exchange.request];
  return a.method === b.method && one.url.href === other.url.href && (a.body ?? "") === (b.body ?? "");
}

/** The next attempt at the same request. */
export function nextAttempt(observed: Observed, all: readonly Observed[]): Observed | undefined {
  return all.slice(observed.index + 1).find((one) => sameRequest(observed, one));
}

/** Seconds or an HTTP date, as milliseconds from the answer. */
export function retryAfterMs(observed: Observed): number | undefined {
  const text = observed.exchange.response?.headers["retry-after"];
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const sent = Date.parse(observed.exchange.response?.headers["date"] ?? "");
  const until = Date.parse(text);
  return Number.isNaN(until) || Number.isNaN(sent) ? undefined : until - sent;
}

/** A client that is going to follow up on an answer does so within this time, beyond what Retry-After asks for. */
export const FOLLOW_UP_MS = 2_000;

/** Whether the client's run was ended from without before it had the time to follow up on an exchange. */
export function isCutOff(observed: Observed, { sessions }: ClientContext): boolean {
  const { session, atMs, durationMs } = observed.exchange;
  const cutOffMs = sessions.find((one) => one.session === session)?.cutOffMs;
  if (cutOffMs === undefined) return false;
  return atMs + durationMs + (retryAfterMs(observed) ?? 0) + FOLLOW_UP_MS > cutOffMs;
}

/** Milliseconds from the end of one exchange to the beginning of the next. */
export function pauseBetween(one: Observed, next: Observed): number {
  return next.exchange.atMs - (one.exchange.atMs + one.exchange.durationMs);
}

/** No answer, or one that invites another attempt. */
export function isTransient(observed: Observed): boolean {
  const status = observed.exchange.response?.status;
  return status === undefined || observed.exchange.abandoned === true || status >= 500 || status === 429;
}
