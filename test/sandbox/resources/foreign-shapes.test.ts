import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { listen } from "../../../sandbox/index.ts";
import type { Arrival } from "../../../sandbox/pipeline/arrival.ts";
import { Reply } from "../../../sandbox/pipeline/reply.ts";
import { ID_FORMS } from "../../../sandbox/resources/id-forms.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const json = (schema: unknown, more: object = {}) => ({ "application/json": { schema, ...more } });
const answer = (schema: unknown, more: object = {}) => ({
  "200": { description: "Done.", content: json(schema), ...more },
});

async function fileOf(paths: object, components: object = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "eco-shapes-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "api.json");
  const document = { openapi: "3.1.0", info: { title: "Shapes", version: "1" }, paths, components };
  await writeFile(file, JSON.stringify(document));
  return file;
}

const shapes = async (paths: object, components: object = {}): Promise<Client> =>
  sandboxOf(await fileOf(paths, components));

const THING = { type: "object", required: ["name"], properties: { name: { type: "string" } } };
const NAMED = { type: "object", properties: { name: { type: "string" } } };
const ID = { name: "id", in: "path", required: true };

/** A collection with its items, as short as it can be written. */
const collection = (item: unknown, made: unknown, sent: unknown, list: unknown, query: object[] = []) => ({
  "/things": {
    get: { parameters: query, responses: answer(list) },
    post: { requestBody: { content: json(sent) }, responses: answer(made) },
  },
  "/things/{id}": { get: { parameters: [{ ...ID, schema: { type: "string" } }], responses: answer(item) } },
});

it("headers and media types that HTTP can't carry neither end the sandbox nor break an answer", async () => {
  const header = (name: string, value: string) => ({
    get: { responses: answer(THING, { headers: { [name]: { schema: { type: "string", const: value } } } }) },
  });
  const file = await fileOf({
    "/quote": header('X-"Quote', "a"),
    "/empty": header("", "a"),
    "/letters": header("X-Letters", "naïve €5"),
    "/lines": header("X-Lines", "a\r\nset-cookie: b"),
    "/gzip": header("Content-Encoding", "gzip"),
    "/trailer": header("Trailer", "x"),
    "/upgrade": header("Connection", "upgrade"),
    "/type": { get: { responses: { "200": { description: "", content: { "application/json\n": {} } } } } },
    "/sent": {
      get: {
        parameters: [{ name: "X Sent", in: "header", required: true, schema: { type: "string" } }],
        responses: answer(THING),
      },
    },
  });
  const { findings } = await loadCatalog(file, { cacheDir: false });
  expect(findings.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
    'spec.openapi.header /paths/~1quote/get/responses/200/headers/X-"Quote',
    "spec.openapi.header /paths/~1empty/get/responses/200/headers/",
    "spec.openapi.media-type /paths/~1type/get/responses/200/content/application~1json\n",
    "spec.openapi.parameter /paths/~1sent/get/parameters/0",
  ]);
  const { sandbox } = await sandboxOf(file);
  const server = await listen(sandbox, { port: 0 });
  onTestFinished(() => server.close());
  const get = (path: string) => fetch(`${server.url}/${path}`);
  for (const path of ["quote", "empty", "letters", "lines", "gzip", "trailer", "upgrade", "type", "sent"]) {
    const { status, headers } = await get(path);
    expect([path, status, headers.get("set-cookie")]).toEqual([path, 200, null]);
  }
  expect((await get("letters")).headers.get("x-letters")).toBe("na%C3%AFve %E2%82%AC5");
  expect((await get("lines")).headers.get("x-lines")).toBe("a set-cookie: b");
});

it("an answer that can't be sent is a fault of one request, and the server goes on", async () => {
  const { sandbox } = await shapes({ "/a": { get: { responses: answer(THING) } } });
  let unsendable = true;
  const spoiling = Object.create(sandbox, {
    answer: {
      value: async (arrival: Arrival) =>
        unsendable ? new Reply(200, { "not a name": "a" }, "") : sandbox.answer(arrival),
    },
  });
  const server = await listen(spoiling, { port: 0 });
  onTestFinished(() => server.close());
  const refused = await fetch(`${server.url}/a`);
  expect([refused.status, await refused.json()]).toEqual([
    500,
    expect.objectContaining({ code: "ECO_INTERNAL" }),
  ]);
  unsendable = false;
  expect((await fetch(`${server.url}/a`)).status).toBe(200);
});

it("a limit below one, where nobody asks for it, limits nothing", async () => {
  const limit = { name: "limit", in: "query", schema: { type: "integer", default: -1 } };
  const thing = { type: "object", properties: { id: { type: "string" } } };
  const { call } = await shapes(collection(thing, thing, NAMED, { type: "array", items: thing }, [limit]));
  await call("POST", "/things", { name: "a" });
  await call("POST", "/things", { name: "b" });
  expect((await call("GET", "/things")).json).toHaveLength(2);
  expect((await call("GET", "/things?limit=-1")).json).toHaveLength(2);
  expect((await call("GET", "/things?limit=1")).json).toHaveLength(1);
  expect((await call("GET", "/things?limit=0")).json).toHaveLength(0);
});

