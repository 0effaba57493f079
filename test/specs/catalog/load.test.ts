import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatFinding, loadCatalog } from "../../../specs/engine/catalog/load.ts";
import {
  documentsOf,
  operationById,
  requireOperation,
  schemaAt,
} from "../../../specs/engine/catalog/lookup.ts";
import { codes, getThings, loadFiles, openapi, writeSpecs } from "../spec-set.ts";

describe("a spec set", () => {
  it("is known by content, whatever the files are called", async () => {
    const { catalog, findings } = await loadFiles({
      "one.yaml":
        "# a comment\ninfo: {title: One, version: '1'}\nopenapi: 3.0.3\npaths:\n  /a:\n    get: {responses: {200: {description: ok}}}\n",
      "deep/er/two.json": { info: { title: "Events", version: "1" }, asyncapi: "3.0.0", channels: {} },
      "notes.yaml": "title: openapi is mentioned here",
      "list.json": [1, 2],
    });
    expect(catalog.documents.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      "deep/er/two.json asyncapi",
      "one.yaml openapi",
    ]);
    expect(codes(findings)).toEqual(["warning spec.asyncapi.empty"]);
  });

  it("is bundled from several files, recursion kept as a reference", async () => {
    const { catalog, findings } = await loadFiles({
      "openapi.yaml": [
        "openapi: 3.1.0",
        "info: {title: Multi, version: '1'}",
        "paths:",
        "  /things/{id}:",
        "    $ref: paths/things.yaml",
      ].join("\n"),
      "paths/things.yaml": [
        "parameters:",
        "  - $ref: ../shared/parameters.json#/id",
        "get:",
        "  operationId: getThing",
        "  responses:",
        "    200:",
        "      description: ok",
        "      content: {application/json: {schema: {$ref: '../shared/Thing.yaml'}}}",
      ].join("\n"),
      "shared/parameters.json": {
        id: { name: "id", in: "path", required: true, schema: { type: "string" } },
      },
      "shared/Thing.yaml": "type: object\nproperties:\n  parts: {type: array, items: {$ref: Thing.yaml}}",
    });
    expect(findings).toEqual([]);
    expect(catalog.documents).toHaveLength(1);
    const operation = requireOperation(catalog, "getThing");
    expect(operation.parameters).toMatchObject([{ name: "id", in: "path", required: true }]);
    const schema = operation.responses[0]?.content["application/json"]?.schema;
    expect(schema).toEqual({ document: "openapi.yaml", pointer: "/components/schemas/Thing" });
    expect(JSON.stringify(schema && schemaAt(catalog, schema))).toContain("#/components/schemas/Thing");
    const [{ files, content } = { files: [], content: {} }] = catalog.documents;
    expect(files).toEqual(["paths/things.yaml", "shared/Thing.yaml", "shared/parameters.json"]);
    expect(JSON.stringify([content, catalog.operations])).not.toContain("Thing.yaml");
  });

  it("is bundled where whole maps, a response called default and examples stand in files of their own", async () => {
    const { catalog, findings } = await loadFiles({
      "openapi.yaml": [
        "openapi: 3.0.3",
        "info: {title: Split, version: '1'}",
        "paths:",
        "  /things:",
        "    get: {$ref: things/list.yml}",
      ].join("\n"),
      "things/list.yml": [
        "operationId: listThings",
        "responses:",
        "  default: {$ref: responses.yml#/all}",
      ].join("\n"),
      "things/responses.yml": [
        "all:",
        "  description: ok",
        "  content:",
        "    application/json:",
        "      schema: {type: object, properties: {$ref: properties.yml#/thing}}",
        "      example: {$ref: examples.yml#/one}",
      ].join("\n"),
      "things/properties.yml": "thing: {name: {type: string}}",
      "things/examples.yml": "one: {name: a chair}",
    });
    expect(findings).toEqual([]);
    const media = requireOperation(catalog, "listThings").responses[0]?.content["application/json"];
    expect(media?.schema && schemaAt(catalog, media.schema)).toMatchObject({
      properties: { name: { type: "string" } },
    });
    expect(media?.examples["default"]).toEqual({ name: "a chair" });
  });

  it("can be one file", async () => {
    const root = await writeSpecs({ "a.json": openapi(getThings({ type: "array" })), "b.json": openapi({}) });
    const { catalog } = await loadCatalog(join(root, "a.json"), { cacheDir: false });
    expect(catalog.documents.map((document) => document.path)).toEqual(["a.json"]);
  });

  it("gets a manifest made up where it has none", async () => {
    const scheme = {
      type: "oauth2",
      flows: { clientCredentials: { tokenUrl: "/token", scopes: { "things:read": "x" } } },
    };
    const { catalog } = await loadFiles({
      "a.json": openapi(
        getThings({}, { security: [{ auth: ["things:read"] }] }),
        { securitySchemes: { auth: scheme } },
        { info: { title: "Roaming Hub!", version: "1" } },
      ),
    });
    expect(catalog.ecosystem).toMatchObject({
      id: "roaming-hub",
      title: "Roaming Hub!",
      orchestrator: "roaming-hub",
      timeZone: "UTC",
    });
    expect(catalog.ecosystem.roles.find((role) => role.id === "partner")?.scopes).toEqual(["things:read"]);
    expect(operationById(catalog, "listThings")?.security).toMatchObject([
      [{ scheme: { type: "oauth2", tokenUrl: "/token", scopes: ["things:read"] }, scopes: ["things:read"] }],
    ]);
  });

  it("has the same digest from YAML and JSON, and another after any change", async () => {
    const json = openapi(getThings({ type: "array" }));
    const one = await loadFiles({ "api.json": json });
    const two = await loadFiles({ "api.json": JSON.stringify(json) });
    const three = await loadFiles({ "api.json": openapi(getThings({ type: "object" })) });
    expect(one.catalog.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(two.catalog.digest).toBe(one.catalog.digest);
    expect(three.catalog.digest).not.toBe(one.catalog.digest);
  });
});

