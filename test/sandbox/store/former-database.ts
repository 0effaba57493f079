import { readFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import pg from "pg";

type Value = string | number | null;

/**
 * A sandbox as version 1 kept it: five deliveries, of which one was corrected twice, one cancelled and one disputed; and
 * what that version answered to requests.
 */
export interface FormerDatabase {
  /** Of SQLite. */
  readonly schema: readonly string[];
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>;
  /** By `PARTY PATH`. */
  readonly answers: Readonly<Record<string, unknown>>;
}

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/databases/${name}`, import.meta.url));

export async function readFormer(): Promise<FormerDatabase> {
  const packed = await readFile(fixture("version-1.json.gz"));
  return JSON.parse(gunzipSync(packed).toString()) as FormerDatabase;
}

export function writeFormerSqlite(path: string, { schema, tables }: FormerDatabase): void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL");
  for (const sql of schema) database.exec(sql);
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows) {
      const places = Object.keys(row).map(() => "?");
      database
        .prepare(`INSERT INTO ${table} (${Object.keys(row).join(", ")}) VALUES (${places.join(", ")})`)
        .run(...Object.values(row));
    }
  }
  database.exec("PRAGMA user_version = 1");
  database.close();
}

/** Forgets in which blocks there is something of a month, as version 5 did. */
export function backToVersion5(path: string): void {
  const database = new DatabaseSync(path);
  database.exec("DROP TABLE record_months; PRAGMA user_version = 5");
  database.close();
}

/** The same of PostgreSQL and its version 3. */
export async function backToPostgres3(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("DROP TABLE eco.record_months; UPDATE eco.schema_version SET version = 3");
  await client.end();
}

/** Puts what happened and what was booked back into tables as version 4 had them. */
export function backToVersion4(path: string): void {
  backToVersion5(path);
  const database = new DatabaseSync(path);
  for (const table of ["events", "transactions"]) {
    const made = database.prepare("SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL");
    const [sql = "", ...indexes] = made.all(table).map((row) => String(row["sql"]));
    database.exec(`ALTER TABLE ${table} RENAME TO later`);
    database.exec(`${sql}, WITHOUT ROWID; INSERT INTO ${table} SELECT * FROM later; DROP TABLE later`);
    for (const index of indexes) database.exec(index);
  }
  database.exec("PRAGMA user_version = 4");
  database.close();
}

export async function writeFormerPostgres(url: string, { tables }: FormerDatabase): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("CREATE SCHEMA eco; CREATE TABLE eco.schema_version (version INTEGER NOT NULL)");
  await client.query(await readFile(fixture("version-1-postgres.sql"), "utf8"));
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows) {
      const places = Object.keys(row).map((_, index) => `$${index + 1}`);
      await client.query(
        `INSERT INTO eco.${table} (${Object.keys(row).join(", ")}) VALUES (${places.join(", ")})`,
        Object.values(row),
      );
    }
  }
  await client.query("INSERT INTO eco.schema_version VALUES (1)");
  await client.end();
}