it("a cursor that the document shows in the body of a search is the beginning", async () => {
  const Thing = { type: "object", required: ["id"], properties: { id: { type: "string" } } };
  const thing = { $ref: "#/components/schemas/Thing" };
  const query = { type: "object", properties: { cursor: { type: "string" }, limit: { type: "integer" } } };
  const paths = collection(thing, thing, NAMED, { type: "array", items: thing });
  const content = json(query, { example: { cursor: "YEpr31c", limit: 2 } });
  const result = { type: "object", properties: { things: { type: "array", items: thing } } };
  const search = { post: { requestBody: { content }, responses: answer(result) } };
  const { call } = await shapes({ ...paths, "/things/search": search }, { schemas: { Thing } });
  await call("POST", "/things", { name: "a" });
  const shown = await call("POST", "/things/search", { cursor: "YEpr31c", limit: 2 });
  expect(shown.json).toMatchObject({ things: [{ id: expect.any(String) }] });
  expect((await call("POST", "/things/search", { cursor: "other" })).status).toBe(422);
});

it.each([
  [
    "beside what an answer says of pages",
    { type: "object", properties: { gadget: "item", pagination: { type: "object" } } },
  ],
  ["as the only item of a list", { type: "object", properties: { items: "list", problem: NAMED } }],
])("a thing is found in its envelope %s", async (_, envelope) => {
  const item = { type: "object", properties: { id: { type: "string" }, name: { type: "string" } } };
  const kinds: Readonly<Record<string, unknown>> = { item, list: { type: "array", items: item } };
  const properties = Object.fromEntries(
    Object.entries(envelope.properties).map(([name, kind]) => [name, kinds[String(kind)] ?? kind]),
  );
  const made = { ...envelope, properties };
  const { call } = await shapes(collection(made, made, NAMED, { type: "array", items: item }));
  const { text } = await call("POST", "/things", { name: "a" });
  const [, id = ""] = /"id":"([^"]+)"/.exec(text) ?? [];
  expect((await call("GET", `/things/${id}`)).text).toContain('"name":"a"');
});

it("an id is called as the end of its parameter is, and a name is none where ids are UUIDs", async () => {
  const address = { type: "object", properties: { ip: { type: "string", format: "ipv4" } } };
  const envelope = { type: "object", properties: { floating_ip: address, links: { type: "object" } } };
  const parameter = { name: "floating_ip", in: "path", required: true, schema: { type: "string" } };
  const uuid = { ...ID, schema: { type: "string", format: "uuid" } };
  const { call } = await shapes({
    "/floating_ips": { post: { requestBody: { content: json(NAMED) }, responses: answer(envelope) } },
    "/floating_ips/{floating_ip}": { get: { parameters: [parameter], responses: answer(envelope) } },
    "/designs": {
      post: { requestBody: { content: json(NAMED) }, responses: { "201": answer(NAMED)["200"] } },
    },
    "/designs/{id}": { get: { parameters: [uuid], responses: answer(NAMED) } },
  });
  const { json: made } = await call("POST", "/floating_ips", { name: "a" });
  const { floating_ip } = made as { floating_ip: { ip: string } };
  expect((await call("GET", `/floating_ips/${floating_ip.ip}`)).json).toEqual(made);
  const designs = [await call("POST", "/designs", NAMED), await call("POST", "/designs", { name: "a" })];
  const [first, second] = designs.map(({ headers }) => headers.get("location"));
  expect(first).not.toBe(second);
  expect((await call("GET", String(second))).json).toEqual({ name: "a" });
});

it("ids differ where their pattern says only how they begin, and run out where it allows few", async () => {
  const beginning = {
    type: "object",
    required: ["id"],
    properties: { id: { type: "string", pattern: "^wrk" } },
  };
  const few = { type: "object", required: ["id"], properties: { id: { type: "string", pattern: "^[ab]$" } } };
  const free = await shapes(collection(beginning, beginning, NAMED, { type: "array", items: beginning }));
  for (const name of ["a", "b", "c"]) expect((await free.call("POST", "/things", { name })).status).toBe(200);
  expect((await free.call("GET", "/things")).json).toHaveLength(3);
  const scarce = await shapes(collection(few, few, NAMED, { type: "array", items: few }));
  for (const name of ["a", "b"]) expect((await scarce.call("POST", "/things", { name })).status).toBe(200);
  const { status, json: refused } = await scarce.call("POST", "/things", { name: "c" });
  expect([status, refused]).toEqual([
    409,
    expect.objectContaining({ detail: "Every id that the schema of things allows is taken." }),
  ]);
});

it("lists are read behind alternatives, and of things that nobody describes", async () => {
  const thing = { type: "object", properties: { id: { type: "string" } } };
  const page = (more: object) => ({
    type: "object",
    required: ["data"],
    properties: { data: { type: "array", items: thing }, ...more },
  });
  const either = { anyOf: [page({ total: { type: "integer" } }), page({ kind: { type: "string" } })] };
  const plain = { type: "object", properties: { things: { type: "array", items: { type: "object" } } } };
  for (const list of [either, plain]) {
    const { call } = await shapes(collection(thing, thing, NAMED, list));
    const { json: made } = await call("POST", "/things", { name: "a" });
    expect((await call("GET", "/things")).text).toContain(JSON.stringify(made));
  }
});

