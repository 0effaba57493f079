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
