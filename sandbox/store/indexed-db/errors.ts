import { EcoError } from "../../../specs/engine/errors/index.ts";

const REASONS = new Map<string, readonly [reason: string, fix: string]>([
  [
    "VersionError",
    [
      "a newer version of eco made it",
      "Load the page's newer version, or open the store under another name; this one is left as it is.",
    ],
  ],
  [
    "QuotaExceededError",
    [
      "the browser gives this site no more space",
      "Free some space, or reset the sandbox; nothing that was acknowledged is lost.",
    ],
  ],
  [
    "SecurityError",
    ["the browser denies this page its storage", "Allow the site to store data, or use a memory store."],
  ],
]);

const FIX = "Reload the page; nothing that was acknowledged is lost.";

/** An error about the database `name`, for people. */
export function refused(name: string, reason: string, fix = FIX, cause?: unknown): EcoError {
  return new EcoError("ECO_DATABASE_UNUSABLE", `IndexedDB ${name} can't be used: ${reason}.`, { cause, fix });
}

/** What the browser says, in words that name the database and what to do. Faults of the program stay what they are. */
export function unusable(name: string, error: unknown): unknown {
  if (!(error instanceof DOMException) || error.name === "DataCloneError") return error;
  const [reason, fix] = REASONS.get(error.name) ?? [error.message.replace(/\.$/, "") || error.name, FIX];
  return refused(name, reason, fix, error);
}
