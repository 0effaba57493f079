import { number } from "../sql/rows.ts";
import type { Statements } from "./statements.ts";

const names = ["records", "events", "postings", "dispatches", "sets", "fannedOut"] as const;

/** Where a tenant's sequences stand: read once, kept as long as nobody else writes them, written back at the commit. */
export class SqliteCounters {
  readonly #statements: Statements;
  readonly #tenant: string;
  #written: readonly number[];
  records: number;
  events: number;
  postings: number;
  dispatches: number;
  sets: number;
  fannedOut: number;

  constructor(statements: Statements, tenant: string) {
    this.#statements = statements;
    this.#tenant = tenant;
    const row = statements.get("SELECT * FROM tenants WHERE tenant = ?", [tenant]) ?? {};
    this.records = number(row, "records");
    this.events = number(row, "events");
    this.postings = number(row, "postings");
    this.dispatches = number(row, "dispatches");
    this.sets = number(row, "sets");
    this.fannedOut = number(row, "fanned_out");
    this.#written = this.#values();
  }

  /** Before the commit. */
  write(): void {
    const values = this.#values();
    if (values.every((value, index) => value === this.#written[index])) return;
    this.#statements.run(
      `INSERT INTO tenants (tenant, records, events, postings, dispatches, sets, fanned_out)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (tenant) DO UPDATE SET records = excluded.records, events = excluded.events,
       postings = excluded.postings, dispatches = excluded.dispatches, sets = excluded.sets,
       fanned_out = excluded.fanned_out`,
      [this.#tenant, ...values],
    );
    this.#written = values;
  }

  #values(): readonly number[] {
    return names.map((name) => this[name]);
  }
}
