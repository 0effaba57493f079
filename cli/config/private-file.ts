import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { lstat, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { makeFolders } from "../folder/make-folders.ts";
import { unwritable } from "../write-file.ts";

/** As {@link writePrivate}, in a directory that is made where it is missing, for its owner alone too (0700). */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await makeFolders(dirname(path), { mode: 0o700 });
  await writePrivate(path, text);
}

/**
 * Writes a file that only its owner may read (0600), whole or not at all.
 * A symbolic link in its place is refused: someone may have put it there to receive, or to overwrite, something.
 *
 * @throws EcoError ECO_FILE_UNREADABLE for a link, ECO_FILE_UNWRITABLE
 */
export async function writePrivate(path: string, text: string): Promise<void> {
  await refuseLink(path);
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = await open(
      temporary,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow,
      0o600,
    );
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await unlink(temporary).catch(() => undefined);
    throw unwritable(path, cause);
  }
}

/** Whether {@link writePrivate} could write there. @throws EcoError as it does */
export async function checkWritable(path: string): Promise<void> {
  await refuseLink(path);
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow;
    await (await open(temporary, flags, 0o600)).close();
    await unlink(temporary);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Its text, or undefined where there is no such file. Refuses links, as {@link writePrivateFile} does. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  await refuseLink(path);
  try {
    const file = await open(path, constants.O_RDONLY | noFollow);
    try {
      return await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new EcoError("ECO_FILE_UNREADABLE", `${path} can't be read: ${reasonOf(cause)}.`, { cause });
  }
}

/** Whether others than the owner may read it. Windows has no such bits. */
export async function isReadableByOthers(path: string): Promise<boolean> {
  if (process.platform === "win32") return false;
  const stats = await lstat(path).catch(() => undefined);
  return stats !== undefined && (stats.mode & 0o077) !== 0;
}

// Zero where the platform has no such flag (Windows); the check by name remains there.
const noFollow: number = constants.O_NOFOLLOW ?? 0;

async function refuseLink(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats === undefined || stats.isFile()) return;
  throw new EcoError(
    "ECO_FILE_UNREADABLE",
    `${path} is ${stats.isSymbolicLink() ? "a symbolic link" : "no file"}.`,
    {
      fix: "Secrets are kept in plain files only: move it away, or name another file, and run the command again.",
    },
  );
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
