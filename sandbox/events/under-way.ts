import { clearTimeout, setTimeout } from "../values/real-timers.ts";

/** What answers within this time is waited for: to look for more after each would cost as much as sending it. */
const PATIENCE_MS = 50;

/** Sends that are under way, so that one that takes long holds up none of the others. */
export class UnderWay {
  readonly #sends = new Set<Promise<void>>();
  readonly #late: () => void;
  readonly #onError: (error: unknown) => void;
  #changed = Promise.withResolvers<void>();

  /** @param late is told of the end of each that wasn't waited for: what comes after it may be due now */
  constructor(late: () => void, onError: (error: unknown) => void) {
    this.#late = late;
    this.#onError = onError;
  }

  get size(): number {
    return this.#sends.size;
  }

  /** Resolves when all of these have ended, or after a moment. */
  async start(sends: readonly Promise<void>[]): Promise<void> {
    let isLate = false;
    const ended = sends.map((send) => {
      const kept: Promise<void> = send.catch(this.#onError).finally(() => {
        this.#sends.delete(kept);
        if (!isLate) return;
        this.#late();
        this.stir();
      });
      this.#sends.add(kept);
      return kept;
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, PATIENCE_MS);
    await Promise.race([Promise.all(ended), promise]);
    clearTimeout(timer);
    isLate = true;
  }

  /** Whoever waits for a change looks again. */
  stir(): void {
    this.#changed.resolve();
  }

  /** Resolves when one ends that wasn't waited for, or somebody stirs. */
  async change(): Promise<void> {
    await this.#changed.promise;
    this.#changed = Promise.withResolvers();
  }

  async end(): Promise<void> {
    await Promise.all(this.#sends);
  }
}
