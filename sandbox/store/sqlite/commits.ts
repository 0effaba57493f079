import { closeSync, fdatasyncSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { EcoError } from "../../../specs/engine/errors/index.ts";
import { monotonicMs } from "../../values/real-timers.ts";
import { diskRefused, isDiskFailure, unusable } from "./errors.ts";
import { Statements } from "./statements.ts";
import { Halfway } from "./tenant-writer.ts";
import { SqliteWork } from "./work.ts";

/** What can be asked of a writing connection. */
export type Method = Exclude<keyof SqliteWork, "forget" | "finish">;
export type Given<M extends Method> = Parameters<SqliteWork[M]>;
export type Result<M extends Method> = ReturnType<SqliteWork[M]>;

/** One thing to do, in a form that may go to another thread. */
export interface Call {
  readonly id: number;
  readonly method: Method;
  readonly given: readonly unknown[];
}

/** What came of a call, once the disk has it. */
export type Outcome = { readonly id: number } & (
  | { readonly result: unknown }
  | { readonly error: unknown }
  /** An `EcoError`, which doesn't pass between threads. */
  | { readonly unusable: { readonly message: string; readonly fix: string } }
);

export interface Writing {
  /** Absolute. */
  readonly path: string;
  /** What messages call the database. */
  readonly name: string;
  /** Under which this store writes, among all that share the file. */
  readonly writer: string;
  readonly busyTimeoutMs: number;
  /** So many pages of the log are moved into the database at a time. */
  readonly checkpointPages: number;
}

/** What is written to, where it isn't the usual. */
interface Disk {
  readonly database?: DatabaseSync;
  readonly sync?: (log: number) => void;
}

/** The longest that a transaction takes in more: whoever is in it goes on while the next one is written. */
const OPEN_MS = 2;

/** A call with what came of it when it was done last. */
interface Entry {
  readonly call: Call;
  outcome: { readonly result: unknown } | { readonly error: unknown };
  /** It isn't done again. */
  hasFailed: boolean;
}

/**
 * The connection that a store writes by. What is called at about the same time shares a transaction: one commit and one
 * sync pay for all.
 *
 * There are no savepoints, for which SQLite copies each page before it changes: work asks before it writes. Where one
 * fails halfway all the same, the transaction is rolled back and the others are done again.
 */
export class SqliteCommits {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #work: SqliteWork;
  readonly #settings: Writing;
  /** SQLite's log. Closing it drops no lock: those are on the other two files. */
  readonly #log: number;
  readonly #sync: (log: number) => void;
  #dataVersion: number | undefined;
  /** Whether the last commit of all was this store's. */
  #wroteLast = false;
  #broken: EcoError | undefined;

  /** @throws the error of SQLite where the database can't be opened */
  constructor(settings: Writing, { database, sync }: Disk = {}) {
    this.#database = database ?? new DatabaseSync(settings.path);
    this.#settings = settings;
    this.#sync = sync ?? fdatasyncSync;
    // The commit leaves the sync of the log to this store, so that no other process waits for the lock meanwhile.
    this.#database.exec(`
      PRAGMA busy_timeout = ${settings.busyTimeoutMs};
      PRAGMA synchronous = NORMAL;
      PRAGMA cache_size = -32000;
      PRAGMA wal_autocheckpoint = ${settings.checkpointPages};
    `);
    this.#log = openSync(`${settings.path}-wal`, "r+");
    this.#statements = new Statements(this.#database);
    this.#work = new SqliteWork(this.#statements, settings.writer);
  }

  /**
   * Does what `next` gives in one transaction, until it gives nothing or the transaction has taken long enough. Tells what
   * came of each once it is durable; a call that throws has changed nothing, and leaves the others as they are.
   */
  run(next: () => Call | undefined): readonly Outcome[] {
    const entries: Entry[] = [];
    const take = (): boolean => {
      const call = next();
      if (call !== undefined) entries.push({ call, outcome: { result: undefined }, hasFailed: false });
      return call !== undefined;
    };
    try {
      if (this.#broken !== undefined) throw this.#broken;
      const endsMs = monotonicMs() + OPEN_MS;
      take();
      for (let at = 0; at < entries.length; ) {
        const entry = entries[at] as Entry;
        if (entry.hasFailed || this.#succeeds(entry)) at += 1;
        else {
          entry.hasFailed = true;
          // The transaction may hold a part of it.
          this.#rollBack();
          at = 0;
        }
        if (at === entries.length && monotonicMs() < endsMs) take();
      }
      if (this.#database.isTransaction) this.#commit();
      // Of what others committed nobody knows whether their processes have synced it.
      this.#sync(this.#log);
    } catch (error) {
      this.#fail(error);
      // What waits would only fail in the same way, each after its time.
      while (take());
      for (const entry of entries) if (!entry.hasFailed) entry.outcome = { error };
    }
    return entries.map(({ call, outcome }) => this.#told(call.id, outcome));
  }

  close(): void {
    closeSync(this.#log);
    this.#database.close();
  }

  #begin(): void {
    this.#database.exec("BEGIN IMMEDIATE");
    const version = this.#statements.dataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.#work.forget();
    this.#wroteLast = this.#statements.get("SELECT id FROM writer", [])?.["id"] === this.#settings.writer;
  }

  #commit(): void {
    this.#work.finish();
    if (!this.#wroteLast) {
      this.#statements.run("UPDATE writer SET turn = turn + 1, id = ?", [this.#settings.writer]);
    }
    this.#database.exec("COMMIT");
    this.#wroteLast = true;
  }

  #succeeds(entry: Entry): boolean {
    const { method, given } = entry.call;
    try {
      if (method !== "sync" && !this.#database.isTransaction) this.#begin();
      // Whoever called had the types of both.
      const work = this.#work[method] as (...given: readonly unknown[]) => unknown;
      entry.outcome = { result: Reflect.apply(work, this.#work, given) };
      return true;
    } catch (error) {
      if (isDiskFailure(error)) throw error;
      entry.outcome = error instanceof Halfway ? { result: error.outcome } : { error };
      return false;
    }
  }

  #rollBack(): void {
    // A full disk has ended the transaction already, with the work of all the others.
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
    this.#work.forget();
  }

  #fail(error: unknown): void {
    this.#rollBack();
    // Nobody knows what the disk has after that.
    if (isDiskFailure(error)) this.#broken ??= diskRefused(this.#settings.name, error);
  }

  #told(id: number, outcome: Entry["outcome"]): Outcome {
    if (!("error" in outcome)) return { id, ...outcome };
    const error = this.#broken ?? unusable(this.#settings.name, outcome.error);
    if (!(error instanceof EcoError)) return { id, error };
    const { message, fix } = error;
    return { id, unusable: { message, fix } };
  }
}
