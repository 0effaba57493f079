import type { StoredRecord } from "./store.ts";

/** So many are kept at least, and twice as many at most. */
const KEPT = 2_000;

interface Known {
  readonly record: StoredRecord | undefined;
}

/** By tenant, collection and id. Each is asked for by itself: to make one text of them costs more than to look them up. */
type Places = Map<string, Map<string, Map<string, Known>>>;

/**
 * The records that were read last, and those that were looked for and aren't there: a rated delivery asks for the same
 * parties, periods and clock as the one before it. Whoever keeps it says when a record may have changed.
 */
export class RecordCache {
  #young: Places = new Map();
  #youngCount = 0;
  /** What was known when the young ones began: what is asked for among them is young again, the others go. */
  #old: Places = new Map();

  /** Undefined where the database has to be asked. */
  find(tenant: string, collection: string, id: string): Known | undefined {
    const young = at(this.#young, tenant, collection, id);
    if (young !== undefined) return young;
    const old = at(this.#old, tenant, collection, id);
    if (old !== undefined) this.#put(tenant, collection, id, old);
    return old;
  }

  keep(tenant: string, collection: string, id: string, record: StoredRecord | undefined): void {
    this.#put(tenant, collection, id, { record });
  }

  forget(tenant: string, collection: string, id: string): void {
    this.#young.get(tenant)?.get(collection)?.delete(id);
    this.#old.get(tenant)?.get(collection)?.delete(id);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#youngCount = 0;
  }

  #put(tenant: string, collection: string, id: string, known: Known): void {
    if (this.#youngCount >= KEPT) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngCount = 0;
    }
    this.#youngCount += 1;
    within(within(this.#young, tenant), collection).set(id, known);
  }
}

const at = (places: Places, tenant: string, collection: string, id: string): Known | undefined =>
  places.get(tenant)?.get(collection)?.get(id);

function within<T>(maps: Map<string, Map<string, T>>, name: string): Map<string, T> {
  let map = maps.get(name);
  if (map === undefined) {
    map = new Map();
    maps.set(name, map);
  }
  return map;
}
