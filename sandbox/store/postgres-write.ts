import type { Booked, Changes, TouchedRecord } from "./postgres-changes.ts";
import type { Query, Value } from "./postgres-connection.ts";

type Scalar = string | number | bigint | null;

/** Columns with their types, and for each row the values in the same order. */
interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, "text" | "bigint" | "numeric" | "smallint">>;
  /** What to do where the row is there already. */
  readonly conflict?: string;
}

const RECORDS: Table = {
  name: "records",
  columns: {
    collection: "text",
    id: "text",
    version: "bigint",
    sequence: "bigint",
    value: "text",
    keys: "text",
  },
  conflict: `ON CONFLICT (tenant, collection, id) DO UPDATE SET version = excluded.version,
    sequence = excluded.sequence, value = excluded.value, keys = excluded.keys`,
};
const RECORD_KEYS: Table = {
  name: "record_keys",
  columns: { collection: "text", key: "text", sequence: "bigint", id: "text" },
};
const TRANSACTIONS: Table = {
  name: "transactions",
  columns: {
    id: "text",
    kind: "text",
    booked_at: "text",
    period: "text",
    first_sequence: "bigint",
    last_sequence: "bigint",
  },
};
const POSTINGS: Table = {
  name: "postings",
  columns: {
    sequence: "bigint",
    transaction_id: "text",
    account: "text",
    currency: "text",
    amount_minor: "numeric",
    delivery_id: "text",
    charge_id: "text",
  },
};
const TRANSACTION_DELIVERIES: Table = {
  name: "transaction_deliveries",
  columns: { delivery_id: "text", first_sequence: "bigint", last_sequence: "bigint" },
};
const BALANCES: Table = {
  name: "balances",
  columns: { account: "text", currency: "text", amount_minor: "numeric" },
  conflict: `ON CONFLICT (tenant, account, currency)
    DO UPDATE SET amount_minor = balances.amount_minor + excluded.amount_minor`,
};
const EVENTS: Table = {
  name: "events",
  columns: {
    sequence: "bigint",
    id: "text",
    type: "text",
    subject: "text",
    time: "text",
    order_key: "text",
    audience: "text",
    caused_by: "text",
    data: "text",
  },
};
const EVENT_AUDIENCE: Table = { name: "event_audience", columns: { party: "text", sequence: "bigint" } };
const DISPATCHES: Table = {
  name: "dispatches",
  columns: {
    sequence: "bigint",
    id: "text",
    event_id: "text",
    endpoint_id: "text",
    order_key: "text",
    state: "text",
    attempts: "text",
    not_before_ms: "bigint",
    leased_until_ms: "bigint",
  },
};
const ANSWERS: Table = {
  name: "idempotent_answers",
  columns: {
    key: "text",
    fingerprint: "text",
    status: "smallint",
    headers: "text",
    body: "text",
    expires_at: "text",
  },
};

/** One statement per table, however many changesets there are. */
export async function write(query: Query, tenant: string, changes: Changes): Promise<void> {
  const insert = (table: Table, rows: readonly (readonly Scalar[])[]): Promise<void> =>
    insertRows(query, tenant, table, rows);
  await writeRecords(query, tenant, [...changes.records.values()]);
  await book(insert, changes.booked);
  await insert(
    EVENTS,
    changes.events.map((event) => [
      event.sequence,
      event.id,
      event.type,
      event.subject,
      event.time,
      event.orderKey,
      JSON.stringify(event.audience),
      event.causedBy,
      JSON.stringify(event.data),
    ]),
  );
  await insert(
    EVENT_AUDIENCE,
    changes.events.flatMap(({ audience, sequence }) =>
      [...new Set(audience)].map((party) => [party, sequence]),
    ),
  );
  await insert(
    DISPATCHES,
    changes.dispatches.map(
      ({ sequence, id, eventId, endpointId, orderKey, state, attempts, notBeforeMs }) => [
        ...[sequence, id, eventId, endpointId, orderKey],
        ...[state, JSON.stringify(attempts), notBeforeMs, 0],
      ],
    ),
  );
  await insert(
    ANSWERS,
    changes.answers.map(({ key, fingerprint, status, headers, body, expiresAt }) => [
      ...[key, fingerprint, status, JSON.stringify(headers), body, expiresAt],
    ]),
  );
  const { records, events, postings, dispatches, fannedOut } = changes.counters;
  await query(
    `UPDATE eco.tenants SET records = ?, events = ?, postings = ?, dispatches = ?, fanned_out = ?
     WHERE tenant = ?`,
    [records, events, postings, dispatches, fannedOut, tenant],
  );
}

