import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Client, sandboxOf } from "./sandbox-of.ts";

/** What every object has without having been given it. `__proto__` can't be a name in a spec set: it is left out. */
const names = ["constructor", "toString", "hasOwnProperty", "valueOf", "isPrototypeOf", "__defineGetter__"];
const words = [...names, "__proto__"];

const content = (schema: object) => ({ content: { "application/json": { schema } } });

/** A collection whose path, parameters, operation ids, schema and properties are all called like that. */
function pathsOf(name: string): Record<string, object> {
  const item = { $ref: `#/components/schemas/${name}` };
  const list = { type: "object", properties: { items: { type: "array", items: item } } };
  const ok = (schema: object) => ({ description: name, ...content(schema) });
  return {
    [`/${name}`]: {
      get: {
        operationId: name,
        parameters: [{ name: "valueOf", in: "query", schema: { type: "string" } }],
        responses: { 200: ok(list) },
      },
      post: {
        operationId: `${name}Post`,
        parameters: [{ name: "constructor", in: "header", schema: { type: "string" } }],
        requestBody: content(item),
        responses: { 201: ok(item) },
      },
    },
    [`/${name}/{${name}}`]: {
      parameters: [{ name, in: "path", required: true, schema: { type: "string" } }],
      get: { operationId: `${name}Get`, responses: { 200: ok(item) } },
      patch: {
        operationId: `${name}Patch`,
        requestBody: content({ type: "object" }),
        responses: { 200: ok(item) },
      },
      delete: { operationId: `${name}Delete`, responses: { 204: { description: name } } },
    },
  };
}

async function open(): Promise<Client> {
  const directory = await mkdtemp(join(tmpdir(), "eco-names-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const properties = Object.fromEntries(names.map((name) => [name, { type: "string" }]));
  const schema = (name: string) => ({
    type: "object",
    required: [name],
    properties: { ...properties, free: { type: "object" } },
    additionalProperties: false,
  });
  const document = {
    openapi: "3.1.0",
    info: { title: "constructor", version: "toString" },
    tags: [{ name: "constructor" }],
    paths: Object.assign(
      {
        "/made": {
          post: {
            operationId: "make",
            requestBody: content({ $ref: "#/components/schemas/made" }),
            responses: { 201: { description: "made", ...content({ $ref: "#/components/schemas/made" }) } },
          },
        },
        "/made/{id}": {
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          get: {
            responses: { 200: { description: "made", ...content({ $ref: "#/components/schemas/made" }) } },
          },
        },
      },
      ...names.map(pathsOf),
    ),
    components: {
      schemas: { made, ...Object.fromEntries(names.map((name) => [name, schema(name)])) },
    },
  };
  const path = join(directory, "api.json");
  await writeFile(path, JSON.stringify(document));
  return sandboxOf(path);
}

/** Sent as text, since an object literal can't have a member called `__proto__`. */
const parsed = (text: string): unknown => JSON.parse(text);

/** An answer that requires all of these names, some of them the platform's to fill in and one without a word about it. */
const made = {
  type: "object",
  required: ["id", ...words],
  properties: {
    id: { type: "string", readOnly: true },
    ...Object.fromEntries(names.slice(1).map((name) => [name, { type: "string", readOnly: true }])),
  },
};

describe("names that every object has", () => {
  it.each(names)("are a resource's own, in paths, properties, operations and as ids: %s", async (name) => {
    const { call, faults, sandbox } = await open();
    expect((await sandbox.report()).find(({ operationId }) => operationId === name)?.servedBy).toBe(
      "resource",
    );
    expect((await call("GET", `/${name}`)).json).toEqual({ items: [] });
    for (const word of words) {
      expect((await call("GET", `/${name}/${word}`)).status).toBe(404);
      const sent = { [name]: word, ...(name === "valueOf" ? {} : { valueOf: `value of ${word}` }) };
      const made = await call("POST", `/${name}`, sent);
      expect(made.status).toBe(201);
      expect(made.json).toEqual(sent);
      expect((await call("GET", `/${name}/${word}`)).json).toEqual(sent);
      expect((await call("PATCH", `/${name}/${word}`, { toString: "a text" })).status).toBe(200);
    }
    expect((await call("GET", `/${name}`)).json).toMatchObject({ items: { length: words.length } });
    const filter = name === "valueOf" ? "__proto__" : "value of __proto__";
    const found = (await call("GET", `/${name}?valueOf=${filter}`)).json as { items: object[] };
    expect(found.items).toHaveLength(1);
    for (const word of words) {
      expect((await call("DELETE", `/${name}/${word}`)).status).toBe(204);
      expect((await call("GET", `/${name}/${word}`)).status).toBe(404);
    }
    expect(faults).toEqual([]);
  });

  it("are made up where an answer requires them", async () => {
    const { call, faults } = await open();
    const { json, status } = await call("POST", "/made", parsed('{"constructor":"sent","__proto__":"sent"}'));
    expect(faults).toEqual([]);
    expect(status).toBe(201);
    for (const word of words)
      expect([word, typeof Object.entries(json as object).find(([name]) => name === word)?.[1]]).toEqual([
        word,
        "string",
      ]);
    const { id } = json as { id: string };
    expect((await call("GET", `/made/${id}`)).json).toEqual(json);
  });

  it("aren't there where nobody sent them, and aren't taken where the schema hasn't them", async () => {
    const { call } = await open();
    const lacking = await call("POST", "/constructor", { valueOf: "x" });
    expect(lacking.status).toBe(422);
    expect(lacking.text).toContain("constructor");
    const unknown = await call("POST", "/constructor", parsed('{"constructor":"a","__proto__":{"id":"b"}}'));
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain("__proto__");
  });

  it("are kept in free-form content as they came, and change nothing else", async () => {
    const { call } = await open();
    const free =
      '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"toString":1}';
    await call("POST", "/constructor", parsed(`{"constructor":"kept","free":${free}}`));
    expect((await call("GET", "/constructor/kept")).text).toContain(free);
    await call("PATCH", "/constructor/kept", parsed(`{"free":{"__proto__":{"more":"yes"}}}`));
    expect((await call("GET", "/constructor/kept")).text).toContain(
      '"free":{"__proto__":{"polluted":"yes","more":"yes"}',
    );
    await call("PATCH", "/constructor/kept", parsed(`{"free":{"__proto__":null}}`));
    expect((await call("GET", "/constructor/kept")).text).not.toContain("__proto__");
    await call("PATCH", "/constructor/kept", parsed(`{"free":{"__proto__":{"new":"yes"}}}`));
    expect((await call("GET", "/constructor/kept")).text).toContain('"__proto__":{"new":"yes"}');
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});
