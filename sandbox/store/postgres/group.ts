import { postingsIn } from "../../ledger/book.ts";
import { listingOf } from "../memory/tables.ts";
import { monthsOf } from "../months.ts";
import { transactionsOf } from "../state.ts";
import type {
  ApplyOutcome,
  Changeset,
  IdempotentAnswer,
  OutboxEvent,
  PlannedDispatch,
  RecordWrite,
  StoredDispatch,
  TenantState,
} from "../store.ts";
import type { Booked, Changes, TouchedRecord } from "./changes.ts";
import type { Query } from "./connection.ts";
import { type Counters, fromScratch, type Loaded, load, type Place, placeKey } from "./load.ts";
import { write } from "./write.ts";

const APPLIED: ApplyOutcome = { kind: "applied" };
const ABSENT: Place = { version: 0, sequence: 0, keys: [], parties: [] };

/**
 * Applies changesets of one tenant in their order, each whole or not at all, within a transaction.
 * What they lean on is read once, under the tenant's lock; then they are decided here and written together. So the
 * number of ways to the database and back doesn't grow with the number of changesets.
 */
export async function applyGroup(
  query: Query,
  tenant: string,
  changesets: readonly Changeset[],
): Promise<readonly ApplyOutcome[]> {
  const group = new Group(await load(query, tenant, changesets));
  const outcomes = changesets.map((changeset) => group.apply(changeset));
  if (outcomes.some(({ kind }) => kind === "applied")) await write(query, tenant, group);
  return outcomes;
}

/** Into an emptied tenant: its sequences start again with what it is given. */
export async function applyFirst(query: Query, tenant: string, first: Changeset | undefined): Promise<void> {
  const group = new Group(fromScratch());
  if (first !== undefined) group.apply(first);
  await write(query, tenant, group);
}

/** Into an emptied tenant: it holds what another one held. */
export async function applyState(query: Query, tenant: string, state: TenantState): Promise<void> {
  const group = new Group(fromScratch());
  group.load(state);
  await write(query, tenant, group);
}

class Group implements Changes {
  readonly records = new Map<string, TouchedRecord>();
  readonly booked: Booked[] = [];
  readonly events: (OutboxEvent & { readonly sequence: number })[] = [];
  readonly dispatches: StoredDispatch[] = [];
  readonly answers: IdempotentAnswer[] = [];
  readonly counters: Counters;
  readonly #known: Loaded;

  constructor(known: Loaded) {
    this.#known = known;
    this.counters = { ...known.counters };
  }

  apply(changeset: Changeset): ApplyOutcome {
    const refused = this.#refusal(changeset);
    if (refused !== undefined) return refused;
    for (const one of changeset.writes) this.#write(one);
    for (const transaction of changeset.transactions) this.#book(transaction);
    for (const event of changeset.events) this.#append(event);
    for (const dispatch of changeset.dispatches ?? []) this.#plan(dispatch);
    if (changeset.fannedOut !== undefined) this.counters.fannedOut = changeset.fannedOut.to;
    const { idempotency } = changeset;
    if (idempotency !== undefined) {
      this.answers.push(idempotency);
      this.#known.answers.set(idempotency.key, idempotency);
    }
    return APPLIED;
  }

  load({ records, events, dispatches, answers, lastSequence, fannedOut, ...books }: TenantState): void {
    for (const { collection, id, version, sequence, keys, parties, value } of records) {
      const after: Place = { version, sequence, keys, parties };
      const months = monthsOf(collection, value);
      const record = { collection, id, before: ABSENT, after, months, value: JSON.stringify(value) };
      this.records.set(placeKey(collection, id), record);
    }
    for (const transaction of transactionsOf(books)) this.#book(transaction);
    this.events.push(...events);
    this.dispatches.push(...dispatches);
    this.answers.push(...answers);
    this.counters.records = lastSequence;
    this.counters.events = events.length;
    this.counters.dispatches = dispatches.length;
    this.counters.fannedOut = fannedOut;
  }

  /** Everything that could stop the changeset is asked before its first change: there is no way back. */
  #refusal({
    idempotency,
    expects = [],
    expectsBooks,
    writes,
    transactions,
    events,
    fannedOut,
  }: Changeset): ApplyOutcome | undefined {
    const known = this.#known;
    const answer = idempotency === undefined ? undefined : known.answers.get(idempotency.key);
    if (answer !== undefined) return { kind: "key-taken", answer };
    for (const { collection, id, version } of expects) {
      if (this.#place(collection, id).version !== version) return { kind: "conflict", collection, id };
    }
    if (
      expectsBooks !== undefined &&
      (known.lastOf.get(expectsBooks.period) ?? 0) !== expectsBooks.lastSequence
    ) {
      return { kind: "conflict", collection: "postings", id: expectsBooks.period };
    }
    const stale = this.#stale(writes);
    if (stale !== undefined) return { kind: "conflict", collection: stale.collection, id: stale.id };
    const booked = transactions.find(({ id }) => known.transactions.has(id));
    if (booked !== undefined) return { kind: "conflict", collection: "transactions", id: booked.id };
    const told = events.find(({ id }) => known.events.has(id));
    if (told !== undefined) return { kind: "conflict", collection: "events", id: told.id };
    if (fannedOut !== undefined && fannedOut.from !== this.counters.fannedOut)
      return { kind: "conflict", collection: "dispatches", id: String(fannedOut.from) };
    return undefined;
  }

  /** The first write that expects another version; later ones see the versions that the earlier ones leave. */
  #stale(writes: readonly RecordWrite[]): RecordWrite | undefined {
    const versions = new Map<string, number>();
    return writes.find(({ collection, id, value, expectedVersion }) => {
      const key = placeKey(collection, id);
      const version = versions.get(key) ?? this.#place(collection, id).version;
      versions.set(key, value === null ? 0 : version + 1);
      return version !== expectedVersion;
    });
  }

  #place(collection: string, id: string): Place {
    const key = placeKey(collection, id);
    return this.records.get(key)?.after ?? this.#known.places.get(key) ?? ABSENT;
  }

  #write(write: RecordWrite): void {
    const { collection, id, value } = write;
    const key = placeKey(collection, id);
    const before = this.#known.places.get(key) ?? ABSENT;
    const current = this.#place(collection, id);
    const months = monthsOf(collection, value);
    if (value === null) {
      this.records.set(key, { collection, id, before, after: ABSENT, months, value: undefined });
      return;
    }
    if (current.version === 0) this.counters.records += 1;
    const after: Place = {
      version: current.version + 1,
      sequence: current.version === 0 ? this.counters.records : current.sequence,
      ...listingOf(write),
    };
    this.records.set(key, { collection, id, before, after, months, value: JSON.stringify(value) });
  }

  #book(transaction: Changeset["transactions"][number]): void {
    this.counters.postings += postingsIn(transaction).length;
    const sequence = this.counters.postings;
    this.booked.push({ transaction, sequence });
    this.#known.transactions.add(transaction.id);
    this.#known.lastOf.set(transaction.period, sequence);
  }

  #append(event: OutboxEvent): void {
    this.counters.events += 1;
    this.events.push({ ...event, sequence: this.counters.events });
    this.#known.events.add(event.id);
  }

  /** A dispatch whose id is known is planned already. */
  #plan(dispatch: PlannedDispatch): void {
    if (this.#known.dispatches.has(dispatch.id)) return;
    this.counters.dispatches += 1;
    const sequence = this.counters.dispatches;
    this.dispatches.push({ ...dispatch, sequence, state: "pending", attempts: [], notBeforeMs: 0 });
    this.#known.dispatches.add(dispatch.id);
  }
}
