import type { Catalog } from "../specs/engine/catalog/types.ts";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { counted } from "./output/counted.ts";
import type { Output } from "./output/output.ts";

/**
 * A spec set to be compared with another. What the loader had to leave out isn't compared, and that is said.
 * @throws EcoError ECO_SPEC_INVALID where nothing of it can be read
 */
export async function loadToCompare(path: string, out: Output): Promise<Catalog> {
  const { loadCatalog } = await import("../specs/engine/catalog/load.ts");
  const { catalog, findings } = await loadCatalog(path, { cacheDir: false });
  const errors = findings.filter(({ severity }) => severity === "error");
  if (catalog.documents.length === 0)
    throw new EcoError("ECO_SPEC_INVALID", `Nothing at ${path} can be read: ${errors[0]?.message ?? ""}`);
  if (errors.length > 0)
    out.warn(
      `${path} has ${counted(errors.length, "error")}; the parts that they name are left out of the comparison. \`eco specs lint\` lists them.`,
    );
  return catalog;
}
