import { EcoError } from "../../../specs/engine/errors/index.ts";

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** What SQLite says, in words that name the file and what to do. Faults of the program stay what they are. */
export function unusable(path: string, error: unknown): unknown {
  if (error instanceof EcoError || !(error instanceof Error)) return error;
  // Of the file itself, before SQLite sees it, there is an error of the system.
  if (!("errcode" in error || "syscall" in error)) return error;
  const code = codeOf(error);
  const [reason, fix] = (code !== undefined && reasons.get(code)) || [
    error.message,
    "Check the file, its permissions and the free space.",
  ];
  return new EcoError("ECO_DATABASE_UNUSABLE", `${path} can't be used: ${reason}.`, { cause: error, fix });
}

/** Whether another process holds a lock that was asked for. */
export const isBusy = (error: unknown): boolean => codeOf(error) === SQLITE_BUSY;

/** Whether the disk didn't take what was written, so that nobody knows what it has. */
export const isDiskFailure = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && ("errcode" in error ? codeOf(error) === SQLITE_IOERR : "syscall" in error);

/** SQLite's primary result code: its extended ones tell more in the upper bits. */
const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : undefined;

/** From now on: the disk didn't take something. */
export const diskRefused = (path: string, cause: NodeJS.ErrnoException): EcoError =>
  new EcoError(
    "ECO_DATABASE_UNUSABLE",
    `${path} can't be used: the disk didn't take what was written to it (${cause.message}).`,
    { cause, fix: "Check the disk and start again; what was acknowledged before is kept." },
  );

const reasons = new Map<number, readonly [reason: string, fix: string]>([
  [
    SQLITE_BUSY,
    ["another process holds its write lock", "End the process that holds it, or use another file."],
  ],
  [SQLITE_LOCKED, ["it is locked", "End the process that holds it, or use another file."]],
  [SQLITE_FULL, ["the disk is full", "Free some space; nothing that was acknowledged is lost."]],
  [
    SQLITE_CANTOPEN,
    ["it can't be opened as a file", "Give a path where you may read and write a file, and no folder."],
  ],
  [
    SQLITE_NOTADB,
    ["it is not an SQLite database", "Give another file with `--database`; this one is left as it is."],
  ],
]);
