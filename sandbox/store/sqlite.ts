import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { EcoError } from "../../specs/engine/errors/index.ts";
import { balanced } from "./balanced.ts";
import { answerOf, dispatchOf, listingOf, number, recordOf, text } from "./rows.ts";
import type { FirstOfEach, SqlDatabase, SqlPart } from "./sql.ts";
import { SqlReader } from "./sql-reader.ts";
import { unusable } from "./sqlite-errors.ts";
import { SqliteHolds } from "./sqlite-holds.ts";
import { migrate, tenantTables } from "./sqlite-schema.ts";
import { Statements } from "./sqlite-statements.ts";
import { TenantWriter } from "./sqlite-writer.ts";
import { stateOf, transactionsOf } from "./state.ts";
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
} from "./store.ts";

/** How long a process waits for another one's commit before it gives up. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Pages of the log that pile up before they go into the file: the same pages change with every request, and each time
 * they are moved the disk is synced twice. Cache and log are bounded, so memory and disk stay flat. What a savepoint may
 * roll back is copied beforehand: in memory, where a file would be written as often as the log itself.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -32000;
  PRAGMA temp_store = MEMORY;
  PRAGMA wal_autocheckpoint = 16384;
`;

/** A new file is its owner's alone: it holds keys and secrets. What SQLite puts beside it gets the same rights. */
function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
}

/** The transaction that is open at this moment and everybody who waits for its commit. */
interface Group {
  readonly writers: Map<string, TenantWriter>;
  /** Tenants that no other process is alone with, which stays so until the commit. */
  readonly free: Set<string>;
  readonly committed: Promise<void>;
  commit(): void;
  fail(error: unknown): void;
}

/**
 * Keeps a sandbox in one SQLite file: WAL, every commit synced to the disk.
 *
 * Changesets that come in during one turn of the event loop share a transaction, and are acknowledged after its commit:
 * one sync pays for all of them. Readers of this process see the open transaction, so that the next decision builds on
 * the former one at once; whoever only read waits for `settled` before saying anything.
 * Several processes may share a file: each holds the write lock for one group only.
 */
export class SqliteStore implements Store {
  readonly description: string;
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #holds: SqliteHolds;
  #group: Group | undefined;
  #closed = false;

  private constructor(path: string, database: DatabaseSync) {
    this.description = `SQLite ${path}`;
    this.#path = path;
    this.#database = database;
    this.#statements = new Statements(database);
    this.#holds = new SqliteHolds(this.#statements, (work) => this.#write(work));
  }

  /** Opens the file, makes it where it doesn't exist, and migrates it. Throws `EcoError` `ECO_DATABASE_UNUSABLE`. */
  static open(
    path: string,
    { busyTimeoutMs = BUSY_TIMEOUT_MS }: { readonly busyTimeoutMs?: number } = {},
  ): SqliteStore {
    let database: DatabaseSync | undefined;
    try {
      if (path !== ":memory:") makePrivate(path);
      database = new DatabaseSync(path, { timeout: busyTimeoutMs });
      database.exec(PRAGMAS);
      migrate(database, path);
      return new SqliteStore(path, database);
    } catch (error) {
      database?.close();
      throw unusable(path, error);
    }
  }

  reader(tenant: string): Reader {
    return this.#reader(tenant);
  }

