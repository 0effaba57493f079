import { randomBytes } from "node:crypto";
import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { checkWritable, writePrivate } from "../config/private-file.ts";
import type { ControlClient } from "../http/control-client.ts";
import type { Output } from "../output/output.ts";
import { untilStopped } from "../until-stopped.ts";
import { unwritable } from "../write-file.ts";

const LOOK_EVERY_MS = 1_000;

/**
 * Whether a recording of so many bytes can be written there.
 * @throws EcoError ECO_FILE_UNREADABLE for a link, ECO_FILE_UNWRITABLE
 */
export async function checkRoomFor(file: string, bytes: number): Promise<void> {
  await checkWritable(file);
  const lack = await lackOfRoom(file, bytes);
  if (lack !== undefined) throw unwritable(file, undefined, lack);
}

/**
 * Resolves when the user stops it. Says at once, and not when it is too late, that the disk has no room for what is
 * recorded so far.
 * @throws EcoError where the sandbox, and its recording with it, is gone, or somebody else has stopped it
 */
export async function whileRecorded(file: string, control: ControlClient, out: Output): Promise<void> {
  const stopping = new AbortController();
  const stopped = untilStopped().then(() => stopping.abort());
  let told = false;
  while (!stopping.signal.aborted) {
    await setTimeout(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    if (stopping.signal.aborted) break;
    const { recording, bytes } = await control
      .call("getRecording", {}, stopping.signal)
      .catch(gone(stopping));
    if (!recording)
      throw new EcoError(
        "ECO_SESSION_RECORDING",
        "Somebody else has stopped the recording, or the sandbox began anew.",
      );
    const lack = await lackOfRoom(file, bytes);
    if (lack !== undefined && !told)
      out.warn(
        `${file} couldn't be written now: ${lack}. Make room before you stop it, or stop it from another terminal with \`eco sandbox record stop FILE\` and a file elsewhere.`,
      );
    told = lack !== undefined;
  }
  await stopped;
}

/** The sandbox has forgotten a session that it gave away: what can't be written where it was to go goes elsewhere. */
export async function keepSession(file: string, text: string): Promise<void> {
  try {
    await writePrivate(file, text);
  } catch (cause) {
    const elsewhere = join(tmpdir(), `eco-session-${randomBytes(6).toString("hex")}.ndjson`);
    await writePrivate(elsewhere, text).catch(() => {
      throw cause;
    });
    throw new EcoError("ECO_FILE_UNWRITABLE", reasonOf(cause), {
      cause,
      fix: `Nothing is lost: the whole session is in ${elsewhere}. Move it to where there is room.`,
    });
  }
}

/** Undefined where there is enough, or where nobody can tell. */
async function lackOfRoom(file: string, bytes: number): Promise<string | undefined> {
  const { bavail, bsize } = await statfs(dirname(file)).catch(() => ({ bavail: Infinity, bsize: 1 }));
  const free = bavail * bsize;
  return free < bytes ? `the recording has ${bytes} bytes so far, and the disk ${free} free` : undefined;
}

const gone =
  ({ signal }: AbortController) =>
  (cause: unknown): { readonly recording: boolean; readonly bytes: number } => {
    if (signal.aborted) return { recording: true, bytes: 0 };
    if (!(cause instanceof EcoError)) throw cause;
    throw new EcoError(
      cause.code,
      `${cause.message} The recording ended with the sandbox, in whose memory it was.`,
      {
        cause,
        fix: "Record with `eco sandbox start --record FILE`: that writes line by line, and what is written stays.",
      },
    );
  };
