import { createHash, randomUUID } from "node:crypto";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { stateDirectory } from "../config/paths.ts";
import { readPrivateFile, writePrivateFile } from "../config/private-file.ts";
import type { Fields } from "../http/api-client.ts";

/** A rotation that was asked for and isn't kept yet. It holds no secret: only what gets the same answer again. */
export interface PendingRotation {
  readonly idempotencyKey: string;
  /** As it was asked for: under one key only the same request is answered. */
  readonly input: Fields;
  /** Whether the former credentials are to end as soon as the new ones are kept. */
  readonly endsFormer: boolean;
  /** Wall-clock time, RFC 3339. */
  readonly begunAt: string;
}

/** The file for a party of a sandbox: its name tells nothing, and may hold nothing that leads elsewhere. */
const fileOf = (sandbox: string, party: string): string =>
  join(
    stateDirectory(),
    "rotations",
    `${createHash("sha256").update(`${sandbox}\n${party}`).digest("hex").slice(0, 32)}.json`,
  );

/** Undefined where none is under way. @throws EcoError ECO_FILE_UNREADABLE where the file is damaged */
export async function readPending(sandbox: string, party: string): Promise<PendingRotation | undefined> {
  const path = fileOf(sandbox, party);
  const text = await readPrivateFile(path);
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as PendingRotation;
    if (typeof value.idempotencyKey === "string" && typeof value.input === "object") return value;
  } catch {
    // Told below, as for any other content that is none of ours.
  }
  throw new EcoError("ECO_FILE_UNREADABLE", `${path} holds no rotation that could be gone on with.`, {
    fix: "Remove the file and run the command again: it begins a new rotation.",
  });
}

/** Written before anything is asked, so that nothing that is given can get lost. */
export async function begin(
  sandbox: string,
  party: string,
  { input, endsFormer }: Pick<PendingRotation, "input" | "endsFormer">,
): Promise<PendingRotation> {
  const begun = { idempotencyKey: randomUUID(), input, endsFormer, begunAt: new Date().toISOString() };
  await writePrivateFile(fileOf(sandbox, party), `${JSON.stringify(begun, null, 2)}\n`);
  return begun;
}

export async function forget(sandbox: string, party: string): Promise<void> {
  await unlink(fileOf(sandbox, party)).catch(() => undefined);
}