async function writeRecords(query: Query, tenant: string, records: readonly TouchedRecord[]): Promise<void> {
  const deleted = records.filter(({ before, after }) => before.version > 0 && after.version === 0);
  await deleteRows(query, tenant, "records", {
    collection: deleted.map(({ collection }) => collection),
    id: deleted.map(({ id }) => id),
  });
  const relisted = records.filter(
    ({ before, after }) =>
      before.sequence !== after.sequence || before.keys.join("\n") !== after.keys.join("\n"),
  );
  const unlisted = relisted.flatMap(({ collection, before }) =>
    before.keys.map((key) => ({ collection, key, sequence: before.sequence })),
  );
  await deleteRows(query, tenant, "record_keys", {
    collection: unlisted.map(({ collection }) => collection),
    key: unlisted.map(({ key }) => key),
    sequence: unlisted.map(({ sequence }) => sequence),
  });
  await insertRows(
    query,
    tenant,
    RECORDS,
    records.flatMap(({ collection, id, after, value }) =>
      value === undefined
        ? []
        : [[collection, id, after.version, after.sequence, value, JSON.stringify(after.keys)]],
    ),
  );
  await insertRows(
    query,
    tenant,
    RECORD_KEYS,
    relisted.flatMap(({ collection, id, after }) =>
      after.keys.map((key) => [collection, key, after.sequence, id]),
    ),
  );
}

async function book(
  insert: (table: Table, rows: readonly (readonly Scalar[])[]) => Promise<void>,
  booked: readonly Booked[],
): Promise<void> {
  await insert(
    TRANSACTIONS,
    booked.map(({ transaction: { id, kind, bookedAt, period }, first, last }) => [
      ...[id, kind, bookedAt, period, first, last],
    ]),
  );
  const postings = booked.flatMap(({ transaction, first }) =>
    transaction.postings.map((posting, index) => ({
      ...posting,
      sequence: first + index,
      transactionId: transaction.id,
    })),
  );
  await insert(
    POSTINGS,
    postings.map(
      ({ sequence, transactionId, account, currency, amountMinor, deliveryId = null, chargeId = null }) => [
        ...[sequence, transactionId, account, currency, amountMinor, deliveryId, chargeId],
      ],
    ),
  );
  await insert(
    TRANSACTION_DELIVERIES,
    booked.flatMap(({ transaction, first, last }) =>
      [...new Set(transaction.postings.flatMap(({ deliveryId }) => deliveryId ?? []))].map((deliveryId) => [
        ...[deliveryId, first, last],
      ]),
    ),
  );
  const sums = new Map<string, readonly [account: string, currency: string, amountMinor: bigint]>();
  for (const { account, currency, amountMinor } of postings) {
    const key = `${account}\n${currency}`;
    sums.set(key, [account, currency, (sums.get(key)?.[2] ?? 0n) + amountMinor]);
  }
  await insert(BALANCES, [...sums.values()]);
}

async function insertRows(
  query: Query,
  tenant: string,
  { name, columns, conflict = "" }: Table,
  rows: readonly (readonly Scalar[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns);
  const arrays = Object.values(columns).map((type) => `?::${type}[]`);
  const values: Value[] = names.map((_, column) => rows.map((row) => row[column] ?? null));
  await query(
    `INSERT INTO eco.${name} (tenant, ${names.join(", ")}) SELECT ?, * FROM unnest(${arrays.join(", ")}) ${conflict}`,
    [tenant, ...values],
  );
}

/** The rows whose columns hold these values, given column by column. */
async function deleteRows(
  query: Query,
  tenant: string,
  table: string,
  columns: Readonly<Record<string, readonly (string | number)[]>>,
): Promise<void> {
  const names = Object.keys(columns);
  const values = Object.values(columns);
  if (values[0] === undefined || values[0].length === 0) return;
  const arrays = names.map((name) => (name === "sequence" ? "?::bigint[]" : "?::text[]"));
  await query(
    `DELETE FROM eco.${table} r USING unnest(${arrays.join(", ")}) AS gone (${names.join(", ")})
     WHERE r.tenant = ? AND ${names.map((name) => `r.${name} = gone.${name}`).join(" AND ")}`,
    [...values, tenant],
  );
}
