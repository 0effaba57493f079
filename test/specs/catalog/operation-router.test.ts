import { describe, expect, it } from "vitest";
import { OperationRouter } from "../../../specs/engine/catalog/routes/operation-router.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { readRecording } from "../../../specs/engine/certification/client/recording.ts";
import { loadFiles, openapi } from "../spec-set.ts";

const operation = (operationId: string, parameters: readonly object[] = []) => ({
  operationId,
  parameters,
  responses: { 204: { description: "Done" } },
});
const parameter = (place: "path" | "query", name: string) => ({
  name,
  in: place,
  required: true,
  schema: { type: "string" },
});

async function operationsOfOneRoute(): Promise<Catalog> {
  const { catalog } = await loadFiles({
    "api.json": openapi({
      "/?action=list": { get: operation("list") },
      "/?action=drop": { get: operation("drop") },
      "/files/{file}": { put: operation("replace", [parameter("path", "file")]) },
      "/files/{file_id}#link": {
        put: operation("link", [parameter("path", "file_id"), parameter("query", "link")]),
      },
      "/files/{name}#again": { put: operation("again", [parameter("path", "name")]) },
    }),
  });
  return catalog;
}

describe("an operation among those of one route", () => {
  it.each([
    ["GET", "/?action=list", "list", {}],
    ["GET", "/?action=drop", "drop", {}],
    ["GET", "/?action=other", undefined, {}],
    ["PUT", "/files/a%20b", "replace", { file: "a b" }],
    ["PUT", "/files/7?link=x", "link", { file_id: "7" }],
    ["PUT", "/files/%E0%A4%A", undefined, {}],
  ])("%s %s is %s, in a sandbox as in a recording", async (method, target, id, path) => {
    const catalog = await operationsOfOneRoute();
    const url = new URL(target, "http://api.example");
    expect(new OperationRouter(catalog.operations).operationOf(method, url)?.id).toBe(id);
    const request = { method, url: url.href, headers: {} };
    const [observed] = readRecording(catalog, [{ atMs: 0, durationMs: 0, request }]);
    expect([observed?.operation?.id, observed?.path]).toEqual([id, path]);
  });

  it("is known to be hidden where no request can mean it", async () => {
    const catalog = await operationsOfOneRoute();
    const router = new OperationRouter(catalog.operations);
    const hidden = catalog.operations.map((one) => [one.id, router.hiddenBehind(one)?.id]);
    expect(hidden.filter(([, other]) => other !== undefined)).toEqual([["again", "replace"]]);
  });
});

describe("an operation of a document with several servers", () => {
  const routerOf = async (): Promise<OperationRouter> => {
    const servers = ["https://api.example/v2", "//test.example/v2", "https://test.example/trial/v2"];
    const thing = (id: string) => ({ get: operation(id, [parameter("path", "id")]) });
    const { catalog } = await loadFiles({
      "api.json": openapi(
        { "/things/{id}": thing("thing"), "/{id}/trial": { ...thing("trial"), servers: [{ url: "/" }] } },
        {},
        { servers: servers.map((url) => ({ url })) },
      ),
    });
    return new OperationRouter(catalog.operations);
  };

  it.each([
    ["/v2/things/7", "thing"],
    ["/trial/v2/things/7", "thing"],
    ["/things/7", undefined],
    ["/v3/things/7", undefined],
    // What one operation has at its first server comes before what another has at its second.
    ["/v2/trial", "trial"],
  ])("is reached below the base path of each: %s", async (path, id) => {
    const router = await routerOf();
    expect(router.operationOf("GET", new URL(path, "http://127.0.0.1"))?.id).toBe(id);
  });

  it("is found for a path that lacks the base path", async () => {
    const router = await routerOf();
    expect(router.belowBase("GET", "/things/7")).toBe("/v2/things/7");
    expect(router.belowBase("POST", "/things/7")).toBe(undefined);
    expect(router.belowBase("GET", "/nothing/7")).toBe(undefined);
  });
});
