/**
 * A thread that opens new SQLite files of a folder, each at the same moment as its twin, and tells what went wrong.
 * `met` counts, for each file, who has come to open it.
 */
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";

const { directory, met, threads } = workerData as { directory: string; met: Int32Array; threads: number };
const failures: string[] = [];
for (const file of met.keys()) {
  Atomics.add(met, file, 1);
  // Seen at once by both, which no message would be.
  while (Atomics.load(met, file) < threads);
  try {
    await SqliteStore.open(join(directory, `${file}.db`)).close();
  } catch (error) {
    failures.push(String(error));
  }
}
parentPort?.postMessage(failures);
