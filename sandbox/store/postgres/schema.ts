import { EcoError } from "../../../specs/engine/errors/index.ts";
import { number } from "../sql/rows.ts";
import type { PostgresConnection, Query } from "./connection.ts";
import { moveFormerContent, noteMonths } from "./former.ts";

/** Counts up whenever the tables change. A database of an earlier version is moved over when it is opened. */
const VERSION = 4;

/**
 * All lies in a schema of its own, so that the sandbox may live in a database beside other things. Text is compared by
 * its bytes, as in the other stores, whatever language the database speaks. What comes again and again, such as the
 * accounts that a transaction moves or the parties that an event is for, is kept once in `sets`.
 */
const TABLES = `
  CREATE TABLE eco.tenants (
    tenant TEXT COLLATE "C" PRIMARY KEY,
    records BIGINT NOT NULL DEFAULT 0,
    events BIGINT NOT NULL DEFAULT 0,
    postings BIGINT NOT NULL DEFAULT 0,
    dispatches BIGINT NOT NULL DEFAULT 0,
    sets BIGINT NOT NULL DEFAULT 0,
    fanned_out BIGINT NOT NULL DEFAULT 0
  );

  CREATE TABLE eco.sets (
    tenant TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    members TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    PRIMARY KEY (tenant, kind, members)
  );
  CREATE UNIQUE INDEX sets_by_id ON eco.sets (tenant, id);

  CREATE TABLE eco.set_members (
    tenant TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    member TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    PRIMARY KEY (tenant, kind, member, id)
  );

  CREATE TABLE eco.records (
    tenant TEXT COLLATE "C" NOT NULL,
    collection TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    keys TEXT COLLATE "C" NOT NULL,
    company BIGINT,
    PRIMARY KEY (tenant, collection, id)
  );
  CREATE UNIQUE INDEX records_in_order ON eco.records (tenant, collection, sequence);
  CREATE INDEX records_by_company ON eco.records (tenant, company, sequence) WHERE company IS NOT NULL;

  CREATE TABLE eco.record_keys (
    tenant TEXT COLLATE "C" NOT NULL,
    collection TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (tenant, collection, key, sequence)
  );

  CREATE TABLE eco.events (
    tenant TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    type TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    time TEXT COLLATE "C" NOT NULL,
    order_key TEXT COLLATE "C" NOT NULL,
    audience TEXT COLLATE "C" NOT NULL,
    caused_by TEXT COLLATE "C" NOT NULL,
    data TEXT COLLATE "C" NOT NULL,
    topic BIGINT NOT NULL,
    PRIMARY KEY (tenant, sequence)
  );
  CREATE UNIQUE INDEX events_by_id ON eco.events (tenant, id);
  CREATE INDEX events_by_subject ON eco.events (tenant, subject, sequence);
  CREATE INDEX events_by_cause ON eco.events (tenant, caused_by, sequence);
  CREATE INDEX events_by_topic ON eco.events (tenant, topic, sequence);

  -- A transaction's sequence is that of its last posting, and postings follow from what it booked.
  CREATE TABLE eco.transactions (
    tenant TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    booked_at TEXT COLLATE "C" NOT NULL,
    period TEXT COLLATE "C" NOT NULL,
    booked TEXT COLLATE "C" NOT NULL,
    accounts BIGINT NOT NULL,
    PRIMARY KEY (tenant, sequence)
  );
  CREATE UNIQUE INDEX transactions_by_id ON eco.transactions (tenant, id);
  CREATE INDEX transactions_by_period ON eco.transactions (tenant, period, sequence);
  CREATE INDEX transactions_by_accounts ON eco.transactions (tenant, accounts, sequence);

  CREATE TABLE eco.transaction_deliveries (
    tenant TEXT COLLATE "C" NOT NULL,
    delivery_id TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (tenant, delivery_id, sequence)
  );

  CREATE TABLE eco.balances (
    tenant TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    amount_minor NUMERIC NOT NULL,
    PRIMARY KEY (tenant, account, currency)
  );

  CREATE TABLE eco.idempotent_answers (
    tenant TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL,
    status SMALLINT NOT NULL,
    headers TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    expires_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, key)
  );
  CREATE INDEX idempotent_answers_by_expiry ON eco.idempotent_answers (tenant, expires_at);

  CREATE TABLE eco.dispatches (
    tenant TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    event_id TEXT COLLATE "C" NOT NULL,
    endpoint_id TEXT COLLATE "C" NOT NULL,
    order_key TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    attempts TEXT COLLATE "C" NOT NULL,
    not_before_ms BIGINT NOT NULL,
    leased_until_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, sequence)
  );
  CREATE UNIQUE INDEX dispatches_by_id ON eco.dispatches (tenant, id);
  CREATE INDEX dispatches_by_event ON eco.dispatches (tenant, event_id, sequence);
  CREATE INDEX dispatches_by_endpoint ON eco.dispatches (tenant, endpoint_id, sequence);
  CREATE INDEX dispatches_waiting ON eco.dispatches (tenant, endpoint_id, order_key, sequence) WHERE state = 'pending';
  `;

