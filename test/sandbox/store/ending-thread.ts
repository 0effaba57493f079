/** Takes the place of the thread that writes to an SQLite database: it ends when it is told something. */
import { parentPort } from "node:worker_threads";

parentPort?.on("message", () => process.exit());
parentPort?.postMessage("ready");
