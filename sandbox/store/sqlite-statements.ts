import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Row } from "./sqlite-rows.ts";

type Values = readonly SQLInputValue[];

/** Statements prepared once and kept: there are some dozens of them, each a fixed text. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  readonly #big = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  run(sql: string, values: Values): void {
    this.#prepare(sql).run(...values);
  }

  get(sql: string, values: Values): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, values: Values): Row[] {
    return this.#prepare(sql).all(...values);
  }

  /** Integers come as `bigint`: amounts may be beyond what a number holds exactly. */
  allBig(sql: string, values: Values): Row[] {
    let statement = this.#big.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReadBigInts(true);
      this.#big.set(sql, statement);
    }
    return statement.all(...values);
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
