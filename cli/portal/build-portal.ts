import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { packageRoot } from "../../specs/engine/package-root.ts";
import { makeFolders } from "../folder/make-folders.ts";
import { untilStopped } from "../until-stopped.ts";
import { unwritable } from "../write-file.ts";
import { inputsAsEnvironment, type PortalInputs } from "./inputs.ts";
import { Program, portalTool } from "./program.ts";

export interface PortalBuild extends PortalInputs {
  /** Folder that the portal goes into: made, or a former portal's that is replaced. */
  readonly out: string;
  /** Under which path it will be served. */
  readonly base: string;
  /** Replaces what is there, whatever it is. */
  readonly force: boolean;
  /** Told how many pages are written. */
  readonly onPage: (count: number) => void;
}

/** In every portal that was built: such a folder may be replaced unasked. */
const MARKER = ".eco-portal";

/** What only those have who build portals. */
const TOOLS = ["astro", "pagefind"];

/**
 * Builds the portal of a spec set beside its place, and puts it there when it is whole.
 *
 * @returns how many pages it has
 * @throws EcoError ECO_USAGE where the tools aren't installed, ECO_FILE_EXISTS where something else is in its place,
 *   ECO_FILE_UNWRITABLE, ECO_PORTAL_FAILED with what the build said
 */
export async function buildPortal({
  specs,
  out,
  base,
  content,
  record,
  force,
  onPage,
}: PortalBuild): Promise<number> {
  requireTools();
  const target = resolve(out);
  const former = await filesIn(target);
  if (former.length > 0 && !former.includes(MARKER) && !force)
    throw new EcoError("ECO_FILE_EXISTS", `${out} holds files that are no portal, such as ${former[0]}.`, {
      fix: "Name another folder with --output, or let all that is in it be replaced with --force.",
    });
  const staging = await stagingBeside(target);
  try {
    const fresh = join(staging, "new");
    await runBuild({ specs, base, content, record, out: fresh, cache: join(staging, "cache") }, onPage);
    const pages = (await readdir(fresh, { recursive: true })).filter((name) => name.endsWith(".html")).length;
    await writeFile(join(fresh, MARKER), "Made by `eco portal build`, which may replace this folder.\n");
    if (former.length > 0) await rename(target, join(staging, "former"));
    else await rm(target, { recursive: true, force: true });
    await rename(fresh, target);
    return pages;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** @throws EcoError ECO_USAGE where the tools aren't installed */
export function requireTools(): void {
  const from = pathToFileURL(join(packageRoot(), "package.json"));
  const missing = TOOLS.filter((name) => !isInstalled(name, from));
  if (missing.length === 0) return;
  throw new EcoError("ECO_USAGE", `To build a portal, ${missing.join(" and ")} must be installed.`, {
    fix: "Install them beside eco: npm install --save-dev astro@7 pagefind@1",
  });
}

function isInstalled(name: string, from: URL): boolean {
  try {
    return findPackageJSON(name, from) !== undefined;
  } catch {
    return false;
  }
}

/** The names in a folder; none where there is no such folder. @throws EcoError ECO_FILE_UNWRITABLE for what is no folder */
async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw unwritable(folder, cause);
  }
}

/** On the same disk as its target, so that it gets there in one step. */
async function stagingBeside(target: string): Promise<string> {
  try {
    await makeFolders(dirname(target));
    return await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  } catch (cause) {
    throw unwritable(target, cause);
  }
}

interface Run extends PortalInputs {
  readonly base: string;
  readonly out: string;
  readonly cache: string;
}

async function runBuild(
  { specs, base, content, record, out, cache }: Run,
  onPage: (count: number) => void,
): Promise<void> {
  let pages = 0;
  const program = new Program(portalTool(), ["build"], {
    env: {
      ...inputsAsEnvironment({ specs, content, record }),
      ECO_PORTAL_OUT: out,
      ECO_PORTAL_BASE: base,
      ECO_PORTAL_CACHE: cache,
    },
    // Astro keeps what it makes the pages with below it meanwhile.
    cwd: dirname(cache),
    onText: (text) => {
      pages += text.split("├─").length - 1;
      onPage(pages);
    },
  });
  void untilStopped().then(() => program.stop());
  await program.done;
}
