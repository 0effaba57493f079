import { blockOf } from "../months.ts";
import { number } from "../sql/rows.ts";
import { companiesIn } from "../sql/sets.ts";
import type { RecordRow, WriteRow } from "./changes.ts";
import type { SqliteSets } from "./sets.ts";
import type { Statements } from "./statements.ts";

/** A record as it stands before a write; version 0 where there is none. */
interface Place {
  readonly version: number;
  readonly sequence: number;
  readonly keys: string;
}

/** So many notes are kept in memory. */
const NOTED = 1_000;

/** Writes the records of one tenant within transactions that somebody else begins and commits. `next` gives a new one its sequence. */
export class SqliteRecords {
  readonly #statements: Statements;
  readonly #tenant: string;
  readonly #sets: SqliteSets;
  readonly #next: () => number;
  /** Which months are known to be noted for which blocks. */
  readonly #noted = new Set<string>();

  constructor(statements: Statements, tenant: string, sets: SqliteSets, next: () => number) {
    this.#statements = statements;
    this.#tenant = tenant;
    this.#sets = sets;
    this.#next = next;
  }

  /** 0 where there is none. */
  versionOf(collection: string, id: string): number {
    return this.#place(collection, id).version;
  }

  #place(collection: string, id: string): Place {
    const row = this.#statements.get(
      "SELECT version, sequence, keys FROM records WHERE tenant = ? AND collection = ? AND id = ?",
      [this.#tenant, collection, id],
    );
    if (row === undefined) return { version: 0, sequence: 0, keys: "[]" };
    return { version: number(row, "version"), sequence: number(row, "sequence"), keys: String(row["keys"]) };
  }

  /** The record is at the version that the write expects. */
  put({ collection, id, value, expectedVersion, keys, parties, months }: WriteRow): void {
    if (expectedVersion === 0) {
      if (value === null) return;
      this.restore({ collection, id, version: 1, sequence: this.#next(), value, keys, parties, months });
      return;
    }
    const place = this.#place(collection, id);
    const at = [this.#tenant, collection, id];
    if (value === null) {
      this.#statements.run("DELETE FROM records WHERE tenant = ? AND collection = ? AND id = ?", at);
      this.#unlist(collection, place);
      return;
    }
    this.#statements.run(
      `UPDATE records SET version = version + 1, value = ?, keys = ?, company = ?
       WHERE tenant = ? AND collection = ? AND id = ?`,
      [value, keys, this.#company(collection, parties), ...at],
    );
    this.#note(collection, months, place.sequence);
    if (place.keys !== keys) {
      this.#unlist(collection, place);
      this.#enlist(collection, place.sequence, keys);
    }
  }

  /** A record as it stood, or stands from now on, where there is none. */
  restore({ collection, id, version, sequence, value, keys, parties, months }: RecordRow): void {
    this.#statements.run(
      `INSERT INTO records (tenant, collection, id, version, sequence, value, keys, company)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[this.#tenant, collection, id, version, sequence],
        ...[value, keys, this.#company(collection, parties)],
      ],
    );
    this.#note(collection, months, sequence);
    this.#enlist(collection, sequence, keys);
  }

  /** That there is something of these months in the block; nearly always that is known. */
  #note(collection: string, months: readonly string[], sequence: number): void {
    const block = blockOf(sequence);
    for (const month of months) {
      const note = `${collection} ${month} ${block}`;
      if (this.#noted.has(note)) continue;
      this.#statements.run(
        `INSERT INTO record_months (tenant, collection, month, block) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        [this.#tenant, collection, month, block],
      );
      if (this.#noted.size === NOTED) this.#noted.clear();
      this.#noted.add(note);
    }
  }

  #company(collection: string, parties: readonly string[]): number | null {
    return parties.length === 0 ? null : this.#sets.idOf(companiesIn(collection), new Set(parties));
  }

  #enlist(collection: string, sequence: number, keys: string): void {
    if (keys === "[]") return;
    for (const key of JSON.parse(keys) as string[]) {
      this.#statements.run(
        "INSERT INTO record_keys (tenant, collection, key, sequence) VALUES (?, ?, ?, ?)",
        [this.#tenant, collection, key, sequence],
      );
    }
  }

  #unlist(collection: string, { sequence, keys }: Place): void {
    for (const key of JSON.parse(keys) as string[]) {
      this.#statements.run(
        "DELETE FROM record_keys WHERE tenant = ? AND collection = ? AND key = ? AND sequence = ?",
        [this.#tenant, collection, key, sequence],
      );
    }
  }
}
