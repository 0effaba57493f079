import { takesHeader } from "../../catalog/lookup.ts";
import { isPlainObject, type PlainObject } from "../../catalog/pointer.ts";
import type { Operation } from "../../catalog/types.ts";

/** A trouble that a client has to live with, made on purpose while it runs. */
const PROBE_NAMES = [
  "unknown-field",
  "small-pages",
  "expired-token",
  "rate-limit",
  "unavailable",
  "silence",
  "failing",
  "refused",
] as const;
export type ProbeName = (typeof PROBE_NAMES)[number];

/** What is done to a client in each of its runs, where it can be run again and again: first nothing at all. */
export const plannedRuns: readonly (readonly ProbeName[])[] = [
  [],
  ["unknown-field", "small-pages"],
  ["expired-token"],
  ["rate-limit"],
  ["unavailable"],
  ["silence"],
  ["failing"],
  ["failing"],
  ["refused"],
];

/** The same for a client that runs once, by whatever hand: one trouble after the other. */
export const plannedTogether: readonly ProbeName[] = plannedRuns.flat();

/** One run of the client, and what was done to it. */
export interface ClientSession {
  /** `ObservedExchange.session` of its exchanges. */
  readonly session: number;
  readonly probes: readonly ProbeName[];
  /** The probes that found a request to strike at. */
  readonly fired: readonly ProbeName[];
  /** Exit status of the client's command, where the run started it and it ended. */
  readonly exitCode?: number;
  /** Until when the client was waited for, RFC 3339, where it was waited for. */
  readonly deadline?: string;
  /** When the run was ended from without, counted as the exchanges' `atMs`; undefined where the client ended by itself. */
  readonly cutOffMs?: number;
}

/** A request of the client as the probes see it. */
export interface ProbedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly hasBody: boolean;
  readonly operation?: Operation;
  readonly isTokenRequest: boolean;
}

/** Strikes a request: its own answer stands in for the server's, or none at all comes. */
export interface Strike {
  readonly name: ProbeName;
  /** Attempts at one request that are struck. */
  readonly times: number;
  /** The request reaches the server all the same, only its answer is lost. */
  readonly forwards: boolean;
  mayStrike(request: ProbedRequest): boolean;
  /** Undefined: the connection is closed without an answer. */
  answer(request: ProbedRequest): Response | undefined;
}

function problem(status: number, title: string, headers: Readonly<Record<string, string>> = {}): Response {
  const body = { type: "about:blank", title, status, detail: "A probe of the certification." };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json", ...headers } });
}

const isOrdinary = ({ isTokenRequest, operation }: ProbedRequest): boolean =>
  operation !== undefined && !isTokenRequest;

/** A refusal that the operation declares, so that the client may know it. */
function refusalOf(operation: Operation | undefined): number {
  const declared = operation?.responses.map((one) => Number(one.status)) ?? [];
  return [422, 400].find((status) => declared.includes(status)) ?? 422;
}

const ONE_SECOND = { "retry-after": "1" };

export const strikes: readonly Strike[] = [
  {
    name: "expired-token",
    times: 1,
    forwards: false,
    mayStrike: (request) => isOrdinary(request) && request.headers.has("authorization"),
    answer: () => problem(401, "Token expired", { "www-authenticate": 'Bearer error="invalid_token"' }),
  },
  {
    name: "rate-limit",
    times: 1,
    forwards: false,
    mayStrike: isOrdinary,
    answer: () => problem(429, "Too many requests", ONE_SECOND),
  },
  {
    name: "unavailable",
    times: 1,
    forwards: false,
    mayStrike: isOrdinary,
    answer: () => problem(503, "Out of service", ONE_SECOND),
  },
  {
    name: "silence",
    times: 1,
    forwards: true,
    mayStrike: ({ method, operation }) =>
      method === "POST" && operation !== undefined && takesHeader(operation, "idempotency-key"),
    answer: () => undefined,
  },
  {
    name: "failing",
    times: 3,
    forwards: false,
    mayStrike: isOrdinary,
    answer: () => problem(503, "Out of service"),
  },
  {
    name: "refused",
    times: 1,
    forwards: false,
    mayStrike: (request) => isOrdinary(request) && request.hasBody,
    answer: ({ operation }) => problem(refusalOf(operation), "Refused"),
  },
];

const LIMIT_NAMES = /^(limit|page_?size|per_?page|max_?results)$/i;

/** The request for a page with the least items per page that the operation can be asked for: then there are more pages. */
export function withSmallPages({ url, operation, method }: ProbedRequest): URL | undefined {
  const limit = operation?.parameters.find((one) => one.in === "query" && LIMIT_NAMES.test(one.name));
  if (method !== "GET" || limit === undefined) return undefined;
  const small = new URL(url);
  small.searchParams.set(limit.name, "1");
  return small;
}

const ADDED = { unheardOf: { since: "a later version", list: [1] } };

function enriched(value: unknown, depth: number): unknown {
  if (depth === 0) return value;
  if (Array.isArray(value)) return value.map((one) => enriched(one, depth - 1));
  if (!isPlainObject(value)) return value;
  const inner = Object.entries(value).map(([name, one]) => [
    name,
    Array.isArray(one) ? enriched(one, depth) : one,
  ]);
  return { ...Object.fromEntries(inner), ...ADDED };
}

/** A JSON answer with fields that no specification has, at its top and in the items of its lists. */
export function withUnknownFields(body: PlainObject | readonly unknown[]): unknown {
  return enriched(body, 2);
}
