import { postingsIn } from "../../ledger/book.ts";
import type { LedgerTransaction, Posting } from "../../ledger/types.ts";
import { deliveriesOf, transactionFrom } from "../booked.ts";
import { answerOf, number } from "../sql/rows.ts";
import { ACCOUNTS, TOPICS, topicOf } from "../sql/sets.ts";
import type { ApplyOutcome, PlannedDispatch, StoredDispatch, TenantState } from "../store.ts";
import { SqliteBalances } from "./balances.ts";
import {
  type AnswerRow,
  answerRow,
  type BookedRow,
  type Changes,
  type EventRow,
  eventRow,
  type RecordRow,
  recordRow,
} from "./changes.ts";
import { SqliteCounters } from "./counters.ts";
import { SqliteRecords } from "./records.ts";
import { SqliteSets } from "./sets.ts";
import type { Statements } from "./statements.ts";

const APPLIED: ApplyOutcome = { kind: "applied" };

/** What a tenant is filled with, in the order of its sequences. */
export interface TenantContent {
  readonly records: Iterable<RecordRow>;
  /** The sequence that the latest record got. */
  readonly lastSequence: number;
  readonly events: Iterable<EventRow>;
  readonly booked: Iterable<BookedRow>;
}

/** A changeset was refused when a part of it was written: that has to be rolled back. */
export class Halfway extends Error {
  readonly outcome: ApplyOutcome;

  constructor(outcome: ApplyOutcome) {
    super("A changeset was refused halfway.");
    this.outcome = outcome;
  }
}

/**
 * Writes changesets of one tenant within transactions that somebody else begins and commits. After a throw or a rollback,
 * and after somebody else has written, what it knows is wrong: another one has to take its place.
 */
export class TenantWriter {
  readonly #statements: Statements;
  readonly #tenant: string;
  readonly #sets: SqliteSets;
  readonly #records: SqliteRecords;
  readonly #balances: SqliteBalances;
  readonly #counters: SqliteCounters;

