import { closeSync, openSync, readSync } from "node:fs";
import type { SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";
import { change } from "./conformance/changes.ts";

/** How often the log of a database has begun anew: its header counts it. */
export function restartsOf(path: string): number {
  const header = Buffer.alloc(32);
  const log = openSync(`${path}-wal`, "r");
  readSync(log, header, 0, header.length, 0);
  closeSync(log);
  return header.readUInt32BE(12);
}

/** Writes records, one after the other, until the log has begun anew. Gives their ids. */
export async function writeUntilRestart(store: SqliteStore, path: string): Promise<string[]> {
  const ids: string[] = [];
  const run = crypto.randomUUID();
  for (let before: number | undefined; before === undefined || restartsOf(path) === before; ) {
    const id = `${run}-${ids.length}`;
    await store.apply(change({ writes: [{ collection: "things", id, value: { id }, expectedVersion: 0 }] }));
    ids.push(id);
    before ??= restartsOf(path);
  }
  return ids;
}
