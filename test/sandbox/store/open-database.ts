/** Opens an SQLite database, which migrates it where it is of a former version. Prints `opening`, then `open`. */
import { SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";

const [path = ""] = process.argv.slice(2);
process.stdout.write("opening\n");
const store = SqliteStore.open(path);
process.stdout.write("open\n");
await store.close();