it("alternatives that leave open what the others describe have an answer", async () => {
  const kind = (name: string) => ({ type: "object", properties: { [name]: { type: "string" } } });
  const { sandbox, call } = await shapes({
    "/open": { get: { responses: answer({ oneOf: [kind("a"), kind("b")] }) } },
    "/same": { get: { responses: answer({ oneOf: [kind("a"), kind("a")] }) } },
    "/gone": {
      get: {
        responses: answer({
          oneOf: [{ $ref: "https://example.com/a.json" }, { $ref: "https://example.com/b.json" }],
        }),
      },
    },
  });
  expect((await sandbox.inspect()).map(({ servedBy }) => servedBy)).toEqual([
    "resource",
    "nothing",
    "resource",
  ]);
  expect((await call("GET", "/open")).json).toEqual({ a: "text", b: false });
});

it("a parent that names as its alternatives what extends it is served, and those are told apart", async () => {
  const parent = {
    type: "object",
    required: ["kind", "name"],
    properties: { kind: { type: "string" }, name: { type: "string" } },
    discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat" } },
    oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
  };
  const child = (name: string) => ({
    allOf: [
      { $ref: "#/components/schemas/Animal" },
      { type: "object", properties: { [name]: { type: "integer" } } },
    ],
  });
  const animal = { $ref: "#/components/schemas/Animal" };
  const file = await fileOf(collection(animal, animal, animal, { type: "array", items: animal }), {
    schemas: { Animal: parent, Cat: child("lives"), Dog: child("packs") },
  });
  const { findings } = await loadCatalog(file, { cacheDir: false });
  expect(findings.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
    "spec.schema.circle /components/schemas/Dog/allOf/0",
    "spec.schema.circle /components/schemas/Cat/allOf/0",
  ]);
  const { call, faults } = await sandboxOf(file);
  const made = await call("POST", "/things", { kind: "cat", name: "Tom", lives: 9 });
  expect([made.status, made.json]).toEqual([200, expect.objectContaining({ name: "Tom", lives: 9 })]);
  expect((await call("GET", "/things")).json).toEqual([made.json]);
  expect((await call("POST", "/things", { kind: "cat", name: "Tom", lives: "nine" })).status).toBe(422);
  expect((await call("POST", "/things", { kind: "cat" })).status).toBe(422);
  expect(faults).toEqual([]);
});

it("an id is made of what its pattern says, or not by the pattern at all", () => {
  const made = "thing_abcdefghijkl";
  const ref = { document: "api.yaml", pointer: "" };
  const idsFor = (pattern: string) =>
    ID_FORMS.map((form) =>
      form({ made, prefix: "thing", next: () => 7, schema: { ref, schema: { pattern } } }),
    );
  expect(idsFor("^wrk")).toContain("wrkabcdefghijkl");
  // Of a pattern that looks ahead no text is made.
  expect(idsFor("(?=a)b").filter((id) => id?.includes("undefined"))).toEqual([]);
});

it("PUT makes what isn't there, unless POST does and the document says 404 of PUT", async () => {
  const thing = { type: "object", required: ["grams"], properties: { grams: { type: "integer" } } };
  const content = { "application/json": { schema: thing } };
  const at = (name: string, ...statuses: string[]) => ({
    [`/${name}/{id}`]: {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      get: { responses: { "200": { description: "One.", content } } },
      put: {
        requestBody: { required: true, content },
        responses: {
          "200": { description: "Put.", content },
          ...Object.fromEntries(statuses.map((status) => [status, { description: status }])),
        },
      },
    },
  });
  const makes = (name: string) => ({
    [`/${name}`]: {
      post: { requestBody: { content }, responses: { "201": { description: "Made.", content } } },
    },
  });
  const file = await fileOf({
    ...at("open", "404"),
    ...at("posted"),
    ...makes("posted"),
    ...at("both", "201", "404"),
    ...makes("both"),
    ...at("strict", "404"),
    ...makes("strict"),
  });
  const { call, faults } = await sandboxOf(file);
  const put = async (name: string) => {
    const { status } = await call("PUT", `/${name}/one`, { grams: 1 });
    return [name, status, (await call("GET", `/${name}/one`)).status];
  };
  expect(await put("open")).toEqual(["open", 200, 200]);
  expect(await put("posted")).toEqual(["posted", 200, 200]);
  expect(await put("both")).toEqual(["both", expect.any(Number), 200]);
  expect(await put("strict")).toEqual(["strict", 404, 404]);
  const { headers } = await call("POST", "/strict", { grams: 1 });
  const place = headers.get("location") ?? "";
  expect((await call("PUT", place, { grams: 2 })).status).toBe(200);
  expect((await call("GET", place)).json).toEqual({ grams: 2 });
  expect(faults).toEqual([]);
});
