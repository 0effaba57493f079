import { EcoError } from "../../../specs/engine/errors/index.ts";
import { setImmediate } from "../../values/real-timers.ts";
import { assertBalanced } from "../balanced.ts";
import { answerOf, dispatchOf, listingOf, number, recordOf, text } from "../sql/rows.ts";
import { stateOf, transactionsOf } from "../state.ts";
import type {
  ApplyOutcome,
  Changeset,
  DispatchClaim,
  DispatchQuery,
  DispatchSettlement,
  Held,
  IdempotentAnswer,
  Reader,
  Store,
  StoredDispatch,
  TenantState,
} from "../store.ts";
import { PostgresConnection, type Query } from "./connection.ts";
import { PostgresDuties } from "./duties.ts";
import { applyFirst, applyGroup, applyState } from "./group.ts";
import { lockTenant } from "./load.ts";
import { readerOf } from "./reader.ts";
import { migrate, tenantTables } from "./schema.ts";

/** Changesets that share a commit at most, so that another process waiting for the tenant gets its turn. */
const GROUP_LIMIT = 200;

/** A changeset that waits for the next commit of its tenant. */
interface Waiting {
  readonly changeset: Changeset;
  resolve(outcome: ApplyOutcome): void;
  reject(error: unknown): void;
}

/** The changesets of one tenant that came in while another group was on its way; `running` until none is left. */
interface Lane {
  readonly waiting: Waiting[];
  running: Promise<void> | undefined;
}

/**
 * Keeps a sandbox in a PostgreSQL database, in a schema of its own, for several processes or machines at once.
 *
 * A commit holds its tenant's row, so that sequences follow the order of commits. Changesets that come in while one is
 * on its way share the next. Readers see what is committed and nothing else; so there is never anything to settle.
 */
export class PostgresStore implements Store {
  readonly description: string;
  readonly #connection: PostgresConnection;
  readonly #duties: PostgresDuties;
  readonly #lanes = new Map<string, Lane>();
  #asked = 0;
  #closed = false;

  private constructor(connection: PostgresConnection) {
    this.description = connection.place;
    this.#connection = connection;
    this.#duties = new PostgresDuties(connection.query);
  }

  /**
   * Connects to `postgres://USER:PASSWORD@HOST:PORT/NAME` and brings the schema up to date.
   * @throws EcoError `ECO_DATABASE_UNUSABLE`, whose message never holds the password
   */
  static async open(url: string): Promise<PostgresStore> {
    const connection = await PostgresConnection.open(url);
    try {
      await migrate(connection);
      return new PostgresStore(connection);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  reader(tenant: string): Reader {
    return readerOf(this.#connection.query, tenant);
  }

  async apply(changeset: Changeset): Promise<ApplyOutcome> {
    assertBalanced(changeset.transactions);
    if (this.#closed) throw new EcoError("ECO_DATABASE_UNUSABLE", `${this.description} is closed.`);
    const { promise, resolve, reject } = Promise.withResolvers<ApplyOutcome>();
    const lane = this.#lane(changeset.tenant);
    lane.waiting.push({ changeset, resolve, reject });
    lane.running ??= this.#drain(changeset.tenant, lane);
    return promise;
  }

  /** Holds the tenant's row, which every commit waits for; reads by the same connection, so that none is wanted beside it. */
  alone<T>(tenant: string, work: (held: Held) => Promise<T>): Promise<T> {
    return this.#connection.transaction(async (query) => {
      await lockTenant(query, tenant);
      return work({
        reader: readerOf(query, tenant),
        async apply(changeset) {
          assertBalanced(changeset.transactions);
          const [outcome] = await applyGroup(query, tenant, [changeset]);
          if (outcome === undefined) throw new Error("A changeset was applied without an outcome.");
          return outcome;
        },
      });
    });
  }

  leads(tenant: string, duty: string): Promise<boolean> {
    return this.#duties.leads(tenant, duty);
  }

  /** Nobody tells: whoever wants to know has to look. */
  changesElsewhere(): number {
    this.#asked += 1;
    return this.#asked;
  }

  async settled(): Promise<void> {}

  async idempotentAnswer(tenant: string, key: string): Promise<IdempotentAnswer | undefined> {
    const sql = "SELECT * FROM eco.idempotent_answers WHERE tenant = ? AND key = ?";
    const [row] = await this.#connection.query(sql, [tenant, key]);
    return row === undefined ? undefined : answerOf(row);
  }

  async fannedOut(tenant: string): Promise<number> {
    const sql = "SELECT fanned_out FROM eco.tenants WHERE tenant = ?";
    const [row] = await this.#connection.query(sql, [tenant]);
    return row === undefined ? 0 : number(row, "fanned_out");
  }

  /** Of two processes that claim at once, the slower skips what the faster holds, and the lanes behind it stay closed. */
  async claimDispatches(tenant: string, claim: DispatchClaim): Promise<readonly StoredDispatch[]> {
    const { nowMs, wallMs, leaseMs, limit } = claim;
    const rows = await this.#connection.query(
      `WITH due AS MATERIALIZED (
         SELECT d.tenant, d.sequence FROM eco.dispatches d
         WHERE d.tenant = ? AND d.state = 'pending' AND d.not_before_ms <= ? AND d.leased_until_ms <= ?
         AND NOT EXISTS (SELECT 1 FROM eco.dispatches e WHERE e.tenant = d.tenant AND e.endpoint_id = d.endpoint_id
           AND e.order_key = d.order_key AND e.state = 'pending' AND e.sequence < d.sequence)
         ORDER BY d.sequence LIMIT ? FOR UPDATE OF d SKIP LOCKED)
       UPDATE eco.dispatches c SET leased_until_ms = ? FROM due
       WHERE c.tenant = due.tenant AND c.sequence = due.sequence RETURNING c.*`,
      [tenant, nowMs, wallMs, limit, wallMs + leaseMs],
    );
    return rows.map(dispatchOf).sort((a, b) => a.sequence - b.sequence);
  }

  async settleDispatch(tenant: string, id: string, settlement: DispatchSettlement): Promise<void> {
    const { attempt, state, notBeforeMs } = settlement;
    // The attempts stay the text that they were: `jsonb` would order their fields anew.
    const tried =
      ", attempts = left(attempts, -1) || CASE attempts WHEN '[]' THEN '' ELSE ',' END || ? || ']'";
    await this.#connection.query(
      `UPDATE eco.dispatches SET state = ?, not_before_ms = ?, leased_until_ms = 0${attempt === undefined ? "" : tried}
       WHERE tenant = ? AND id = ?`,
      [state, notBeforeMs, ...(attempt === undefined ? [] : [JSON.stringify(attempt)]), tenant, id],
    );
  }

