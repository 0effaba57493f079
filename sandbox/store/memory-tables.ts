import type { LedgerTransaction, Posting } from "../ledger/types.ts";
import { SequenceIndex, SequenceList } from "./sequence-list.ts";
import type {
  Balance,
  EventQuery,
  ListQuery,
  OutboxEvent,
  PostingQuery,
  RecordWrite,
  StoredEvent,
  StoredPosting,
  StoredRecord,
} from "./store.ts";

/** A record with the keys it is listed under. The lists hold it while its record is replaced. */
interface Entry {
  readonly sequence: number;
  readonly collection: string;
  record: StoredRecord;
  keys: readonly string[];
}

const NO_KEYS: readonly string[] = [];

export class RecordTable {
  readonly #collections = new Map<string, Map<string, Entry>>();
  readonly #all = new SequenceIndex<Entry>();
  readonly #byKey = new Map<string, SequenceIndex<Entry>>();
  /** The sequence that the latest record got. */
  lastSequence = 0;

  get(collection: string, id: string): StoredRecord | undefined {
    return this.#collections.get(collection)?.get(id)?.record;
  }

  version(collection: string, id: string): number {
    return this.get(collection, id)?.version ?? 0;
  }

  list(query: ListQuery): StoredRecord[] {
    const entries =
      query.key === undefined
        ? this.#all.get(query.collection)
        : this.#byKey.get(query.collection)?.get(query.key);
    return entries?.page(query).map(({ record }) => record) ?? [];
  }

  write({ collection, id, value, keys = NO_KEYS }: RecordWrite): void {
    const byId = this.#byId(collection);
    const entry = byId.get(id);
    if (value === null) {
      if (entry === undefined) return;
      byId.delete(id);
      this.#all.remove(collection, entry);
      this.#unlist(entry);
      return;
    }
    if (entry === undefined) {
      this.lastSequence += 1;
      this.restore({ collection, id, version: 1, sequence: this.lastSequence, value, keys });
      return;
    }
    entry.record = { ...entry.record, version: entry.record.version + 1, value };
    if (sameKeys(entry.keys, keys)) return;
    this.#unlist(entry);
    entry.keys = keys;
    this.#enlist(entry);
  }

  /** A record as it stood, where there is none yet. */
  restore({ keys, ...record }: StoredRecord & { readonly keys: readonly string[] }): void {
    const { collection, id, sequence } = record;
    const created: Entry = { sequence, collection, record, keys };
    this.#byId(collection).set(id, created);
    this.#all.insert(collection, created);
    this.#enlist(created);
  }

  entries(): (StoredRecord & { readonly keys: readonly string[] })[] {
    return [...this.#collections.values()]
      .flatMap((byId) => [...byId.values()])
      .sort((a, b) => a.sequence - b.sequence)
      .map(({ record, keys }) => ({ ...record, keys }));
  }

  #byId(collection: string): Map<string, Entry> {
    const known = this.#collections.get(collection);
    if (known !== undefined) return known;
    const created = new Map<string, Entry>();
    this.#collections.set(collection, created);
    this.#byKey.set(collection, new SequenceIndex());
    return created;
  }

  #enlist(entry: Entry): void {
    const index = this.#byKey.get(entry.collection);
    for (const key of new Set(entry.keys)) index?.insert(key, entry);
  }

  #unlist(entry: Entry): void {
    const index = this.#byKey.get(entry.collection);
    for (const key of entry.keys) index?.remove(key, entry);
  }
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

export class EventTable {
  readonly #all = new SequenceList<StoredEvent>();
  readonly #byType = new SequenceIndex<StoredEvent>();
  readonly #bySubject = new SequenceIndex<StoredEvent>();
  readonly #byCause = new SequenceIndex<StoredEvent>();
  readonly #byParty = new SequenceIndex<StoredEvent>();
  readonly #byId = new Map<string, StoredEvent>();

  get(id: string): StoredEvent | undefined {
    return this.#byId.get(id);
  }

  append(event: OutboxEvent): void {
    const stored: StoredEvent = { ...event, sequence: this.#all.size + 1 };
    this.#all.insert(stored);
    this.#byId.set(stored.id, stored);
    this.#byType.insert(stored.type, stored);
    this.#bySubject.insert(stored.subject, stored);
    this.#byCause.insert(stored.causedBy, stored);
    for (const party of new Set(stored.audience)) this.#byParty.insert(party, stored);
  }

  list(query: EventQuery): StoredEvent[] {
    const { id, type, subject, causedBy, party } = query;
    return this.#narrowest(query).page(
      query,
      (event) =>
        (id === undefined || event.id === id) &&
        (type === undefined || event.type === type) &&
        (subject === undefined || event.subject === subject) &&
        (causedBy === undefined || event.causedBy === causedBy) &&
        (party === undefined || event.audience.includes(party)),
    );
  }

