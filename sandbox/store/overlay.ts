import type { LedgerTransaction } from "../ledger/types.ts";
import { matchesAccount } from "./memory-tables.ts";
import type {
  Balance,
  EventQuery,
  JsonObject,
  ListQuery,
  PostingQuery,
  Reader,
  RecordWrite,
  StoredEvent,
  StoredPosting,
  StoredRecord,
} from "./store.ts";

/** Changes that are decided and not yet applied. */
export interface PendingChanges {
  readonly writes?: readonly RecordWrite[];
  readonly transactions?: readonly LedgerTransaction[];
}

interface PendingRecord {
  readonly record: StoredRecord | undefined;
  readonly keys: readonly string[];
  /** The version that the store has: what the changeset expects in the end. */
  readonly storedVersion: number;
}

/** Pending records come after all stored ones, in the order in which they were added. */
const FIRST_PENDING_SEQUENCE = 2 ** 52;

/**
 * A reader that shows pending changes over what a store has, so that the decisions of one batch see each other.
 * Events aren't overlaid: nothing decides on events that are about to happen.
 */
export class OverlayReader implements Reader {
  readonly #under: Reader;
  readonly #records = new Map<string, PendingRecord>();
  /** The same by collection: most lists are of one in which nothing is pending. */
  readonly #collections = new Map<string, Map<string, PendingRecord>>();
  readonly #postings: StoredPosting[] = [];
  #sequence = FIRST_PENDING_SEQUENCE;

  constructor(under: Reader) {
    this.#under = under;
  }

  add({ writes = [], transactions = [] }: PendingChanges): void {
    for (const write of writes) this.#write(write);
    for (const { id, kind, bookedAt, period, postings } of transactions) {
      for (const posting of postings) {
        this.#sequence += 1;
        this.#postings.push({
          ...posting,
          sequence: this.#sequence,
          transactionId: id,
          kind,
          bookedAt,
          period,
        });
      }
    }
  }

  /** All pending writes, one for each record, against the versions that the store has. */
  *writes(): IterableIterator<RecordWrite> {
    for (const [place, { record, keys, storedVersion }] of this.#records) {
      const [collection = "", id = ""] = place.split("\n", 2);
      if (record === undefined && storedVersion === 0) continue;
      yield { collection, id, value: record?.value ?? null, expectedVersion: storedVersion, keys };
    }
  }

  async get<T extends JsonObject>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    const pending = this.#records.get(placeOf(collection, id));
    if (pending === undefined) return this.#under.get<T>(collection, id);
    return pending.record as StoredRecord<T> | undefined;
  }

  async list<T extends JsonObject>(query: ListQuery): Promise<readonly StoredRecord<T>[]> {
    const { collection, key, limit, descending } = query;
    const pending = this.#collections.get(collection);
    if (pending === undefined) return this.#under.list<T>(query);
    // Each pending record can hide at most one stored one.
    const stored = await this.#under.list<T>({ ...query, limit: limit + pending.size });
    const shown: StoredRecord<T>[] = [];
    const replaced = new Set<string>();
    const show = (record: StoredRecord | undefined, keys: readonly string[]): void => {
      if (record === undefined || (key !== undefined && !keys.includes(key))) return;
      shown.push(record as StoredRecord<T>);
    };
    for (const record of stored) {
      const change = pending.get(record.id);
      if (change === undefined) {
        shown.push(record);
        continue;
      }
      // A changed record keeps its place.
      replaced.add(record.id);
      show(change.record && { ...change.record, sequence: record.sequence }, change.keys);
    }
    for (const { record, keys } of pending.values()) {
      if (record !== undefined && !replaced.has(record.id) && inPage(record.sequence, query))
        show(record, keys);
    }
    const order = descending === true ? -1 : 1;
    return shown.sort((a, b) => order * (a.sequence - b.sequence)).slice(0, limit);
  }

  events(query: EventQuery): Promise<readonly StoredEvent[]> {
    return this.#under.events(query);
  }

  async balances(prefix = ""): Promise<readonly Balance[]> {
    const stored = await this.#under.balances(prefix);
    if (this.#postings.length === 0) return stored;
    const sums = new Map(stored.map((balance) => [`${balance.account}\n${balance.currency}`, balance]));
    for (const { account, currency, amountMinor } of this.#postings) {
      if (!account.startsWith(prefix)) continue;
      const key = `${account}\n${currency}`;
      sums.set(key, { account, currency, amountMinor: (sums.get(key)?.amountMinor ?? 0n) + amountMinor });
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, balance]) => balance);
  }

  async postings(query: PostingQuery): Promise<readonly StoredPosting[]> {
    const stored = await this.#under.postings(query);
    const own = this.#postings.filter((posting) => wanted(posting, query));
    return [...stored, ...own].slice(0, query.limit);
  }

  /** As stored: what is pending has no place in the books yet. */
  lastPosting(period: string): Promise<number> {
    return this.#under.lastPosting(period);
  }

  #write({ collection, id, value, expectedVersion, keys = [] }: RecordWrite): void {
    const place = placeOf(collection, id);
    const before = this.#records.get(place);
    const storedVersion = before?.storedVersion ?? expectedVersion;
    if (value === null) {
      this.#set(collection, id, { record: undefined, keys: [], storedVersion });
      return;
    }
    this.#sequence += 1;
    const sequence = before?.record?.sequence ?? this.#sequence;
    const record = { collection, id, version: expectedVersion + 1, sequence, value };
    this.#set(collection, id, { record, keys, storedVersion });
  }

  #set(collection: string, id: string, pending: PendingRecord): void {
    this.#records.set(placeOf(collection, id), pending);
    let records = this.#collections.get(collection);
    if (records === undefined) {
      records = new Map();
      this.#collections.set(collection, records);
    }
    records.set(id, pending);
  }
}

const placeOf = (collection: string, id: string): string => `${collection}\n${id}`;

function inPage(sequence: number, { after, descending }: ListQuery): boolean {
  if (after === undefined) return true;
  return descending === true ? sequence < after : sequence > after;
}

function wanted(
  posting: StoredPosting,
  { account, transactionId, deliveryId, period, after }: PostingQuery,
): boolean {
  return (
    (account === undefined || matchesAccount(posting.account, account)) &&
    (transactionId === undefined || posting.transactionId === transactionId) &&
    (deliveryId === undefined || posting.deliveryId === deliveryId) &&
    (period === undefined || posting.period === period) &&
    (after === undefined || posting.sequence > after)
  );
}
