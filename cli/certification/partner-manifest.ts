import type { PartnerManifest } from "../../specs/engine/certification/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import schema from "../../specs/schemas/partner-manifest.schema.json" with { type: "json" };
import { readYaml } from "../read-file.ts";
import { schemaPlaces } from "../schema-places.ts";

/**
 * What a partner declares about itself, from a YAML or JSON file.
 * @throws EcoError `ECO_INPUT_INVALID` that names every place which breaks the schema
 */
export async function readManifest(path: string): Promise<PartnerManifest> {
  const { createAjv } = await import("../../specs/engine/catalog/schemas/ajv.ts");
  const validate = createAjv().compile<PartnerManifest>(schema);
  const content = await readYaml(path);
  if (validate(content)) return content;
  const places = schemaPlaces(validate.errors, "the manifest");
  throw new EcoError("ECO_INPUT_INVALID", `${path} is no partner manifest: ${places}.`, {
    fix: "Give it an `id`, and what you implement; specs/schemas/partner-manifest.schema.json describes every field.",
  });
}
