import { readPostings } from "../booked.ts";
import { blockOf, isInMonths, stretchesOf } from "../months.ts";
import type {
  Balance,
  DispatchQuery,
  EventQuery,
  JsonObject,
  ListQuery,
  Months,
  PostingQuery,
  Reader,
  StoredDispatch,
  StoredEvent,
  StoredPosting,
  StoredRecord,
  StoredTransaction,
} from "../store.ts";
import { dispatchOf, eventOf, number, type Row, recordOf, text, transactionOf } from "./rows.ts";
import { ACCOUNTS, companiesIn, memberIs, partyMember, TOPICS, typeMember } from "./sets.ts";
import { type SqlDatabase, type SqlPart, where } from "./sql.ts";

/** Rows to be read, which go by `x`, and the column by which they are ordered. */
interface Source {
  readonly from: SqlPart;
  readonly order?: string;
}

/** Reads a tenant out of a database, in statements that SQLite and PostgreSQL both understand. */
export class SqlReader implements Reader {
  readonly #database: SqlDatabase;
  readonly #tenant: string;
  /** Gives one record, for the tenant, the collection and the id. */
  protected readonly recordSql: string;

  constructor(database: SqlDatabase, tenant: string) {
    this.#database = database;
    this.#tenant = tenant;
    this.recordSql = `SELECT id, version, sequence, value FROM ${database.schema}records
      WHERE tenant = ? AND collection = ? AND id = ?`;
  }

