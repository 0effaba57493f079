import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { SentAnswer } from "./answers.ts";
import type { KeptExchange } from "./exchange-log.ts";
import type { Exchange } from "./options.ts";

/** One request on its way; filled as the steps go, for the record of the exchange. */
export interface Passage {
  readonly request: Request;
  readonly url: URL;
  readonly requestId: string;
  /** As `performance.now()` has it. */
  readonly startedAt: number;
  operation?: Operation;
  party?: string;
  code?: string;
  /** Virtual time of the decision. */
  now?: string;
  /** The body, where it was read. */
  bytes?: Uint8Array;
  /** Ids of the fault rules that it met. */
  faults?: readonly string[];
  headers: Readonly<Record<string, string>>;
  sent?: SentAnswer;
}

export function passageOf(request: Request, requestId: string): Passage {
  return { request, url: new URL(request.url), requestId, startedAt: performance.now(), headers: {} };
}

/** What observers are told of it: nothing of the contents. */
export function exchangeOf(passage: Passage, status: number): Exchange {
  const { requestId, request, url, operation, party, code, faults, startedAt } = passage;
  return {
    requestId,
    method: request.method,
    path: url.pathname,
    ...(operation === undefined ? {} : { operationId: operation.id }),
    ...(party === undefined ? {} : { party }),
    ...(code === undefined ? {} : { code }),
    ...(faults === undefined ? {} : { faults }),
    status,
    durationMs: performance.now() - startedAt,
  };
}

/** What the log keeps of it: nothing is copied, only held. */
export function keptExchange(passage: Passage, { status }: Response): KeptExchange {
  const { requestId, request, startedAt, operation, party, code, now, bytes, faults, sent } = passage;
  return {
    requestId,
    method: request.method,
    url: request.url,
    operationId: operation?.id,
    party,
    code,
    now,
    faults,
    status,
    startedAt,
    durationMs: performance.now() - startedAt,
    requestHeaders: request.headers,
    requestBody: bytes,
    answer: sent,
  };
}
