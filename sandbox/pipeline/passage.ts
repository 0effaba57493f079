import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { Arrival } from "./arrival.ts";
import type { KeptExchange } from "./exchange-log.ts";
import type { Exchange } from "./options.ts";
import type { Reply } from "./reply.ts";
import type { SentBody } from "./sent-body.ts";

const NO_HEADERS: Readonly<Record<string, string>> = {};

/** One request on its way; filled as the steps go, for the record of the exchange. */
export class Passage {
  /** As its host handed it over, or as the platform has it where that was needed. */
  arrival: Arrival;
  readonly requestId: string;
  /** As `performance.now()` has it. */
  readonly startedAt = performance.now();
  operation: Operation | undefined;
  party: string | undefined;
  code: string | undefined;
  /** Virtual time of the decision. */
  now: string | undefined;
  /** Where its body was read. */
  sent: SentBody | undefined;
  /** Ids of the fault rules that it met. */
  faults: readonly string[] | undefined;
  /** Headers that steps on the way gave, such as the rate limit's. */
  headers = NO_HEADERS;
  reply: Reply | undefined;
  #url: URL | undefined;

  constructor(arrival: Arrival, requestId: string) {
    this.arrival = arrival;
    this.requestId = requestId;
  }

  /** As the sandbox reads it: a probe may change it. */
  get url(): URL {
    this.#url ??= new URL(this.arrival.url);
    return this.#url;
  }

  get pathname(): string {
    return this.arrival.plainPath ?? this.url.pathname;
  }

  /** Path and query. */
  get target(): string {
    return this.arrival.plainPath ?? this.url.pathname + this.url.search;
  }

  get query(): URLSearchParams {
    return this.url.searchParams;
  }

  get request(): Request {
    return this.arrival.request();
  }
}

/** What observers are told of it: nothing of the contents. */
export function exchangeOf(passage: Passage, status: number): Exchange {
  const { requestId, arrival, pathname, operation, party, code, faults, startedAt } = passage;
  return {
    requestId,
    method: arrival.method,
    path: pathname,
    ...(operation === undefined ? {} : { operationId: operation.id }),
    ...(party === undefined ? {} : { party }),
    ...(code === undefined ? {} : { code }),
    ...(faults === undefined ? {} : { faults }),
    status,
    durationMs: performance.now() - startedAt,
  };
}

/** What the log keeps of it: nothing is copied, only held. */
export function keptExchange(passage: Passage, { status }: { readonly status: number }): KeptExchange {
  const { requestId, arrival, startedAt, operation, party, code, now, faults, sent, reply } = passage;
  return {
    requestId,
    method: arrival.method,
    url: arrival.url,
    operationId: operation?.id,
    party,
    code,
    now,
    faults,
    status,
    startedAt,
    durationMs: performance.now() - startedAt,
    requestHeaders: arrival.headers,
    requestBody: sent?.kept,
    requestBytes: sent?.bytes.length,
    answer: reply,
  };
}
