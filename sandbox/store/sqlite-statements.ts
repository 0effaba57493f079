import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { RecordCache } from "./record-cache.ts";
import { number, type Row } from "./rows.ts";

type Values = readonly SQLInputValue[];

/**
 * Statements prepared once and kept: there are some dozens of them, each a fixed text.
 *
 * A read outside of any transaction opens one that lasts until the end of this turn of the event loop: finding and
 * locking the newest state costs more than reading a row, and all reads of a turn may see the same one.
 */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  /** Of this connection's reads. What other connections commit clears it, what this one writes is forgotten one by one. */
  readonly records = new RecordCache();
  #dataVersion = 0;
  #snapshot = false;
  /** How often others were found to have committed. What is known from before that has to be looked for again. */
  foreignCommits = 0;
  /** How many rows this connection has written, about. */
  rowsWritten = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Tells how many rows it changed. */
  run(sql: string, values: Values): { readonly changes: number | bigint } {
    this.rowsWritten += 1;
    return this.#prepare(sql).run(...values);
  }

  get(sql: string, values: Values): Row | undefined {
    this.openSnapshot();
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, values: Values): Row[] {
    this.openSnapshot();
    return this.#prepare(sql).all(...values);
  }

  /** Ends the turn's reads: before a write transaction, which must begin on the newest state, and before closing. */
  endSnapshot(): void {
    if (!this.#snapshot) return;
    this.#snapshot = false;
    this.#database.exec("COMMIT");
  }

  /** At the beginning of each transaction: whether somebody else has committed since the last one. */
  look(): void {
    const row = this.#prepare("PRAGMA data_version").get();
    const version = number(row ?? {}, "data_version");
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.records.clear();
    this.foreignCommits += 1;
  }

  /** Before anything that is known from before is relied on. */
  openSnapshot(): void {
    if (this.#snapshot || this.#database.isTransaction) return;
    this.#database.exec("BEGIN");
    this.#snapshot = true;
    this.look();
    setImmediate(() => this.endSnapshot());
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
