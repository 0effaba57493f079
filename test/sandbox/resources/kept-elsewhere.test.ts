import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const json = (schema: object) => ({ "application/json": { schema } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string" };
const ok = (schema: object) => ({ 200: { description: "Fine.", content: json(schema) } });
const made = (schema: object) => ({ 201: { description: "Made.", content: json(schema) } });
const at = (...names: string[]) => names.map((name) => ({ name, in: "path", required: true, schema: text }));
const list = (name: string) => ({ type: "array", items: ref(name) });
const body = (name: string) => ({ content: json(ref(name)) });
const id = { type: "string", readOnly: true };

const components = {
  schemas: {
    Board: { type: "object", properties: { id, title: text } },
    Card: {
      type: "object",
      required: ["id", "boardId"],
      properties: {
        id,
        title: text,
        boardId: { type: "string", readOnly: true },
        state: { type: "string", enum: ["open", "done"] },
      },
    },
    Label: { type: "object", properties: { id, title: text } },
  },
};

/** Cards are made and listed below boards and found in a search, and are read, changed and removed under a path of their own. */
const paths = {
  "/boards": {
    post: { requestBody: body("Board"), responses: made(ref("Board")) },
    get: { responses: ok(list("Board")) },
  },
  "/boards/{id}": { parameters: at("id"), get: { responses: ok(ref("Board")) } },
  "/boards/{id}/cards": {
    parameters: at("id"),
    post: { requestBody: body("Card"), responses: made(ref("Card")) },
    get: {
      parameters: [
        { name: "limit", in: "query", schema: { type: "integer" } },
        { name: "offset", in: "query", schema: { type: "integer" } },
      ],
      responses: ok(list("Card")),
    },
  },
  "/cards/{cardId}": {
    parameters: at("cardId"),
    get: { responses: ok(ref("Card")) },
    patch: { requestBody: body("Card"), responses: ok(ref("Card")) },
    delete: { responses: { 204: { description: "Gone." } } },
  },
  "/cards/{cardId}/copy": { parameters: at("cardId"), post: { responses: made(ref("Card")) } },
  "/cards/{cardId}/labels": {
    parameters: at("cardId"),
    post: { requestBody: body("Label"), responses: made(ref("Label")) },
    get: { responses: ok(list("Label")) },
  },
  "/labels": {
    get: { responses: ok(list("Label")) },
    post: { requestBody: body("Label"), responses: made(ref("Label")) },
  },
  "/labels/{labelId}": { parameters: at("labelId"), get: { responses: ok(ref("Label")) } },
  "/cards/search": {
    post: {
      requestBody: {
        content: json({
          type: "object",
          properties: { query: text, state: text, limit: { type: "integer" } },
        }),
      },
      responses: ok({ type: "object", properties: { items: list("Card"), total: { type: "integer" } } }),
    },
  },
};

async function boards() {
  const client: Client = await sandboxOf(
    join(await writeSpecs({ "api.json": openapi(paths, components) }), "api.json"),
  );
  const { call } = client;
  const make = async (path: string, sent: object) => (await call("POST", path, sent)).json as { id: string };
  const [one, two] = [await make("/boards", { title: "one" }), await make("/boards", { title: "two" })];
  const first = await make(`/boards/${one.id}/cards`, { title: "first", state: "open" });
  const second = await make(`/boards/${two.id}/cards`, { title: "second", state: "done" });
  return { call, make, one, two, first, second };
}

describe("things that are made under one path and read under another", () => {
  it("say whose they are, and are read where they live", async () => {
    const { call, one, first } = await boards();
    expect(first).toEqual({ id: expect.any(String), title: "first", boardId: one.id, state: "open" });
    expect((await call("GET", `/cards/${first.id}`)).json).toEqual(first);
    const { headers } = await call("POST", `/boards/${one.id}/cards`, { title: "third" });
    expect(headers.get("location")).toMatch(/^\/cards\/\w+$/);
  });

  it("are listed where they were made, as they are now", async () => {
    const { call, one, two, first, second } = await boards();
    await call("PATCH", `/cards/${first.id}`, { title: "changed" });
    expect((await call("GET", `/boards/${one.id}/cards`)).json).toEqual([{ ...first, title: "changed" }]);
    expect((await call("GET", `/boards/${two.id}/cards?limit=1`)).json).toEqual([second]);
    expect((await call("DELETE", `/cards/${first.id}`)).status).toBe(204);
    expect((await call("GET", `/cards/${first.id}`)).status).toBe(404);
    expect((await call("GET", `/boards/${one.id}/cards`)).json).toEqual([]);
  });

  it("belong to what is there", async () => {
    const { call } = await boards();
    expect((await call("POST", "/boards/none/cards", { title: "lost" })).status).toBe(404);
  });

  it("that don't say whose they are are still listed where they were made", async () => {
    const { call, make, first, second } = await boards();
    const label = await make(`/cards/${first.id}/labels`, { title: "red" });
    expect((await call("GET", `/labels/${label.id}`)).json).toEqual(label);
    expect((await call("GET", `/cards/${first.id}/labels`)).json).toEqual([label]);
    expect((await call("GET", `/cards/${second.id}/labels`)).json).toEqual([]);
    expect((await call("GET", "/labels")).json).toEqual([label]);
  });

  it("are searched by what a body says", async () => {
    const { call, first, second } = await boards();
    const found = async (sent: object) => (await call("POST", "/cards/search", sent)).json;
    expect(await found({})).toEqual({ items: [first, second], total: 2 });
    expect(await found({ query: "SEC" })).toEqual({ items: [second], total: 1 });
    expect(await found({ state: "open" })).toEqual({ items: [first], total: 1 });
    expect(await found({ limit: 1 })).toEqual({ items: [first], total: 2 });
  });

  it("are not made by a step on one of them", async () => {
    const { call, first, one } = await boards();
    expect((await call("POST", `/cards/${first.id}/copy`)).status).toBe(201);
    expect((await call("GET", `/boards/${one.id}/cards`)).json).toEqual([first]);
  });
});
