import { describe, expect, it } from "vitest";
import { requireOperation } from "../../../specs/engine/catalog/lookup.ts";
import { resolvePointer } from "../../../specs/engine/catalog/pointer.ts";
import { codes, getThings, loadFiles, openapi } from "../spec-set.ts";

describe("a document one of whose files can't be used", () => {
  const other = (schema: unknown): object => ({
    get: {
      operationId: "other",
      responses: { 200: { description: "", content: { "application/json": { schema } } } },
    },
  });
  it.each([
    ["isn't there", {}, { $ref: "gone.yaml#/Thing" }, "spec.ref.missing"],
    ["is no YAML", { "broken.yaml": "a: 'open" }, { $ref: "broken.yaml#/Thing" }, "spec.document.syntax"],
    ["lacks the place", { "parts.yaml": "Thing: {}" }, { $ref: "parts.yaml#/Gone" }, "spec.ref.missing"],
  ])("stands without it where it %s", async (_, files, schema, code) => {
    const { catalog, findings } = await loadFiles({
      "api.json": openapi({ ...getThings(schema), "/other": other({ $ref: "sound.yaml#/Other" }) }),
      "sound.yaml": "Other: {type: string, minLength: 2}",
      ...files,
    });
    expect(codes(findings)).toEqual([`error ${code}`]);
    expect(catalog.operations.map(({ id }) => id)).toEqual(["listThings", "other"]);
    const [bound] = requireOperation(catalog, "other").responses;
    const ref = bound?.content["application/json"]?.schema;
    expect(resolvePointer(catalog.documents[0]?.content, ref?.pointer ?? "")).toMatchObject({ minLength: 2 });
  });

  it("takes no notice of what an extension refers to", async () => {
    const samples = { "x-codeSamples": [{ lang: "PHP", source: { $ref: "samples/a.php" } }] };
    const { findings, catalog } = await loadFiles({
      "api.json": openapi(getThings({ $ref: "sound.yaml#/Thing" }, samples)),
      "sound.yaml": "Thing: {type: string}",
    });
    expect(codes(findings)).toEqual([]);
    expect(catalog.operations).toHaveLength(1);
  });
});

describe("documents that are written oddly", () => {
  const yaml = [
    "openapi: 3.0.3",
    "info: {title: Odd, version: '1'}",
    "x-common: &common",
    "  '404': {description: Not there}",
    "paths:",
    "  /things:",
    "    get:",
    "      operationId: listThings",
    "      responses:",
    "        <<: *common",
    "        '200': {description: Things}",
    "    delete: &remove",
    "      operationId: clearThings",
    "      responses: {<<: [*common], '204': {description: Gone}}",
  ];
  it.each([
    ["merge keys", yaml.join("\n")],
    ["a byte order mark", `\uFEFF${yaml.join("\n")}`],
    ["lines that end as on Windows", yaml.join("\r\n")],
  ])("are read with %s", async (_, text) => {
    const { catalog, findings } = await loadFiles({ "api.yaml": text });
    expect(codes(findings)).toEqual([]);
    expect(
      catalog.operations.map(({ id, responses }) => [id, responses.map(({ status }) => status).sort()]),
    ).toEqual([
      ["listThings", ["200", "404"]],
      ["clearThings", ["204", "404"]],
    ]);
  });

  it("says how a document of the version before is converted", async () => {
    const { findings } = await loadFiles({ "api.yaml": "swagger: '2.0'\npaths: {}" });
    expect(findings).toMatchObject([
      { code: "spec.document.version", fix: expect.stringContaining("swagger2openapi") },
    ]);
  });
});
