import { DatabaseSync } from "node:sqlite";
import { SqlReader } from "../sql/reader.ts";
import { answerOf, listingOf, number, recordOf, text } from "../sql/rows.ts";
import type { FirstOfEach, SqlDatabase, SqlPart } from "../sql/sql.ts";
import { stateOf } from "../state.ts";
import type {
  ApplyOutcome,
  Changeset,
  DispatchClaim,
  DispatchQuery,
  DispatchSettlement,
  Held,
  IdempotentAnswer,
  JsonObject,
  Reader,
  Store,
  StoredDispatch,
  StoredRecord,
  TenantState,
} from "../store.ts";
import { changesOf } from "./changes.ts";
import type { Given, Method, Result, Writing } from "./commits.ts";
import { unusable } from "./errors.ts";
import { keepLog, makePrivate } from "./file.ts";
import { SqliteHolds } from "./holds.ts";
import { migrate } from "./schema.ts";
import { Snapshots } from "./snapshots.ts";
import { DUE_DISPATCHES } from "./work.ts";
import { SqliteWrites, type ThreadOptions } from "./writes.ts";

/** How long a process waits for another one's commit before it gives up. */
const BUSY_TIMEOUT_MS = 5_000;

/** Writes wait while pages are moved, and the disk is synced twice each time; the same pages change with every request. */
const CHECKPOINT_PAGES = 4_096;

export interface SqliteOptions {
  /** How long a process waits for another one's commit before it gives up. */
  readonly busyTimeoutMs?: number;
  /** So many pages of the log are moved into the file at a time. */
  readonly checkpointPages?: number;
  /** When the thread that writes is started, and its program. */
  readonly thread?: ThreadOptions;
}

/**
 * Keeps a sandbox in one SQLite file: WAL, acknowledged when the disk has it.
 *
 * It reads by one connection and writes by another, which is a thread's. Changesets that come at about the same time share
 * a transaction, and are acknowledged after its commit: one sync pays for all of them. Readers see what is
 * committed; whoever only read waits for `settled` before saying anything.
 * Several processes may share a file: each holds the write lock for one group only.
 */
export class SqliteStore implements Store {
  readonly description: string;
  readonly #database: DatabaseSync;
  readonly #snapshots: Snapshots;
  readonly #writes: SqliteWrites;
  readonly #holds: SqliteHolds;
  /** So many commits of others are on the disk for sure. */
  #synced = 0;
  #closed: Promise<void> | undefined;

  private constructor(database: DatabaseSync, settings: Writing, thread?: ThreadOptions) {
    this.description = `SQLite ${settings.name}`;
    this.#database = database;
    this.#snapshots = new Snapshots(database, settings.writer);
    this.#writes = new SqliteWrites(settings, thread);
    this.#holds = new SqliteHolds(this.#snapshots, this.#writes, settings.writer);
  }

  /**
   * Opens the file, makes it where it doesn't exist, and migrates it.
   * @throws EcoError `ECO_DATABASE_UNUSABLE`
   */
  static open(
    name: string,
    { busyTimeoutMs = BUSY_TIMEOUT_MS, checkpointPages = CHECKPOINT_PAGES, thread }: SqliteOptions = {},
  ): SqliteStore {
    let database: DatabaseSync | undefined;
    try {
      if (name !== ":memory:") makePrivate(name);
      database = new DatabaseSync(name, { timeout: busyTimeoutMs });
      keepLog(database, name, busyTimeoutMs);
      migrate(database, name);
      database.exec("PRAGMA query_only = ON; PRAGMA cache_size = -32000");
      const path = database.location() ?? name;
      const writer = crypto.randomUUID();
      return new SqliteStore(database, { path, name, writer, busyTimeoutMs, checkpointPages }, thread);
    } catch (error) {
      database?.close();
      throw unusable(name, error);
    }
  }

  reader(tenant: string): Reader {
    return this.#reader(tenant);
  }

