import { join } from "node:path";
import { EcoError } from "../errors/index.ts";
import { type LoadResult, readCache, writeCache } from "./cache.ts";
import { locateSpecs } from "./source/discover.ts";

export interface LoadOptions {
  /** Where compiled catalogues are kept; `false` for nowhere. Default `.eco/cache` in the working directory. */
  readonly cacheDir?: string | false;
}

/**
 * Loads a spec set: a directory with OpenAPI 3.0 to 3.2, AsyncAPI 3, Arazzo 1.0 and our own documents, or one OpenAPI
 * file. Documents are known by their content. What is wrong with them comes back as findings: errors name parts that
 * were left out (`assertSound` turns them into an EcoError), warnings what was worked around.
 *
 * @throws EcoError `ECO_FILE_UNREADABLE`, `ECO_SPEC_EMPTY`, `ECO_SPEC_TOO_LARGE` when there is nothing to load.
 */
export async function loadCatalog(path: string, options: LoadOptions = {}): Promise<LoadResult> {
  const location = await locateSpecs(path);
  const cacheDir = options.cacheDir ?? join(".eco", "cache");
  if (cacheDir !== false) {
    const cached = await readCache(cacheDir, location);
    if (cached !== undefined) return cached;
  }
  // What reads and compiles documents is a good part of a program's start, and a catalogue in the cache needs none of it.
  const { compileSpecs } = await import("./compile.ts");
  const { catalog, findings, read } = await compileSpecs(location);
  if (catalog.documents.length === 0 && findings.length === 0) {
    throw new EcoError("ECO_SPEC_EMPTY", `Nothing at ${path} is an OpenAPI, AsyncAPI or Arazzo document.`);
  }
  const result: LoadResult = { catalog, findings };
  if (cacheDir !== false) await writeCache(cacheDir, location, result, read);
  return result;
}

export type { LoadResult } from "./cache.ts";
export { assertSound, assertUsable, type Finding, formatFinding } from "./finding.ts";
export { isUnread } from "./lint/unread.ts";
