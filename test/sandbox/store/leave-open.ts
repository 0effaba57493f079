/** Has an SQLite store write by its thread, prints so, and ends without closing it, as soon as the last write is through. */
import { SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";
import { change } from "./conformance/changes.ts";

const [path = ""] = process.argv.slice(2);
const store = SqliteStore.open(path, { thread: { after: 0 } });
const put = (id: string) =>
  change({ writes: [{ collection: "things", id, value: { id }, expectedVersion: 0 }] });
await store.apply(put("a"));
process.stdout.write("written\n");
// Nobody waits for it here, and the process doesn't end before it is done.
void store.apply(put("b"));
