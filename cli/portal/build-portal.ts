import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { packageRoot } from "../../specs/engine/package-root.ts";
import { makeFolders } from "../folder/make-folders.ts";
import { sanitize } from "../output/sanitize.ts";
import { untilStopped } from "../until-stopped.ts";
import { unwritable } from "../write-file.ts";

export interface PortalBuild {
  /** Folder or file of the spec set. */
  readonly specs: string;
  /** Folder that the portal goes into: made, or a former portal's that is replaced. */
  readonly out: string;
  /** Under which path it will be served. */
  readonly base: string;
  /** Folder with `guides` and `decisions` of one's own. */
  readonly content: string | undefined;
  /** File of a published record that pages are made of too. */
  readonly record: string | undefined;
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

function requireTools(): void {
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

interface Run {
  readonly specs: string;
  readonly base: string;
  readonly content: string | undefined;
  readonly record: string | undefined;
  readonly out: string;
  readonly cache: string;
}

/** How much of what a build says is kept to explain its failure. */
const KEPT_LINES = 20;

async function runBuild(
  { specs, base, content, record, out, cache }: Run,
  onPage: (count: number) => void,
): Promise<void> {
  const program = join(packageRoot(), "dist/lib/portal.js");
  const child = spawn(process.execPath, [program, "build"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ECO_SPECS: specs,
      ECO_PORTAL_OUT: out,
      ECO_PORTAL_BASE: base,
      ECO_PORTAL_CACHE: cache,
      ...(content === undefined ? {} : { ECO_CONTENT: content }),
      ...(record === undefined ? {} : { ECO_RECORD: record }),
      NO_COLOR: "1",
    },
  });
  let pages = 0;
  let said = "";
  const hear = (text: string): void => {
    pages += text.split("├─").length - 1;
    said = `${said}${text}`.split("\n").slice(-KEPT_LINES).join("\n");
    onPage(pages);
  };
  child.stdout.setEncoding("utf8").on("data", hear);
  child.stderr.setEncoding("utf8").on("data", hear);
  let isStopped = false;
  void untilStopped().then(() => {
    isStopped = true;
    child.kill();
  });
  const [status] = (await once(child, "close")) as [number | null];
  if (isStopped)
    throw new EcoError("ECO_INTERRUPTED", "The portal is not built: what was there before still is.", {
      fix: "Run the same command again.",
    });
  if (status !== 0)
    throw new EcoError("ECO_PORTAL_FAILED", `The portal can't be built:\n${sanitize(said.trim())}`);
}
