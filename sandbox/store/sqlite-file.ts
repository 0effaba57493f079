import { closeSync, fdatasync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { SyncFile } from "./sqlite-log.ts";

/** A new file is its owner's alone: it holds keys and secrets. What SQLite puts beside it gets the same rights. */
export function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(path, "ax", 0o600));
  } catch (error) {
    // One that is there isn't opened: closing it again would drop the locks that SQLite has on it in this process.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** A file as long as some store of this process uses it. */
interface Open {
  readonly descriptor: number;
  users: number;
}

const open = new Map<string, Open>();

/**
 * A database's file for syncing it, beside what SQLite has open: one for all stores of the process, closed when the last
 * of them has let go of it, since closing any drops the locks of all.
 */
export class SqliteFile {
  readonly #key: string;
  readonly #open: Open;

  constructor(path: string) {
    const { dev, ino } = statSync(path, { bigint: true });
    this.#key = `${dev}:${ino}`;
    this.#open = open.get(this.#key) ?? { descriptor: openSync(path, "r+"), users: 0 };
    this.#open.users += 1;
    open.set(this.#key, this.#open);
  }

  sync(done: Parameters<SyncFile>[1]): void {
    fdatasync(this.#open.descriptor, done);
  }

  /** After the database was closed, once. */
  close(): void {
    this.#open.users -= 1;
    if (this.#open.users > 0) return;
    open.delete(this.#key);
    closeSync(this.#open.descriptor);
  }
}
