import type { JsonObject, ListQuery, Reader, RecordWrite, StoredRecord } from "./store.ts";

/** Pending records come after all stored ones; cursors made of these never leave the decision. */
const PENDING_FROM = 2 ** 52;

interface Pending {
  readonly record: StoredRecord | undefined;
  readonly keys: readonly string[];
}

/**
 * A reader that shows pending writes over a store, so that the rows of one decision see each other.
 * Records only: events, balances and postings are those of the store.
 */
export class Overlay {
  readonly read: Reader;
  readonly #base: Reader;
  readonly #pending = new Map<string, Map<string, Pending>>();
  #created = 0;

  constructor(base: Reader) {
    this.#base = base;
    const get = (collection: string, id: string) => this.#get(collection, id);
    const list = (query: ListQuery) => this.#list(query);
    this.read = {
      // What a collection holds is the caller's word, here as in every store.
      get: get as Reader["get"],
      list: list as Reader["list"],
      events: (query) => base.events(query),
      balances: (prefix) => base.balances(prefix),
      postings: (query) => base.postings(query),
    };
  }

  async add(writes: readonly RecordWrite[]): Promise<void> {
    for (const { collection, id, value, expectedVersion, keys = [] } of writes) {
      const former = await this.#get(collection, id);
      const sequence = former?.sequence ?? PENDING_FROM + ++this.#created;
      const record =
        value === null ? undefined : { collection, id, version: expectedVersion + 1, sequence, value };
      const pending = this.#pending.get(collection) ?? new Map<string, Pending>();
      pending.set(id, { record, keys });
      this.#pending.set(collection, pending);
    }
  }

  async #get(collection: string, id: string): Promise<StoredRecord | undefined> {
    const pending = this.#pending.get(collection)?.get(id);
    return pending === undefined ? this.#base.get(collection, id) : pending.record;
  }

  async #list(query: ListQuery): Promise<readonly StoredRecord[]> {
    const pending = this.#pending.get(query.collection);
    if (pending === undefined) return this.#base.list(query);
    const stored = await this.#base.list<JsonObject>({ ...query, limit: query.limit + pending.size });
    const shown = stored.filter((record) => !pending.has(record.id));
    for (const { record, keys } of pending.values()) {
      if (
        record !== undefined &&
        inRange(record, query) &&
        (query.key === undefined || keys.includes(query.key))
      ) {
        shown.push(record);
      }
    }
    const direction = query.descending === true ? -1 : 1;
    return shown.sort((left, right) => direction * (left.sequence - right.sequence)).slice(0, query.limit);
  }
}

function inRange(record: StoredRecord, { after, descending }: ListQuery): boolean {
  if (after === undefined) return true;
  return descending === true ? record.sequence < after : record.sequence > after;
}
