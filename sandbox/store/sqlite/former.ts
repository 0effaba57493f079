import type { DatabaseSync } from "node:sqlite";
import { formerRecord, formerTransaction, isRecord, type LookUp, notesOfMonths } from "../sql/former.ts";
import { eventOf, number, type Row, text } from "../sql/rows.ts";
import type { JsonObject } from "../store.ts";
import { bookedRow, eventRow, recordRow } from "./changes.ts";
import { Statements } from "./statements.ts";
import { TenantWriter } from "./tenant-writer.ts";

/** Tables of the first version that are taken over as they are, and those whose content changes its form. */
const SAME = ["balances", "idempotent_answers", "dispatches"];
const CHANGED = ["tenants", "records", "record_keys", "events", "transactions", "transaction_deliveries"];
const GONE = ["event_audience", "postings"];

/** Up to the fourth version they were their own index, whose upper levels held whole rows. */
const LOGS = ["events", "transactions"];

/**
 * Moves the content of a database of the first version into the tables as they are now, row by row, within a transaction
 * that somebody else begins and commits.
 */
export function moveFormerContent(database: DatabaseSync, makeTables: () => void): void {
  dropIndexes(database);
  const renamed = [...SAME, ...CHANGED];
  for (const table of renamed) database.exec(`ALTER TABLE ${table} RENAME TO former_${table}`);
  makeTables();
  for (const table of SAME) database.exec(`INSERT INTO ${table} SELECT * FROM former_${table}`);
  database.exec("CREATE UNIQUE INDEX former_records_by_id ON former_records (tenant, collection, id)");
  const tenants = database.prepare("SELECT * FROM former_tenants").all();
  for (const row of tenants) moveTenant(database, row);
  for (const table of [...GONE, ...renamed.map((name) => `former_${name}`)]) {
    database.exec(`DROP TABLE ${table}`);
  }
}

/** Rows of {@link LOGS} go into the tables that `makeLogs` makes, within a transaction that somebody else begins and commits. */
export function moveLogs(database: DatabaseSync, makeLogs: () => void): void {
  for (const table of LOGS) {
    dropIndexes(database, table);
    database.exec(`ALTER TABLE ${table} RENAME TO former_${table}`);
  }
  makeLogs();
  for (const table of LOGS) {
    database.exec(`INSERT INTO ${table} SELECT * FROM former_${table} ORDER BY tenant, sequence`);
    database.exec(`DROP TABLE former_${table}`);
  }
}

/** Up to the fifth version nobody noted where the records of a month are. */
export function noteMonths(database: DatabaseSync, table: string): void {
  database.exec(table);
  for (const statement of notesOfMonths("", (member) => `json_extract(x.value, '$.${member}')`))
    database.exec(statement);
}

/** Those that a table doesn't need itself: their names are taken by its successor's. */
function dropIndexes(database: DatabaseSync, table = "%"): void {
  const indexes = database.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name LIKE ?",
  );
  for (const row of indexes.all(table)) database.exec(`DROP INDEX ${text(row, "name")}`);
}

function moveTenant(database: DatabaseSync, counters: Row): void {
  const tenant = text(counters, "tenant");
  database
    .prepare("INSERT INTO tenants (tenant, dispatches, fanned_out) VALUES (?, ?, ?)")
    .run(tenant, number(counters, "dispatches"), number(counters, "fanned_out"));
  const value = database.prepare(
    "SELECT value FROM former_records WHERE tenant = ? AND collection = ? AND id = ?",
  );
  const lookUp: LookUp = (collection, id) => {
    const row = value.get(tenant, collection, id);
    return row && (JSON.parse(text(row, "value")) as JsonObject);
  };
  const postings = database.prepare(
    `SELECT account, currency, CAST(amount_minor AS TEXT) AS amount_minor, delivery_id, charge_id FROM postings
     WHERE tenant = ? AND sequence BETWEEN ? AND ? ORDER BY sequence`,
  );
  const rows = (table: string, order: string): Iterable<Row> =>
    database.prepare(`SELECT * FROM former_${table} WHERE tenant = ? ORDER BY ${order}`).iterate(tenant);
  const writer = new TenantWriter(new Statements(database), tenant);
  writer.fill({
    records: mapped(rows("records", "sequence"), (row) =>
      isRecord(row) ? recordRow(formerRecord(row, lookUp)) : undefined,
    ),
    lastSequence: number(counters, "records"),
    events: mapped(rows("events", "sequence"), (row) => eventRow(eventOf(row))),
    booked: mapped(rows("transactions", "first_sequence"), (row) =>
      bookedRow(
        formerTransaction(row, lookUp, () =>
          postings.all(tenant, number(row, "first_sequence"), number(row, "last_sequence")),
        ),
      ),
    ),
  });
  writer.finish();
}

function* mapped<T>(rows: Iterable<Row>, map: (row: Row) => T | undefined): Generator<T> {
  for (const row of rows) {
    const item = map(row);
    if (item !== undefined) yield item;
  }
}
