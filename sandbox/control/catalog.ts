import type { Catalog } from "../../specs/engine/catalog/types.ts";
import document from "../../specs/generated/control-api.catalog.json" with { type: "json" };

/** The control API, as the catalogue's own compiler made it from its document. */
export const controlCatalog = document as unknown as Catalog;
