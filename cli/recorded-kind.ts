import { open } from "node:fs/promises";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../specs/engine/errors/reason.ts";

/** What is in a file of recorded things. */
export type RecordedKind = "session" | "bundle" | "state" | "har";

const CALLED: Readonly<Record<RecordedKind, string>> = {
  session: "a recorded session",
  bundle: "the bundle of a failed test",
  state: "a saved state",
  har: "a HAR file",
};

const USED_BY: Readonly<Record<RecordedKind, string>> = {
  session: "Replay it with `eco sandbox replay`.",
  bundle: "Replay it with `eco sandbox replay`.",
  state: "Load it with `eco sandbox import`, or compare it with `eco sandbox diff`.",
  har: "Send it to a sandbox with `eco sandbox replay --to`.",
};

const BEGINNING = 512;
const OWN_FORMAT = /^\uFEFF?\s*\{[^{]*"format"\s*:\s*"eco-(session|bundle|state)"/;
const HAR = /^\uFEFF?\s*\{\s*"log"\s*:\s*\{/;

/**
 * By its beginning, whatever it is called; undefined where it is none of them.
 * @throws EcoError ECO_FILE_UNREADABLE
 */
export async function recordedKind(path: string): Promise<RecordedKind | undefined> {
  const text = await beginningOf(path);
  const format = OWN_FORMAT.exec(text)?.[1] as "session" | "bundle" | "state" | undefined;
  return format ?? (HAR.test(text) ? "har" : undefined);
}

/** @throws EcoError ECO_EXPORT_INVALID where the file is of a kind that can't be used here */
export async function checkKind(path: string, ...wanted: readonly RecordedKind[]): Promise<void> {
  const kind = await recordedKind(path);
  if (kind === undefined || wanted.includes(kind)) return;
  const [first] = wanted;
  const instead = first === undefined ? "" : `, and not ${CALLED[first]}`;
  throw new EcoError("ECO_EXPORT_INVALID", `${path} is ${CALLED[kind]}${instead}.`, { fix: USED_BY[kind] });
}

async function beginningOf(path: string): Promise<string> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(BEGINNING), position: 0 });
    return buffer.toString("utf8", 0, bytesRead);
  } catch (cause) {
    throw new EcoError("ECO_FILE_UNREADABLE", `${path} can't be read: ${reasonOf(cause)}.`, { cause });
  }
}
