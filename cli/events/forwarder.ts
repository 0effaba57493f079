import { signedRequest, type WebhookResult, type WebhookSender } from "../../sandbox/index.ts";
import { pause } from "../../specs/engine/pause.ts";
import { retryAfterMs } from "../http/transport.ts";
import type { FedEvent } from "./feed.ts";

/** Milliseconds between two tries; a receiver that one develops is back soon, or its developer looks at the terminal. */
const WAITS_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;
/** How many are under way at once. */
const AT_ONCE = 16;

export interface Forwarded {
  readonly event: FedEvent;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly result: WebhookResult;
  /** What becomes of it. */
  readonly then: "done" | "retry" | "given-up" | "gone";
}

export interface ForwarderParts {
  readonly url: string;
  readonly secret: string;
  readonly send: WebhookSender;
  readonly signal: AbortSignal;
  tell(forwarded: Forwarded): void;
}

/** Brings events to a URL as the sandbox would: signed, in order for each key, again where they fail. */
export class Forwarder {
  readonly #parts: ForwarderParts;
  readonly #lanes = new Map<string, Promise<void>>();
  #gone = false;

  constructor(parts: ForwarderParts) {
    this.#parts = parts;
  }

  /** The receiver said 410: it wants no more. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Takes an event on; resolves when there is room for the next one. */
  async take(event: FedEvent): Promise<void> {
    const before = this.#lanes.get(event.orderKey) ?? Promise.resolve();
    const lane = before.then(() => this.#bring(event));
    this.#lanes.set(event.orderKey, lane);
    void lane.then(() => {
      if (this.#lanes.get(event.orderKey) === lane) this.#lanes.delete(event.orderKey);
    });
    while (this.#lanes.size >= AT_ONCE) await Promise.race(this.#lanes.values());
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#lanes.values());
  }

  async #bring(event: FedEvent): Promise<void> {
    const { url, secret, send, signal, tell } = this.#parts;
    for (let attempt = 1; !signal.aborted && !this.#gone; attempt++) {
      const wallMs = Date.now();
      const request = signedRequest(event, { url, secrets: [{ secret }] }, { wallMs, nowMs: wallMs });
      const result = await send(request);
      const then = outcomeOf(result, attempt);
      if (then === "gone") this.#gone = true;
      tell({ event, attempt, result, then });
      if (then !== "retry") return;
      await pause(waitMs(result, attempt), signal);
    }
  }
}

function outcomeOf(result: WebhookResult, attempt: number): Forwarded["then"] {
  if (result.kind === "answered" && result.status >= 200 && result.status < 300) return "done";
  if (result.kind === "answered" && result.status === 410) return "gone";
  return attempt > WAITS_MS.length ? "given-up" : "retry";
}

/** Never shorter than what the receiver asks for; up to a fifth longer, so that what failed together isn't tried together. */
function waitMs(result: WebhookResult, attempt: number): number {
  const own = (WAITS_MS[attempt - 1] ?? 0) * (1 + Math.random() / 5);
  const asked =
    result.kind === "answered" && result.retryAfter !== undefined ? retryAfterMs(result.retryAfter, 0) : 0;
  return Math.max(own, asked);
}
