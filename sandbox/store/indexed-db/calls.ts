import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from "idb";
import { refused, unusable } from "./errors.ts";
import type { Kept } from "./kept-calls.ts";

/** Rises with every change to what is kept or comes of it. 2: snapshots beside calls. */
const VERSION = 2;
const CALLS = "calls";

interface Tables extends DBSchema {
  [CALLS]: {
    /** Place in the order of all tenants' calls. */
    key: number;
    value: Kept & { readonly place?: number };
    indexes: { tenant: string };
  };
}

export type CallDatabase = IDBPDatabase<Tables>;
export type Calls = IDBPObjectStore<Tables, [typeof CALLS], typeof CALLS, "readwrite">;

/**
 * Opens the site's database of this name, which is made where there is none; `leave` is told why it can't be used any
 * longer.
 * @throws EcoError `ECO_DATABASE_UNUSABLE`
 */
export async function openCalls(name: string, leave: (reason: string) => void): Promise<CallDatabase> {
  if (typeof indexedDB === "undefined") {
    throw refused(name, "there is no IndexedDB here", "Use a memory store, or open the page in a browser.");
  }
  let isForeign = false;
  const opening = openDB<Tables>(name, VERSION, {
    upgrade(database, from, _to, transaction) {
      if (from === 0) {
        const calls = database.createObjectStore(CALLS, { keyPath: "place", autoIncrement: true });
        calls.createIndex("tenant", "tenant");
        return;
      }
      isForeign = !database.objectStoreNames.contains(CALLS);
      if (!isForeign) return;
      // It stays as it is. That it was aborted is told by the opening.
      transaction.done.catch(() => {});
      transaction.abort();
    },
    blocking: (_, version) =>
      leave(version === null ? "it is being deleted" : "a newer version of eco takes it over"),
    terminated: () => leave("the browser closed it, perhaps because the site's data was cleared"),
  });
  const foreign = (): unknown =>
    refused(name, "another program made it", "Open the store under another name.");
  const database = await opening.catch((error: unknown) => {
    throw isForeign ? foreign() : unusable(name, error);
  });
  if (database.objectStoreNames.contains(CALLS)) return database;
  database.close();
  throw foreign();
}

/** A transaction over the calls, and its end. */
export function beginTransaction(database: CallDatabase): {
  readonly calls: Calls;
  readonly ended: Promise<void>;
} {
  const { store, done } = database.transaction(CALLS, "readwrite", { durability: "strict" });
  // It is looked at when the calls are written; until then nobody may be listening.
  done.catch(() => {});
  return { calls: store, ended: done };
}

/** What other pages missed of a tenant, they needn't perform any more either. */
export async function forget(calls: Calls, tenant: string): Promise<void> {
  const former = await calls.index("tenant").getAllKeys(tenant);
  await Promise.all(former.map((place) => calls.delete(place)));
}

export function abort({ transaction }: Calls): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}