describe("our own documents", () => {
  it("are checked against the schema of their kind, with the line of each violation", async () => {
    const { catalog, findings } = await loadFiles({
      "metrics.yaml": 'ecoVersion: "1"\nkind: metrics\nid: m\nunknown: 1\n',
    });
    expect(documentsOf(catalog, "metrics")).toHaveLength(1);
    expect(new Set(codes(findings))).toEqual(new Set(["error spec.metrics.schema"]));
    expect(findings.some((finding) => finding.message.includes("unknown"))).toBe(true);
  });
  it("can't have one id and version twice", async () => {
    const card = 'ecoVersion: "1"\nkind: metrics\nid: m\nversion: 1.0.0\n';
    const { findings } = await loadFiles({ "a.yaml": card, "b.yaml": card });
    expect(codes(findings)).toContain("error spec.document.duplicate");
  });
  it("can't have a party, a client id or a secret twice: a sandbox could not begin with them", async () => {
    const persona = { party: "inn", clientId: "inn", clientSecret: "a secret of the inn" };
    const inn = { id: "inn", name: "The Inn", role: "customer" };
    const manifest = {
      ecoVersion: "1",
      kind: "ecosystem",
      id: "islands",
      parties: [inn, { ...inn, id: "pier" }, inn],
      testData: { personas: [persona, persona] },
    };
    const { findings } = await loadFiles({ "ecosystem.yaml": JSON.stringify(manifest) });
    const twice = findings.filter(({ code }) => code === "spec.ecosystem.duplicate-id");
    expect(twice.map(({ severity, pointer }) => [severity, pointer])).toEqual([
      ["error", "/parties/2/id"],
      ["error", "/testData/personas/1/clientId"],
      ["error", "/testData/personas/1/clientSecret"],
    ]);
  });
});

it("prints a finding as linters do", async () => {
  const { findings } = await loadFiles({ "api.yaml": "openapi: 3.1.0\npaths:\n  a: {}\n" });
  expect(findings.map(formatFinding)).toEqual([
    "api.yaml:3:3 error spec.openapi.path: The path a doesn't start with a slash. Write a slash first.",
  ]);
});
