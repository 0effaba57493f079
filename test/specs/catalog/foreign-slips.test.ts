import { describe, expect, it } from "vitest";
import { writeRequest } from "../../../specs/engine/catalog/exchange/bind.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { requireOperation } from "../../../specs/engine/catalog/lookup.ts";
import { codes, getThings, loadFiles, openapi, writeSpecs } from "../spec-set.ts";

const ok = { description: "ok" };

describe("what documents of others have beside the standard", () => {
  it("reads maps that are references as a whole", async () => {
    const { catalog, findings } = await loadFiles({
      "api.json": openapi(
        {
          "/a": {
            get: {
              operationId: "a",
              responses: {
                200: {
                  ...ok,
                  content: { $ref: "#/components/x-content" },
                  headers: { $ref: "#/components/x-headers" },
                },
              },
            },
          },
        },
        {
          "x-content": { "application/json": { schema: { type: "string" } } },
          "x-headers": { "X-A": { schema: { type: "string" } } },
        },
      ),
    });
    expect(codes(findings)).toEqual([]);
    const [response] = requireOperation(catalog, "a").responses;
    expect(Object.keys(response?.content ?? {})).toEqual(["application/json"]);
    expect(Object.keys(response?.headers ?? {})).toEqual(["X-A"]);
  });

  it("takes a reference inside an extension for data, wherever it leads", async () => {
    const more = {
      "x-topics": [
        { content: { $ref: "./docs/start.md" } },
        { $ref: "http://127.0.0.1:1/x" },
        { $ref: "#/no" },
      ],
    };
    const { catalog, findings } = await loadFiles({
      "api.json": openapi(getThings({ type: "string" }), {}, more),
    });
    expect(codes(findings)).toEqual([]);
    expect(catalog.operations).toHaveLength(1);
  });

  it("draws a description in Markdown into the document", async () => {
    const { catalog, findings } = await loadFiles({
      "api.json": openapi(
        getThings({ type: "string" }),
        {},
        { tags: [{ name: "t", description: { $ref: "docs/t.md" } }] },
      ),
      "docs/t.md": "# T\n\n{{[[{{ no YAML: at all",
    });
    expect(codes(findings)).toEqual([]);
    expect(catalog.documents[0]?.content["tags"]).toEqual([
      { name: "t", description: "# T\n\n{{[[{{ no YAML: at all" },
    ]);
  });

  it("says which directory to name where one file leads to its neighbour's", async () => {
    const root = await writeSpecs({
      "api/a.json": openapi(getThings({ $ref: "../common/x.json" })),
      "common/x.json": { type: "string" },
    });
    const { findings } = await loadCatalog(`${root}/api/a.json`, { cacheDir: false });
    expect(findings[0]).toMatchObject({
      code: "spec.ref.refused",
      fix: expect.stringContaining("--specs <directory>"),
    });
    expect((await loadCatalog(root, { cacheDir: false })).findings).toEqual([]);
  });

  it("keeps the query of a path in the requests that are written for it", async () => {
    const { catalog } = await loadFiles({
      "api.json": openapi({ "/x?action=list": { get: { operationId: "x", responses: { 200: ok } } } }),
    });
    expect(writeRequest(requireOperation(catalog, "x"), {})).toMatchObject({
      path: "/x",
      search: "?action=list",
    });
  });

  it("leaves out a path parameter that the path has no place for", async () => {
    const parameters = [{ name: "gone", in: "path", required: true, schema: { type: "string" } }];
    const { catalog, findings } = await loadFiles({
      "api.json": openapi(getThings({ type: "string" }, { parameters })),
    });
    expect(codes(findings)).toEqual(["warning spec.openapi.path-parameter"]);
    expect(requireOperation(catalog, "listThings").parameters).toEqual([]);
  });
});
