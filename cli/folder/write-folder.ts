import { randomBytes } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { copyFile, link, lstat, readFile, rename, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { stoppable } from "../until-stopped.ts";
import { unwritable } from "../write-file.ts";
import { checkFileNames } from "./file-names.ts";
import { inTheWay, makeFolders } from "./make-folders.ts";

export interface WrittenFolder {
  /** Absolute path of the folder. */
  readonly directory: string;
  /** Names of the files that were made or replaced, in the order in which they were given. */
  readonly written: readonly string[];
  /** Names of those that had this content before. */
  readonly unchanged: readonly string[];
}

interface Planned {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly there: "nothing" | "the same" | "something else";
}

/** Takes one step back. */
type Undo = () => Promise<unknown>;

/** Called between two steps: throws where the user wants no more of them. */
type GoOn = () => void;

/**
 * Writes files into a folder, which is made where it is missing: all of them or, where one can't be written or the user
 * stops the process, none. It stays inside the folder, follows no link in it, and replaces what has another content only
 * where it is told to.
 *
 * @param files text of each file by its name in the folder, `/` between folders: `src/client.ts`
 * @param options.force replaces files of these names that have another content; without it they are a refusal
 * @throws EcoError before anything is written: ECO_FILE_NAME_UNSAFE for a name, ECO_FILE_EXISTS naming all that differ,
 *   ECO_FILE_UNWRITABLE for links and what is no file; ECO_FILE_UNWRITABLE where the disk refuses and ECO_INTERRUPTED,
 *   everything being as before
 */
export function writeFolder(
  directory: string,
  files: ReadonlyMap<string, string>,
  options: { readonly force?: boolean } = {},
): Promise<WrittenFolder> {
  return stoppable((goOn) => writeWhole(directory, files, goOn, options));
}

/** The same for whoever hears of signals by other means: what `goOn` throws ends the writing. */
export async function writeWhole(
  directory: string,
  files: ReadonlyMap<string, string>,
  goOn: GoOn,
  options: { readonly force?: boolean } = {},
): Promise<WrittenFolder> {
  checkFileNames(files.keys());
  const root = await checkFolder(directory);
  const planned = await planFiles(root, files);
  const differing = planned.filter(({ there }) => there === "something else");
  if (differing.length > 0 && options.force !== true) throw othersFiles(root, differing);
  const changed = planned.filter(({ there }) => there !== "the same");
  if (changed.length > 0) await ((await isThere(root)) ? writeInto : writeAnew)(root, changed, goOn);
  const names = (list: readonly Planned[]): string[] => list.map(({ name }) => name);
  return {
    directory: root,
    written: names(changed),
    unchanged: names(planned.filter(({ there }) => there === "the same")),
  };
}

/**
 * Absolute path of a folder that files could be written into, there or not yet; for those who do something else first.
 * @throws EcoError ECO_FILE_NAME_UNSAFE, ECO_FILE_UNWRITABLE for a link or a file in its place
 */
export async function checkFolder(directory: string): Promise<string> {
  if (directory === "" || directory.includes("\0"))
    throw new EcoError("ECO_FILE_NAME_UNSAFE", `${JSON.stringify(directory)} is no name of a folder.`, {
      fix: "Name the folder that the files are to be written to.",
    });
  const root = resolve(directory);
  await requireFolder(root);
  return root;
}

async function planFiles(root: string, files: ReadonlyMap<string, string>): Promise<Planned[]> {
  const planned: Planned[] = [];
  const checked = new Set<string>();
  for (const [name, text] of files) {
    // From the folder itself down to the one that the file lies in; above it, the path is as the user gave it.
    for (const folder of foldersOf(root, name)) {
      if (!checked.has(folder)) await requireFolder(folder);
      checked.add(folder);
    }
    const path = join(root, name);
    planned.push({ name, path, text, there: await whatIsThere(path, text) });
  }
  return planned;
}

/** The folder and those within it that a file lies in, from the outermost. */
function foldersOf(root: string, name: string): string[] {
  const parts = name.split("/").slice(0, -1);
  return [root, ...parts.map((_, at) => join(root, ...parts.slice(0, at + 1)))];
}

/** That it is a folder, or nothing yet. A link may lead anywhere, so it isn't taken for one. */
async function requireFolder(path: string): Promise<void> {
  const stats = await statsOf(path);
  if (stats === undefined || stats.isDirectory()) return;
  throw inTheWay(path, stats.isSymbolicLink() ? "it is a symbolic link" : "it is no folder");
}

async function whatIsThere(path: string, text: string): Promise<Planned["there"]> {
  const stats = await statsOf(path);
  if (stats === undefined) return "nothing";
  if (!stats.isFile())
    throw inTheWay(path, stats.isSymbolicLink() ? "it is a symbolic link" : "it is no file");
  const flag = constants.O_RDONLY | NO_FOLLOW;
  const present = await readFile(path, { flag }).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
  return present.equals(Buffer.from(text)) ? "the same" : "something else";
}

/** In a place of its own beside the folder, which gets its name when all is there. */
async function writeAnew(root: string, files: readonly Planned[], goOn: GoOn): Promise<void> {
  const undo: Undo[] = [];
  const staged = `${root}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await makeFolder(dirname(root), undo);
    await stage(staged, files, goOn);
    await rename(staged, root);
  } catch (cause) {
    // Where it can't even be looked for, it isn't there.
    await rm(staged, { recursive: true, force: true }).catch(() => undefined);
    await takeBack(undo);
    throw asRefused(root, cause);
  }
}

/** In a place of its own within the folder, then each file at its own; where one can't take it, all goes back. */
async function writeInto(root: string, files: readonly Planned[], goOn: GoOn): Promise<void> {
  const undo: Undo[] = [];
  const aside = join(root, `.eco-${randomBytes(6).toString("hex")}.tmp`);
  let keeps = false;
  try {
    await stage(join(aside, "new"), files, goOn);
    for (const file of files) {
      await makeFolder(dirname(file.path), undo);
      // Once more, at the last moment: somebody may have changed one for a link.
      for (const folder of foldersOf(root, file.name)) await requireFolder(folder);
      await place(file, aside, undo);
      goOn();
    }
  } catch (cause) {
    keeps = !(await takeBack(undo));
    if (!keeps) throw asRefused(root, cause);
    const reason = reasonOf(cause).replace(/\.$/, "");
    throw unwritable(root, cause, `${reason}. What was replaced before lies in ${join(aside, "before")}`);
  } finally {
    if (!keeps) await rm(aside, { recursive: true, force: true });
  }
}

/** Of the whole folder, where it isn't said already what was refused. */
const asRefused = (root: string, cause: unknown): EcoError =>
  cause instanceof EcoError ? cause : unwritable(root, cause);

/** Every file on the disk, so that a full one shows before anything is in its place. */
async function stage(directory: string, files: readonly Planned[], goOn: GoOn): Promise<void> {
  for (const { name, text } of files) {
    const path = join(directory, name);
    await makeFolders(dirname(path));
    await writeFile(path, text, { flag: "wx", flush: true });
    goOn();
  }
}

async function place({ name, path, there }: Planned, aside: string, undo: Undo[]): Promise<void> {
  const staged = join(aside, "new", name);
  if (there === "nothing") {
    // Unlike a rename, it fails where somebody has made the file meanwhile.
    await linkOrCopy(staged, path);
    undo.push(() => unlink(path));
    return;
  }
  const before = join(aside, "before", name);
  await makeFolders(dirname(before));
  await linkOrCopy(path, before);
  await rename(staged, path);
  undo.push(() => rename(before, path));
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (cause) {
    if (!NO_LINKS.has(codeOf(cause))) throw cause;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/** Makes the folder and those above it that are missing. */
function makeFolder(path: string, undo: Undo[]): Promise<void> {
  // What somebody else has put into it meanwhile stays, and so does the folder.
  return makeFolders(path, { made: (folder) => undo.push(() => rmdir(folder).catch(() => undefined)) });
}

/** In the opposite order. Resolves to false where something could not be taken back. */
async function takeBack(undo: readonly Undo[]): Promise<boolean> {
  let whole = true;
  for (const step of undo.toReversed())
    await step().catch(() => {
      whole = false;
    });
  return whole;
}

async function isThere(path: string): Promise<boolean> {
  return (await statsOf(path)) !== undefined;
}

function statsOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch((cause: unknown) => {
    // ENOTDIR: a file above it. Whoever makes the folder names it.
    if (codeOf(cause) === "ENOENT" || codeOf(cause) === "ENOTDIR") return undefined;
    throw unwritable(path, cause);
  });
}

const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && "code" in thrown ? thrown.code : undefined;

/** What a file system without hard links says, and one that lies across two disks. */
const NO_LINKS: ReadonlySet<unknown> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EMLINK",
  "EXDEV",
]);

// Zero where the platform has no such flag (Windows); the check by name remains there.
const NO_FOLLOW: number = constants.O_NOFOLLOW ?? 0;

function othersFiles(root: string, files: readonly Planned[]): EcoError {
  const names = files.map(({ name }) => name);
  const message =
    names.length === 1
      ? `${join(root, String(names[0]))} is there already, with another content.`
      : `${root} has ${names.length} of these files already, with another content: ${names.join(", ")}.`;
  return new EcoError("ECO_FILE_EXISTS", message, { details: { directory: root, files: names } });
}