/** In which blocks of a collection there is something of a month. */
const MONTHS = `
  CREATE TABLE eco.record_months (
    tenant TEXT COLLATE "C" NOT NULL,
    collection TEXT COLLATE "C" NOT NULL,
    month TEXT COLLATE "C" NOT NULL,
    block BIGINT NOT NULL,
    PRIMARY KEY (tenant, collection, month, block)
  )`;

/** Which process does what no other may do too, and until when at the latest, in milliseconds of the database's clock. */
const HOLDS = `
  CREATE TABLE eco.holds (
    name TEXT COLLATE "C" PRIMARY KEY,
    holder TEXT COLLATE "C" NOT NULL,
    until_ms BIGINT NOT NULL
  )`;

/** All tables that hold a tenant's data but for `tenants`, whose row is the tenant's lock and stays. */
export const tenantTables = [
  "sets",
  "set_members",
  "records",
  "record_keys",
  "record_months",
  "events",
  "transactions",
  "transaction_deliveries",
  "balances",
  "idempotent_answers",
  "dispatches",
] as const;

/** "eco" in ASCII: the lock under which one process migrates while the others wait. */
const MIGRATION_LOCK = 0x65636f;

/**
 * Brings the database to this program's version, in one transaction: a crash in between leaves the former version.
 * Of several processes that start at once, one migrates. Throws where a newer program made it.
 */
export async function migrate(connection: PostgresConnection): Promise<void> {
  if ((await versionOf(connection.query, connection.place)) === VERSION) return;
  await connection.transaction(async (query) => {
    await query("SELECT pg_advisory_xact_lock(?)", [MIGRATION_LOCK]);
    // Asked again under the lock: another process may have migrated in the meantime.
    const version = await versionOf(query, connection.place);
    if (version === 0) {
      await query("CREATE SCHEMA IF NOT EXISTS eco");
      await query("CREATE TABLE eco.schema_version (version INTEGER NOT NULL)");
      await query("INSERT INTO eco.schema_version VALUES (0)");
      await makeTables(query);
    } else if (version === 1) await moveFormerContent(query, () => makeTables(query));
    else if (version < 4) await noteMonths(query, MONTHS);
    if (version < 3) await query(HOLDS);
    await query("UPDATE eco.schema_version SET version = ?", [VERSION]);
  });
}

async function makeTables(query: Query): Promise<void> {
  for (const statement of [...TABLES.split(";"), MONTHS]) if (statement.trim() !== "") await query(statement);
}

/** 0 where the database holds no sandbox yet. */
async function versionOf(query: Query, place: string): Promise<number> {
  // Not by `to_regclass`: its cache may still say no right after another process has made the table.
  const [table] = await query(
    `SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'eco' AND c.relname = 'schema_version'`,
  );
  if (table === undefined) return 0;
  const [row] = await query("SELECT version FROM eco.schema_version");
  const version = row === undefined ? 0 : number(row, "version");
  if (version <= VERSION) return version;
  throw new EcoError(
    "ECO_DATABASE_UNUSABLE",
    `${place} was made by a newer version of eco (schema ${version}, this one knows ${VERSION}).`,
    { fix: "Use that version of eco, or start on another database." },
  );
}
