import { dispatchOf, number } from "../sql/rows.ts";
import { transactionsOf } from "../state.ts";
import type {
  ApplyOutcome,
  DispatchClaim,
  DispatchSettlement,
  StoredDispatch,
  TenantState,
} from "../store.ts";
import { bookedRow, type Changes } from "./changes.ts";
import { tenantTables } from "./schema.ts";
import type { Statements } from "./statements.ts";
import { TenantWriter } from "./tenant-writer.ts";

/** Somebody of another process is alone with the tenant: nothing was written. */
export type HeldElsewhere = { readonly kind: "held" };

/** Gives the dispatches that are due, in order, for the tenant, virtual and wall-clock milliseconds and a limit. */
export const DUE_DISPATCHES = `SELECT d.* FROM dispatches d
  WHERE d.tenant = ? AND d.state = 'pending' AND d.not_before_ms <= ? AND d.leased_until_ms <= ?
  AND NOT EXISTS (SELECT 1 FROM dispatches e WHERE e.tenant = d.tenant AND e.endpoint_id = d.endpoint_id
    AND e.order_key = d.order_key AND e.state = 'pending' AND e.sequence < d.sequence)
  ORDER BY d.sequence LIMIT ?`;

/** Whether a process other than this holder's is alone with a tenant, or has a duty. */
export function isHeldElsewhere(statements: Pick<Statements, "get">, name: string, holder: string): boolean {
  const sql = "SELECT until_ms FROM holds WHERE tenant = ? AND holder <> ?";
  const row = statements.get(sql, [name, holder]);
  return row !== undefined && number(row, "until_ms") > Date.now();
}

/**
 * All that is done in write transactions. Each method is called within one that somebody else begins and commits, and may
 * be called again, from the start, where that has to begin anew.
 */
export class SqliteWork {
  readonly #statements: Statements;
  /** The name under which this store is alone with tenants. */
  readonly #holder: string;
  /** What they know of their tenants holds until somebody else commits. */
  readonly #writers = new Map<string, TenantWriter>();
  /** Tenants that no other process is alone with, until somebody else commits. */
  readonly #free = new Set<string>();

  constructor(statements: Statements, holder: string) {
    this.#statements = statements;
    this.#holder = holder;
  }

  /** After somebody else has committed, and after a rollback. */
  forget(): void {
    this.#writers.clear();
    this.#free.clear();
  }

  /** Before the commit: what was kept in memory goes to its rows. */
  finish(): void {
    for (const writer of this.#writers.values()) writer.finish();
  }

  /** @throws Halfway */
  apply(changes: Changes): ApplyOutcome {
    return this.#writerOf(changes.tenant).apply(changes);
  }

  /** @throws Halfway */
  applyAmongOthers(changes: Changes): ApplyOutcome | HeldElsewhere {
    return this.#isHeld(changes.tenant) ? { kind: "held" } : this.apply(changes);
  }

  claimDispatches(tenant: string, { nowMs, wallMs, leaseMs, limit }: DispatchClaim): StoredDispatch[] {
    const rows = this.#statements.all(DUE_DISPATCHES, [tenant, nowMs, wallMs, limit]);
    for (const row of rows) {
      this.#statements.run("UPDATE dispatches SET leased_until_ms = ? WHERE tenant = ? AND sequence = ?", [
        wallMs + leaseMs,
        tenant,
        number(row, "sequence"),
      ]);
    }
    return rows.map(dispatchOf);
  }

  settleDispatch(tenant: string, id: string, { attempt, state, notBeforeMs }: DispatchSettlement): void {
    const tried = attempt === undefined ? "" : ", attempts = json_insert(attempts, '$[#]', json(?))";
    this.#statements.run(
      `UPDATE dispatches SET state = ?, not_before_ms = ?, leased_until_ms = 0${tried} WHERE tenant = ? AND id = ?`,
      [state, notBeforeMs, ...(attempt === undefined ? [] : [JSON.stringify(attempt)]), tenant, id],
    );
  }

  forgetExpired(tenant: string, now: string): void {
    this.#statements.run("DELETE FROM idempotent_answers WHERE tenant = ? AND expires_at < ?", [tenant, now]);
  }

  reset(tenant: string, first?: Changes): void {
    const writer = this.#emptied(tenant);
    if (first !== undefined) writer.apply(first);
  }

  load(tenant: string, state: TenantState): void {
    const booked = transactionsOf(state).map(bookedRow);
    this.#emptied(tenant).load(state, booked);
  }

  /** Whether the place was free, and is this store's now. */
  takeHold(name: string, untilMs: number): boolean {
    if (isHeldElsewhere(this.#statements, name, this.#holder)) return false;
    this.#statements.run(
      `INSERT INTO holds (tenant, holder, until_ms) VALUES (?, ?, ?)
       ON CONFLICT (tenant) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms`,
      [name, this.#holder, untilMs],
    );
    return true;
  }

  renewHold(name: string, untilMs: number): void {
    this.#statements.run("UPDATE holds SET until_ms = ? WHERE tenant = ? AND holder = ?", [
      untilMs,
      name,
      this.#holder,
    ]);
  }

  endHold(name: string): void {
    this.#statements.run("DELETE FROM holds WHERE tenant = ? AND holder = ?", [name, this.#holder]);
  }

  /** Writes nothing: whoever waits for it waits for what was committed before it. */
  sync(): void {}

  #writerOf(tenant: string): TenantWriter {
    return this.#writers.get(tenant) ?? this.#newWriter(tenant);
  }

  #newWriter(tenant: string): TenantWriter {
    const writer = new TenantWriter(this.#statements, tenant);
    this.#writers.set(tenant, writer);
    return writer;
  }

  #emptied(tenant: string): TenantWriter {
    for (const table of tenantTables) this.#statements.run(`DELETE FROM ${table} WHERE tenant = ?`, [tenant]);
    return this.#newWriter(tenant);
  }

  #isHeld(tenant: string): boolean {
    if (this.#free.has(tenant)) return false;
    if (isHeldElsewhere(this.#statements, tenant, this.#holder)) return true;
    this.#free.add(tenant);
    return false;
  }
}
