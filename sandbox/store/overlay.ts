import type { LedgerTransaction } from "../ledger/types.ts";
import { countBalanced } from "./balanced.ts";
import { readPostings } from "./booked.ts";
import { Books } from "./memory/books.ts";
import { isInMonths } from "./months.ts";
import type {
  Balance,
  EventQuery,
  JsonObject,
  Listing,
  ListQuery,
  PostingQuery,
  Reader,
  RecordWrite,
  StoredEvent,
  StoredPosting,
  StoredRecord,
  StoredTransaction,
} from "./store.ts";

/** Changes that are decided and not yet applied. */
export interface PendingChanges {
  readonly writes?: readonly RecordWrite[];
  readonly transactions?: readonly LedgerTransaction[];
}

/** A record as it will be, or that it will be gone. */
interface PendingRecord extends Listing {
  readonly record: StoredRecord | undefined;
}

const NONE: readonly string[] = [];
const GONE: PendingRecord = { record: undefined, keys: NONE, parties: NONE };

/** Pending records come after all stored ones, in the order in which they were added. */
const FIRST_PENDING_SEQUENCE = 2 ** 52;

/**
 * A reader that shows pending changes over what a store has, so that the decisions of one batch see each other.
 * Events aren't overlaid: nothing decides on events that are about to happen.
 */
export class OverlayReader implements Reader {
  readonly #under: Reader;
  /** By collection, and by id within it: most reads are of one in which nothing is pending. */
  readonly #collections = new Map<string, Map<string, PendingRecord>>();
  readonly #transactions: LedgerTransaction[] = [];
  #books: Books | undefined;
  #sequence = FIRST_PENDING_SEQUENCE;

  constructor(under: Reader) {
    this.#under = under;
  }

  add({ writes = [], transactions = [] }: PendingChanges): void {
    for (const write of writes) this.#write(write);
    if (transactions.length === 0) return;
    this.#transactions.push(...transactions);
    this.#books = undefined;
  }

  get<T extends JsonObject>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    const pending = this.#collections.get(collection)?.get(id);
    if (pending === undefined) return this.#under.get<T>(collection, id);
    return Promise.resolve(pending.record as StoredRecord<T> | undefined);
  }

  getAll<T extends JsonObject>(
    collection: string,
    ids: readonly string[],
  ): Promise<readonly (StoredRecord<T> | undefined)[]> {
    if (!this.#collections.has(collection)) return this.#under.getAll<T>(collection, ids);
    return Promise.all(ids.map((id) => this.get<T>(collection, id)));
  }

  async list<T extends JsonObject>(query: ListQuery): Promise<readonly StoredRecord<T>[]> {
    const { collection, limit, descending } = query;
    const pending = this.#collections.get(collection);
    if (pending === undefined) return this.#under.list<T>(query);
    // Each pending record can hide at most one stored one.
    const stored = await this.#under.list<T>({ ...query, limit: limit + pending.size });
    const shown: StoredRecord<T>[] = [];
    const replaced = new Set<string>();
    const show = (record: StoredRecord | undefined, listing: Listing): void => {
      if (record !== undefined && isListed(record, listing, query)) shown.push(record as StoredRecord<T>);
    };
    for (const record of stored) {
      const change = pending.get(record.id);
      if (change === undefined) {
        shown.push(record);
        continue;
      }
      // A changed record keeps its place.
      replaced.add(record.id);
      show(change.record && { ...change.record, sequence: record.sequence }, change);
    }
    for (const change of pending.values()) {
      const { record } = change;
      if (record !== undefined && !replaced.has(record.id) && inPage(record.sequence, query))
        show(record, change);
    }
    const order = descending === true ? -1 : 1;
    return shown.sort((a, b) => order * (a.sequence - b.sequence)).slice(0, limit);
  }

  events(query: EventQuery): Promise<readonly StoredEvent[]> {
    return this.#under.events(query);
  }

  async balances(prefix = ""): Promise<readonly Balance[]> {
    const stored = await this.#under.balances(prefix);
    if (this.#transactions.length === 0) return stored;
    const sums = new Map(stored.map((balance) => [`${balance.account}\n${balance.currency}`, balance]));
    for (const { account, currency, amountMinor } of this.#pendingBooks().balances(prefix)) {
      const key = `${account}\n${currency}`;
      sums.set(key, { account, currency, amountMinor: (sums.get(key)?.amountMinor ?? 0n) + amountMinor });
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, balance]) => balance);
  }

  postings(query: PostingQuery): Promise<readonly StoredPosting[]> {
    return readPostings((wanted) => this.transactions(wanted), query);
  }

  async transactions(query: PostingQuery): Promise<readonly StoredTransaction[]> {
    const stored = await this.#under.transactions(query);
    return [...stored, ...this.#pendingBooks().transactions(query)].slice(0, query.limit);
  }

  /** As stored: what is pending has no place in the books yet. */
  lastPosting(period: string): Promise<number> {
    return this.#under.lastPosting(period);
  }

  /** Made when somebody looks: most decisions book and don't ask. */
  #pendingBooks(): Books {
    if (this.#books === undefined) {
      this.#books = new Books(FIRST_PENDING_SEQUENCE);
      for (const transaction of this.#transactions) this.#books.book(transaction, countBalanced(transaction));
    }
    return this.#books;
  }

  #write({ collection, id, value, expectedVersion, keys = NONE, parties = NONE }: RecordWrite): void {
    const records = this.#pendingIn(collection);
    if (value === null) {
      records.set(id, GONE);
      return;
    }
    this.#sequence += 1;
    const sequence = records.get(id)?.record?.sequence ?? this.#sequence;
    const record = { collection, id, version: expectedVersion + 1, sequence, value };
    records.set(id, { record, keys, parties });
  }

  #pendingIn(collection: string): Map<string, PendingRecord> {
    let records = this.#collections.get(collection);
    if (records === undefined) {
      records = new Map();
      this.#collections.set(collection, records);
    }
    return records;
  }
}

function inPage(sequence: number, { after, descending }: ListQuery): boolean {
  if (after === undefined) return true;
  return descending === true ? sequence < after : sequence > after;
}

function isListed(
  { collection, value }: StoredRecord,
  { keys, parties }: Listing,
  { key, party, months }: ListQuery,
): boolean {
  return (
    (key === undefined || keys.includes(key)) &&
    (party === undefined || parties.includes(party)) &&
    (months === undefined || isInMonths(collection, value, months))
  );
}
