import { postingsIn } from "../../ledger/book.ts";
import { bookedBy, deliveriesOf } from "../booked.ts";
import { blockOf } from "../months.ts";
import { ACCOUNTS, companiesIn, TOPICS, topicOf } from "../sql/sets.ts";
import type { OutboxEvent } from "../store.ts";
import type { Booked, Changes, TouchedRecord } from "./changes.ts";
import type { Query } from "./connection.ts";
import { setIds, type WantedSet } from "./sets.ts";
import { deleteRows, insertRows, type Scalar, type Table } from "./table.ts";

const RECORDS: Table = {
  name: "records",
  columns: {
    collection: "text",
    id: "text",
    version: "bigint",
    sequence: "bigint",
    value: "text",
    keys: "text",
    company: "bigint",
  },
  conflict: `ON CONFLICT (tenant, collection, id) DO UPDATE SET version = excluded.version,
    sequence = excluded.sequence, value = excluded.value, keys = excluded.keys, company = excluded.company`,
};
const RECORD_KEYS: Table = {
  name: "record_keys",
  columns: { collection: "text", key: "text", sequence: "bigint" },
};
const TRANSACTIONS: Table = {
  name: "transactions",
  columns: {
    sequence: "bigint",
    id: "text",
    kind: "text",
    booked_at: "text",
    period: "text",
    booked: "text",
    accounts: "bigint",
  },
};
const TRANSACTION_DELIVERIES: Table = {
  name: "transaction_deliveries",
  columns: { delivery_id: "text", sequence: "bigint" },
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
    topic: "bigint",
  },
};
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
  const { booked, events, dispatches, answers, counters } = changes;
  const records = [...changes.records.values()];
  const sets = [...records.flatMap(companyOf), ...booked.map(accountsOf), ...events.map(topicSet)];
  const idOf = await setIds(query, tenant, sets, counters);
  const insert = (table: Table, rows: readonly (readonly Scalar[])[]): Promise<void> =>
    insertRows(query, tenant, table, rows);
  await writeRecords(query, tenant, records, idOf);
  await book(insert, booked, idOf);
  await insert(
    EVENTS,
    events.map((event) => [
      ...[event.sequence, event.id, event.type, event.subject, event.time, event.orderKey],
      ...[JSON.stringify(event.audience), event.causedBy, JSON.stringify(event.data), idOf(topicSet(event))],
    ]),
  );
  await insert(
    DISPATCHES,
    dispatches.map(({ sequence, id, eventId, endpointId, orderKey, state, attempts, notBeforeMs }) => [
      ...[sequence, id, eventId, endpointId, orderKey],
      ...[state, JSON.stringify(attempts), notBeforeMs, 0],
    ]),
  );
  await insert(
    ANSWERS,
    answers.map(({ key, fingerprint, status, headers, body, expiresAt }) => [
      ...[key, fingerprint, status, JSON.stringify(headers), body, expiresAt],
    ]),
  );
  const notes = notesOf(records);
  // In one statement with the counters: a way to the database and back for it alone would make every delivery slower.
  await query(
    `WITH noted AS (INSERT INTO eco.record_months (tenant, collection, month, block)
       SELECT ?, * FROM unnest(?::text[], ?::text[], ?::bigint[]) ON CONFLICT DO NOTHING)
     UPDATE eco.tenants SET records = ?, events = ?, postings = ?, dispatches = ?, sets = ?, fanned_out = ?
     WHERE tenant = ?`,
    [
      ...[tenant, notes.map(({ collection }) => collection), notes.map(({ month }) => month)],
      notes.map(({ block }) => block),
      ...[counters.records, counters.events, counters.postings],
      ...[counters.dispatches, counters.sets, counters.fannedOut, tenant],
    ],
  );
}

type SetId = (set: WantedSet) => number | null;

/** The blocks that have something of a month by these records. */
function notesOf(records: readonly TouchedRecord[]) {
  const notes = records.flatMap(({ collection, after, months }) =>
    months.map((month) => ({ collection, month, block: blockOf(after.sequence) })),
  );
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

/** The set of the parties that a record is for, where it is for any. */
function companyOf({ collection, after, value }: TouchedRecord): WantedSet[] {
  if (value === undefined || after.parties.length === 0) return [];
  return [{ kind: companiesIn(collection), members: after.parties }];
}

const accountsOf = ({ transaction }: Booked): WantedSet => ({
  kind: ACCOUNTS,
  members: [...new Set(postingsIn(transaction).map(({ account }) => account))],
});

const topicSet = ({ type, audience }: OutboxEvent): WantedSet => ({
  kind: TOPICS,
  members: topicOf(type, audience),
});

async function writeRecords(
  query: Query,
  tenant: string,
  records: readonly TouchedRecord[],
  idOf: SetId,
): Promise<void> {
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
    records.flatMap((record) => {
      const { collection, id, after, value } = record;
      if (value === undefined) return [];
      const [company] = companyOf(record).map(idOf);
      const row = [collection, id, after.version, after.sequence, value, JSON.stringify(after.keys)];
      return [[...row, company ?? null]];
    }),
  );
  await insertRows(
    query,
    tenant,
    RECORD_KEYS,
    relisted.flatMap(({ collection, after }) => after.keys.map((key) => [collection, key, after.sequence])),
  );
}

async function book(
  insert: (table: Table, rows: readonly (readonly Scalar[])[]) => Promise<void>,
  booked: readonly Booked[],
  idOf: SetId,
): Promise<void> {
  await insert(
    TRANSACTIONS,
    booked.map((one) => {
      const { id, kind, bookedAt, period } = one.transaction;
      return [
        one.sequence,
        id,
        kind,
        bookedAt,
        period,
        JSON.stringify(bookedBy(one.transaction)),
        idOf(accountsOf(one)),
      ];
    }),
  );
  await insert(
    TRANSACTION_DELIVERIES,
    booked.flatMap(({ transaction, sequence }) =>
      deliveriesOf(transaction).map((deliveryId) => [deliveryId, sequence]),
    ),
  );
  const sums = new Map<string, readonly [account: string, currency: string, amountMinor: bigint]>();
  for (const { account, currency, amountMinor } of booked.flatMap(({ transaction }) =>
    postingsIn(transaction),
  )) {
    const key = `${account}\n${currency}`;
    sums.set(key, [account, currency, (sums.get(key)?.[2] ?? 0n) + amountMinor]);
  }
  await insert(BALANCES, [...sums.values()]);
}
