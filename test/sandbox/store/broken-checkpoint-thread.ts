/** Takes the place of the thread that moves a log into its database: its disk takes nothing. */
import { parentPort } from "node:worker_threads";
import type { CheckpointReport } from "../../../sandbox/store/sqlite-checkpoints.ts";

const SQLITE_IOERR_FSYNC = 1034;
const report: CheckpointReport = { kind: "failed", message: "disk I/O error", errcode: SQLITE_IOERR_FSYNC };

parentPort?.on("message", (request) => {
  if (request === "look") parentPort?.postMessage(report);
  else parentPort?.close();
});
