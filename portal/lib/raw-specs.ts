import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";

export interface RawFile {
  /** Path in the spec set, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  read(): Promise<Buffer>;
}

/** Code and generated files lie beside the documents in this repository; only documents are published. */
const SKIPPED = new Set(["node_modules", "engine", "generated"]);

/** Every document of the spec set, byte for byte, in order of path. `root` may be a single file. */
export async function rawFiles(root: string): Promise<readonly RawFile[]> {
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
  return { path, bytes: content.length, sha256, read: () => readFile(file) };
}
