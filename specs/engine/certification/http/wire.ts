import { BodyTooLarge, textWithin } from "../../limited-body.ts";
import type { Exchange, TransportFailure } from "../model.ts";

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends these pieces instead of `body`, each after its pause; `broken` cuts the connection at the end. */
  readonly pieces?: {
    readonly parts: readonly string[];
    readonly pauseMs: number;
    readonly broken?: boolean;
  };
}

export interface WireOptions {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly timeoutMs: number;
  /** Bodies of answers are read up to here; more is a failure of its own. */
  readonly maxBytes: number;
  readonly onExchange?: (exchange: Exchange) => void;
  readonly signal?: AbortSignal;
}

/** Sends requests that always come to an end: with an answer, or with the reason why there is none. Never throws for what the other side does. */
export interface Wire {
  send(request: WireRequest): Promise<Exchange>;
}

function streamOf(
  pieces: NonNullable<WireRequest["pieces"]>,
  sleep: (ms: number) => Promise<void>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let index = 0;
  return new ReadableStream({
    async pull(controller) {
      const part = pieces.parts[index];
      if (index > 0) await sleep(pieces.pauseMs);
      index += 1;
      if (part !== undefined) return controller.enqueue(encoder.encode(part));
      if (pieces.broken === true) return controller.error(new Error("The sender broke off on purpose."));
      return controller.close();
    },
  });
}

function failureOf(error: unknown, timedOut: boolean, timeoutMs: number): NonNullable<Exchange["failure"]> {
  if (timedOut) return { kind: "timeout", detail: `No complete answer within ${timeoutMs} ms.` };
  if (error instanceof BodyTooLarge) return { kind: "too-large", detail: error.message };
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const detail = cause instanceof Error ? cause.message || cause.name : String(cause);
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
  const refused = ["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"].includes(code);
  const kind: TransportFailure = refused ? "refused" : "closed";
  return { kind, detail: code === "" ? detail : `${detail || "no detail"} (${code})` };
}

function initOf(request: WireRequest, options: WireOptions, signal: AbortSignal): RequestInit {
  const init: RequestInit & { duplex?: "half" } = {
    method: request.method,
    headers: { ...request.headers },
    redirect: "manual",
    signal,
  };
  if (request.pieces !== undefined) {
    init.body = streamOf(request.pieces, options.sleep);
    init.duplex = "half";
  } else if (request.body !== undefined) {
    init.body = new TextEncoder().encode(request.body);
  }
  return init;
}

/** Within this time of sending, a closed connection is most likely one that was kept open too long. */
const STALE_MS = 100;

/**
 * One attempt, and another where the connection broke at once: a server may close an idle connection in the moment in
 * which it is used again, and that is nobody's fault.
 */
async function attempt(request: WireRequest, options: WireOptions, signal: AbortSignal) {
  const begun = options.now();
  try {
    return await exchangeOnce(request, options, signal);
  } catch (error) {
    const stale = options.now() - begun < STALE_MS && failureOf(error, false, 0).kind === "closed";
    if (!stale || signal.aborted || request.pieces !== undefined) throw error;
    return exchangeOnce(request, options, signal);
  }
}

async function exchangeOnce(request: WireRequest, options: WireOptions, signal: AbortSignal) {
  const response = await options.fetch(request.url, initOf(request, options, signal));
  const body = await textWithin(response.body, options.maxBytes);
  return { status: response.status, headers: Object.fromEntries(response.headers), body, truncated: false };
}

export function createWire(options: WireOptions): Wire {
  const started = options.now();
  return {
    async send(request) {
      const controller = new AbortController();
      let timedOut = false;
      const begun = options.now();
      const body = request.body ?? request.pieces?.parts.join("");
      const head = {
        atMs: begun - started,
        request: {
          method: request.method,
          url: request.url,
          headers: { ...request.headers },
          ...(body === undefined ? {} : { body }),
        },
      };
      const finish = (rest: Pick<Exchange, "response" | "failure">): Exchange => {
        const exchange: Exchange = { ...head, durationMs: Math.max(0, options.now() - begun), ...rest };
        options.onExchange?.(exchange);
        return exchange;
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      // A fetch that ignores its signal must not hold the run either, hence the race.
      const limit = new Promise<never>((_, reject) => {
        const stop = (): void => {
          controller.abort();
          reject(new Error("stopped"));
        };
        timer = setTimeout(() => {
          timedOut = true;
          stop();
        }, options.timeoutMs);
        options.signal?.addEventListener("abort", stop, { once: true, signal: controller.signal });
      });
      try {
        const response = await Promise.race([attempt(request, options, controller.signal), limit]);
        return finish({ response });
      } catch (error) {
        options.signal?.throwIfAborted();
        return finish({ failure: failureOf(error, timedOut, options.timeoutMs) });
      } finally {
        clearTimeout(timer);
        controller.abort();
      }
    },
  };
}
