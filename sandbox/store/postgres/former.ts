import { monthsOf } from "../months.ts";
import { formerRecord, formerTransaction, isRecord, notesOfMonths } from "../sql/former.ts";
import { eventOf, number, type Row, text } from "../sql/rows.ts";
import type { JsonObject } from "../store.ts";
import type { Changes, TouchedRecord } from "./changes.ts";
import type { Query } from "./connection.ts";
import type { Counters, Place } from "./load.ts";
import { write } from "./write.ts";

/** Taken over as they are. Balances come again as the transactions are written. */
const SAME = ["idempotent_answers", "dispatches"];
const PAGE = 500;
const ABSENT: Place = { version: 0, sequence: 0, keys: [], parties: [] };
const NOTHING = { records: new Map(), booked: [], events: [], dispatches: [], answers: [] };

/**
 * Moves the content of a database of the first version into the tables as they are now, page by page, within a
 * transaction that somebody else begins and commits.
 */
export async function moveFormerContent(query: Query, makeTables: () => Promise<void>): Promise<void> {
  // A process of the former version that is about to write waits, and fails when the table is gone: nothing is lost.
  await query("LOCK TABLE eco.tenants, eco.records IN ACCESS EXCLUSIVE MODE");
  // As a whole, since the new tables want the same names, and so do their indexes.
  await query("ALTER SCHEMA eco RENAME TO eco_former");
  await query("CREATE SCHEMA eco");
  await query("ALTER TABLE eco_former.schema_version SET SCHEMA eco");
  await makeTables();
  for (const table of SAME) await query(`INSERT INTO eco.${table} SELECT * FROM eco_former.${table}`);
  for (const row of await query("SELECT * FROM eco_former.tenants")) await moveTenant(query, row);
  await query("DROP SCHEMA eco_former CASCADE");
}

/** Up to the third version nobody noted where the records of a month are. */
export async function noteMonths(query: Query, table: string): Promise<void> {
  await query(table);
  for (const statement of notesOfMonths("eco.", (member) => `(x.value::json ->> '${member}')`))
    await query(statement);
}

async function moveTenant(query: Query, former: Row): Promise<void> {
  const tenant = text(former, "tenant");
  await query("INSERT INTO eco.tenants (tenant) VALUES (?)", [tenant]);
  const counters: Counters = {
    records: number(former, "records"),
    events: number(former, "events"),
    postings: number(former, "postings"),
    dispatches: number(former, "dispatches"),
    sets: 0,
    fannedOut: number(former, "fanned_out"),
  };
  const move = (part: Partial<Changes>): Promise<void> =>
    write(query, tenant, { ...NOTHING, ...part, counters });
  for await (const rows of pages(query, tenant, "records", "sequence")) {
    const values = await valuesBehind(query, tenant, rows);
    const records = rows.filter(isRecord).map((row): readonly [string, TouchedRecord] => {
      const { collection, id, value, ...after } = formerRecord(row, values);
      const months = monthsOf(collection, value);
      const moved = { collection, id, before: ABSENT, after, months, value: JSON.stringify(value) };
      return [`${collection}\n${id}`, moved];
    });
    await move({ records: new Map(records) });
  }
  for await (const rows of pages(query, tenant, "events", "sequence"))
    await move({ events: rows.map(eventOf) });
  for await (const rows of pages(query, tenant, "transactions", "last_sequence")) {
    const bookings = new Values(query, tenant);
    await bookings.read(
      "bookings",
      rows.map((row) => text(row, "id")),
    );
    const postings = await postingsOf(query, tenant, rows);
    const booked = rows.map((row) => ({
      transaction: formerTransaction(row, bookings.get, () => postings.get(text(row, "id")) ?? []),
      sequence: number(row, "last_sequence"),
    }));
    await move({ booked });
  }
}

/** The rows of a tenant in order of a column, so many at once. */
async function* pages(
  query: Query,
  tenant: string,
  table: string,
  order: string,
): AsyncGenerator<readonly Row[]> {
  for (let after = 0; ; ) {
    const rows = await query(
      `SELECT * FROM eco_former.${table} WHERE tenant = ? AND ${order} > ? ORDER BY ${order} LIMIT ${PAGE}`,
      [tenant, after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = number(last, order);
  }
}

/** Values of former records, read many at once. */
class Values {
  readonly #query: Query;
  readonly #tenant: string;
  readonly #known = new Map<string, JsonObject>();

  constructor(query: Query, tenant: string) {
    this.#query = query;
    this.#tenant = tenant;
  }

  readonly get = (collection: string, id: string): JsonObject | undefined =>
    this.#known.get(`${collection}\n${id}`);

  async read(collection: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await this.#query(
      `SELECT id, value FROM eco_former.records WHERE tenant = ? AND collection = ? AND id = ANY (?::text[])`,
      [this.#tenant, collection, ids],
    );
    for (const row of rows) {
      const value = JSON.parse(text(row, "value")) as JsonObject;
      this.#known.set(`${collection}\n${text(row, "id")}`, value);
    }
  }
}

/** What the deliveries among the rows are put together from: their traces, and their last bookings. */
async function valuesBehind(query: Query, tenant: string, rows: readonly Row[]): Promise<Values["get"]> {
  const values = new Values(query, tenant);
  const deliveries = rows.filter((row) => row["collection"] === "deliveries");
  await values.read(
    "traces",
    deliveries.map((row) => text(row, "id")),
  );
  await values.read(
    "bookings",
    deliveries.flatMap((row) => lastBooking(JSON.parse(text(row, "value")) as JsonObject)),
  );
  return values.get;
}

function lastBooking({ internal }: JsonObject): string[] {
  const last = (internal as JsonObject | undefined)?.["lastBooking"];
  return typeof last === "string" ? [last] : [];
}

async function postingsOf(
  query: Query,
  tenant: string,
  transactions: readonly Row[],
): Promise<Map<string, Row[]>> {
  const rows = await query(
    `SELECT p.* FROM eco_former.postings p WHERE p.tenant = ? AND p.sequence BETWEEN ? AND ? ORDER BY p.sequence`,
    [
      tenant,
      number(transactions[0] ?? {}, "first_sequence"),
      number(transactions.at(-1) ?? {}, "last_sequence"),
    ],
  );
  return Map.groupBy(rows, (row) => text(row, "transaction_id"));
}