  /** The shortest list that holds every match: the other conditions are checked on what it yields. */
  #narrowest({ id, type, subject, causedBy, party }: EventQuery): SequenceList<StoredEvent> {
    if (id !== undefined) return this.#only(id);
    const lists = [this.#all];
    if (type !== undefined) lists.push(this.#byType.get(type));
    if (subject !== undefined) lists.push(this.#bySubject.get(subject));
    if (causedBy !== undefined) lists.push(this.#byCause.get(causedBy));
    if (party !== undefined) lists.push(this.#byParty.get(party));
    return lists.reduce((shortest, list) => (list.size < shortest.size ? list : shortest));
  }

  #only(id: string): SequenceList<StoredEvent> {
    const list = new SequenceList<StoredEvent>();
    const event = this.#byId.get(id);
    if (event !== undefined) list.insert(event);
    return list;
  }
}

/** Sequences of postings that lie together. */
interface Span {
  readonly first: number;
  readonly last: number;
}

export class Books {
  /** Postings by sequence: the first one is number 1. */
  readonly #all: StoredPosting[] = [];
  readonly #byAccount = new SequenceIndex<StoredPosting>();
  readonly #transactions = new Map<string, Span>();
  /** Where a delivery's postings are: spans and not postings, of which there are twenty times as many. */
  readonly #deliveries = new Map<string, Span[]>();
  readonly #balances = new Map<string, Map<string, bigint>>();
  readonly #lastOfPeriod = new Map<string, number>();

  has(transactionId: string): boolean {
    return this.#transactions.has(transactionId);
  }

  /** Sequence of the last posting that was booked into a period; 0 without any. */
  lastOf(period: string): number {
    return this.#lastOfPeriod.get(period) ?? 0;
  }

  book({ id, kind, bookedAt, period, postings }: LedgerTransaction): void {
    const span = { first: this.#all.length + 1, last: this.#all.length + postings.length };
    this.#transactions.set(id, span);
    for (const posting of postings) {
      const sequence = this.#all.length + 1;
      const stored = { ...posting, sequence, transactionId: id, kind, bookedAt, period };
      this.#all.push(stored);
      this.#byAccount.insert(posting.account, stored);
      this.#place(posting.deliveryId, span);
      this.#balance(posting);
    }
    this.#lastOfPeriod.set(period, span.last);
  }

  #place(deliveryId: string | undefined, span: Span): void {
    if (deliveryId === undefined) return;
    const spans = this.#deliveries.get(deliveryId);
    if (spans === undefined) this.#deliveries.set(deliveryId, [span]);
    else if (spans.at(-1) !== span) spans.push(span);
  }

  #balance({ account, currency, amountMinor }: Posting): void {
    let currencies = this.#balances.get(account);
    if (currencies === undefined) {
      currencies = new Map();
      this.#balances.set(account, currencies);
    }
    currencies.set(currency, (currencies.get(currency) ?? 0n) + amountMinor);
  }

  balances(prefix = ""): Balance[] {
    return [...this.#balances]
      .filter(([account]) => account.startsWith(prefix))
      .flatMap(([account, currencies]) =>
        [...currencies].map(([currency, amountMinor]) => ({ account, currency, amountMinor })),
      )
      .sort((a, b) => compare(a.account, b.account) || compare(a.currency, b.currency));
  }

  postings(query: PostingQuery): StoredPosting[] {
    const { account, transactionId, deliveryId, period, after = 0, limit } = query;
    const accept = (posting: StoredPosting): boolean =>
      posting.sequence > after &&
      (account === undefined || matchesAccount(posting.account, account)) &&
      (deliveryId === undefined || posting.deliveryId === deliveryId) &&
      (transactionId === undefined || posting.transactionId === transactionId) &&
      (period === undefined || posting.period === period);
    if (transactionId !== undefined)
      return this.#within([this.#transactions.get(transactionId)], accept, limit);
    if (deliveryId !== undefined) return this.#within(this.#deliveries.get(deliveryId) ?? [], accept, limit);
    if (account === undefined)
      return this.#within([{ first: after + 1, last: this.#all.length }], accept, limit);
    if (!account.endsWith("/")) return this.#byAccount.get(account).page(query, accept);
    return [...this.#byAccount.keys()]
      .filter((name) => name.startsWith(account))
      .flatMap((name) => this.#byAccount.get(name).page(query, accept))
      .sort((a, b) => a.sequence - b.sequence)
      .slice(0, limit);
  }

  #within(
    spans: readonly (Span | undefined)[],
    accept: (posting: StoredPosting) => boolean,
    limit: number,
  ): StoredPosting[] {
    const found: StoredPosting[] = [];
    for (const span of spans) {
      if (span === undefined) continue;
      for (let sequence = span.first; sequence <= span.last && found.length < limit; sequence++) {
        const posting = this.#all[sequence - 1];
        if (posting !== undefined && accept(posting)) found.push(posting);
      }
    }
    return found;
  }
}

export function matchesAccount(account: string, wanted: string): boolean {
  return wanted.endsWith("/") ? account.startsWith(wanted) : account === wanted;
}

// Code units, not a locale: the same order on every machine and in SQLite.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
