import type { DatabaseSync } from "node:sqlite";
import { EcoError } from "../../specs/engine/errors/index.ts";
import type { SqliteCheckpoints } from "./sqlite-checkpoints.ts";
import { unusable } from "./sqlite-errors.ts";
import type { SqliteLog } from "./sqlite-log.ts";
import type { Statements } from "./sqlite-statements.ts";
import { TenantWriter } from "./sqlite-writer.ts";

/** The writers of the open transaction. What they know of their tenants holds until somebody else commits. */
export class Writers {
  readonly #statements: Statements;
  readonly #known = new Map<string, TenantWriter>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  of(tenant: string): TenantWriter {
    return this.#known.get(tenant) ?? this.anew(tenant);
  }

  /** After the tenant's rows were changed by somebody else. */
  anew(tenant: string): TenantWriter {
    const writer = new TenantWriter(this.#statements, tenant);
    this.#known.set(tenant, writer);
    return writer;
  }

  /** Before somebody reads what is kept in memory until the commit. */
  flush(tenant: string): void {
    this.#known.get(tenant)?.flush();
  }

  finish(): void {
    for (const writer of this.#known.values()) writer.finish();
  }

  forget(): void {
    this.#known.clear();
  }
}

/** Something that is done within a transaction. It may be done again, from the start, where that has to begin anew. */
export type Work<T> = (writers: Writers) => T;

/** Work with what came of it when it was done last. */
class Entry<T> {
  readonly #work: Work<T>;
  #outcome: { readonly result: T } | { readonly error: unknown } = { error: undefined };

  constructor(work: Work<T>) {
    this.#work = work;
  }

  /** Whether it went through. Otherwise the transaction may hold a part of it. */
  attempt(writers: Writers): boolean {
    try {
      this.#outcome = { result: this.#work(writers) };
      return true;
    } catch (error) {
      this.#outcome = { error };
      return false;
    }
  }

  /** Throws what the work has thrown. */
  result(): T {
    if ("error" in this.#outcome) throw this.#outcome.error;
    return this.#outcome.result;
  }
}

/** The longest that a transaction stays open for more to come. */
const OPEN_MS = 5;

/** The transaction that is open at this moment and everybody who waits for its commit. */
interface Group extends PromiseWithResolvers<void> {
  readonly entries: Entry<unknown>[];
  /** On the clock of `performance`. */
  readonly endsMs: number;
}

/**
 * The write transactions of one connection. Work that comes in one turn of the event loop after the other shares a
 * transaction and hears what came of it when the disk has it: one commit and one sync pay for all.
 *
 * There are no savepoints, for which SQLite copies each page before it changes: work asks before it writes. Where one
 * fails halfway all the same, the transaction is rolled back and done again without it.
 */
export class SqliteCommits {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #log: SqliteLog;
  readonly #checkpoints: SqliteCheckpoints;
  readonly #path: string;
  readonly #writers: Writers;
  #group: Group | undefined;
  #closed = false;
  /** So many commits of others are dealt with. */
  #foreignCommits = 0;

  constructor(
    database: DatabaseSync,
    statements: Statements,
    log: SqliteLog,
    checkpoints: SqliteCheckpoints,
    path: string,
  ) {
    this.#database = database;
    this.#statements = statements;
    this.#log = log;
    this.#checkpoints = checkpoints;
    this.#path = path;
    this.#writers = new Writers(statements);
  }

  /**
   * Resolves when what was written is durable; at once with a result that `promises` nothing: nothing was written for it.
   * Rejects with what the work throws, which changes nothing then and leaves the work of the others as it is.
   */
  async write<T>(work: Work<T>, promises: (result: T) => boolean = () => true): Promise<T> {
    const group = this.#begin();
    const entry = new Entry(work);
    if (!entry.attempt(this.#writers)) {
      this.#again(group);
      return this.#told(() => entry.result());
    }
    const result = entry.result();
    if (!promises(result)) return result;
    group.entries.push(entry);
    await group.promise;
    return this.#told(() => entry.result());
  }

  /** Resolves when everything that was shown so far is durable. */
  async settled(): Promise<void> {
    await this.#group?.promise;
    this.#noticeOthers();
    await this.#log.durable();
  }

  flush(tenant: string): void {
    if (this.#group !== undefined) this.#writers.flush(tenant);
  }

  /** Commits what is open. Resolves when it is durable, or when those who wait for it were told that it isn't. */
  async close(): Promise<void> {
    if (this.#group !== undefined) this.#commit(this.#group);
    this.#closed = true;
    await this.#log.durable().catch(() => {});
  }

  /** The open group, or a new one that commits soon. */
  #begin(): Group {
    if (this.#group !== undefined) return this.#group;
    if (this.#closed) throw new EcoError("ECO_DATABASE_UNUSABLE", `${this.#path} is closed.`);
    this.#log.assertUsable();
    this.#statements.endSnapshot();
    this.#told(() => this.#beginTransaction());
    const endsMs = performance.now() + OPEN_MS;
    const group: Group = { ...Promise.withResolvers<void>(), entries: [], endsMs };
    // Each of those who wait hears of a failure; nobody may be waiting yet.
    group.promise.catch(() => {});
    this.#group = group;
    setImmediate(() => this.#goOn(group, 0));
    return group;
  }

  /** Commits at the end of the first turn that brought nothing: those who wait for an answer send nothing before it. */
  #goOn(group: Group, before: number): void {
    const { length } = group.entries;
    if (length === before || performance.now() >= group.endsMs) this.#commit(group);
    else setImmediate(() => this.#goOn(group, length));
  }

  #beginTransaction(): void {
    this.#database.exec("BEGIN IMMEDIATE");
    this.#statements.look();
    this.#noticeOthers();
  }

  #noticeOthers(): void {
    const { foreignCommits } = this.#statements;
    if (foreignCommits === this.#foreignCommits) return;
    this.#foreignCommits = foreignCommits;
    this.#writers.forget();
    // Whether their processes had synced them nobody knows.
    this.#log.wrote();
  }

  #commit(group: Group): void {
    if (this.#group !== group) return;
    try {
      this.#writers.finish();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#fail(group, error);
      return;
    }
    this.#group = undefined;
    if (group.entries.length > 0) this.#log.wrote();
    this.#log.durable().then(group.resolve, group.reject);
    this.#checkpoints.committed(this.#statements.rowsWritten);
  }

  /** Begins the transaction anew and does everything that is in it once more, without what fails. */
  #again(group: Group): void {
    try {
      do {
        this.#rollBack();
        this.#beginTransaction();
      } while (!this.#repeat(group.entries));
    } catch (error) {
      this.#fail(group, error);
    }
  }

  /** Takes out what fails. */
  #repeat(entries: Entry<unknown>[]): boolean {
    const failed = entries.findIndex((entry) => !entry.attempt(this.#writers));
    if (failed >= 0) entries.splice(failed, 1);
    return failed < 0;
  }

  #fail(group: Group, error: unknown): void {
    this.#group = undefined;
    this.#rollBack();
    group.reject(unusable(this.#path, error));
  }

  #rollBack(): void {
    // A full disk has ended the transaction already, with the work of all the others.
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
    // Readers have seen what is gone now.
    this.#writers.forget();
    this.#statements.records.clear();
  }

  #told<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw unusable(this.#path, error);
    }
  }
}