  async apply(changeset: Changeset): Promise<ApplyOutcome> {
    const { tenant } = changeset;
    while (this.#holds.isHere(tenant) || !this.#isFree(this.#begin(), tenant)) await this.#holds.free(tenant);
    return this.#apply(changeset);
  }

  alone<T>(tenant: string, work: (held: Held) => Promise<T>): Promise<T> {
    const held: Held = { reader: this.reader(tenant), apply: (changeset) => this.#apply(changeset) };
    return this.#holds.alone(tenant, () => work(held));
  }

  async #apply(changeset: Changeset): Promise<ApplyOutcome> {
    const booked = changeset.transactions.map(balanced);
    const group = this.#begin();
    const outcome = this.#within(() => this.#writer(group, changeset.tenant).apply(changeset, booked));
    // A conflict promises nothing; everything else is told only when it is on the disk.
    if (outcome.kind !== "conflict") await group.committed;
    return outcome;
  }

  async settled(): Promise<void> {
    await this.#group?.committed;
  }

  async idempotentAnswer(tenant: string, key: string): Promise<IdempotentAnswer | undefined> {
    const row = this.#statements.get("SELECT * FROM idempotent_answers WHERE tenant = ? AND key = ?", [
      tenant,
      key,
    ]);
    if (row === undefined) return undefined;
    await this.settled();
    return answerOf(row);
  }

  async fannedOut(tenant: string): Promise<number> {
    await this.settled();
    const row = this.#statements.get("SELECT fanned_out FROM tenants WHERE tenant = ?", [tenant]);
    return row === undefined ? 0 : number(row, "fanned_out");
  }

  async claimDispatches(tenant: string, claim: DispatchClaim): Promise<readonly StoredDispatch[]> {
    const { nowMs, wallMs, leaseMs, limit } = claim;
    const due = `SELECT d.* FROM dispatches d
      WHERE d.tenant = ? AND d.state = 'pending' AND d.not_before_ms <= ? AND d.leased_until_ms <= ?
      AND NOT EXISTS (SELECT 1 FROM dispatches e WHERE e.tenant = d.tenant AND e.endpoint_id = d.endpoint_id
        AND e.order_key = d.order_key AND e.state = 'pending' AND e.sequence < d.sequence)
      ORDER BY d.sequence LIMIT ?`;
    const values = [tenant, nowMs, wallMs, limit];
    // Most of the time nothing waits: a look without the write lock costs the others nothing.
    if (this.#statements.get(due, values) === undefined) return [];
    const group = this.#begin();
    const claimed = this.#within(() => {
      const rows = this.#statements.all(due, values);
      for (const row of rows) {
        this.#statements.run("UPDATE dispatches SET leased_until_ms = ? WHERE tenant = ? AND sequence = ?", [
          wallMs + leaseMs,
          tenant,
          number(row, "sequence"),
        ]);
      }
      return rows.map(dispatchOf);
    });
    await group.committed;
    return claimed;
  }

  async settleDispatch(tenant: string, id: string, settlement: DispatchSettlement): Promise<void> {
    const { attempt, state, notBeforeMs } = settlement;
    const tried = attempt === undefined ? "" : ", attempts = json_insert(attempts, '$[#]', json(?))";
    await this.#write(() =>
      this.#statements.run(
        `UPDATE dispatches SET state = ?, not_before_ms = ?, leased_until_ms = 0${tried} WHERE tenant = ? AND id = ?`,
        [state, notBeforeMs, ...(attempt === undefined ? [] : [JSON.stringify(attempt)]), tenant, id],
      ),
    );
  }

  dispatches(tenant: string, query: DispatchQuery): Promise<readonly StoredDispatch[]> {
    return this.#reader(tenant).dispatches(query);
  }

  async forgetExpired(tenant: string, now: string): Promise<void> {
    const old = "FROM idempotent_answers WHERE tenant = ? AND expires_at < ?";
    if (this.#statements.get(`SELECT 1 ${old} LIMIT 1`, [tenant, now]) === undefined) return;
    await this.#write(() => this.#statements.run(`DELETE ${old}`, [tenant, now]));
  }

  async export(tenant: string): Promise<TenantState> {
    await this.settled();
    const read = this.reader(tenant);
    const rows = this.#statements.all(
      `SELECT r.*, s.members AS parties FROM records r LEFT JOIN sets s ON s.tenant = r.tenant AND s.id = r.company
       WHERE r.tenant = ? ORDER BY r.sequence`,
      [tenant],
    );
    const counters = this.#statements.get("SELECT * FROM tenants WHERE tenant = ?", [tenant]) ?? {};
    const answers = this.#statements.all("SELECT * FROM idempotent_answers WHERE tenant = ?", [tenant]);
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
    const booked = first?.transactions.map(balanced) ?? [];
    await this.#anew(tenant, (writer) => first && writer.apply(first, booked));
  }

  async load(tenant: string, state: TenantState): Promise<void> {
    const booked = transactionsOf(state).map(balanced);
    await this.#anew(tenant, (writer) => writer.load(state, booked));
  }

  async #anew(tenant: string, fill: (writer: TenantWriter) => void): Promise<void> {
    const group = this.#begin();
    this.#within(() => {
      for (const table of tenantTables)
        this.#statements.run(`DELETE FROM ${table} WHERE tenant = ?`, [tenant]);
      this.#statements.records.clear();
      group.writers.delete(tenant);
      fill(this.#writer(group, tenant));
    });
    await group.committed;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#group?.commit();
    this.#statements.endSnapshot();
    this.#closed = true;
    this.#database.close();
  }

  #reader(tenant: string): SqlReader {
    const database: SqlDatabase = {
      schema: "",
      noLimit: -1,
      firstOfEach,
      flush: () => this.#group?.writers.get(tenant)?.flush(),
      all: async (sql, values) => this.#statements.all(sql, values),
    };
    return new SqliteReader(database, tenant, this.#statements);
  }

  #isFree({ free }: Group, tenant: string): boolean {
    if (free.has(tenant)) return true;
    if (this.#holds.isElsewhere(tenant)) return false;
    free.add(tenant);
    return true;
  }

  /** Runs `work` in the open transaction, and resolves after its commit. */
  async #write<T>(work: () => T): Promise<T> {
    const group = this.#begin();
    const result = this.#within(work);
    await group.committed;
    return result;
  }

  #writer({ writers }: Group, tenant: string): TenantWriter {
    let writer = writers.get(tenant);
    if (writer === undefined) {
      writer = new TenantWriter(this.#statements, tenant);
      writers.set(tenant, writer);
    }
    return writer;
  }

  /** The open group, or a new one that commits at the end of this turn of the event loop. */
  #begin(): Group {
    if (this.#group !== undefined) return this.#group;
    if (this.#closed) throw new EcoError("ECO_DATABASE_UNUSABLE", `${this.#path} is closed.`);
    this.#statements.endSnapshot();
    this.#guard(() => this.#database.exec("BEGIN IMMEDIATE"));
    this.#statements.look();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // Each of those who wait hears of a failure; nobody may be waiting yet.
    promise.catch(() => {});
    const group: Group = {
      writers: new Map(),
      free: new Set(),
      committed: promise,
      commit: () => {
        if (this.#group !== group) return;
        try {
          for (const writer of group.writers.values()) writer.finish();
          this.#database.exec("COMMIT");
          this.#group = undefined;
          resolve();
        } catch (error) {
          group.fail(error);
        }
      },
      fail: (error) => {
        this.#group = undefined;
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        // Readers have seen what is gone now.
        this.#statements.records.clear();
        reject(unusable(this.#path, error));
      },
    };
    this.#group = group;
    setImmediate(group.commit);
    return group;
  }

  /** What throws in between leaves the changesets before it untouched. */
  #within<T>(work: () => T): T {
    this.#guard(() => this.#database.exec("SAVEPOINT changeset"));
    try {
      const result = work();
      if (isRefused(result)) this.#database.exec("ROLLBACK TO changeset");
      this.#database.exec("RELEASE changeset");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK TO changeset; RELEASE changeset");
      // A full disk ends the whole transaction, with the changesets of all the others.
      else this.#group?.fail(error);
      throw unusable(this.#path, error);
    }
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw unusable(this.#path, error);
    }
  }
}

/** Asks the database only for what isn't known from before. */
class SqliteReader extends SqlReader {
  readonly #tenant: string;
  readonly #statements: Statements;

  constructor(database: SqlDatabase, tenant: string, statements: Statements) {
    super(database, tenant);
    this.#tenant = tenant;
    this.#statements = statements;
  }

  override async get<T extends JsonObject>(
    collection: string,
    id: string,
  ): Promise<StoredRecord<T> | undefined> {
    this.#statements.openSnapshot();
    const { records } = this.#statements;
    const known = records.find(this.#tenant, collection, id);
    if (known !== undefined) return known.record as StoredRecord<T> | undefined;
    // In one go: what is awaited in between might be written in between.
    const row = this.#statements.get(this.recordSql, [this.#tenant, collection, id]);
    const record = row === undefined ? undefined : recordOf(row, collection);
    records.keep(this.#tenant, collection, id, record);
    return record as StoredRecord<T> | undefined;
  }
}

/** SQLite has no lateral joins, but it looks up what a subquery with a limit of its own gives. */
function firstOfEach({ sets, table, column, where, descending, limit }: FirstOfEach): SqlPart {
  const direction = descending ? "DESC" : "ASC";
  const sql = `FROM (${sets.sql}) m JOIN ${table} x ON ${where.sql} AND x.${column} = m.id AND x.sequence IN
    (SELECT x.sequence FROM ${table} x WHERE ${where.sql} AND x.${column} = m.id
     ORDER BY x.sequence ${direction} LIMIT ?)`;
  const bound = Number.isFinite(limit) ? limit : -1;
  return { sql, values: [...sets.values, ...where.values, ...where.values, bound] };
}

/** Whether a changeset was refused, by whatever outcome. */
function isRefused(result: unknown): boolean {
  return typeof result === "object" && result !== null && "kind" in result && result.kind !== "applied";
}
