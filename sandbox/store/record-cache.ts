import type { StoredRecord } from "./store.ts";

const LIMIT = 2_000;

/**
 * The records that were read last, and those that were looked for and aren't there: a rated delivery asks for the same
 * parties, periods and clock as the one before it. Whoever keeps it says when a record may have changed.
 */
export class RecordCache {
  /** The longest unused first. */
  readonly #known = new Map<string, StoredRecord | undefined>();

  /** Undefined where the database has to be asked. */
  find(
    tenant: string,
    collection: string,
    id: string,
  ): { readonly record: StoredRecord | undefined } | undefined {
    const place = placeOf(tenant, collection, id);
    const record = this.#known.get(place);
    if (record === undefined && !this.#known.has(place)) return undefined;
    this.#known.delete(place);
    this.#known.set(place, record);
    return { record };
  }

  keep(tenant: string, collection: string, id: string, record: StoredRecord | undefined): void {
    if (this.#known.size >= LIMIT) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    this.#known.set(placeOf(tenant, collection, id), record);
  }

  forget(tenant: string, collection: string, id: string): void {
    this.#known.delete(placeOf(tenant, collection, id));
  }

  clear(): void {
    this.#known.clear();
  }
}

const placeOf = (tenant: string, collection: string, id: string): string => `${tenant}\n${collection}\n${id}`;