  async apply(changeset: Changeset): Promise<ApplyOutcome> {
    const { tenant } = changeset;
    const changes = changesOf(changeset);
    for (;;) {
      const held = this.#holds.here(tenant);
      if (held !== undefined) {
        await held;
        continue;
      }
      const outcome = await this.#write("applyAmongOthers", changes);
      this.#forget(changeset);
      if (outcome.kind !== "held") return outcome;
      await this.#holds.freeElsewhere(tenant);
    }
  }

  alone<T>(tenant: string, work: (held: Held) => Promise<T>): Promise<T> {
    const held: Held = {
      reader: this.reader(tenant),
      apply: async (changeset) => {
        const outcome = await this.#write("apply", changesOf(changeset));
        this.#forget(changeset);
        return outcome;
      },
    };
    return this.#holds.alone(tenant, () => work(held));
  }

  leads(tenant: string, duty: string): Promise<boolean> {
    return this.#holds.leads(`${tenant}\n${duty}`);
  }

  changesElsewhere(): number {
    return this.#snapshots.foreignCommits;
  }

  /** What is committed is shown a moment before the disk has it. */
  async settled(): Promise<void> {
    const { foreignCommits } = this.#snapshots;
    if (!this.#writes.isBusy && foreignCommits === this.#synced) return;
    await this.#writes.call("sync");
    this.#synced = foreignCommits;
  }

  async idempotentAnswer(tenant: string, key: string): Promise<IdempotentAnswer | undefined> {
    const sql = "SELECT * FROM idempotent_answers WHERE tenant = ? AND key = ?";
    const row = this.#snapshots.get(sql, [tenant, key]);
    if (row === undefined) return undefined;
    await this.settled();
    return answerOf(row);
  }

  async fannedOut(tenant: string): Promise<number> {
    await this.settled();
    const row = this.#snapshots.get("SELECT fanned_out FROM tenants WHERE tenant = ?", [tenant]);
    return row === undefined ? 0 : number(row, "fanned_out");
  }

  async claimDispatches(tenant: string, claim: DispatchClaim): Promise<readonly StoredDispatch[]> {
    const { nowMs, wallMs, limit } = claim;
    // Most of the time nothing waits: a look without the write lock costs the others nothing.
    if (this.#snapshots.get(DUE_DISPATCHES, [tenant, nowMs, wallMs, limit]) === undefined) return [];
    return this.#write("claimDispatches", tenant, claim);
  }

  settleDispatch(tenant: string, id: string, settlement: DispatchSettlement): Promise<void> {
    return this.#write("settleDispatch", tenant, id, settlement);
  }

  dispatches(tenant: string, query: DispatchQuery): Promise<readonly StoredDispatch[]> {
    return this.#reader(tenant).dispatches(query);
  }

  async forgetExpired(tenant: string, now: string): Promise<void> {
    const old = "SELECT 1 FROM idempotent_answers WHERE tenant = ? AND expires_at < ? LIMIT 1";
    if (this.#snapshots.get(old, [tenant, now]) !== undefined) {
      await this.#write("forgetExpired", tenant, now);
    }
  }

  async export(tenant: string): Promise<TenantState> {
    await this.settled();
    const read = this.reader(tenant);
    const rows = this.#snapshots.all(
      `SELECT r.*, s.members AS parties FROM records r LEFT JOIN sets s ON s.tenant = r.tenant AND s.id = r.company
       WHERE r.tenant = ? ORDER BY r.sequence`,
      [tenant],
    );
    const counters = this.#snapshots.get("SELECT * FROM tenants WHERE tenant = ?", [tenant]) ?? {};
    const answers = this.#snapshots.all("SELECT * FROM idempotent_answers WHERE tenant = ?", [tenant]);
    return stateOf({
      records: rows.map((row) => ({ ...recordOf(row, text(row, "collection")), ...listingOf(row) })),
      events: await read.events({ limit: Infinity }),
      transactions: await read.transactions({ limit: Infinity }),
      balances: await read.balances(),
      dispatches: await this.dispatches(tenant, { limit: Infinity }),
      answers: answers.map(answerOf),
      lastSequence: number(counters, "records"),
      fannedOut: number(counters, "fanned_out"),
    });
  }

  async reset(tenant: string, first?: Changeset): Promise<void> {
    await this.#write("reset", tenant, first && changesOf(first));
    this.#snapshots.records.clear();
  }

  async load(tenant: string, state: TenantState): Promise<void> {
    await this.#write("load", tenant, state);
    this.#snapshots.records.clear();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#holds.close();
    await this.#writes.close();
    this.#snapshots.end();
    this.#database.close();
  }

  /** Whatever came of it, its records may be others now. */
  #forget({ tenant, writes }: Changeset): void {
    for (const { collection, id } of writes) this.#snapshots.records.forget(tenant, collection, id);
  }

