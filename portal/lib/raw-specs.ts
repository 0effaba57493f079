import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";

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
 * Every document of the spec set, byte for byte, in order of path. `root` may be a single file. They are read once: what is
 * shown and what its digest is of are the same bytes, whatever is saved while pages are made.
 */
export function rawFiles(root: string): Promise<readonly RawFile[]> {
  if (read?.root !== root) read = { root, files: readFiles(root) };
  return read.files;
}

async function readFiles(root: string): Promise<readonly RawFile[]> {
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
  return Promise.all(paths.sort().map((path) => rawFile(join(root, path), path)));
}

async function rawFile(file: string, path: string): Promise<RawFile> {
  const content = await readFile(file);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { path, bytes: content.length, sha256, content };
}
