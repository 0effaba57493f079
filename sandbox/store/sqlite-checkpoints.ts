import type { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { SqliteFile } from "./sqlite-file.ts";

/** What the thread is started with. */
export interface CheckpointThread {
  readonly path: string;
  /** The pages that the log may hold before they are moved. */
  readonly bound: number;
}

/** The log has grown; nothing more will come. */
export type CheckpointRequest = "look" | "end";

export type CheckpointReport =
  /** All of the log but a small rest is in the database. */
  | { readonly kind: "moved" }
  /** There is too little of it, or somebody is in the way. */
  | { readonly kind: "left" }
  | { readonly kind: "failed"; readonly message: string; readonly errcode: number };

export interface CheckpointOptions {
  /** The pages that the log may hold before they are moved. */
  readonly bound?: number | undefined;
  /** The program of the thread. */
  readonly thread?: URL | undefined;
}

/** The same pages change with every request, and each time they are moved the disk is synced twice. */
const BOUND = 16_384;

/** Where the thread doesn't keep up, or there is none, a commit beyond so many times the bound moves the pages itself. */
const LAST_BOUND = 4;

/** So often it is tried to move the rest, to which other processes may add. */
const TRIES = 4;

const SQLITE_IOERR = 10;

/** Beside this file among the sources, above the chunks in a bundle. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./sqlite-checkpoint-thread.ts" : "../sqlite-checkpoint-thread.js",
  import.meta.url,
);

/**
 * Moves the pages of a database's log into its file on a thread of their own: that takes a tenth of a second, for which
 * the event loop would stand still. While the log is written without a pause the thread never gets the last pages, and
 * SQLite syncs the file only when it has them all. So what was moved is synced beside the event loop; then the last pages
 * are moved here, between two transactions, and the next one begins the log anew.
 *
 * The thread starts when the log may be full for the first time, and keeps no process from ending.
 */
export class SqliteCheckpoints {
  readonly #database: DatabaseSync;
  readonly #settings: CheckpointThread;
  readonly #program: URL;
  readonly #broken: (reason: string) => void;
  #file: SqliteFile | undefined;
  #worker: Worker | "none" | undefined;
  /** From the request to look until the file is synced. */
  #busy = false;
  #synced: Promise<void> | undefined;
  #tries = 0;
  /** How many rows were written by the last look. */
  #looked = 0;

  /** `broken` hears of a disk that didn't take what was moved. */
  constructor(
    database: DatabaseSync,
    path: string,
    broken: (reason: string) => void,
    { bound = BOUND, thread = THREAD }: CheckpointOptions = {},
  ) {
    this.#database = database;
    this.#settings = { path, bound };
    this.#program = thread;
    this.#broken = broken;
    database.exec(`PRAGMA wal_autocheckpoint = ${bound * LAST_BOUND}`);
  }

  /** After a commit, before the next transaction. `rows` counts all that were ever written. */
  committed(rows: number): void {
    if (this.#tries > 0) this.#moveRest();
    // A row takes about a page of the log, or less.
    if (rows - this.#looked < this.#settings.bound / 2 || this.#busy) return;
    this.#looked = rows;
    this.#look();
  }

  /** After the database was closed. */
  letGo(): void {
    this.#file?.close();
  }

  /** Ends the thread. The connection that is closed last moves what is left. */
  async close(): Promise<void> {
    this.#tries = 0;
    const worker = this.#worker;
    this.#worker = "none";
    if (worker === undefined || worker === "none") return;
    // Otherwise a process that waits for nothing else would end meanwhile.
    worker.ref();
    // Not `once`, which rejects with the error of a thread that is just failing to start.
    const exited = new Promise((resolve) => worker.once("exit", resolve));
    worker.postMessage("end" satisfies CheckpointRequest);
    await exited;
    await this.#synced;
  }

  #look(): void {
    this.#worker ??= this.#started();
    if (this.#worker === "none") return;
    this.#busy = true;
    this.#worker.postMessage("look" satisfies CheckpointRequest);
  }

  #started(): Worker | "none" {
    try {
      const worker = new Worker(this.#program, { workerData: this.#settings, execArgv: [], env: {} });
      worker.on("message", (report: CheckpointReport) => this.#heard(report));
      // A program that was bundled without it, or a database that can't be opened again.
      worker.on("error", () => this.#gone());
      worker.on("exit", () => this.#gone());
      worker.unref();
      return worker;
    } catch {
      // Threads are forbidden.
      return "none";
    }
  }

  #gone(): void {
    this.#worker = "none";
    this.#busy = false;
  }

  #heard(report: CheckpointReport): void {
    if (report.kind === "moved" && this.#worker !== "none") {
      this.#sync();
      return;
    }
    this.#busy = false;
    if (report.kind === "failed") this.#failed(report);
  }

  #sync(): void {
    this.#file ??= new SqliteFile(this.#settings.path);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#synced = promise;
    this.#file.sync((error) => {
      this.#busy = false;
      if (error === null) this.#tries = TRIES;
      else this.#broken(error.code ?? error.message);
      resolve();
    });
  }

  #moveRest(): void {
    this.#tries -= 1;
    try {
      const row = this.#database.prepare("PRAGMA wal_checkpoint(PASSIVE)").get() ?? {};
      if (row["log"] === row["checkpointed"]) this.#tries = 0;
    } catch (error) {
      this.#failed(error as Error & { readonly errcode?: number });
    }
  }

  /** Of a disk that is full, or a lock, whoever writes hears too; the log keeps all until there is place. */
  #failed({ message, errcode = 0 }: { readonly message: string; readonly errcode?: number }): void {
    if ((errcode & 0xff) === SQLITE_IOERR) this.#broken(message);
  }
}