  /** Reads that follow see it. */
  async #write<M extends Method>(method: M, ...given: Given<M>): Promise<Result<M>> {
    try {
      return await this.#writes.call(method, ...given);
    } finally {
      this.#snapshots.end();
    }
  }

  #reader(tenant: string): SqlReader {
    const database: SqlDatabase = {
      schema: "",
      noLimit: -1,
      textsIn,
      firstOfEach,
      all: async (sql, values) => this.#snapshots.all(sql, values),
    };
    return new SqliteReader(database, tenant, this.#snapshots);
  }
}

/** Asks the database only for what isn't known from before. */
class SqliteReader extends SqlReader {
  readonly #tenant: string;
  readonly #snapshots: Snapshots;

  constructor(database: SqlDatabase, tenant: string, snapshots: Snapshots) {
    super(database, tenant);
    this.#tenant = tenant;
    this.#snapshots = snapshots;
  }

  override async get<T extends JsonObject>(
    collection: string,
    id: string,
  ): Promise<StoredRecord<T> | undefined> {
    this.#snapshots.open();
    const { records } = this.#snapshots;
    const known = records.find(this.#tenant, collection, id);
    if (known !== undefined) return known.record as StoredRecord<T> | undefined;
    // In one go: what is awaited in between might be written in between.
    const row = this.#snapshots.get(this.recordSql, [this.#tenant, collection, id]);
    const record = row === undefined ? undefined : recordOf(row, collection);
    records.keep(this.#tenant, collection, id, record);
    return record as StoredRecord<T> | undefined;
  }
}

export const textsIn = "SELECT value FROM json_each(?)";

/**
 * SQLite has no lateral joins, but it looks up what a subquery with a limit of its own gives. Sequences first, out of indexes
 * alone, and then the rows of those that are wanted; `CROSS JOIN` and `INDEXED BY` hold it to that.
 */
export function firstOfEach(parts: FirstOfEach): SqlPart {
  const { sets, table, column, tenant, collection, where, descending, limit } = parts;
  const order = `ORDER BY x.sequence ${descending ? "DESC" : "ASC"} LIMIT ?`;
  const ofSet = `SELECT x.sequence FROM ${table} x INDEXED BY ${table}_by_${column} WHERE ${where.sql} AND x.${column} = m.id ${order}`;
  const sequences = `SELECT x.sequence FROM (${sets.sql}) m CROSS JOIN ${table} x
    WHERE x.tenant = ? AND x.${column} = m.id AND x.sequence IN (${ofSet}) ${order}`;
  const place = collection === undefined ? "x.tenant = ?" : "x.tenant = ? AND x.collection = ?";
  const at = collection === undefined ? [tenant] : [tenant, collection];
  const bound = Number.isFinite(limit) ? limit : -1;
  return {
    sql: `FROM ${table} x WHERE ${place} AND x.sequence IN (${sequences})`,
    values: [...at, ...sets.values, tenant, ...where.values, bound, bound],
  };
}
