import { eventOf, number, postingOf, type Row, recordOf, text } from "./rows.ts";
import type { Statements } from "./sqlite-statements.ts";
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

/** SQLite has no infinity; a negative limit means none. */
export const limitOf = (limit: number): number => (Number.isFinite(limit) ? limit : -1);

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

export class SqliteReader implements Reader {
  readonly #statements: Statements;
  readonly #tenant: string;

  constructor(statements: Statements, tenant: string) {
    this.#statements = statements;
    this.#tenant = tenant;
  }

  async get<T extends JsonObject>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    const row = this.#statements.get(
      "SELECT id, version, sequence, value FROM records WHERE tenant = ? AND collection = ? AND id = ?",
      [this.#tenant, collection, id],
    );
    // The store doesn't know what its collections hold: the caller names the shape it wrote.
    return row === undefined ? undefined : (recordOf(row, collection) as StoredRecord<T>);
  }

  async list<T extends JsonObject>(query: ListQuery): Promise<readonly StoredRecord<T>[]> {
    const { collection, key, after, limit, descending } = query;
    const source =
      key === undefined
        ? "records r"
        : "record_keys k JOIN records r ON r.tenant = k.tenant AND r.collection = k.collection AND r.id = k.id";
    const from = key === undefined ? "r" : "k";
    const { sql, values } = where([
      [`${from}.tenant = ?`, this.#tenant],
      [`${from}.collection = ?`, collection],
      ["k.key = ?", key],
      [`${from}.sequence ${descending === true ? "<" : ">"} ?`, after],
    ]);
    const rows = this.#statements.all(
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
        "EXISTS (SELECT 1 FROM event_audience a WHERE a.tenant = e.tenant AND a.party = ? AND a.sequence = e.sequence)",
        party,
      ],
      [`e.sequence ${descending === true ? "<" : ">"} ?`, after],
    ]);
    const rows = this.#statements.all(
      `SELECT e.* FROM events e WHERE ${sql} ORDER BY e.sequence ${descending === true ? "DESC" : "ASC"} LIMIT ?`,
      [...values, limitOf(limit)],
    );
    return rows.map(eventOf);
  }

  async balances(prefix = ""): Promise<readonly Balance[]> {
    const rows = this.#statements.allBig(
      `SELECT account, currency, amount_minor FROM balances
       WHERE tenant = ? AND substr(account, 1, ?) = ? ORDER BY account, currency`,
      [this.#tenant, [...prefix].length, prefix],
    );
    return rows.map((row: Row) => ({
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
    const rows = this.#statements.allBig(
      `SELECT p.*, t.kind, t.booked_at, t.period FROM ${postingsSource(query)}
       WHERE ${sql} ORDER BY p.sequence LIMIT ?`,
      [...values, limitOf(limit)],
    );
    return rows.map(postingOf);
  }

  async lastPosting(period: string): Promise<number> {
    return lastOfPeriod(this.#statements, this.#tenant, period);
  }
}

export function lastOfPeriod(statements: Statements, tenant: string, period: string): number {
  const row = statements.get(
    "SELECT last_sequence FROM transactions WHERE tenant = ? AND period = ? ORDER BY first_sequence DESC LIMIT 1",
    [tenant, period],
  );
  return row === undefined ? 0 : number(row, "last_sequence");
}

/**
 * The narrowest way to the postings asked for: those of a delivery or a transaction lie together, those of an account
 * have their index, and only a query by period alone goes by the transactions. CROSS JOIN keeps SQLite to the order.
 */
function postingsSource({ account, transactionId, deliveryId, period }: PostingQuery): string {
  const ofTransaction = "t.tenant = p.tenant AND t.id = p.transaction_id";
  const between = (table: string): string =>
    `p.tenant = ${table}.tenant AND p.sequence BETWEEN ${table}.first_sequence AND ${table}.last_sequence`;
  if (deliveryId !== undefined) {
    return `transaction_deliveries d CROSS JOIN postings p ON ${between("d")} CROSS JOIN transactions t ON ${ofTransaction}`;
  }
  if (transactionId !== undefined || (period !== undefined && account === undefined)) {
    return `transactions t CROSS JOIN postings p ON ${between("t")}`;
  }
  return `postings p CROSS JOIN transactions t ON ${ofTransaction}`;
}
