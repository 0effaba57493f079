import type { Dispatcher } from "undici";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { isLoopback } from "../../specs/engine/loopback.ts";
import { pause } from "../../specs/engine/pause.ts";

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether sending it twice does no harm: it reads, or carries an Idempotency-Key. Only then a lost connection is tried again. */
  readonly repeatable: boolean;
  /** How large the answer may be. Default 64 MiB. */
  readonly responseLimitBytes?: number;
  /** Gives it up. */
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface TransportOptions {
  /** Told about every wait that a person would notice. */
  readonly onWait?: (message: string) => void;
}

const RESPONSE_LIMIT_BYTES = 64 * 1024 * 1024;
/** Time for one attempt, connection included. */
const TIMEOUT_MS = 30_000;
/** How long a connection that worked before is tried again: a sandbox that restarts is back in seconds. */
const PATIENCE_MS = 30_000;
const BUSY_ATTEMPTS = 8;
const LONGEST_WAIT_MS = 60_000;
const REDIRECT_LIMIT = 3;

/** HTTP as every command wants it: proxies of the environment honoured, limits on time and size, patience with a busy or restarting server. */
export class Transport {
  readonly #onWait: (message: string) => void;
  readonly #reached = new Set<string>();
  #dispatcher: Dispatcher | undefined;

  constructor(options: TransportOptions = {}) {
    this.#onWait = options.onWait ?? (() => undefined);
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    let url = request.url;
    for (let redirects = 0; ; redirects++) {
      const response = await this.#sendPatiently({ ...request, url });
      const location = response.headers["location"];
      if (response.status < 300 || response.status >= 400 || location === undefined) return response;
      url = this.#redirectTarget(request, url, location, redirects);
    }
  }

  /** Credentials travel with the request, so a redirect is followed within the same origin only, and only where nothing is written. */
  #redirectTarget(request: HttpRequest, from: URL, location: string, redirects: number): URL {
    const target = URL.parse(location, from);
    const allowed =
      target !== null &&
      target.origin === from.origin &&
      request.method === "GET" &&
      redirects < REDIRECT_LIMIT;
    if (allowed) return target;
    throw new EcoError(
      "ECO_REQUEST_REFUSED",
      `${from.origin} redirects ${request.method} ${from.pathname} to ${target?.origin ?? location}, which is not followed.`,
      {
        fix: "If the API moved, point --sandbox at its new address: credentials are never sent to another origin.",
      },
    );
  }

  async #sendPatiently(request: HttpRequest): Promise<HttpResponse> {
    const givingUpAt = performance.now() + PATIENCE_MS;
    let told = false;
    for (let lost = 0, busy = 0; ; ) {
      try {
        const response = await this.#sendOnce(request);
        this.#reached.add(request.url.origin);
        if (response.status !== 429 && response.status !== 503) return response;
        if (++busy >= BUSY_ATTEMPTS) return response;
        const waitMs = retryAfterMs(response.headers["retry-after"], busy);
        if (waitMs >= 1_000)
          this.#onWait(
            `${request.url.origin} asks to wait ${Math.round(waitMs / 1000)} s (${response.status}).`,
          );
        await pause(waitMs);
      } catch (cause) {
        // An answer that is refused would be refused again.
        if (cause instanceof EcoError) throw cause;
        if (request.signal?.aborted === true) throw unreachable(request.url, cause);
        const patient = this.#reached.has(request.url.origin) && performance.now() < givingUpAt;
        if (!request.repeatable || !(patient || lost === 0)) throw unreachable(request.url, cause);
        if (patient && !told) {
          this.#onWait(
            `${request.url.origin} went away; trying again for up to ${Math.round(PATIENCE_MS / 1000)} s.`,
          );
          told = true;
        }
        await pause(Math.min(2_000, 100 * 2 ** lost++) * (0.5 + Math.random() / 2));
      }
    }
  }

  async #sendOnce(request: HttpRequest): Promise<HttpResponse> {
    const undici = await import("undici");
    const options = { connect: { timeout: 10_000 }, keepAliveTimeout: 10_000 };
    // A proxy of the environment is for what is elsewhere; this machine's sandbox is not behind it.
    this.#dispatcher ??= isLoopback(request.url.hostname)
      ? new undici.Agent(options)
      : new undici.EnvHttpProxyAgent(options);
    const answer = await undici.request(request.url, {
      method: request.method as Dispatcher.HttpMethod,
      headers: request.headers,
      body: request.body ?? null,
      dispatcher: this.#dispatcher,
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(request.signal ? [request.signal] : [])]),
    });
    return {
      status: answer.statusCode,
      headers: flatten(answer.headers),
      body: await readLimited(answer.body, request.url, request.responseLimitBytes),
    };
  }
}

async function readLimited(
  body: AsyncIterable<Uint8Array>,
  url: URL,
  limitBytes = RESPONSE_LIMIT_BYTES,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes)
      throw new EcoError(
        "ECO_REQUEST_REFUSED",
        `The answer of ${url.origin}${url.pathname} is larger than ${Math.floor(limitBytes / 1024 / 1024)} MB.`,
        {
          fix: "Ask for less at once, for example with --limit.",
        },
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  return flat;
}

/** `Retry-After` in seconds or as a date; without one, longer from time to time, with jitter so that clients don't come back together. */
export function retryAfterMs(header: string | undefined, attempt: number, now = Date.now()): number {
  if (header !== undefined && /^\s*\d+\s*$/.test(header))
    return Math.min(LONGEST_WAIT_MS, Number(header) * 1000);
  const date = header === undefined ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(date)) return Math.min(LONGEST_WAIT_MS, Math.max(0, date - now));
  return Math.min(LONGEST_WAIT_MS, 250 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/** Why a request to the URL got no answer, as an error that says so: ECO_TIMEOUT or ECO_SANDBOX_UNREACHABLE. */
export function unreachable(url: URL, cause: unknown): EcoError {
  const name = cause instanceof Error ? cause.name : "";
  if (name === "TimeoutError" || name === "HeadersTimeoutError" || name === "BodyTimeoutError")
    return new EcoError("ECO_TIMEOUT", `${url.origin} did not answer ${url.pathname} in time.`, { cause });
  return new EcoError(
    "ECO_SANDBOX_UNREACHABLE",
    `${url.origin} can't be reached: ${connectionReason(cause)}.`,
    { cause },
  );
}

function connectionReason(cause: unknown): string {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: "nothing listens there",
    ENOTFOUND: "the host name is unknown",
    EAI_AGAIN: "the host name can't be resolved for the moment",
    ECONNRESET: "the connection was cut",
    UND_ERR_SOCKET: "the connection was cut",
    UND_ERR_CONNECT_TIMEOUT: "no connection in time",
    DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  };
  return (
    reasons[code] ??
    (cause instanceof Error && cause.message !== "" ? cause.message : code || "no connection")
  );
}
