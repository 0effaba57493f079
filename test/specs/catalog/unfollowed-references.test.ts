import { mkdir, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assertSound, loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { requireOperation } from "../../../specs/engine/catalog/lookup.ts";
import { resolvePointer } from "../../../specs/engine/catalog/pointer.ts";
import { codes, getThings, loadFiles, openapi, writeSpecs } from "../spec-set.ts";

describe("references that are never followed", () => {
  it.each([
    ["a URL", "http://127.0.0.1:1/x.yaml"],
    ["a URL without scheme", "//example.com/x.yaml"],
    ["a file URL", "file:///etc/hostname"],
    ["an absolute path", "/etc/hostname.yaml"],
    ["a path above the root", "../../outside.yaml#/a"],
    ["a path above the root in disguise", "inner/%2e%2e/../../../outside.yaml"],
    ["a drive letter", "C:/x.yaml"],
    ["backslashes", "..\\x.yaml"],
    ["a file that is no document", "./secrets.env"],
  ])("refuses %s", async (_, ref) => {
    const { catalog, findings } = await loadFiles({ "specs/api.json": openapi(getThings({ $ref: ref })) });
    expect(codes(findings)).toEqual(["error spec.ref.refused"]);
    expect(findings[0]).toMatchObject({
      document: "specs/api.json",
      pointer: "/paths/~1things/get/responses/200/content/application~1json/schema",
    });
    // What stood there says nothing; the rest of the document stands.
    expect(requireOperation(catalog, "listThings").responses[0]?.content["application/json"]?.schema).toEqual(
      { document: "specs/api.json", pointer: findings[0]?.pointer },
    );
    expect(resolvePointer(catalog.documents[0]?.content, findings[0]?.pointer ?? "")).toEqual({});
    expect(() => assertSound(findings)).toThrowError(
      expect.objectContaining({ code: "ECO_SPEC_REF_REFUSED" }),
    );
  });

  it("opens no socket for a URL", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const url = `http://127.0.0.1:${port}/x.yaml`;
    await loadFiles({
      "a.json": openapi(getThings({ $ref: url })),
      "b.json": openapi(getThings({ $ref: "./c.json" }), {
        examples: { far: { externalValue: url } },
        schemas: { Pet: { discriminator: { propertyName: "kind", mapping: { cat: url } } } },
      }),
      "c.json": { type: "string" },
    });
    await new Promise((resolve) => server.close(resolve));
    expect(connections).toBe(0);
  });

  it("refuses a symbolic link that leads out of the root", async () => {
    const root = await writeSpecs({
      "outside.yaml": "type: string",
      "specs/api.json": openapi(getThings({ $ref: "link/outside.yaml" })),
    });
    await mkdir(join(root, "specs/link"), { recursive: true });
    await symlink(join(root, "outside.yaml"), join(root, "specs/link/outside.yaml"));
    const { findings } = await loadCatalog(join(root, "specs"), { cacheDir: false });
    expect(codes(findings)).toEqual(["error spec.ref.refused"]);
  });

  it("takes a $ref inside an example for data", async () => {
    const paths = getThings({
      type: "object",
      example: { $ref: "http://example.com/x" },
      properties: { example: { type: "string" } },
    });
    expect((await loadFiles({ "api.json": openapi(paths) })).findings).toEqual([]);
  });

  it("looks at a property called example like at any other", async () => {
    const paths = getThings({ type: "object", properties: { example: { $ref: "http://example.com/x" } } });
    expect(codes((await loadFiles({ "api.json": openapi(paths) })).findings)).toEqual([
      "error spec.ref.refused",
    ]);
  });
});

describe("references that lead nowhere", () => {
  it.each([
    ["a file that isn't there", { $ref: "./missing.yaml" }, "spec.ref.missing"],
    ["a component that isn't there", { $ref: "#/components/schemas/Missing" }, "spec.ref.missing"],
    ["a circle of references", { $ref: "#/components/schemas/A" }, "spec.ref.circle"],
  ])("reports %s", async (_, schema, code) => {
    const schemas = { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } };
    const components = code === "spec.ref.circle" ? { schemas } : {};
    const { findings } = await loadFiles({ "api.json": openapi(getThings(schema), components) });
    expect(codes(findings)).toContain(`error ${code}`);
  });
});
