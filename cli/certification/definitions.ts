import { join } from "node:path";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { CertificationOptions } from "../../specs/engine/certification/index.ts";
import { packageRoot } from "../../specs/engine/package-root.ts";
import { cacheDirectory } from "../config/paths.ts";

/**
 * The checks to certify by, where the spec set declares none: those that come with the toolkit; with their levels, unless
 * the spec set has levels of its own.
 */
export async function definitionsFor(
  catalog: Catalog,
): Promise<Pick<CertificationOptions, "definitions" | "levels">> {
  const { checkDefinitions, levelDefinitions } = await import("../../specs/engine/certification/index.ts");
  if (checkDefinitions(catalog).length > 0) return {};
  const { loadCatalog } = await import("../../specs/engine/catalog/load.ts");
  const directory = join(packageRoot(), "specs", "certification");
  const { catalog: own } = await loadCatalog(directory, { cacheDir: cacheDirectory() });
  const levels = levelDefinitions(catalog);
  return { definitions: checkDefinitions(own), levels: levels.length > 0 ? levels : levelDefinitions(own) };
}
