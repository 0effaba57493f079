import type { DatabaseSync } from "node:sqlite";
import { setImmediate } from "../../values/real-timers.ts";
import { RecordCache } from "../record-cache.ts";
import { number, type Row, text } from "../sql/rows.ts";
import { Statements } from "./statements.ts";

type Values = Parameters<Statements["all"]>[1];

/**
 * The connection that a store reads by: what is committed, and nothing else.
 *
 * A read opens a transaction that lasts until the end of this turn of the event loop: finding and locking the newest
 * state costs more than reading a row, and all reads of a turn may see the same one.
 */
export class Snapshots {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  /** The name that its own store writes under. */
  readonly #writer: string;
  /** What others commit clears it, what its own store writes is forgotten one by one. */
  readonly records = new RecordCache();
  #open = false;
  #dataVersion = 0;
  #turn = -1;
  #foreignCommits = 0;

  constructor(database: DatabaseSync, writer: string) {
    this.#database = database;
    this.#statements = new Statements(database);
    this.#writer = writer;
  }

  get(sql: string, values: Values): Row | undefined {
    this.open();
    return this.#statements.get(sql, values);
  }

  all(sql: string, values: Values): Row[] {
    this.open();
    return this.#statements.all(sql, values);
  }

  /** How often others were found to have committed. What is known from before that has to be looked for again. */
  get foreignCommits(): number {
    this.open();
    return this.#foreignCommits;
  }

  /** Before anything that is known from before is relied on. */
  open(): void {
    if (this.#open) return;
    this.#database.exec("BEGIN");
    this.#open = true;
    this.#look();
    setImmediate(() => this.end());
  }

  /** Ends the turn's reads: before what was just committed is read, and before closing. */
  end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#database.exec("COMMIT");
  }

  /** Whether somebody else than this store's own writer has committed since the last snapshot. */
  #look(): void {
    const version = this.#statements.dataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    const row = this.#statements.get("SELECT turn, id FROM writer", []) ?? {};
    const turn = number(row, "turn");
    if (turn === this.#turn && text(row, "id") === this.#writer) return;
    this.#turn = turn;
    this.records.clear();
    this.#foreignCommits += 1;
  }
}
