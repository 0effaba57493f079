import type { IdempotentAnswer, Store } from "../store/store.ts";
import { fingerprintOf } from "../values/ids.ts";
import { isoOf } from "../values/iso.ts";
import type { Soon } from "../values/soon.ts";
import type { Arrival } from "./arrival.ts";
import { wholeText } from "./body-text.ts";
import type { Prepared } from "./prepare.ts";
import { type Stop, stop } from "./problem.ts";
import type { SentBody } from "./sent-body.ts";

/** How long a key is remembered, in virtual time. */
const KEPT_MS = 24 * 60 * 60 * 1000;
const MAX_KEY_LENGTH = 255;

/** A request with a key, on its way through. */
export interface KeyedRequest {
  /** The key within its party and operation: two parties may use the same one. */
  readonly key: string;
  readonly fingerprint: string;
}

export type KeyOutcome =
  /** Nobody used the key yet: go on, and `leave` it at the end. */
  { readonly kind: "fresh" } | { readonly kind: "replay"; readonly answer: IdempotentAnswer } | Stop;

const FRESH: KeyOutcome = { kind: "fresh" };

/** The key of a request, or why it can't be one; undefined where it has none. */
export function keyOf(
  request: Pick<Arrival, "method" | "headers">,
  path: string,
  owner: string,
  { text }: SentBody,
): KeyedRequest | Stop | undefined {
  const sent = request.headers.get("idempotency-key");
  if (sent === null || request.method === "GET" || request.method === "HEAD") return undefined;
  if (sent === "" || sent.length > MAX_KEY_LENGTH) {
    return stop("ECO_REQUEST_MALFORMED", `The Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters.`);
  }
  const content = `${request.method} ${path}\n${text}`;
  // Joined, and not a sum of its parts: it is kept for a day, in one piece.
  return { key: [owner, sent].join(" "), fingerprint: fingerprintOf(content) };
}

/**
 * Holds back twins while the first is being answered, in this process; across processes the store's own check of the
 * key decides. What was refused left nothing behind and isn't remembered: mended, it may use its key again.
 */
export class IdempotencyKeys {
  readonly #store: Store;
  readonly #tenant: string;
  readonly #inFlight = new Set<string>();

  constructor(store: Store, tenant: string) {
    this.#store = store;
    this.#tenant = tenant;
  }

  enter(keyed: KeyedRequest): Soon<KeyOutcome> {
    const { key } = keyed;
    if (this.#inFlight.has(key)) {
      return stop(
        "ECO_IDEMPOTENCY_IN_FLIGHT",
        "The first request with this Idempotency-Key isn't answered yet.",
        {
          headers: { "retry-after": "1" },
        },
      );
    }
    // Entered before anything is awaited: a twin that comes in between must find it.
    this.#inFlight.add(key);
    return this.#lookUp(keyed);
  }

  /** The key is free for its next request. */
  leave({ key }: KeyedRequest): void {
    this.#inFlight.delete(key);
  }

  async #lookUp(keyed: KeyedRequest): Promise<KeyOutcome> {
    try {
      const answer = await this.#store.idempotentAnswer(this.#tenant, keyed.key);
      if (answer === undefined) return FRESH;
      this.leave(keyed);
      return replayOf(answer, keyed.fingerprint);
    } catch (error) {
      this.leave(keyed);
      throw error;
    }
  }
}

/** The first answer for the same request; another request under the same key is refused. */
export function replayOf(
  answer: IdempotentAnswer,
  fingerprint: string,
): Exclude<KeyOutcome, { readonly kind: "fresh" }> {
  if (answer.fingerprint === fingerprint) return { kind: "replay", answer };
  return stop("ECO_IDEMPOTENCY_MISMATCH", "This Idempotency-Key was used for another request before.");
}

export function answerToKeep(
  { key, fingerprint }: KeyedRequest,
  { status, headers, body }: Prepared,
  requestId: string,
  now: string,
): IdempotentAnswer {
  return {
    key,
    fingerprint,
    status,
    body: wholeText(body),
    expiresAt: expiryOf(now),
    // Put together, not spread: a list that grows by one has room for sixteen more, and this one is kept.
    headers: headers.concat([["eco-request-id", requestId]]),
  };
}

let last = { now: "", expiresAt: "" };

/** The last one is remembered: many requests share a millisecond. */
function expiryOf(now: string): string {
  if (last.now !== now) last = { now, expiresAt: isoOf(Date.parse(now) + KEPT_MS) };
  return last.expiresAt;
}
