import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Row } from "./rows.ts";

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
  #snapshot = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Tells how many rows it changed. */
  run(sql: string, values: Values): { readonly changes: number | bigint } {
    return this.#prepare(sql).run(...values);
  }

  get(sql: string, values: Values): Row | undefined {
    this.#openSnapshot();
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, values: Values): Row[] {
    this.#openSnapshot();
    return this.#prepare(sql).all(...values);
  }

  /** Ends the turn's reads: before a write transaction, which must begin on the newest state, and before closing. */
  endSnapshot(): void {
    if (!this.#snapshot) return;
    this.#snapshot = false;
    this.#database.exec("COMMIT");
  }

  #openSnapshot(): void {
    if (this.#snapshot || this.#database.isTransaction) return;
    this.#database.exec("BEGIN");
    this.#snapshot = true;
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
