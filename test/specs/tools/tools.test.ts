import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeEach, describe, expect, it } from "vitest";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { requestOfCall } from "../../../specs/engine/tools/tool-request.ts";
import { type Tool, toolsOf, usableBy } from "../../../specs/engine/tools/tools.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { loadFiles } from "../spec-set.ts";

const json = (schema: object) => ({ "application/json": { schema } });
const done = { "204": { description: "Done" } };
const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
const text = { type: "string" };

const api = {
  openapi: "3.1.0",
  info: { title: "Odd", version: "1" },
  components: {
    schemas: {
      Node: {
        type: "object",
        required: ["id", "name"],
        properties: {
          id: { type: "string", readOnly: true },
          name: { type: "string", "x-hint": "no", example: "root" },
          state: { $ref: "#/components/schemas/State" },
          children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
        },
      },
      State: { type: "string", readOnly: true },
    },
  },
  paths: {
    "/nodes": {
      post: {
        operationId: "make node!",
        parameters: [
          { name: "Idempotency-Key", in: "header", schema: text },
          { name: "X-Trace", in: "header", schema: text },
        ],
        requestBody: { required: true, content: json({ $ref: "#/components/schemas/Node" }) },
        responses: done,
      },
      get: {
        operationId: "make_node",
        parameters: [
          { name: "tag", in: "query", explode: false, schema: { type: "array", items: text } },
          { name: "body", in: "query", schema: text, description: "A word of the body." },
        ],
        responses: done,
      },
    },
    "/nodes/{id}": {
      get: {
        operationId: "get",
        summary: "Read a node",
        parameters: [id, { name: "id", in: "query", schema: text }],
        responses: done,
      },
      delete: { operationId: `remove-${"x".repeat(80)}`, parameters: [id], responses: done },
      put: {
        operationId: "upload",
        parameters: [id],
        requestBody: { content: { "image/png": {} } },
        responses: done,
      },
    },
    "/notes": {
      post: {
        operationId: "note",
        requestBody: { content: { "text/markdown": { schema: text } } },
        responses: done,
      },
    },
  },
};

let catalog: Catalog;
let tools: Tool[];
beforeEach(async () => {
  catalog = (await loadFiles({ "api.json": api })).catalog;
  tools = toolsOf(catalog, usableBy(catalog, catalog.operations));
});

const tool = (name: string): Tool => {
  const found = tools.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is none of ${tools.map((one) => one.name)}`);
  return found;
};

describe("operations as tools", () => {
  it("have names that agents take, each its own; what takes no writable body is left out", () => {
    expect(tools.map(({ name }) => name)).toEqual([
      "make_node",
      "make_node_2",
      "get",
      `remove-${"x".repeat(57)}`,
      "note",
    ]);
  });

  it("say what they change", () => {
    expect(tools.map(({ hints }) => hints)).toEqual([
      { readOnly: true, destructive: false, idempotent: true },
      { readOnly: false, destructive: false, idempotent: true },
      { readOnly: true, destructive: false, idempotent: true },
      { readOnly: false, destructive: true, idempotent: true },
      { readOnly: false, destructive: false, idempotent: false },
    ]);
  });

  it("take what a client sends: not what only the server sets, nor what eco sends by itself", () => {
    const node = {
      type: "object",
      required: ["name"],
      properties: {
        name: { type: "string", examples: ["root"] },
        children: { type: "array", items: { $ref: "#/$defs/Node" } },
      },
    };
    expect(tool("make_node_2").inputSchema).toEqual({
      type: "object",
      properties: { "X-Trace": { type: "string" }, body: node },
      required: ["body"],
      additionalProperties: false,
      $defs: { Node: node },
    });
  });

  it.each<[string, Record<string, unknown>, object]>([
    [
      "make_node_2",
      { "X-Trace": "t", body: { name: "a" } },
      { path: "/nodes", headers: { "x-trace": "t" }, body: { name: "a" } },
    ],
    ["make_node", { tag: ["a", "b c"], query_body: "&" }, { search: "?tag=a,b%20c&body=%26" }],
    ["get", { id: "a/b", query_id: "q" }, { method: "GET", path: "/nodes/a%2Fb", search: "?id=q" }],
    ["note", { body: "# Note" }, { path: "/notes", body: "# Note" }],
  ])("%s: %j is sent to its place", (name, given, want) => {
    expect(requestOfCall(tool(name), given)).toMatchObject(want);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["make_node_2", {}, "make_node_2 needs `body`."],
    ["get", { query_id: "q" }, "get needs `id`."],
    ["get", { id: "" }, "get needs a value for id."],
    ["get", { id: "a", limit: 3 }, "get has no argument `limit`."],
  ])("%s: %j is refused", (name, given, message) => {
    expect(() => requestOfCall(tool(name), given)).toThrow(message);
  });
});

describe("the tools of the reference ecosystem", () => {
  it("have schemas that stand alone and take their own examples; nothing of what partners serve", async () => {
    const { catalog: harbour } = await loadedSpecs();
    const own = toolsOf(harbour, usableBy(harbour, harbour.operations));
    expect(own.length).toBeGreaterThan(50);
    expect(own.filter(({ operation }) => operation.document.includes("fulfilment"))).toEqual([]);
    expect(own.filter(({ operation }) => operation.path.includes("oauth"))).toEqual([]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const refused = own.flatMap(({ name, inputSchema }) => {
      const takes = ajv.compile({ ...inputSchema, required: [] });
      const { body } = inputSchema["properties"] as Record<string, { readonly examples?: unknown[] }>;
      return (body?.examples ?? [])
        .filter((example) => !takes({ body: example }))
        .map((example) => ({ name, example }));
    });
    expect(refused).toEqual([]);
  });
});
