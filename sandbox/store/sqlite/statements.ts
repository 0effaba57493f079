import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { number, type Row } from "../sql/rows.ts";

type Values = readonly SQLInputValue[];

/** Statements of one connection, prepared once and kept: there are some dozens of them, each a fixed text. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Tells how many rows it changed. */
  run(sql: string, values: Values): { readonly changes: number | bigint } {
    return this.#prepare(sql).run(...values);
  }

  get(sql: string, values: Values): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, values: Values): Row[] {
    return this.#prepare(sql).all(...values);
  }

  /** Another one than before after another connection has committed. */
  dataVersion(): number {
    return number(this.get("PRAGMA data_version", []) ?? {}, "data_version");
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
