import type { Catalog } from "../specs/engine/catalog/types.ts";
import { cacheDirectory } from "./config/paths.ts";
import type { Settings } from "./config/settings.ts";
import type { Output } from "./output/output.ts";

/** The spec set of the settings, compiled; from the cache where its sources have not changed. */
export async function openCatalog(settings: Settings, out: Output): Promise<Catalog> {
  const { loadCatalog } = await import("../specs/engine/catalog/load.ts");
  const { catalog, findings } = await loadCatalog(settings.specs.value, { cacheDir: cacheDirectory() });
  const errors = findings.filter((finding) => finding.severity === "error").length;
  if (errors > 0)
    out.warn(`The spec set has ${errors} error${errors === 1 ? "" : "s"}: \`eco specs lint\` lists them.`);
  return catalog;
}
