import { execFile } from "node:child_process";
import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { type DefaultTreeAdapterMap, parse } from "parse5";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** Without what stands within it: a thousand trees kept whole are most of a gigabyte. */
export type Element = Pick<DefaultTreeAdapterMap["element"], "tagName" | "attrs">;
type Node = DefaultTreeAdapterMap["node"];

/** Builds the portal as `npm run portal:build` does, into a folder of its own; `env` adds to what is in the environment. */
export function buildPortal(
  out: string,
  specs: string,
  base = "/",
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const settings = { ECO_SPECS: specs, ECO_PORTAL_OUT: out, ECO_PORTAL_BASE: base };
  return runProgram(root, [join(root, "portal/astro.ts"), "build"], { ...env, ...settings });
}

/** Under which path the portals of other specs are. */
export const OTHER_BASE = "/docs/";

const bundles = new Map<string, Promise<void>>();

/**
 * Makes the pages of other specs as `eco portal dev` does, without an index for search: what makes them is bundled once
 * for all portals of a folder.
 *
 * @param out within that folder
 */
export async function makePortal(
  folder: string,
  out: string,
  specs: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const [site, program] = [join(folder, "other-site"), join(folder, "other-program")];
  const bundle =
    bundles.get(folder) ??
    runProgram(folder, [join(root, "portal/astro.ts"), "pages"], {
      ECO_PORTAL_OUT: site,
      ECO_PORTAL_PROGRAM: program,
      ECO_PORTAL_BASE: OTHER_BASE,
    });
  bundles.set(folder, bundle);
  await bundle;
  await cp(site, out, { recursive: true });
  await runProgram(root, [join(program, "prerender-entry.mjs")], {
    ...env,
    ECO_ROOT: root,
    ECO_SPECS: specs,
    ECO_PORTAL_OUT: out,
  });
}

async function runProgram(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  await run(process.execPath, args, {
    cwd,
    env: { ...ownEnvironment(), ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
}

// vitest sets BASE_URL, MODE and their like for its own pages; a build would take them for its own.
function ownEnvironment(): NodeJS.ProcessEnv {
  const { BASE_URL, MODE, DEV, PROD, SSR, NODE_ENV, ...rest } = process.env;
  return rest;
}

export interface BuiltPage {
  /** `/api/deliveries/` */
  readonly path: string;
  readonly source: string;
  /** What an HTML parser complains about. */
  readonly errors: readonly string[];
  readonly elements: readonly Element[];
}

/** Every HTML page of a built portal, parsed. */
export async function builtPages(dir: string): Promise<readonly BuiltPage[]> {
  const names = await readdir(dir, { recursive: true });
  const pages = names.filter((name) => name.endsWith(".html")).sort();
  return Promise.all(
    pages.map(async (name) => {
      const source = await readFile(join(dir, name), "utf8");
      const errors: string[] = [];
      const tree = parse(source, {
        onParseError: (error) => errors.push(`${name}:${error.startLine}:${error.startCol} ${error.code}`),
      });
      return { path: `/${name.replace(/index\.html$/u, "")}`, source, errors, elements: elementsOf(tree) };
    }),
  );
}

export function elementsOf(node: Node, found: Element[] = []): readonly Element[] {
  if ("tagName" in node) found.push({ tagName: node.tagName, attrs: node.attrs });
  if ("childNodes" in node) for (const child of node.childNodes) elementsOf(child, found);
  return found;
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

export interface Weight {
  /** Bytes over the wire with gzip: the page and all that it loads by itself. */
  readonly total: number;
  readonly script: number;
}

/** What each page weighs with everything that it loads on its own, static imports of its scripts included. */
export function weightsIn(dir: string, base = "/"): (page: BuiltPage) => Promise<Weight> {
  const weights = new Map<string, Promise<number>>();
  // A thousand pages load the same few files.
  const weightOf = (file: string): Promise<number> => {
    const known = weights.get(file) ?? (file.endsWith(".js") ? scriptWeight(file) : plainWeight(file));
    weights.set(file, known);
    return known;
  };
  return async ({ elements, source }) => {
    const files = new Set<string>();
    for (const element of elements) {
      if (element.tagName === "script") files.add(attribute(element, "src") ?? "");
      const rel = attribute(element, "rel") ?? "";
      if (element.tagName === "link" && /stylesheet|preload|icon/u.test(rel))
        files.add(attribute(element, "href") ?? "");
    }
    let total = gzipSync(source).length;
    let script = 0;
    for (const file of files) {
      const size = await weightOf(join(dir, file.slice(base.length - 1)));
      total += size;
      if (file.endsWith(".js")) script += size;
    }
    return { total, script };
  };
}

/** Bytes of files over the wire with gzip, each by itself. */
export async function zippedSize(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(plainWeight));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function plainWeight(file: string): Promise<number> {
  const content = await readFile(file);
  return file.endsWith(".woff2") ? content.length : gzipSync(content).length;
}

async function scriptWeight(file: string, seen = new Set<string>()): Promise<number> {
  if (seen.has(file)) return 0;
  seen.add(file);
  const content = await readFile(file, "utf8");
  let size = gzipSync(content).length;
  for (const [, path] of content.matchAll(/(?:import|from)\s*["'](\.[^"']+)["']/gu)) {
    size += await scriptWeight(join(file, "..", path ?? ""), seen);
  }
  return size;
}
