import { closeSync, existsSync, lstatSync, mkdirSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { EcoError } from "../../../specs/engine/errors/index.ts";
import { monotonicMs } from "../../values/real-timers.ts";
import { text } from "../sql/rows.ts";
import { isBusy } from "./errors.ts";

/** A process that turns a new file into one with a log is done in less. */
const LOOK_AGAIN_MS = 5;

/**
 * A new file is its owner's alone: it holds keys and secrets. What SQLite puts beside it gets the same rights.
 * @throws EcoError `ECO_DATABASE_UNUSABLE` for a link, which would lead these to where somebody else wants them
 */
export function makePrivate(path: string): void {
  makeFolders(dirname(resolve(path)));
  try {
    closeSync(openSync(path, "ax", 0o600));
  } catch (error) {
    // One that is there isn't opened: closing it again would drop the locks that SQLite has on it in this process.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (!lstatSync(path).isSymbolicLink()) return;
    throw new EcoError("ECO_DATABASE_UNUSABLE", `${path} can't be used: it is a symbolic link.`, {
      fix: "Name the file itself with `--database`, or move the link away.",
    });
  }
}

/** One after the other: Node's recursive call never returns where a folder takes none, as those of `/proc`. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder, 0o700);
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/**
 * Sees to it that the file has a write-ahead log: only a log can be synced beside everything else.
 *
 * Of several processes that open a new file at once, SQLite lets one make the log and refuses the others on the spot,
 * however long they would wait for any other lock. So the wait is here, and as long as for other locks.
 * @throws EcoError `ECO_DATABASE_UNUSABLE` where there can't be a log
 */
export function keepLog(database: DatabaseSync, path: string, busyTimeoutMs: number): void {
  const giveUpAt = monotonicMs() + busyTimeoutMs;
  for (;;) {
    try {
      assertLog(text(database.prepare("PRAGMA journal_mode = WAL").get() ?? {}, "journal_mode"), path);
      return;
    } catch (error) {
      if (!isBusy(error) || monotonicMs() > giveUpAt) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS);
    }
  }
}

function assertLog(mode: string, path: string): void {
  if (mode === "wal") return;
  throw new EcoError(
    "ECO_DATABASE_UNUSABLE",
    `${path} can't be used: SQLite can't keep a write-ahead log there, only one of the mode \`${mode}\`.`,
    { fix: "Name a file on a local disk, `memory`, or a PostgreSQL database." },
  );
}