  async get<T extends JsonObject>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    const [row] = await this.#database.all(this.recordSql, [this.#tenant, collection, id]);
    // The store doesn't know what its collections hold: the caller names the shape it wrote.
    return row === undefined ? undefined : (recordOf(row, collection) as StoredRecord<T>);
  }

  getAll<T extends JsonObject>(
    collection: string,
    ids: readonly string[],
  ): Promise<readonly (StoredRecord<T> | undefined)[]> {
    return Promise.all(ids.map((id) => this.get<T>(collection, id)));
  }

  async list<T extends JsonObject>(query: ListQuery): Promise<readonly StoredRecord<T>[]> {
    const { collection, months } = query;
    if (months !== undefined) return this.#listMonths<T>(query, months);
    const rows = await this.#page(this.#records(query), query);
    return rows.map((row) => recordOf(row, collection) as StoredRecord<T>);
  }

  /** Looks through the stretches in which there is something of these months. */
  async #listMonths<T extends JsonObject>(query: ListQuery, months: Months): Promise<StoredRecord<T>[]> {
    const { collection, limit } = query;
    const found: StoredRecord<T>[] = [];
    let { after = 0 } = query;
    for (const { first, last } of stretchesOf(await this.#blocks(collection, months, after))) {
      after = Math.max(after, first - 1);
      for (;;) {
        const rows = await this.#page(this.#records({ ...query, after }, last), query);
        const records = rows.map((row) => recordOf(row, collection) as StoredRecord<T>);
        for (const record of records) {
          if (!isInMonths(collection, record.value, months)) continue;
          found.push(record);
          if (found.length === limit) return found;
        }
        after = records.at(-1)?.sequence ?? after;
        if (rows.length < limit) break;
      }
    }
    return found;
  }

  /** The blocks that hold something of these months and don't end before a place, in ascending order. */
  async #blocks(collection: string, { from, to }: Months, after: number): Promise<number[]> {
    const { sql, values } = where([
      ["m.tenant = ?", this.#tenant],
      ["m.collection = ?", collection],
      ["m.month >= ?", from],
      ["m.month <= ?", to],
      ["m.block >= ?", blockOf(after + 1)],
    ]);
    const rows = await this.#database.all(
      `SELECT DISTINCT m.block FROM ${this.#database.schema}record_months m WHERE ${sql} ORDER BY m.block`,
      values,
    );
    return rows.map((row) => number(row, "block"));
  }

  async events(query: EventQuery): Promise<readonly StoredEvent[]> {
    const { id, ids, type, subject, causedBy, party, after, descending } = query;
    const conditions = where([
      ["x.tenant = ?", this.#tenant],
      ["x.id = ?", id],
      [`x.id IN (${this.#database.textsIn})`, ids && JSON.stringify(ids)],
      ["x.subject = ?", subject],
      ["x.caused_by = ?", causedBy],
      [`x.sequence ${descending === true ? "<" : ">"} ?`, after],
    ]);
    const members = [
      ...(party === undefined ? [] : [partyMember(party)]),
      ...(type === undefined ? [] : [typeMember(type)]),
    ];
    const narrow = [id, ids, subject, causedBy].some((asked) => asked !== undefined);
    const from = this.#inSets(
      { table: "events", column: "topic", conditions, narrow },
      TOPICS,
      members,
      query,
    );
    return (await this.#page({ from }, query)).map(eventOf);
  }

  async balances(prefix = ""): Promise<readonly Balance[]> {
    // `>=` lets the index find the first one; all that start with the prefix follow it.
    const rows = await this.#database.all(
      `SELECT account, currency, CAST(amount_minor AS TEXT) AS amount FROM ${this.#database.schema}balances
       WHERE tenant = ? AND account >= ? AND substr(account, 1, ?) = ? ORDER BY account, currency`,
      [this.#tenant, prefix, [...prefix].length, prefix],
    );
    return rows.map((row) => ({
      account: text(row, "account"),
      currency: text(row, "currency"),
      amountMinor: BigInt(text(row, "amount")),
    }));
  }

  postings(query: PostingQuery): Promise<readonly StoredPosting[]> {
    return readPostings((wanted) => this.transactions(wanted), query);
  }

  async transactions(query: PostingQuery): Promise<readonly StoredTransaction[]> {
    const { account, transactionId, deliveryId, period, after } = query;
    const conditions = where([
      ["x.tenant = ?", this.#tenant],
      ["x.id = ?", transactionId],
      [
        `x.sequence IN (SELECT d.sequence FROM ${this.#database.schema}transaction_deliveries d
          WHERE d.tenant = x.tenant AND d.delivery_id = ?)`,
        deliveryId,
      ],
      ["x.period = ?", period],
      ["x.sequence > ?", after],
    ]);
    const narrow = transactionId !== undefined || deliveryId !== undefined;
    const accounts = account === undefined ? [] : [account];
    const near = accounts.length > 0 && !narrow ? this.#near(period, conditions) : conditions;
    const from = this.#inSets(
      { table: "transactions", column: "accounts", conditions: near, narrow },
      ACCOUNTS,
      accounts,
      query,
    );
    return (await this.#page({ from }, query)).map(transactionOf);
  }

  async lastPosting(period: string): Promise<number> {
    const [row] = await this.#database.all(
      `SELECT max(sequence) AS last FROM ${this.#database.schema}transactions WHERE tenant = ? AND period = ?`,
      [this.#tenant, period],
    );
    return number(row ?? {}, "last");
  }

  async dispatches({
    eventId,
    endpointId,
    state,
    ...page
  }: DispatchQuery): Promise<readonly StoredDispatch[]> {
    const { sql, values } = where([
      ["x.tenant = ?", this.#tenant],
      ["x.event_id = ?", eventId],
      ["x.endpoint_id = ?", endpointId],
      ["x.state = ?", state],
      ["x.sequence > ?", page.after],
    ]);
    const from = { sql: `FROM ${this.#database.schema}dispatches x WHERE ${sql}`, values };
    return (await this.#page({ from }, page)).map(dispatchOf);
  }

  /** @param upTo the last place at which they may stand */
  #records({ collection, key, party, after, limit, descending }: ListQuery, upTo?: number): Source {
    const { schema } = this.#database;
    const table = key === undefined ? "x" : "k";
    const conditions = where([
      [`${table}.tenant = ?`, this.#tenant],
      // A company's rows are of one collection already: asked of each, they would be looked up for it.
      [`${table}.collection = ?`, party === undefined ? collection : undefined],
      ["k.key = ?", key],
      [`${table}.sequence ${descending === true ? "<" : ">"} ?`, after],
      [`${table}.sequence <= ?`, upTo],
    ]);
    if (key !== undefined) {
      const sql = `FROM ${schema}record_keys k JOIN ${schema}records x ON x.tenant = k.tenant
        AND x.collection = k.collection AND x.sequence = k.sequence WHERE ${conditions.sql}`;
      return { from: { sql, values: conditions.values }, order: "k.sequence" };
    }
    const members = party === undefined ? [] : [party];
    const kind = companiesIn(collection);
    const rows = { table: "records", column: "company", collection, conditions, narrow: false };
    return { from: this.#inSets(rows, kind, members, { limit, descending }) };
  }

  /** Between the first and the last transaction of a period, which a set's rows aren't sorted by. */
  #near(period: string | undefined, { sql, values }: SqlPart): SqlPart {
    if (period === undefined) return { sql, values };
    const end = (which: "min" | "max"): string =>
      `(SELECT ${which}(p.sequence) FROM ${this.#database.schema}transactions p WHERE p.tenant = ? AND p.period = ?)`;
    const place = [this.#tenant, period];
    return {
      sql: `${sql} AND x.sequence >= ${end("min")} AND x.sequence <= ${end("max")}`,
      values: [...values, ...place, ...place],
    };
  }

  /** The rows whose set holds all of the members: with conditions that few meet by those, otherwise by the sets. */
  #inSets(
    {
      table,
      column,
      collection,
      conditions,
      narrow,
    }: {
      readonly table: string;
      readonly column: string;
      readonly collection?: string;
      readonly conditions: SqlPart;
      readonly narrow: boolean;
    },
    kind: string,
    members: readonly string[],
    { limit, descending = false }: { readonly limit: number; readonly descending?: boolean | undefined },
  ): SqlPart {
    const { sql, values } = conditions;
    const from = `FROM ${this.#database.schema}${table} x WHERE ${sql}`;
    if (members.length === 0) return { sql: from, values };
    const sets = this.#setsOf(kind, members);
    return narrow
      ? { sql: `${from} AND x.${column} IN (${sets.sql})`, values: [...values, ...sets.values] }
      : this.#database.firstOfEach({
          ...{ sets, table, column, tenant: this.#tenant, collection },
          ...{ where: conditions, descending, limit },
        });
  }

  #setsOf(kind: string, [first = "", ...others]: readonly string[]): SqlPart {
    const table = `${this.#database.schema}set_members`;
    const one = memberIs(first, "m.member");
    const rest = others.map((member) => memberIs(member, "n.member"));
    const also = rest.map(
      ({ sql }) => ` AND EXISTS (SELECT 1 FROM ${table} n WHERE n.tenant = m.tenant AND n.kind = m.kind
        AND ${sql} AND n.id = m.id)`,
    );
    return {
      sql: `SELECT DISTINCT m.id FROM ${table} m WHERE m.tenant = ? AND m.kind = ? AND ${one.sql}${also.join("")}`,
      values: [this.#tenant, kind, ...one.values, ...rest.flatMap(({ values }) => values)],
    };
  }

  #page(
    { from, order = "x.sequence" }: Source,
    { limit, descending }: { readonly limit: number; readonly descending?: boolean | undefined },
  ): Promise<readonly Row[]> {
    return this.#database.all(
      `SELECT x.* ${from.sql} ORDER BY ${order} ${descending === true ? "DESC" : "ASC"} LIMIT ?`,
      [...from.values, Number.isFinite(limit) ? limit : this.#database.noLimit],
    );
  }
}