  constructor(statements: Statements, tenant: string) {
    this.#statements = statements;
    this.#tenant = tenant;
    this.#counters = new SqliteCounters(statements, tenant);
    this.#sets = new SqliteSets(statements, tenant, () => {
      this.#counters.sets += 1;
      return this.#counters.sets;
    });
    this.#records = new SqliteRecords(statements, tenant, this.#sets, () => {
      this.#counters.records += 1;
      return this.#counters.records;
    });
    this.#balances = new SqliteBalances(statements, tenant);
  }

  /**
   * With every outcome but `applied` nothing was written.
   * @throws Halfway where what must be new turns out to be there only when it is written
   */
  apply(changes: Changes): ApplyOutcome {
    return this.#refusal(changes) ?? this.#write(changes);
  }

  /** Into an emptied tenant. */
  load(state: TenantState, booked: readonly BookedRow[]): void {
    const { records, lastSequence, events, dispatches, fannedOut, answers } = state;
    this.fill({ records: records.map(recordRow), lastSequence, events: events.map(eventRow), booked });
    for (const row of booked) this.#balances.add(postingsIn(transactionOf(row)));
    for (const dispatch of dispatches) this.#restoreDispatch(dispatch);
    this.#counters.fannedOut = fannedOut;
    for (const answer of answers) this.#remember(answerRow(answer));
  }

  /** Into an emptied tenant, all but what has its rows already. */
  fill({ records, lastSequence, events, booked }: TenantContent): void {
    for (const record of records) this.#records.restore(record);
    this.#counters.records = lastSequence;
    for (const event of events) this.#append(event);
    for (const row of booked) {
      const transaction = transactionOf(row);
      this.#book(row, transaction, postingsIn(transaction));
    }
  }

  /** Before the commit: what was kept in memory goes to its rows. */
  finish(): void {
    this.#balances.write();
    this.#counters.write();
  }

  /** What is asked before anything is written. */
  #refusal({
    expects = [],
    expectsBooks,
    fannedOut,
    writes,
    idempotency,
  }: Changes): ApplyOutcome | undefined {
    for (const { collection, id, version } of expects) {
      if (this.#records.versionOf(collection, id) !== version) return { kind: "conflict", collection, id };
    }
    if (expectsBooks !== undefined && this.#lastOf(expectsBooks.period) !== expectsBooks.lastSequence) {
      return { kind: "conflict", collection: "postings", id: expectsBooks.period };
    }
    if (fannedOut !== undefined && fannedOut.from !== this.#counters.fannedOut) {
      return { kind: "conflict", collection: "dispatches", id: String(fannedOut.from) };
    }
    const stale = this.#stale(writes);
    if (stale === undefined) return undefined;
    // A twin that was faster has written the same records: its answer counts.
    return (idempotency && this.#taken(idempotency.key)) ?? stale;
  }

  /** Later writes of a changeset see the versions that the earlier ones leave. */
  #stale(writes: Changes["writes"]): ApplyOutcome | undefined {
    const versions = new Map<string, number>();
    for (const { collection, id, value, expectedVersion } of writes) {
      const place = `${collection}\n${id}`;
      const version = versions.get(place) ?? this.#records.versionOf(collection, id);
      if (version !== expectedVersion) return { kind: "conflict", collection, id };
      if (writes.length > 1) versions.set(place, value === null ? 0 : version + 1);
    }
    return undefined;
  }

  /** The rows themselves refuse what is there already. */
  #write({ idempotency, writes, transactions, events, dispatches = [], fannedOut }: Changes): ApplyOutcome {
    if (idempotency !== undefined && !this.#remember(idempotency)) {
      const taken = this.#taken(idempotency.key);
      if (taken !== undefined) return taken;
    }
    for (const write of writes) this.#records.put(write);
    for (const row of transactions) {
      const transaction = transactionOf(row);
      const postings = postingsIn(transaction);
      if (!this.#book(row, transaction, postings)) throw halfway("transactions", row.id);
      this.#balances.add(postings);
    }
    for (const event of events) {
      if (!this.#append(event)) throw halfway("events", event.id);
    }
    for (const dispatch of dispatches) this.#plan(dispatch);
    if (fannedOut !== undefined) this.#counters.fannedOut = fannedOut.to;
    return APPLIED;
  }

  #taken(key: string): ApplyOutcome | undefined {
    const row = this.#statements.get("SELECT * FROM idempotent_answers WHERE tenant = ? AND key = ?", [
      this.#tenant,
      key,
    ]);
    return row && { kind: "key-taken", answer: answerOf(row) };
  }

  #lastOf(period: string): number {
    const row = this.#statements.get(
      "SELECT max(sequence) AS last FROM transactions WHERE tenant = ? AND period = ?",
      [this.#tenant, period],
    );
    return number(row ?? {}, "last");
  }

  /** Whether the id was free. Balances are not touched. */
  #book(row: BookedRow, transaction: LedgerTransaction, postings: readonly Posting[]): boolean {
    this.#counters.postings += postings.length;
    const sequence = this.#counters.postings;
    const accounts = this.#sets.idOf(ACCOUNTS, new Set(postings.map(({ account }) => account)));
    const { id, kind, bookedAt, period, booked } = row;
    const { changes } = this.#statements.run(
      `INSERT INTO transactions (tenant, sequence, id, kind, booked_at, period, booked, accounts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      [this.#tenant, sequence, id, kind, bookedAt, period, JSON.stringify(booked), accounts],
    );
    if (changes === 0) return false;
    for (const deliveryId of deliveriesOf(transaction)) {
      this.#statements.run(
        "INSERT INTO transaction_deliveries (tenant, delivery_id, sequence) VALUES (?, ?, ?)",
        [this.#tenant, deliveryId, sequence],
      );
    }
    return true;
  }

  /** Whether the id was free. */
  #append({ id, type, subject, time, orderKey, audience, causedBy, data }: EventRow): boolean {
    this.#counters.events += 1;
    const { changes } = this.#statements.run(
      `INSERT INTO events (tenant, sequence, id, type, subject, time, order_key, audience, caused_by, data, topic)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      [
        ...[this.#tenant, this.#counters.events, id, type, subject, time, orderKey],
        ...[JSON.stringify(audience), causedBy, data],
        this.#sets.idOf(TOPICS, topicOf(type, audience)),
      ],
    );
    return changes !== 0;
  }

  /** A dispatch whose id is known is planned already. */
  #plan({ id, eventId, endpointId, orderKey }: PlannedDispatch): void {
    const { changes } = this.#statements.run(
      `INSERT INTO dispatches (tenant, sequence, id, event_id, endpoint_id, order_key, state, attempts,
       not_before_ms, leased_until_ms) VALUES (?, ?, ?, ?, ?, ?, 'pending', '[]', 0, 0) ON CONFLICT DO NOTHING`,
      [this.#tenant, this.#counters.dispatches + 1, id, eventId, endpointId, orderKey],
    );
    if (changes !== 0) this.#counters.dispatches += 1;
  }

  #restoreDispatch({ state, attempts, notBeforeMs, ...planned }: StoredDispatch): void {
    this.#plan(planned);
    this.#statements.run(
      "UPDATE dispatches SET state = ?, attempts = ?, not_before_ms = ? WHERE tenant = ? AND id = ?",
      [state, JSON.stringify(attempts), notBeforeMs, this.#tenant, planned.id],
    );
  }

  /** Whether the key was free. */
  #remember({ key, fingerprint, status, headers, body, expiresAt }: AnswerRow): boolean {
    const { changes } = this.#statements.run(
      `INSERT INTO idempotent_answers (tenant, key, fingerprint, status, headers, body, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      [this.#tenant, key, fingerprint, status, headers, body, expiresAt],
    );
    return changes !== 0;
  }
}

const transactionOf = (row: BookedRow): LedgerTransaction => transactionFrom(row, row.booked);

const halfway = (collection: string, id: string): Halfway =>
  new Halfway({ kind: "conflict", collection, id });
