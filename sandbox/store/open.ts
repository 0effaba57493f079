import { MemoryStore } from "./memory.ts";
import type { Store } from "./store.ts";

/**
 * A store by its name: `memory`, or the path of an SQLite file, which is made where it doesn't exist.
 * Throws `EcoError` `ECO_DATABASE_UNUSABLE`.
 */
export async function openStore(location: string): Promise<Store> {
  if (location === "memory") return new MemoryStore();
  const { SqliteStore } = await import("./sqlite.ts");
  return SqliteStore.open(location);
}
