import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { EcoError } from "../../../specs/engine/errors/index.ts";
import { codes, getThings, loadFiles, openapi, writeSpecs } from "../spec-set.ts";

describe("documents that can't be read", () => {
  it.each([
    [
      "JSON with a missing brace",
      "api.json",
      '{\n  "openapi": "3.1.0",\n  "info": {',
      "spec.document.syntax",
    ],
    [
      "YAML with a bad indentation",
      "api.yaml",
      "openapi: 3.1.0\ninfo:\n  title: x\n version: 1",
      "spec.document.syntax",
    ],
    ["Swagger 2.0", "api.json", '{"swagger":"2.0"}', "spec.document.version"],
    ["AsyncAPI 2", "events.yaml", "asyncapi: 2.6.0", "spec.document.version"],
    ["another ecoVersion", "card.yaml", 'ecoVersion: "9"\nkind: rate-card', "spec.document.version"],
    ["an unknown kind", "card.yaml", 'ecoVersion: "1"\nkind: price-list', "spec.document.version"],
  ])("refuses %s with its place", async (_, name, text, code) => {
    const { findings } = await loadFiles({ [name]: text });
    expect(codes(findings)).toEqual([`error ${code}`]);
    expect(findings[0]?.document).toBe(name);
    expect(findings[0]?.fix).not.toBe("");
  });

  it("says where the syntax breaks", async () => {
    const { findings } = await loadFiles({ "api.yaml": "openapi: 3.1.0\ninfo:\n  title: x\n  - y" });
    expect(findings[0]?.line).toBeGreaterThan(1);
  });

  it("says that a directory holds no document", async () => {
    const root = await writeSpecs({ "notes.yaml": "hello: world", "data.json": "[1]" });
    await expect(loadCatalog(root, { cacheDir: false })).rejects.toMatchObject({ code: "ECO_SPEC_EMPTY" });
  });

  it("says that there is nothing at the path", async () => {
    await expect(loadCatalog("/nowhere/at/all")).rejects.toBeInstanceOf(EcoError);
    await expect(loadCatalog("/nowhere/at/all")).rejects.toMatchObject({ code: "ECO_FILE_UNREADABLE" });
  });

  it("says that a single file is no OpenAPI document", async () => {
    const root = await writeSpecs({ "notes.yaml": "hello: world" });
    const { findings } = await loadCatalog(join(root, "notes.yaml"), { cacheDir: false });
    expect(codes(findings)).toEqual(["error spec.document.unknown"]);
  });
});

it("leaves keys called __proto__ out and pollutes nothing", async () => {
  const text = `{"openapi":"3.1.0","__proto__":{"polluted":true},"paths":{"/a":{"get":{"__proto__":{"polluted":true},"responses":{"200":{"description":"x"}}}}}}`;
  const { catalog, findings } = await loadFiles({
    "api.json": text,
    "api2.yaml": "openapi: 3.1.0\n__proto__:\n  polluted: true\npaths: {}",
  });
  expect(codes(findings)).toContain("warning spec.document.key");
  expect(catalog.operations).toHaveLength(1);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(JSON.stringify(catalog)).not.toContain("polluted");
});

it("skips what isn't a file of its own kind", async () => {
  const root = await writeSpecs({ "api.json": openapi(getThings({ type: "array" })) });
  await writeFile(join(root, "binary.json"), Buffer.from([0, 159, 146, 150]));
  await mkdir(join(root, "node_modules/x"), { recursive: true });
  await writeFile(join(root, "node_modules/x/api.yaml"), "openapi: 3.1.0");
  const { catalog, findings } = await loadCatalog(root, { cacheDir: false });
  expect(findings).toEqual([]);
  expect(catalog.documents.map((document) => document.path)).toEqual(["api.json"]);
});

describe("a key that is given twice", () => {
  const twice = '{"title":"Mine","version":"1","title":"Yours"}';
  it.each([
    ["JSON", "api.json", `{"openapi":"3.1.0","info":${twice},"paths":{}}`, 1],
    ["JSON, deep down", "api.json", `{"openapi":"3.1.0",\n"x-a":[[{"b":${twice}}]]}`, 2],
    ["JSON, by an escape", "api.json", '{"openapi":"3.1.0","a":1,\n"\\u0061":2}', 2],
    ["YAML", "api.yaml", "openapi: 3.1.0\ninfo: { title: Mine }\ninfo: { title: Yours }", 3],
    ["YAML, as a number and as a text", "api.yaml", "openapi: 3.1.0\nx-a:\n  200: a\n  '200': b", 4],
  ])("is refused in %s, with its place", async (_what, path, text, line) => {
    const { catalog, findings } = await loadFiles({ [path]: text });
    expect(findings).toMatchObject([
      {
        severity: "error",
        code: "spec.document.syntax",
        document: path,
        line,
        message: expect.stringMatching(/unique/),
      },
    ]);
    expect(catalog.documents).toEqual([]);
  });
});
