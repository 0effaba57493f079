import type { DatabaseSync } from "node:sqlite";
import { EcoError } from "../../../specs/engine/errors/index.ts";
import { moveFormerContent, moveLogs, noteMonths } from "./former.ts";

/** Counts up whenever the tables change. A database of an earlier version is moved over when it is opened. */
const VERSION = 6;

/**
 * Tables with long rows keep their rowid, so that rows are appended, and only short index entries go to random places and
 * into the upper levels of trees; the others are their own index. What comes again and again, such as the accounts that a
 * transaction moves or the parties that an event is for, is kept once in `sets`.
 */
const TABLES = `
  CREATE TABLE tenants (
    tenant TEXT PRIMARY KEY,
    records INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    postings INTEGER NOT NULL DEFAULT 0,
    dispatches INTEGER NOT NULL DEFAULT 0,
    sets INTEGER NOT NULL DEFAULT 0,
    fanned_out INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sets (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    members TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind, members)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX sets_by_id ON sets (tenant, id);

  CREATE TABLE set_members (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    member TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind, member, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE records (
    tenant TEXT NOT NULL,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    value TEXT NOT NULL,
    keys TEXT NOT NULL,
    company INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX records_by_id ON records (tenant, collection, id);
  CREATE UNIQUE INDEX records_in_order ON records (tenant, collection, sequence);
  CREATE INDEX records_by_company ON records (tenant, company, sequence) WHERE company IS NOT NULL;

  CREATE TABLE record_keys (
    tenant TEXT NOT NULL,
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (tenant, collection, key, sequence)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE transaction_deliveries (
    tenant TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (tenant, delivery_id, sequence)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE balances (
    tenant TEXT NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (tenant, account, currency)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE idempotent_answers (
    tenant TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    expires_at TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX idempotent_answers_by_key ON idempotent_answers (tenant, key);
  CREATE INDEX idempotent_answers_by_expiry ON idempotent_answers (tenant, expires_at);

  CREATE TABLE dispatches (
    tenant TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    order_key TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts TEXT NOT NULL,
    not_before_ms INTEGER NOT NULL,
    leased_until_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX dispatches_by_id ON dispatches (tenant, id);
  CREATE INDEX dispatches_by_event ON dispatches (tenant, event_id, sequence);
  CREATE INDEX dispatches_by_endpoint ON dispatches (tenant, endpoint_id, sequence);
  CREATE INDEX dispatches_waiting ON dispatches (tenant, endpoint_id, order_key, sequence) WHERE state = 'pending';
  `;

/** What happened and what was booked, in the order of their sequences. */
const LOGS = `
  CREATE TABLE events (
    tenant TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    time TEXT NOT NULL,
    order_key TEXT NOT NULL,
    audience TEXT NOT NULL,
    caused_by TEXT NOT NULL,
    data TEXT NOT NULL,
    topic INTEGER NOT NULL,
    PRIMARY KEY (tenant, sequence)
  ) STRICT;
  CREATE UNIQUE INDEX events_by_id ON events (tenant, id);
  CREATE INDEX events_by_subject ON events (tenant, subject, sequence);
  CREATE INDEX events_by_cause ON events (tenant, caused_by, sequence);
  CREATE INDEX events_by_topic ON events (tenant, topic, sequence);

  -- A transaction's sequence is that of its last posting. Postings follow from what it booked.
  CREATE TABLE transactions (
    tenant TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    booked_at TEXT NOT NULL,
    period TEXT NOT NULL,
    booked TEXT NOT NULL,
    accounts INTEGER NOT NULL,
    PRIMARY KEY (tenant, sequence)
  ) STRICT;
  CREATE UNIQUE INDEX transactions_by_id ON transactions (tenant, id);
  CREATE INDEX transactions_by_period ON transactions (tenant, period, sequence);
  CREATE INDEX transactions_by_accounts ON transactions (tenant, accounts, sequence);
  `;

/** In which blocks of a collection there is something of a month. */
const MONTHS = `
  CREATE TABLE record_months (
    tenant TEXT NOT NULL,
    collection TEXT NOT NULL,
    month TEXT NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (tenant, collection, month, block)
  ) STRICT, WITHOUT ROWID;
  `;

/** Which process is alone with a tenant, and until when at the latest, in milliseconds of the wall clock. */
const HOLDS = `
  CREATE TABLE holds (
    tenant TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `;

/**
 * Who has committed last, in one row. It changes only when the writer does, and whoever writes on touches it no more. So a
 * reader can tell commits of its own store from those of others.
 */
const WRITER = `
  CREATE TABLE writer (
    turn INTEGER NOT NULL,
    id TEXT NOT NULL
  ) STRICT;
  INSERT INTO writer (turn, id) VALUES (0, '');
  `;

/** All tables that hold a tenant's data. */
export const tenantTables = [
  "tenants",
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

/**
 * Brings the database to this program's version, in one transaction: a crash in between leaves the former version, and
 * other processes see the one or the other. Throws where a newer program made it.
 */
export function migrate(database: DatabaseSync, path: string): void {
  if (versionOf(database) === VERSION) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    // Asked again under the lock: another process may have migrated in the meantime.
    const version = versionOf(database);
    if (version > VERSION) {
      throw new EcoError(
        "ECO_DATABASE_UNUSABLE",
        `${path} was made by a newer version of eco (schema ${version}, this one knows ${VERSION}).`,
        { fix: "Use that version of eco, or start on another file with `--database`." },
      );
    }
    const makeTables = (): void => database.exec(TABLES + LOGS + MONTHS);
    if (version === 0) makeTables();
    else if (version === 1) moveFormerContent(database, makeTables);
    else if (version < 5) moveLogs(database, () => database.exec(LOGS));
    if (version > 1 && version < 6) noteMonths(database, MONTHS);
    if (version < 3) database.exec(HOLDS);
    if (version < 4) database.exec(WRITER);
    database.exec(`PRAGMA user_version = ${VERSION}`);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  const row = database.prepare("PRAGMA user_version").get();
  return Number(row?.["user_version"] ?? 0);
}
