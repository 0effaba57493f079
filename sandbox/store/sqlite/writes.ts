import { EcoError } from "../../../specs/engine/errors/index.ts";
import { setImmediate } from "../../values/real-timers.ts";
import {
  type Call,
  type Given,
  type Method,
  type Outcome,
  type Result,
  SqliteCommits,
  type Writing,
} from "./commits.ts";
import { unusable } from "./errors.ts";
import { PROGRAM, SqliteThread } from "./thread.ts";

export interface ThreadOptions {
  /** The thread is started after so many calls. Default 50: who writes little needs none. */
  readonly after?: number;
  readonly program?: URL;
}

const AFTER = 50;

/** So many calls are handed on at once, so that the thread begins with them while the turn goes on. */
const AT_ONCE = 8;

type Waiting = Omit<PromiseWithResolvers<unknown>, "promise">;

/**
 * Has a store's writes done on a thread of their own, so that the event loop goes on while rows are written and the disk
 * takes them. Before the thread is there, and where there can't be one, they are done here at the end of the turn.
 *
 * Calls are done in the order in which they come.
 */
export class SqliteWrites {
  readonly #settings: Writing;
  readonly #options: Required<ThreadOptions>;
  /** Of this turn of the event loop, not handed on yet. */
  #calls: Call[] = [];
  /** By the call's id, in the order of the calls. */
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #thread: SqliteThread | undefined;
  #threadIs: "not started" | "starting" | "ready" | "gone" = "not started";
  #here: SqliteCommits | undefined;
  #closed = false;
  #idle: PromiseWithResolvers<void> | undefined;

  constructor(settings: Writing, { after = AFTER, program = PROGRAM }: ThreadOptions = {}) {
    this.#settings = settings;
    this.#options = { after, program };
  }

  /**
   * Resolves when what was written is durable. Rejects with what the work throws, which has changed nothing then.
   * @throws EcoError `ECO_DATABASE_UNUSABLE`
   */
  call<M extends Method>(method: M, ...given: Given<M>): Promise<Result<M>> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (this.#closed) reject(new EcoError("ECO_DATABASE_UNUSABLE", `${this.#settings.name} is closed.`));
    else {
      this.#lastId += 1;
      this.#waiting.set(this.#lastId, { resolve, reject });
      const count = this.#calls.push({ id: this.#lastId, method, given });
      if (count === 1) setImmediate(() => this.#handOn());
      else if (count === AT_ONCE && this.#threadIs === "ready") this.#handOn();
    }
    // What the work's method of this name gives.
    return promise as Promise<Result<M>>;
  }

  /** Whether something was called that isn't through yet. */
  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  /** After everything that was called is through. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#waiting.size > 0) {
      this.#idle = Promise.withResolvers<void>();
      await this.#idle.promise;
    }
    this.#closeHere();
    if (this.#threadIs !== "gone") await this.#thread?.end();
  }

  #closeHere(): void {
    this.#here?.close();
    this.#here = undefined;
  }

  #handOn(): void {
    if (this.#threadIs === "not started" && this.#lastId > this.#options.after) this.#start();
    // Where the first call is the thread's already, it waits for it.
    if (this.#threadIs === "starting" && this.#here === undefined) return;
    const calls = this.#calls;
    if (calls.length === 0) return;
    this.#calls = [];
    try {
      if (this.#threadIs === "ready") this.#thread?.tell(calls);
      else this.#hear(this.#doHere(calls));
    } catch (cause) {
      // A database that can't be opened again, or something that can't go to another thread.
      const error = unusable(this.#settings.name, cause);
      this.#hear(calls.map(({ id }) => ({ id, error })));
    }
  }

  #doHere(calls: readonly Call[]): readonly Outcome[] {
    this.#here ??= new SqliteCommits(this.#settings);
    const queue = [...calls];
    const outcomes: Outcome[] = [];
    while (queue.length > 0) outcomes.push(...this.#here.run(() => queue.shift()));
    return outcomes;
  }

  #start(): void {
    this.#threadIs = "starting";
    this.#thread = new SqliteThread(this.#options.program, this.#settings, {
      ready: () => {
        this.#threadIs = "ready";
        this.#closeHere();
        this.#handOn();
      },
      outcomes: (outcomes) => this.#hear(outcomes),
      gone: () => this.#threadEnded(),
    });
  }

  /** From now on it is done here. What the thread was told may be written or not. */
  #threadEnded(): void {
    const error = new EcoError(
      "ECO_DATABASE_UNUSABLE",
      `${this.#settings.name} can't be used: the thread that writes to it has ended.`,
    );
    const [next] = this.#calls;
    const told = this.#threadIs === "ready" ? [...this.#waiting.keys()] : [];
    this.#threadIs = "gone";
    this.#hear(told.filter((id) => next === undefined || id < next.id).map((id) => ({ id, error })));
    this.#handOn();
  }

  #hear(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      const waiting = this.#waiting.get(outcome.id);
      this.#waiting.delete(outcome.id);
      if ("result" in outcome) waiting?.resolve(outcome.result);
      else waiting?.reject("error" in outcome ? outcome.error : toldUnusable(outcome.unusable));
    }
    if (this.#waiting.size > 0) return;
    this.#thread?.rest();
    this.#idle?.resolve();
  }
}

const toldUnusable = ({ message, fix }: { readonly message: string; readonly fix: string }): EcoError =>
  new EcoError("ECO_DATABASE_UNUSABLE", message, { fix });
