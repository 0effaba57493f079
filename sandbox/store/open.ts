import { EcoError } from "../../specs/engine/errors/index.ts";
import { MemoryStore } from "./memory/memory.ts";
import type { Store } from "./store.ts";

/**
 * A store by its name: `memory`, the path of an SQLite file, which is made where it doesn't exist, or
 * `postgres://USER:PASSWORD@HOST:PORT/NAME` for several processes on one sandbox.
 * @throws EcoError `ECO_DATABASE_UNUSABLE`
 */
export async function openStore(location: string): Promise<Store> {
  if (location === "memory") return new MemoryStore();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(location)?.[1]?.toLowerCase();
  if (scheme === "postgres" || scheme === "postgresql") {
    const { PostgresStore } = await import("./postgres/postgres.ts");
    return PostgresStore.open(location);
  }
  if (scheme !== undefined) {
    // The rest of the URL isn't repeated: it may hold a password.
    throw new EcoError("ECO_DATABASE_UNUSABLE", `Databases behind ${scheme}:// are not supported.`, {
      fix: "Name a file, `memory`, or postgres://USER:PASSWORD@HOST:5432/NAME.",
    });
  }
  const { SqliteStore } = await import("./sqlite/sqlite.ts");
  return SqliteStore.open(location);
}
