import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Finding } from "./finding.ts";
import type { SpecLocation } from "./source/discover.ts";
import type { Catalog, Operation, ResponseSpec } from "./types.ts";

/** What a load leaves behind. */
export interface LoadResult {
  readonly catalog: Catalog;
  readonly findings: readonly Finding[];
}

interface Entry extends Omit<LoadResult, "catalog"> {
  readonly stamp: string;
  /** Every file that was read, with the SHA-256 of its bytes. */
  readonly files: readonly (readonly [path: string, digest: string])[];
  readonly catalog: PackedCatalog;
}

/** A catalogue whose operations name their responses by number: many share them, and they would be most of its text. */
interface PackedCatalog extends Omit<Catalog, "operations"> {
  readonly operations: readonly PackedOperation[];
  readonly responses: readonly ResponseSpec[];
}

type PackedOperation = Omit<Operation, "responses"> & { readonly responses: readonly number[] };

function pack(catalog: Catalog): PackedCatalog {
  const responses: ResponseSpec[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (response: ResponseSpec): number => {
    const text = JSON.stringify(response);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, responses.length);
    return responses.push(response) - 1;
  };
  const operations = catalog.operations.map((operation) => ({
    ...operation,
    responses: operation.responses.map(numberOf),
  }));
  return { ...catalog, operations, responses };
}

/** Members in their order, too: what is made of a cached catalogue has the same bytes. */
function unpack({ responses, ...catalog }: PackedCatalog): Catalog {
  return {
    ...catalog,
    operations: catalog.operations.map((operation) => ({
      ...operation,
      responses: operation.responses.flatMap((number) => responses[number] ?? []),
    })),
  };
}

function entryPath(cacheDir: string, location: SpecLocation): string {
  // A single file and its directory are different spec sets with the same root.
  const single = location.candidates.length === 1 ? location.candidates[0] : "";
  const name = createHash("sha256").update(`${location.root}\0${single}`).digest("hex").slice(0, 24);
  return join(cacheDir, `catalog-${name}.json`);
}

/**
 * The compiled catalogue of an earlier load, if every source file still has the bytes it had then and the loader is the
 * same one. Anything odd about the entry means that there is none.
 */
export async function readCache(cacheDir: string, location: SpecLocation): Promise<LoadResult | undefined> {
  try {
    const entry = JSON.parse(await readFile(entryPath(cacheDir, location), "utf8")) as Entry;
    if (entry.stamp !== loaderStamp()) return undefined;
    const known = new Set(entry.files.map(([path]) => path));
    if (location.candidates.some((path) => !known.has(path))) return undefined;
    for (const [path, digest] of entry.files) {
      if (fileDigest(join(location.root, path)) !== digest) return undefined;
    }
    return { catalog: unpack(entry.catalog), findings: entry.findings };
  } catch {
    return undefined;
  }
}

export async function writeCache(
  cacheDir: string,
  location: SpecLocation,
  { catalog, findings }: LoadResult,
  read: Iterable<string>,
): Promise<void> {
  try {
    const files: [string, string][] = [];
    for (const path of new Set([...location.candidates, ...read])) {
      files.push([path, fileDigest(join(location.root, path))]);
    }
    const entry: Entry = { stamp: loaderStamp(), files, findings, catalog: pack(catalog) };
    await mkdir(cacheDir, { recursive: true });
    const target = entryPath(cacheDir, location);
    // Written beside and renamed: a reader sees the old entry or the new one, never half of it.
    const draft = `${target}.${process.pid}`;
    await writeFile(draft, JSON.stringify(entry), { mode: 0o600 });
    await rename(draft, target);
  } catch {
    // A cache that can't be written (a read-only checkout) costs time, nothing else.
  }
}

// Files are many and small: waiting for each takes longer than reading it.
function fileDigest(path: string): string {
  // Files over the reading limit are known by their size alone; they are refused whatever they hold.
  const { size } = statSync(path);
  if (size > 20_000_000) return `size:${size}`;
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

let stamp: string | undefined;

/** Changes with the loader's own files, so that a newer loader never trusts what an older one compiled. */
function loaderStamp(): string {
  if (stamp !== undefined) return stamp;
  const { dirname, filename } = import.meta;
  // In a bundle this file holds all of the loader, or names the chunks of it by their content.
  const names = filename.endsWith(".ts")
    ? readdirSync(dirname, { recursive: true, encoding: "utf8" }).sort()
    : [basename(filename)];
  const hash = createHash("sha256");
  for (const name of names) {
    const { size, mtimeMs } = statSync(join(dirname, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  stamp = hash.digest("hex");
  return stamp;
}
