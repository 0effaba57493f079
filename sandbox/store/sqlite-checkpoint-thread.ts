import { DatabaseSync } from "node:sqlite";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { CheckpointReport, CheckpointRequest, CheckpointThread } from "./sqlite-checkpoints.ts";

/** The log goes on growing while its pages are moved: each pass has fewer than the one before, down to so many. */
const SMALL_REST = 256;
const MOST_PASSES = 5;

/** Moves the pages of a write-ahead log into its database whenever it is told that the log has grown. */
function serve(port: MessagePort, { path, bound }: CheckpointThread): void {
  const database = new DatabaseSync(path);
  port.on("message", (request: CheckpointRequest) => {
    if (request === "look") {
      port.postMessage(report(database, bound));
      return;
    }
    database.close();
    port.close();
  });
}

function report(database: DatabaseSync, bound: number): CheckpointReport {
  try {
    return isMoved(database, bound) ? { kind: "moved" } : { kind: "left" };
  } catch (error) {
    const { message, errcode = 0 } = error as Error & { readonly errcode?: number };
    return { kind: "failed", message, errcode };
  }
}

/** Whether the log was over its bound, and all of it but a small rest is in the database now. */
function isMoved(database: DatabaseSync, bound: number): boolean {
  // SQLite before 3.51 doesn't know this mode and moves what it can, which does no harm here.
  if (checkpoint(database, "NOOP").log < bound) return false;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const { log, rest, busy } = checkpoint(database, "PASSIVE");
    // Another process is at it, or a reader holds on to what was before the log.
    if (busy || rest === log) return false;
    if (rest <= SMALL_REST) return true;
  }
  return true;
}

function checkpoint(
  database: DatabaseSync,
  mode: "NOOP" | "PASSIVE",
): { readonly log: number; readonly rest: number; readonly busy: boolean } {
  const row = database.prepare(`PRAGMA wal_checkpoint(${mode})`).get() ?? {};
  const log = Number(row["log"]);
  return { log, rest: log - Number(row["checkpointed"]), busy: row["busy"] !== 0 };
}

if (parentPort !== null) serve(parentPort, workerData as CheckpointThread);
