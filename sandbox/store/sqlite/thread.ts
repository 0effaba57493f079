import { Worker } from "node:worker_threads";
import type { Call, Outcome, Writing } from "./commits.ts";
import type { FromThread, ToThread } from "./thread-program.ts";

/** Beside this file among the sources, above the chunks in a bundle. */
export const PROGRAM = new URL(
  import.meta.url.endsWith(".ts") ? "./thread-program.ts" : "../sqlite-thread-program.js",
  import.meta.url,
);

interface Heard {
  /** It takes calls from now on. */
  ready(): void;
  outcomes(outcomes: readonly Outcome[]): void;
  /** It ended, and wasn't told to, or it never began: what it was told last may be written or not. */
  gone(): void;
}

/** A thread that writes. While somebody waits for an outcome the process doesn't end. */
export class SqliteThread {
  readonly #heard: Heard;
  readonly #worker: Worker | undefined;
  #ended = Promise.withResolvers<void>();
  #ends = false;

  constructor(program: URL, settings: Writing, heard: Heard) {
    this.#heard = heard;
    this.#worker = this.#started(program, settings);
    if (this.#worker === undefined) this.#gone();
  }

  #started(program: URL, settings: Writing): Worker | undefined {
    try {
      const worker = new Worker(program, { workerData: settings, execArgv: [], env: {} });
      worker.on("message", (message: FromThread) => {
        if (message === "ready") this.#heard.ready();
        else this.#heard.outcomes(message);
      });
      // A program that was bundled without it, or a database that can't be opened again: its end follows.
      worker.on("error", () => {});
      worker.once("exit", () => this.#gone());
      return worker;
    } catch {
      // Threads are forbidden.
      return undefined;
    }
  }

  tell(calls: readonly Call[]): void {
    this.#worker?.ref();
    this.#worker?.postMessage(calls satisfies ToThread);
  }

  /** Nobody waits for an outcome now. */
  rest(): void {
    this.#worker?.unref();
  }

  /** After the last outcome. */
  async end(): Promise<void> {
    this.#ends = true;
    this.#worker?.ref();
    this.#worker?.postMessage("end" satisfies ToThread);
    await this.#ended.promise;
  }

  #gone(): void {
    this.#ended.resolve();
    if (!this.#ends) this.#heard.gone();
  }
}
