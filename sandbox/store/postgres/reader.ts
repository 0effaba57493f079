import { SqlReader } from "../sql/reader.ts";
import { type Row, recordOf, text } from "../sql/rows.ts";
import type { FirstOfEach, SqlDatabase, SqlPart } from "../sql/sql.ts";
import type { JsonObject, StoredRecord } from "../store.ts";
import type { Query } from "./connection.ts";
import { placeKey } from "./load.ts";

/** A record that somebody waits for. */
interface Wanted {
  readonly collection: string;
  readonly id: string;
  readonly row: PromiseWithResolvers<Row | undefined>;
}

/** Shows what is committed, by this process or another. Records that are asked for together come in one answer. */
class PostgresReader extends SqlReader {
  readonly #query: Query;
  readonly #tenant: string;
  #wanted = new Map<string, Wanted>();

  constructor(database: SqlDatabase, tenant: string, query: Query) {
    super(database, tenant);
    this.#query = query;
    this.#tenant = tenant;
  }

  override async get<T extends JsonObject>(
    collection: string,
    id: string,
  ): Promise<StoredRecord<T> | undefined> {
    const place = placeKey(collection, id);
    let wanted = this.#wanted.get(place);
    if (wanted === undefined) {
      if (this.#wanted.size === 0) queueMicrotask(() => void this.#fetch());
      wanted = { collection, id, row: Promise.withResolvers() };
      this.#wanted.set(place, wanted);
    }
    const row = await wanted.row.promise;
    // The store doesn't know what its collections hold: the caller names the shape it wrote.
    return row && (recordOf(row, collection) as StoredRecord<T>);
  }

  /** Tells each of them. Never throws. */
  async #fetch(): Promise<void> {
    const wanted = this.#wanted;
    this.#wanted = new Map();
    try {
      const rows = await this.#rows([...wanted.values()]);
      const found = new Map(rows.map((row) => [placeKey(text(row, "collection"), text(row, "id")), row]));
      for (const [place, { row }] of wanted) row.resolve(found.get(place));
    } catch (error) {
      for (const { row } of wanted.values()) row.reject(error);
    }
  }

  #rows(wanted: readonly Wanted[]): Promise<readonly Row[]> {
    const columns = "r.collection, r.id, r.version, r.sequence, r.value";
    const [first] = wanted;
    if (first !== undefined && wanted.length === 1) {
      const sql = `SELECT ${columns} FROM eco.records r WHERE r.tenant = ? AND r.collection = ? AND r.id = ?`;
      return this.#query(sql, [this.#tenant, first.collection, first.id]);
    }
    return this.#query(
      `SELECT ${columns} FROM unnest(?::text[], ?::text[]) AS asked (collection, id)
       JOIN eco.records r ON r.tenant = ? AND r.collection = asked.collection AND r.id = asked.id`,
      [wanted.map(({ collection }) => collection), wanted.map(({ id }) => id), this.#tenant],
    );
  }
}

export function readerOf(query: Query, tenant: string): SqlReader {
  const textsIn = "SELECT json_array_elements_text(?::json)";
  const database: SqlDatabase = { schema: "eco.", noLimit: null, textsIn, firstOfEach, all: query };
  return new PostgresReader(database, tenant, query);
}

function firstOfEach({ sets, table, column, where, descending, limit }: FirstOfEach): SqlPart {
  const direction = descending ? "DESC" : "ASC";
  const sql = `FROM (${sets.sql}) m CROSS JOIN LATERAL
    (SELECT x.* FROM eco.${table} x WHERE ${where.sql} AND x.${column} = m.id
     ORDER BY x.sequence ${direction} LIMIT ?) x`;
  return { sql, values: [...sets.values, ...where.values, Number.isFinite(limit) ? limit : null] };
}
