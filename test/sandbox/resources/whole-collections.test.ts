import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "./sandbox-of.ts";

const json = (schema: object) => ({ "application/json": { schema } });
const thing = {
  type: "object",
  properties: { id: { type: "string", readOnly: true }, kind: { type: "string" } },
};
const gone = { 204: { description: "Done." } };
const query = (name: string) => ({ name, in: "query", schema: { type: "string" } });
const id = { name: "id", in: "path", required: true, schema: { type: "string" } };

const paths = {
  "/things": {
    get: { responses: { 200: { description: "All.", content: json({ type: "array", items: thing }) } } },
    post: {
      requestBody: { content: json(thing) },
      responses: { 201: { description: "Made.", content: json(thing) } },
    },
    delete: { parameters: [query("kind"), query("older-than")], responses: gone },
    options: { responses: gone },
    patch: { requestBody: { content: json({ type: "array", items: thing }) }, responses: gone },
  },
  "/things/{id}": {
    parameters: [id],
    get: { responses: { 200: { description: "One.", content: json(thing) } } },
    options: { responses: gone },
    head: { responses: { 200: { description: "One." } } },
  },
  "/shown": {
    get: {
      responses: {
        200: {
          description: "From examples.",
          content: {
            "application/json": {
              schema: { type: "array", items: thing },
              example: [{ id: "a" }, { id: "b" }],
            },
          },
        },
      },
    },
    delete: { responses: gone },
  },
  "/shown/{id}": {
    parameters: [id],
    get: { responses: { 200: { description: "One.", content: json(thing) } } },
  },
};

async function shop() {
  const { call } = await sandboxOf(join(await writeSpecs({ "api.json": openapi(paths) }), "api.json"));
  const kinds = async (): Promise<unknown> =>
    ((await call("GET", "/things")).json as { kind?: string }[]).map(({ kind }) => kind);
  for (const kind of ["a", "b", "a"]) await call("POST", "/things", { kind });
  return { call, kinds };
}

describe("what is done to a whole collection", () => {
  it.each([
    ["all of it is removed", "", []],
    ["what a filter names is removed", "?kind=a", ["b"]],
    ["nothing is removed where the query says something that nobody knows", "?older-than=1", ["a", "b", "a"]],
  ])("%s", async (_what, search, left) => {
    const { call, kinds } = await shop();
    expect((await call("DELETE", `/things${search}`)).status).toBe(204);
    expect(await kinds()).toEqual(left);
  });

  it("examples that nobody can make again are removed too", async () => {
    const { call } = await shop();
    expect((await call("DELETE", "/shown")).status).toBe(204);
    expect((await call("GET", "/shown")).json).toEqual([]);
    expect((await call("GET", "/shown/a")).status).toBe(404);
  });

  it.each([
    ["OPTIONS", undefined],
    ["PATCH", [{ kind: "c" }]],
  ])("%s leaves nothing behind among its things", async (method, body) => {
    const { call, kinds } = await shop();
    expect((await call(method, "/things", body)).status).toBe(204);
    expect(await kinds()).toEqual(["a", "b", "a"]);
  });

  it.each(["OPTIONS", "HEAD"])("%s of a thing is refused where there is none", async (method) => {
    const { call, kinds } = await shop();
    expect((await call(method, "/things/none")).status).toBe(404);
    const [{ id: known }] = (await call("GET", "/things")).json as [{ id: string }];
    expect((await call(method, `/things/${known}`)).status).toBeLessThan(300);
    expect(await kinds()).toEqual(["a", "b", "a"]);
  });
});
