import type { Query } from "./postgres-connection.ts";
import { eventOf, number, postingOf, recordOf, text } from "./rows.ts";
import type {
  Balance,
  EventQuery,
  JsonObject,
  ListQuery,
  PostingQuery,
  Reader,
  StoredEvent,
  StoredPosting,
  StoredRecord,
} from "./store.ts";

/** In PostgreSQL, no limit is NULL. */
export const limitOf = (limit: number): number | null => (Number.isFinite(limit) ? limit : null);

type Condition = readonly [sql: string, value: string | number | undefined];

/** Conditions that were asked for, as SQL and the values for its places. */
export function where(conditions: readonly Condition[]): {
  readonly sql: string;
  readonly values: (string | number)[];
} {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  for (const [sql, value] of conditions) {
    if (value === undefined) continue;
    parts.push(sql);
    values.push(value);
  }
  return { sql: parts.join(" AND "), values };
}

/** Shows what is committed, by this process or another. */
export class PostgresReader implements Reader {
  readonly #query: Query;
  readonly #tenant: string;

  constructor(query: Query, tenant: string) {
    this.#query = query;
    this.#tenant = tenant;
  }

  async get<T extends JsonObject>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    const [row] = await this.#query(
      "SELECT id, version, sequence, value FROM eco.records WHERE tenant = ? AND collection = ? AND id = ?",
      [this.#tenant, collection, id],
    );
    // The store doesn't know what its collections hold: the caller names the shape it wrote.
    return row === undefined ? undefined : (recordOf(row, collection) as StoredRecord<T>);
  }

  async list<T extends JsonObject>(query: ListQuery): Promise<readonly StoredRecord<T>[]> {
    const { collection, key, after, limit, descending } = query;
    const source =
      key === undefined
        ? "eco.records r"
        : "eco.record_keys k JOIN eco.records r ON r.tenant = k.tenant AND r.collection = k.collection AND r.id = k.id";
    const from = key === undefined ? "r" : "k";
    const { sql, values } = where([
      [`${from}.tenant = ?`, this.#tenant],
      [`${from}.collection = ?`, collection],
      ["k.key = ?", key],
      [`${from}.sequence ${descending === true ? "<" : ">"} ?`, after],
    ]);
    const rows = await this.#query(
      `SELECT r.id, r.version, r.sequence, r.value FROM ${source} WHERE ${sql}
       ORDER BY ${from}.sequence ${descending === true ? "DESC" : "ASC"} LIMIT ?`,
      [...values, limitOf(limit)],
    );
    return rows.map((row) => recordOf(row, collection) as StoredRecord<T>);
  }

  async events(query: EventQuery): Promise<readonly StoredEvent[]> {
    const { id, type, subject, causedBy, party, after, limit, descending } = query;
    const { sql, values } = where([
      ["e.tenant = ?", this.#tenant],
      ["e.id = ?", id],
      ["e.type = ?", type],
      ["e.subject = ?", subject],
      ["e.caused_by = ?", causedBy],
      [
        `EXISTS (SELECT 1 FROM eco.event_audience a
          WHERE a.tenant = e.tenant AND a.party = ? AND a.sequence = e.sequence)`,
        party,
      ],
      [`e.sequence ${descending === true ? "<" : ">"} ?`, after],
    ]);
    const rows = await this.#query(
      `SELECT e.* FROM eco.events e WHERE ${sql}
       ORDER BY e.sequence ${descending === true ? "DESC" : "ASC"} LIMIT ?`,
      [...values, limitOf(limit)],
    );
    return rows.map(eventOf);
  }

  async balances(prefix = ""): Promise<readonly Balance[]> {
    // `>=` lets the index find the first one; all that start with the prefix follow it.
    const rows = await this.#query(
      `SELECT account, currency, amount_minor FROM eco.balances
       WHERE tenant = ? AND account >= ? AND starts_with(account, ?) ORDER BY account, currency`,
      [this.#tenant, prefix, prefix],
    );
    return rows.map((row) => ({
      account: text(row, "account"),
      currency: text(row, "currency"),
      amountMinor: BigInt(text(row, "amount_minor")),
    }));
  }

  async postings(query: PostingQuery): Promise<readonly StoredPosting[]> {
    const { account, transactionId, deliveryId, period, after, limit } = query;
    const under = account?.endsWith("/") === true ? account : undefined;
    const { sql, values } = where([
      ["p.tenant = ?", this.#tenant],
      ["p.account = ?", under === undefined ? account : undefined],
      // From the prefix to the first text after all that start with it.
      ["p.account >= ?", under],
      ["p.account < ?", under === undefined ? undefined : `${under.slice(0, -1)}0`],
      ["t.id = ?", transactionId],
      ["d.delivery_id = ?", deliveryId],
      ["p.delivery_id = ?", deliveryId],
      ["t.period = ?", period],
      ["p.sequence > ?", after],
    ]);
    // The postings of a delivery lie together with those of its transaction: its row says from where to where.
    const deliveries =
      deliveryId === undefined
        ? ""
        : `JOIN eco.transaction_deliveries d ON d.tenant = p.tenant
           AND p.sequence BETWEEN d.first_sequence AND d.last_sequence`;
    const rows = await this.#query(
      `SELECT p.*, t.kind, t.booked_at, t.period FROM eco.postings p
       JOIN eco.transactions t ON t.tenant = p.tenant AND t.id = p.transaction_id
       AND p.sequence BETWEEN t.first_sequence AND t.last_sequence ${deliveries}
       WHERE ${sql} ORDER BY p.sequence LIMIT ?`,
      [...values, limitOf(limit)],
    );
    return rows.map(postingOf);
  }

  async lastPosting(period: string): Promise<number> {
    const [row] = await this.#query(
      `SELECT last_sequence FROM eco.transactions
       WHERE tenant = ? AND period = ? ORDER BY first_sequence DESC LIMIT 1`,
      [this.#tenant, period],
    );
    return row === undefined ? 0 : number(row, "last_sequence");
  }
}
