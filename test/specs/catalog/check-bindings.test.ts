import { describe, expect, it } from "vitest";
import { operationsByCapability } from "../../../specs/engine/catalog/lookup.ts";
import { codes, loadFiles, openapi } from "../spec-set.ts";

describe("bindings", () => {
  const bound = (
    bind: object,
    body: object = {
      type: "object",
      properties: { cdr: { type: "object", properties: { kwh: { type: "number" } } } },
    },
  ): object =>
    openapi({
      "/cdrs/{country}": {
        post: {
          operationId: "postCdr",
          parameters: [{ name: "country", in: "path", required: true, schema: {} }],
          "x-eco-capability": "deliveries.submit",
          "x-eco-bind": bind,
          requestBody: { content: { "application/json": { schema: body } } },
          responses: {
            201: {
              description: "x",
              content: { "application/json": { schema: { type: "object", properties: { id: {} } } } },
            },
          },
        },
      },
    });
  it.each([
    [
      {
        request: {
          "usage.kwh": "$request.body#/cdr/kwh",
          country: "$request.path.country",
          product: { const: "charging" },
        },
        response: { "/id": "id" },
      },
      [],
    ],
    [{ request: { "usage.kwh": "$request.body#/cdr/kWh" } }, ["error spec.bind.unknown"]],
    [{ request: { country: "$request.query.country" } }, ["error spec.bind.unknown"]],
    [{ request: { key: "$request.header.Authorization" } }, []],
    [{ request: { key: "$request.cookie.x" } }, ["error spec.bind.expression"]],
    [{ request: { key: "body.x" } }, ["error spec.bind.expression"]],
    [{ request: { key: 5 } }, ["error spec.bind.expression"]],
    [{ response: { "/gone": "id" } }, ["error spec.bind.unknown"]],
    [{ response: { id: "id" } }, ["error spec.bind.expression"]],
    [{ response: { "/set//yen": "id" } }, ["error spec.bind.expression"]],
    [{ response: { "/set/": "id" } }, ["error spec.bind.expression"]],
    [{ request: { "parts.*.kwh": "$request.body#/cdr/kwh" } }, ["error spec.bind.list"]],
    [{ response: { "/id": "items.*.id" } }, ["error spec.bind.list"]],
    [{ answer: {} }, ["error spec.bind.shape"]],
    ["request", ["error spec.bind.shape"]],
  ])("are checked: %j", async (bind, want) => {
    const { findings } = await loadFiles({ "api.json": bound(bind as object) });
    expect(codes(findings)).toEqual(want);
  });

  it("let an operation be found by its capability", async () => {
    const { catalog } = await loadFiles({
      "api.json": bound({ request: { country: "$request.path.country" } }),
    });
    expect(operationsByCapability(catalog, "deliveries.submit").map(({ id }) => id)).toEqual(["postCdr"]);
    expect(operationsByCapability(catalog, "none")).toEqual([]);
  });

  it("accept any field of a free-form object", async () => {
    const { findings } = await loadFiles({
      "api.json": bound(
        { request: { id: "$request.body#/any/thing" } },
        { type: "object", additionalProperties: true },
      ),
    });
    expect(findings).toEqual([]);
  });
});
