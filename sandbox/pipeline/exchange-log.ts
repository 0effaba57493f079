import type { HeaderFields } from "./arrival.ts";
import { lengthOf } from "./body-text.ts";
import type { Reply } from "./reply.ts";

/** An exchange as it is held; made readable, and rid of its secrets, for whoever asks. */
export interface KeptExchange {
  readonly requestId: string;
  readonly method: string;
  readonly url: string;
  readonly operationId: string | undefined;
  readonly party: string | undefined;
  readonly code: string | undefined;
  /** Virtual time of the decision; undefined where none was taken. */
  readonly now: string | undefined;
  readonly faults: readonly string[] | undefined;
  /** 0 where the connection was cut. */
  readonly status: number;
  /** As `performance.now()` has it. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly requestHeaders: HeaderFields;
  /** Its text where somebody read it as such. Undefined where it was refused before its body was read, and where that is too large to keep. */
  readonly requestBody: string | Uint8Array | undefined;
  readonly requestBytes: number | undefined;
  readonly answer: Pick<Reply, "headers" | "body"> | undefined;
}

export interface LogLimits {
  /** How many exchanges are kept. */
  readonly entries: number;
  /** Bytes of all bodies kept, roughly. */
  readonly bodyBytes: number;
}

export const DEFAULT_LOG_LIMITS: LogLimits = { entries: 1_000, bodyBytes: 16 * 1024 * 1024 };

/** A body larger than this is not kept, only its size. */
const BODY_LIMIT = 64 * 1024;

/** A body that was too large to keep. */
interface Slimmed extends KeptExchange {
  readonly answerBytes?: number;
}

export type LoggedExchange = Slimmed & { readonly sequence: number };

/** The last exchanges of a sandbox, in memory: the oldest make room. */
export class ExchangeLog {
  readonly #limits: LogLimits;
  /** A ring: sequence n stands at n modulo the number of entries. */
  readonly #ring: (Slimmed | undefined)[] = [];
  readonly #waiting = new Set<() => void>();
  #oldest = 1;
  #next = 1;
  #bodyBytes = 0;
  #closed = false;

  constructor(limits: LogLimits) {
    this.#limits = limits;
  }

  add(exchange: KeptExchange): void {
    const { entries, bodyBytes } = this.#limits;
    if (entries === 0) return;
    const slimmed = slim(exchange);
    if (this.#next - this.#oldest >= entries) this.#dropOldest();
    this.#ring[this.#next % entries] = slimmed;
    this.#next += 1;
    this.#bodyBytes += sizeOf(slimmed);
    while (this.#bodyBytes > bodyBytes && this.#oldest < this.#next) this.#dropOldest();
    if (this.#waiting.size > 0) for (const wake of [...this.#waiting]) wake();
  }

  /** Sequence of the first that is kept, and of the one to come. */
  get bounds(): { readonly oldest: number; readonly next: number } {
    return { oldest: this.#oldest, next: this.#next };
  }

  /** Those after a sequence, oldest first. */
  *after(sequence: number): Generator<LoggedExchange> {
    for (let at = Math.max(sequence + 1, this.#oldest); at < this.#next; at++) {
      const exchange = this.#ring[at % this.#limits.entries];
      if (exchange !== undefined) yield { ...exchange, sequence: at };
    }
  }

  /** Nobody is kept waiting any longer. */
  close(): void {
    this.#closed = true;
    for (const wake of [...this.#waiting]) wake();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Resolves when there is one after `sequence`, when `signal` says so, or when the log closes. */
  arrival(sequence: number, signal: AbortSignal): Promise<void> {
    if (this.#next > sequence + 1 || signal.aborted || this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener("abort", done);
    });
  }

  #dropOldest(): void {
    const place = this.#oldest % this.#limits.entries;
    const dropped = this.#ring[place];
    if (dropped !== undefined) this.#bodyBytes -= sizeOf(dropped);
    this.#ring[place] = undefined;
    this.#oldest += 1;
  }
}

const sizeOf = ({ requestBody, answer }: KeptExchange): number =>
  (requestBody?.length ?? 0) + lengthOf(answer?.body ?? "");

function slim(exchange: KeptExchange): Slimmed {
  const { requestBytes = 0, answer } = exchange;
  const large = requestBytes > BODY_LIMIT;
  const answerBytes = lengthOf(answer?.body ?? "");
  const largeAnswer = answer !== undefined && answerBytes > BODY_LIMIT;
  if (!large && !largeAnswer) return exchange;
  return {
    ...exchange,
    ...(large ? { requestBody: undefined } : {}),
    ...(largeAnswer ? { answer: { ...answer, body: "" }, answerBytes } : {}),
  };
}
