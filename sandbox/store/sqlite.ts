import { DatabaseSync } from "node:sqlite";
import { EcoError } from "../../specs/engine/errors/index.ts";
import { balanced } from "./balanced.ts";
import { answerOf, dispatchOf, listingOf, number, recordOf, text } from "./rows.ts";
import type { FirstOfEach, SqlDatabase, SqlPart } from "./sql.ts";
import { SqlReader } from "./sql-reader.ts";
import { type CheckpointOptions, SqliteCheckpoints } from "./sqlite-checkpoints.ts";
import { SqliteCommits } from "./sqlite-commits.ts";
import { unusable } from "./sqlite-errors.ts";
import { makePrivate } from "./sqlite-file.ts";
import { SqliteHolds } from "./sqlite-holds.ts";
import { SqliteLog, type SyncFile } from "./sqlite-log.ts";
import { migrate, tenantTables } from "./sqlite-schema.ts";
import { Statements } from "./sqlite-statements.ts";
import { Halfway, type TenantWriter } from "./sqlite-writer.ts";
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

/** SQLite syncs the log before it moves its pages into the file; after a commit this store does. */
const PRAGMAS = `
  PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -32000;
`;

export interface SqliteOptions {
  /** How long a process waits for another one's commit before it gives up. */
  readonly busyTimeoutMs?: number;
  /** Brings the log to the disk. Default: the system's own. */
  readonly sync?: SyncFile;
  /** When and by whom the log is moved into the file. */
  readonly checkpoints?: CheckpointOptions;
}

/**
 * Keeps a sandbox in one SQLite file: WAL, acknowledged when the disk has it.
 *
 * Changesets that come in one turn of the event loop after the other share a transaction, and are acknowledged after its
 * commit: one sync pays for all of them. Readers of this process see the open transaction, so that the next decision builds on
 * the former one at once; whoever only read waits for `settled` before saying anything.
 * Several processes may share a file: each holds the write lock for one group only.
 */
export class SqliteStore implements Store {
  readonly description: string;
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #log: SqliteLog;
  readonly #checkpoints: SqliteCheckpoints;
  readonly #commits: SqliteCommits;
  readonly #holds: SqliteHolds;
  #closed: Promise<void> | undefined;

  private constructor(path: string, database: DatabaseSync, log: SqliteLog, checkpoints?: CheckpointOptions) {
    this.description = `SQLite ${path}`;
    this.#database = database;
    this.#log = log;
    this.#statements = new Statements(database);
    const broken = (reason: string): void => log.refuse(reason);
    this.#checkpoints = new SqliteCheckpoints(database, database.location() ?? path, broken, checkpoints);
    this.#commits = new SqliteCommits(database, this.#statements, log, this.#checkpoints, path);
    this.#holds = new SqliteHolds(this.#statements, (work) => this.#commits.write(work));
  }

  /**
   * Opens the file, makes it where it doesn't exist, and migrates it.
   * @throws EcoError `ECO_DATABASE_UNUSABLE`
   */
  static open(
    path: string,
    { busyTimeoutMs = BUSY_TIMEOUT_MS, sync, checkpoints }: SqliteOptions = {},
  ): SqliteStore {
    let database: DatabaseSync | undefined;
    try {
      if (path !== ":memory:") makePrivate(path);
      database = new DatabaseSync(path, { timeout: busyTimeoutMs });
      assertLog(database, path);
      database.exec(PRAGMAS);
      migrate(database, path);
      return new SqliteStore(
        path,
        database,
        new SqliteLog(`${database.location()}-wal`, path, sync),
        checkpoints,
      );
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
    for (;;) {
      const outcome = await this.#apply(changeset, (apply) =>
        this.#holds.isFree(tenant) ? apply() : undefined,
      );
      if (outcome !== undefined) return outcome;
      await this.#holds.free(tenant);
    }
  }

  alone<T>(tenant: string, work: (held: Held) => Promise<T>): Promise<T> {
    const held: Held = {
      reader: this.reader(tenant),
      apply: (changeset) => this.#apply(changeset, (apply) => apply()),
    };
    return this.#holds.alone(tenant, () => work(held));
  }

  /** `guard` may give something else instead, having written nothing. */
  async #apply<T extends ApplyOutcome | undefined>(
    changeset: Changeset,
    guard: (apply: () => ApplyOutcome) => T,
  ): Promise<T | ApplyOutcome> {
    const booked = changeset.transactions.map(balanced);
    try {
      return await this.#commits.write(
        (writers) => guard(() => writers.of(changeset.tenant).apply(changeset, booked)),
        // Whoever is refused for a conflict decides again; everything else is told only when it is on the disk.
        (outcome) => outcome !== undefined && outcome.kind !== "conflict",
      );
    } catch (error) {
      if (error instanceof Halfway) return error.outcome;
      throw error;
    }
  }

  leads(tenant: string, duty: string): Promise<boolean> {
    return this.#holds.leads(`${tenant}\n${duty}`);
  }

  changesElsewhere(): number {
    this.#statements.openSnapshot();
    return this.#statements.foreignCommits;
  }

  settled(): Promise<void> {
    return this.#commits.settled();
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
    return this.#commits.write(() => {
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
  }

  async settleDispatch(tenant: string, id: string, settlement: DispatchSettlement): Promise<void> {
    const { attempt, state, notBeforeMs } = settlement;
    const tried = attempt === undefined ? "" : ", attempts = json_insert(attempts, '$[#]', json(?))";
    await this.#commits.write(() =>
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
    await this.#commits.write(() => this.#statements.run(`DELETE ${old}`, [tenant, now]));
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
    await this.#commits.write((writers) => {
      for (const table of tenantTables)
        this.#statements.run(`DELETE FROM ${table} WHERE tenant = ?`, [tenant]);
      this.#statements.records.clear();
      fill(writers.anew(tenant));
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#holds.close();
    await this.#commits.close();
    await this.#checkpoints.close();
    this.#statements.endSnapshot();
    this.#log.close();
    this.#database.close();
    this.#checkpoints.letGo();
  }

  #reader(tenant: string): SqlReader {
    const database: SqlDatabase = {
      schema: "",
      noLimit: -1,
      firstOfEach,
      flush: () => this.#commits.flush(tenant),
      all: async (sql, values) => this.#statements.all(sql, values),
    };
    return new SqliteReader(database, tenant, this.#statements);
  }
}

/** Only a log can be synced beside everything else. */
function assertLog(database: DatabaseSync, path: string): void {
  const mode = text(database.prepare("PRAGMA journal_mode = WAL").get() ?? {}, "journal_mode");
  if (mode === "wal") return;
  throw new EcoError(
    "ECO_DATABASE_UNUSABLE",
    `${path} can't be used: SQLite can't keep a write-ahead log there, only one of the mode \`${mode}\`.`,
    { fix: "Name a file on a local disk, `memory`, or a PostgreSQL database." },
  );
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
