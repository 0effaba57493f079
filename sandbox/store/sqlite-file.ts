import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";

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
