import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "./sandbox-of.ts";

const json = (schema: object) => ({ "application/json": { schema } });
const order = {
  type: "object",
  properties: {
    id: { type: "string", readOnly: true },
    name: { type: "string" },
    status: { type: "string", enum: ["open", "done"], readOnly: true, default: "open", example: "done" },
    priority: { type: "integer", default: 3, example: 9 },
    tags: { type: "array", items: { type: "string" }, default: [] },
    delivery: {
      type: "object",
      properties: { mode: { type: "string", default: "bike" }, floor: { type: "integer" } },
    },
    note: { type: ["string", "null"], default: null },
    slip: { type: "integer", default: "none" },
    channel: { type: "string" },
  },
};
// What only a request says the default of.
const sent = { allOf: [order, { properties: { channel: { type: "string", default: "web" } } }] };
const page = (name: string, schema: object) => ({
  name,
  in: "query",
  schema: { type: "integer", ...schema },
});

const paths = {
  "/orders": {
    get: {
      parameters: [page("limit", { default: 2 }), page("page", { minimum: 0 })],
      responses: { 200: { description: "All.", content: json({ type: "array", items: order }) } },
    },
    post: {
      requestBody: { content: json(sent) },
      responses: { 201: { description: "Made.", content: json(order) } },
    },
  },
  "/orders/{id}": {
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
    get: { responses: { 200: { description: "One.", content: json(order) } } },
    put: {
      requestBody: { content: json(sent) },
      responses: { 200: { description: "Replaced.", content: json(order) } },
    },
    patch: {
      requestBody: { content: json(sent) },
      responses: { 200: { description: "Changed.", content: json(order) } },
    },
  },
};

const open = async () => await sandboxOf(join(await writeSpecs({ "api.json": openapi(paths) }), "api.json"));
const filled = { status: "open", priority: 3, tags: [], channel: "web" };

describe("defaults", () => {
  it("are what a new thing has where nobody says otherwise, inside what was sent too", async () => {
    const { call } = await open();
    const made = (body: object) => call("POST", "/orders", body).then(({ json: thing }) => thing);
    expect(await made({ name: "a" })).toEqual({ id: expect.any(String), name: "a", ...filled });
    expect(await made({ priority: 1, channel: "shop", delivery: { floor: 2 } })).toEqual({
      id: expect.any(String),
      ...filled,
      priority: 1,
      channel: "shop",
      delivery: { floor: 2, mode: "bike" },
    });
  });

  it("come back with what is replaced, and not with what is changed", async () => {
    const { call } = await open();
    const { json: thing } = await call("POST", "/orders", { name: "a", priority: 1, channel: "shop" });
    const { id } = thing as { id: string };
    const changed = await call("PATCH", `/orders/${id}`, { name: "b" });
    expect(changed.json).toMatchObject({ name: "b", priority: 1, channel: "shop" });
    const replaced = await call("PUT", `/orders/${id}`, { name: "c" });
    expect(replaced.json).toEqual({ id, name: "c", ...filled });
  });

  it("of a list's parameters say how long a page is, and where pages begin", async () => {
    const { call } = await open();
    for (const name of ["a", "b", "c"]) await call("POST", "/orders", { name });
    const names = async (search: string) =>
      ((await call("GET", `/orders${search}`)).json as { name: string }[]).map(({ name }) => name);
    expect(await names("")).toEqual(["a", "b"]);
    expect(await names("?page=0")).toEqual(["a", "b"]);
    expect(await names("?page=1")).toEqual(["c"]);
    expect(await names("?limit=3")).toEqual(["a", "b", "c"]);
  });
});
