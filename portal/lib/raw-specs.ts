import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Catalog } from "../../specs/engine/catalog/types.ts";

export interface SpecSet {
  /** Its folder, or its one file. */
  readonly root: string;
  readonly catalog: Pick<Catalog, "documents">;
}

export interface RawFile {
  /** Path in the spec set, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  readonly content: Buffer;
}

/** Code and generated files lie beside the documents in this repository; only documents are published. */
const SKIPPED = new Set(["node_modules", "engine", "generated"]);

let read: { readonly root: string; readonly files: Promise<readonly RawFile[]> } | undefined;

/**
 * Every document of the spec set, byte for byte, in order of path. They are read once: what is shown and what its digest is
 * of are the same bytes, whatever is saved while pages are made.
 */
export function rawFiles(specs: SpecSet): Promise<readonly RawFile[]> {
  const { root } = specs;
  if (read?.root !== root) read = { root, files: readFiles(specs) };
  return read.files;
}

async function readFiles({ root, catalog }: SpecSet): Promise<readonly RawFile[]> {
  if ((await stat(root)).isFile()) return [await rawFile(root, root.split(sep).at(-1) ?? "spec")];
  const names = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = names
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/u.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .split(sep)
        .join("/"),
    )
    .filter((path) => !path.split("/").some((part) => SKIPPED.has(part) || part.startsWith(".")));
  const files = await Promise.all(paths.sort().map((path) => rawFile(join(root, path), path)));
  return belonging(files, catalog);
}

/** Documents, schemas, scenarios and the like say what they are. */
const SAYS_WHAT_IT_IS = /(?:^|[\s{,])["']?(?:\$schema|openapi|asyncapi|arazzo|ecoVersion)["']?\s*:/u;
const HEAD = 2_000;

/**
 * Files that belong to the set: its documents and what they refer to, as the loader found them, what names its schema, and
 * kept releases. A folder that people work in has others, such as saved states and settings with secrets, and what is
 * published can't be taken back.
 */
function belonging(files: readonly RawFile[], catalog: SpecSet["catalog"]): readonly RawFile[] {
  const wanted = new Set(
    files
      .filter(({ path, content }) => {
        const isRelease = path.startsWith("releases/");
        return isRelease || SAYS_WHAT_IT_IS.test(content.subarray(0, HEAD).toString("utf8"));
      })
      .map(({ path }) => path),
  );
  for (const { path, files: others = [] } of catalog.documents)
    for (const each of [path, ...others]) wanted.add(each);
  return files.filter(({ path }) => wanted.has(path));
}

async function rawFile(file: string, path: string): Promise<RawFile> {
  const content = await readFile(file);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { path, bytes: content.length, sha256, content };
}
