import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const text = { type: "string" };
const object = (properties: object) => ({ type: "object", properties });
const content = (schema: object) => ({ "application/json": { schema } });
const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const at = (...names: string[]) => names.map((name) => ({ name, in: "path", required: true, schema: text }));
const answer = (status: number, held?: object) => ({
  responses: {
    [status]: { description: "Fine.", ...(held === undefined ? {} : { content: content(held) }) },
  },
});
const body = (held: object) => ({ requestBody: { content: content(held) } });
const making = (held: object, shown: string) => ({ ...body(held), ...answer(201, schema(shown)) });
const listing = (shown: string) => answer(200, { type: "array", items: schema(shown) });
const said = object({ name: text, about: text });

/** Boxes are made by those who keep them, and found by keeper and name. */
const paths = {
  "/my/boxes": { post: making(said, "Box"), get: listing("Box") },
  "/clubs/{club}/boxes": {
    post: { parameters: at("club"), ...making(said, "Box") },
    get: { parameters: at("club"), ...listing("Box") },
  },
  "/boxes/{keeper}/{box}": {
    parameters: at("keeper", "box"),
    get: answer(200, schema("Box")),
    patch: { ...body(said), ...answer(200, schema("Box")) },
    delete: answer(204),
  },
  "/boxes/{keeper}/{box}/letters": {
    parameters: at("keeper", "box"),
    post: making(object({ line: text }), "Letter"),
    get: listing("Letter"),
  },
  "/boxes/{keeper}/{box}/letters/{number}": {
    parameters: at("keeper", "box", "number"),
    get: answer(200, schema("Letter")),
  },
  "/shelves/{keeper}": { get: { parameters: at("keeper"), ...listing("Shelf") } },
  "/shelves/{keeper}/{shelf}": {
    parameters: at("keeper", "shelf"),
    post: making(said, "Shelf"),
    get: answer(200, schema("Shelf")),
  },
};
const keeper = {
  ...object({ id: { type: "integer" }, login: { ...text, example: "ada" } }),
  required: ["login"],
};
const components = {
  schemas: {
    Box: {
      required: ["keeper"],
      ...object({ id: { type: "integer", readOnly: true }, name: text, about: text, keeper }),
    },
    Letter: object({ number: { type: "integer", readOnly: true }, line: text }),
    Shelf: object({ name: text, about: text }),
  },
};

async function open(): Promise<Client> {
  const root = await writeSpecs({ "api.json": openapi(paths, components) });
  return sandboxOf(join(root, "api.json"));
}

describe("things that one path makes and another finds by what they say of themselves", () => {
  it("are read, changed and taken away where they are found, and listed where they were made", async () => {
    const { call } = await open();
    const made = await call("POST", "/my/boxes", { name: "red", about: "Mine" });
    expect([made.status, made.headers.get("location")]).toEqual([201, null]);
    await call("POST", "/my/boxes", { name: "blue", about: "Mine too" });
    expect((await call("GET", "/boxes/ada/red")).json).toEqual(made.json);
    const changed = { ...(made.json as object), about: "Yours" };
    expect((await call("PATCH", "/boxes/ada/red", { about: "Yours" })).json).toEqual(changed);
    expect((await call("GET", "/boxes/ada/red")).json).toEqual(changed);
    expect((await call("GET", "/my/boxes")).json).toMatchObject([changed, { name: "blue" }]);
    expect((await call("DELETE", "/boxes/ada/red")).status).toBe(204);
    expect((await call("GET", "/my/boxes")).json).toMatchObject([{ name: "blue" }]);
  });

  it("belong to those under whose path they were made", async () => {
    const { call } = await open();
    const made = await call("POST", "/clubs/chess/boxes", { name: "red", about: "The club's" });
    expect((await call("GET", "/boxes/chess/red")).json).toEqual(made.json);
    expect((await call("GET", "/boxes/darts/red")).json).not.toEqual(made.json);
    expect((await call("GET", "/clubs/chess/boxes")).json).toEqual([made.json]);
    expect((await call("GET", "/clubs/darts/boxes")).json).toEqual([]);
  });

  it("need not have been made for what is below them", async () => {
    const { call } = await open();
    const made = await call("POST", "/boxes/eve/any/letters", { line: "Dear Eve" });
    expect(made).toMatchObject({ status: 201, json: { number: 1, line: "Dear Eve" } });
    expect((await call("GET", "/boxes/eve/any/letters/1")).json).toEqual(made.json);
    expect((await call("GET", "/boxes/eve/other/letters/1")).status).toBe(404);
  });

  it("are made at their own path where nothing else makes them", async () => {
    const { call } = await open();
    expect((await call("GET", "/shelves/ada/top")).status).toBe(404);
    const made = await call("POST", "/shelves/ada/top", { name: "top", about: "Books" });
    expect(made).toMatchObject({ status: 201, json: { name: "top", about: "Books" } });
    expect((await call("GET", "/shelves/ada/top")).json).toEqual(made.json);
    expect((await call("GET", "/shelves/eve/top")).status).toBe(404);
  });
});
