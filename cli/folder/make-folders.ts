import { lstat, mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { unwritable } from "../write-file.ts";

/**
 * Makes a folder and those above it that are missing, from the outermost, each by a call of its own: Node's recursive one
 * never returns where a folder takes none (`/proc`), and doesn't say which it has made when it fails.
 *
 * @param made is told of each as soon as it is there
 * @throws EcoError ECO_FILE_UNWRITABLE naming what stands in the way
 */
export async function makeFolders(
  path: string,
  options: { readonly mode?: number; readonly made?: (folder: string) => void } = {},
): Promise<void> {
  for (const folder of await missing(resolve(path))) {
    try {
      await mkdir(folder, options.mode);
      options.made?.(folder);
    } catch (cause) {
      // Another may have made it meanwhile.
      if (!(await isFolder(folder))) throw unwritable(folder, cause);
    }
  }
}

/** Those that aren't there, from the outermost; `path` is absolute. */
async function missing(path: string): Promise<string[]> {
  const folders: string[] = [];
  // A root has none above it, there or not: a drive without a disk isn't.
  for (let folder = path; folder !== dirname(folder) && !(await isFolder(folder)); folder = dirname(folder)) {
    await requireNothing(folder);
    folders.unshift(folder);
  }
  return folders;
}

/** Through links: above what somebody writes, the path is as the user gave it. */
async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** That nothing stands where a folder is to be made; `stat` alone doesn't see a link that leads nowhere. */
async function requireNothing(path: string): Promise<void> {
  const stats = await lstat(path).catch((cause: NodeJS.ErrnoException) => {
    // A file above it: found on the way up, and named.
    if (cause.code === "ENOENT" || cause.code === "ENOTDIR") return undefined;
    throw unwritable(path, cause);
  });
  if (stats !== undefined)
    throw inTheWay(
      path,
      stats.isSymbolicLink() ? "it is a symbolic link that leads to no folder" : "it is no folder",
    );
}

/** What isn't the kind of thing that is needed there. */
export function inTheWay(path: string, reason: string): EcoError {
  return new EcoError("ECO_FILE_UNWRITABLE", `${path} can't be written: ${reason}.`, {
    fix: "Name another place, or take away what stands there.",
  });
}
