import { describe, expect, it } from "vitest";
import { codes, getThings, loadFiles, openapi } from "../spec-set.ts";

const answer = { 200: { description: "ok" } };

describe("operations", () => {
  it.each([
    [[{ url: "https://api.example.com/v1/" }], "/v1/things"],
    [[{ url: "/base" }], "/base/things"],
    [
      [
        {
          url: "https://{host}:{port}/{version}",
          variables: { host: { default: "h" }, port: { default: "1" }, version: { default: "v2" } },
        },
      ],
      "/v2/things",
    ],
    [[{ url: "https://example.com" }, { url: "https://example.com/other" }], "/things"],
    [[], "/things"],
    [undefined, "/things"],
    [[{ url: "{missing}/x" }], "/x/things"],
    [[{ url: "//example.com/v3" }], "/v3/things"],
  ])("take their base path from the first server: %j", async (servers, want) => {
    const { catalog } = await loadFiles({
      "api.json": openapi(getThings({}), {}, servers === undefined ? {} : { servers }),
    });
    expect(catalog.operations[0]).toMatchObject({ path: want, template: "/things" });
  });

  it("inherit parameters, servers and security, and override them", async () => {
    const parameter = (name: string, description: string): object => ({
      name,
      in: "query",
      description,
      schema: { type: "string" },
    });
    const { catalog } = await loadFiles({
      "api.json": openapi(
        {
          "/a": {
            servers: [{ url: "/path" }],
            parameters: [
              parameter("x", "path"),
              parameter("y", "path"),
              { name: "Accept", in: "header", schema: {} },
            ],
            get: { operationId: "a", parameters: [parameter("x", "own")], responses: answer },
            put: { operationId: "b", servers: [{ url: "/own" }], security: [], responses: answer },
          },
        },
        { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } },
        { servers: [{ url: "/root" }], security: [{ key: [] }] },
      ),
    });
    const [a, b] = catalog.operations;
    expect(a?.parameters.map(({ name, description }) => `${name} ${description}`)).toEqual([
      "x own",
      "y path",
    ]);
    expect([a?.path, b?.path]).toEqual(["/path/a", "/own/a"]);
    expect(a?.security).toEqual([
      [
        {
          scheme: { name: "key", type: "apiKey", in: "header", parameterName: "X-Key", scopes: [] },
          scopes: [],
        },
      ],
    ]);
    expect(b?.security).toEqual([]);
  });

  it("are named by method and path where they have no id", async () => {
    const { catalog } = await loadFiles({
      "api.json": openapi({ "/a/{b}": { delete: { responses: answer } } }),
    });
    expect(catalog.operations[0]?.id).toBe("DELETE /a/{b}");
  });

  it.each([
    [
      "an id twice in one document",
      {
        "a.json": openapi({
          "/a": {
            get: { operationId: "x", responses: answer },
            put: { operationId: "x", responses: answer },
          },
        }),
      },
      ["warning spec.operation.duplicate-id"],
      ["x", "PUT /a"],
    ],
    [
      "an id in two documents",
      {
        "a.json": openapi({ "/a": { get: { operationId: "x", responses: answer } } }),
        "b.json": openapi({ "/b": { get: { operationId: "x", responses: answer } } }),
      },
      ["warning spec.operation.duplicate-id"],
      ["x", "x@b.json"],
    ],
    [
      "one route in two documents",
      {
        "a.json": openapi({ "/a/{b}": { get: { operationId: "x", responses: answer } } }),
        "b.json": openapi({ "/a/{c}": { get: { operationId: "y", responses: answer } } }),
      },
      ["warning spec.operation.same-route"],
      ["x", "y"],
    ],
    [
      "a path without slash",
      { "a.json": openapi({ a: { get: { responses: answer } } }) },
      ["error spec.openapi.path"],
      [],
    ],
    ["a path item that is no object", { "a.json": openapi({ "/a": 5 }) }, ["error spec.openapi.shape"], []],
    [
      "an operation that is no object",
      { "a.json": openapi({ "/a": { get: [] } }) },
      ["error spec.openapi.shape"],
      [],
    ],
    ["paths that are no object", { "a.json": openapi([]) }, ["error spec.openapi.shape"], []],
    [
      "a parameter without a name",
      {
        "a.json": openapi({
          "/a": { get: { operationId: "x", parameters: [{ in: "query" }], responses: answer } },
        }),
      },
      ["error spec.openapi.parameter"],
      ["x"],
    ],
    [
      "a status that is none",
      { "a.json": openapi({ "/a": { get: { operationId: "x", responses: { ok: {} } } } }) },
      ["error spec.openapi.status"],
      ["x"],
    ],
    [
      "no response",
      { "a.json": openapi({ "/a": { get: { operationId: "x" } } }) },
      ["warning spec.openapi.no-response"],
      ["x"],
    ],
    [
      "an unknown security scheme",
      {
        "a.json": openapi({
          "/a": { get: { operationId: "x", security: [{ none: [] }], responses: answer } },
        }),
      },
      ["warning spec.openapi.security-scheme"],
      ["x"],
    ],
    [
      "an unknown extension of ours",
      {
        "a.json": openapi({
          "/a": { get: { operationId: "x", "x-eco-capabilty": "a.b", responses: answer } },
        }),
      },
      ["error spec.extension.unknown"],
      ["x"],
    ],
    [
      "a binding without capability",
      { "a.json": openapi({ "/a": { get: { operationId: "x", "x-eco-bind": {}, responses: answer } } }) },
      ["warning spec.bind.without-capability"],
      ["x"],
    ],
    [
      "a capability that is no name",
      {
        "a.json": openapi({
          "/a": { get: { operationId: "x", "x-eco-capability": "Submit!", responses: answer } },
        }),
      },
      ["error spec.capability.name"],
      ["x"],
    ],
  ])("report %s", async (_, files, wantCodes, wantIds) => {
    const { catalog, findings } = await loadFiles(files);
    expect(codes(findings).filter((code) => !code.endsWith("path-parameter"))).toEqual(wantCodes);
    expect(catalog.operations.map((operation) => operation.id)).toEqual(wantIds);
  });
});
