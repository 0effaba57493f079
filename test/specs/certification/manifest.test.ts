import { expect, it } from "vitest";
import { resolvePointer } from "../../../specs/engine/catalog/pointer.ts";
import schema from "../../../specs/schemas/partner-manifest.schema.json" with { type: "json" };
import { loadedSpecs } from "../../support/specs.ts";

it("is the same to a file and to the API that takes it with a submission", async () => {
  const { catalog } = await loadedSpecs();
  const api = catalog.documents.find(({ path }) => path === "openapi/partner-api.yaml");
  const taken = resolvePointer(api?.content, "/components/schemas/PartnerManifest") as {
    readonly properties: object;
    readonly additionalProperties: unknown;
  };
  expect(Object.keys(taken.properties).sort()).toEqual(Object.keys(schema.properties).sort());
  expect(taken.additionalProperties).toBe(schema.additionalProperties);
  expect(resolvePointer(api?.content, "/components/schemas/CertificationPart/enum")).toEqual(
    schema.properties.parts.items.enum,
  );
});
