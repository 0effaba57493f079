/** Writes to an SQLite store until its log has begun anew some times, prints so, and leaves the store open. */
import { SqliteStore } from "../../../sandbox/store/sqlite.ts";
import { writeUntilRestart } from "./log-restarts.ts";

const [path = ""] = process.argv.slice(2);
const store = SqliteStore.open(path, { checkpoints: { bound: 32 } });
// Until the thread that does it is there, the store itself does.
for (let times = 0; times < 10; times++) await writeUntilRestart(store, path);
process.stdout.write("begun anew\n");
