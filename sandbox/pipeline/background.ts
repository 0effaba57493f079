import type { Dispatcher } from "../events/dispatcher.ts";
import { readClock } from "../store/clock.ts";
import type { FaultReport } from "./options.ts";
import { type Steps, sideBySide } from "./steps.ts";
import { runDueTimers, type TimerParts } from "./timers.ts";

/** What another process may have set is looked for this often, in wall-clock time. */
const LOOK_AGAIN_MS = 5_000;
/** How much virtual time passes between two runs of the house-keeping. */
const FORGET_EVERY_MS = 60_000;

export interface BackgroundParts {
  readonly dispatcher: Dispatcher;
  readonly timers: TimerParts;
  /** Default: at once. */
  readonly steps?: Steps;
  readonly wallClock: () => number;
  /** What is kept in memory follows what other processes changed. */
  follow(): Promise<void>;
  report(fault: FaultReport): void;
}

/** What goes on beside the requests: timers, dispatch, forgetting expired keys. One run at a time. */
export class Background {
  readonly #parts: BackgroundParts;
  readonly #steps: Steps;
  #running: Promise<void> = Promise.resolve();
  #closed = false;
  #held = false;
  #dirty = true;
  #lookedAtMs = 0;
  #forgotAtMs = 0;
  #nextDue: string | undefined;

  constructor(parts: BackgroundParts) {
    this.#parts = parts;
    this.#steps = parts.steps ?? sideBySide;
  }

  /** A decision wrote timers: the next due time isn't known any more. */
  timersChanged(): void {
    this.#dirty = true;
  }

  /** Everything due runs before this resolves, as part of the step under way. `causedBy` is the request that set the clock. */
  runTimers(causedBy?: string): Promise<void> {
    return this.#queue(async () => {
      const { now } = await this.#now();
      this.#nextDue = await runDueTimers(this.#parts.timers, now, causedBy);
      this.#dirty = false;
      this.#lookedAtMs = this.#parts.wallClock();
    });
  }

  async settle(): Promise<void> {
    await this.tick();
    await this.#parts.dispatcher.settle();
  }

  /** Cheap when nothing is due. */
  async tick(): Promise<void> {
    if (this.#closed || this.#held || this.#steps.takeOver !== undefined) return;
    try {
      const wallMs = this.#parts.wallClock();
      const { now } = await this.#now();
      const stale = wallMs - this.#lookedAtMs >= LOOK_AGAIN_MS;
      const due = this.#nextDue !== undefined && this.#nextDue <= now;
      await this.#parts.follow();
      if (this.#dirty || stale || due) await this.timers();
      if (wallMs - this.#forgotAtMs >= FORGET_EVERY_MS) {
        this.#forgotAtMs = wallMs;
        await this.forget();
      }
    } catch (error) {
      this.#parts.report({ requestId: "background", where: "background", error });
    }
  }

  /** The step first and the queue within it: whoever changes the clock has both in the same order. */
  timers(): Promise<void> {
    return this.#steps.run("timers", "", () => this.runTimers());
  }

  forget(): Promise<void> {
    return this.#steps.run("forget", "", async () => {
      const { store, tenant } = this.#parts.timers;
      await store.forgetExpired(tenant, (await this.#now()).now);
    });
  }

  /** Runs `work` while no timer runs and nothing is being sent. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.#held = true;
    try {
      await this.#running;
      return await this.#parts.dispatcher.alone(work);
    } finally {
      this.#held = false;
      this.#dirty = true;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
    await this.#parts.dispatcher.close();
  }

  #now(): ReturnType<typeof readClock> {
    const { store, tenant } = this.#parts.timers;
    return readClock(store.reader(tenant), this.#parts.wallClock());
  }

  #queue(work: () => Promise<void>): Promise<void> {
    const run = this.#running.then(work);
    // A failed run is its caller's to report; the next one starts all the same.
    this.#running = run.catch(() => {});
    return run;
  }
}