  dispatches(tenant: string, query: DispatchQuery): Promise<readonly StoredDispatch[]> {
    return readerOf(this.#connection.query, tenant).dispatches(query);
  }

  async forgetExpired(tenant: string, now: string): Promise<void> {
    const sql = "DELETE FROM eco.idempotent_answers WHERE tenant = ? AND expires_at < ?";
    await this.#connection.query(sql, [tenant, now]);
  }

  async export(tenant: string): Promise<TenantState> {
    return this.#connection.snapshot(async (query) => {
      const read = readerOf(query, tenant);
      const rows = await query(
        `SELECT r.*, s.members AS parties FROM eco.records r
         LEFT JOIN eco.sets s ON s.tenant = r.tenant AND s.id = r.company WHERE r.tenant = ? ORDER BY r.sequence`,
        [tenant],
      );
      const [counters = {}] = await query("SELECT * FROM eco.tenants WHERE tenant = ?", [tenant]);
      const answers = await query("SELECT * FROM eco.idempotent_answers WHERE tenant = ?", [tenant]);
      return stateOf({
        records: rows.map((row) => ({ ...recordOf(row, text(row, "collection")), ...listingOf(row) })),
        events: await read.events({ limit: Infinity }),
        transactions: await read.transactions({ limit: Infinity }),
        balances: await read.balances(),
        dispatches: await read.dispatches({ limit: Infinity }),
        answers: answers.map(answerOf),
        lastSequence: number(counters, "records"),
        fannedOut: number(counters, "fanned_out"),
      });
    });
  }

  async reset(tenant: string, first?: Changeset): Promise<void> {
    if (first !== undefined) assertBalanced(first.transactions);
    await this.#anew(tenant, (query) => applyFirst(query, tenant, first));
  }

  async load(tenant: string, state: TenantState): Promise<void> {
    assertBalanced(transactionsOf(state));
    await this.#anew(tenant, (query) => applyState(query, tenant, state));
  }

  #anew(tenant: string, fill: (query: Query) => Promise<void>): Promise<void> {
    return this.#connection.transaction(async (query) => {
      await lockTenant(query, tenant);
      for (const table of tenantTables) await query(`DELETE FROM eco.${table} WHERE tenant = ?`, [tenant]);
      await fill(query);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#lanes.values()].map(({ running }) => running));
    await this.#duties.close();
    await this.#connection.close();
  }

  #lane(tenant: string): Lane {
    let lane = this.#lanes.get(tenant);
    if (lane === undefined) {
      lane = { waiting: [], running: undefined };
      this.#lanes.set(tenant, lane);
    }
    return lane;
  }

  async #drain(tenant: string, lane: Lane): Promise<void> {
    // Those of one turn of the event loop go together.
    await new Promise((resolve) => setImmediate(resolve));
    while (lane.waiting.length > 0) await this.#commit(tenant, lane.waiting.splice(0, GROUP_LIMIT));
    // In the same step as the look at the queue: whoever comes later starts anew.
    lane.running = undefined;
  }

  /** Tells each of the group how it went. Never throws. */
  async #commit(tenant: string, group: readonly Waiting[]): Promise<void> {
    const changesets = group.map(({ changeset }) => changeset);
    try {
      const outcomes = await this.#connection.transaction((query) => applyGroup(query, tenant, changesets));
      for (const [index, outcome] of outcomes.entries()) group[index]?.resolve(outcome);
    } catch (error) {
      // One that PostgreSQL can't take must not pull the others down with it.
      const ofOne = !(error instanceof EcoError) && group.length > 1;
      if (ofOne) for (const one of group) await this.#commit(tenant, [one]);
      else for (const { reject } of group) reject(error);
    }
  }
}
