import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { inProcess } from "../../../sandbox/hosts/in-process.ts";
import { listen } from "../../../sandbox/index.ts";
import { loadFiles, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "./sandbox-of.ts";

const json = (schema: object) => ({ "application/json": { schema } });
// By the URL that the document gives itself.
const thing = { $ref: "https://example.com/api.json#/components/schemas/thing" };
const things = json({ type: "array", items: thing });
const created = { 201: { description: "Made.", content: json(thing) } };

const document = {
  openapi: "3.2.0",
  $self: "https://example.com/api.json",
  info: { title: "Three two", version: "1" },
  tags: [
    { name: "a", kind: "nav" },
    { name: "b", parent: "a" },
  ],
  paths: {
    "/things": {
      query: {
        requestBody: { content: json({ type: "object", properties: { name: { type: "string" } } }) },
        responses: { 200: { description: "Those.", content: things } },
      },
      post: { requestBody: { required: true, content: json(thing) }, responses: created },
    },
    "/things/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      get: { responses: { 200: { description: "One.", content: json(thing) } } },
      additionalOperations: {
        COPY: {
          operationId: "copyThing",
          responses: { 200: { description: "Copied.", content: json(thing) } },
        },
      },
    },
    "/events": {
      get: {
        parameters: [{ name: "all", in: "querystring", content: json({ type: "object" }) }],
        responses: {
          200: { description: "Lines.", content: { "application/jsonl": { itemSchema: thing } } },
        },
      },
    },
  },
  components: {
    schemas: {
      thing: {
        type: "object",
        required: ["name"],
        properties: { id: { type: "string", readOnly: true }, name: { type: "string" } },
        discriminator: { propertyName: "name", defaultMapping: "thing" },
        xml: { nodeType: "element" },
      },
      // Names of properties and of what examples hold are no keywords.
      names: {
        example: { discriminator: { defaultMapping: "x" } },
        type: "object",
        properties: { itemEncoding: { type: "string" } },
      },
    },
  },
};

it("methods of OpenAPI 3.2 are served on every host: QUERY lists what its body asks for, others act", async () => {
  const { sandbox } = await sandboxOf(join(await writeSpecs({ "api.json": document }), "api.json"));
  const listening = await listen(sandbox, { port: 0 });
  const local = inProcess(sandbox);
  onTestFinished(async () => {
    local.close();
    await listening.close();
  });
  const send = (base: string, method: string, path: string, body?: unknown) =>
    fetch(`${base}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  for (const [at, base] of [listening.url, local.url].entries()) {
    const names = [`a${at}`, `b${at}`];
    for (const name of names) expect((await send(base, "POST", "/things", { name })).status).toBe(201);
    const found = await send(base, "QUERY", "/things", { name: names[1] });
    expect(await found.json()).toEqual([{ id: expect.any(String), name: names[1] }]);
    expect((await send(base, "QUERY", "/things", { name: 7 })).status).toBe(422);
    const refused = await send(base, "PUT", "/things");
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "POST, QUERY, OPTIONS"]);
    expect((await send(base, "COPY", "/things/x")).status).toBe(404);
    const [{ id }] = (await (await send(base, "QUERY", "/things", { name: names[0] })).json()) as [
      { id: string },
    ];
    const copied = await send(base, "COPY", `/things/${id}`);
    expect([copied.status, await copied.json()]).toEqual([200, { id, name: names[0] }]);
    const lines = await send(base, "GET", "/events");
    expect(await lines.text()).toBe('{"name":"text"}\n');
  }
});

it("what of OpenAPI 3.2 isn't read is named with its place, and what hides it isn't", async () => {
  const { findings } = await loadFiles({ "api.json": document });
  const told = findings.filter(({ code }) => code !== "spec.openapi.no-response");
  expect(told.map(({ severity, code, pointer }) => [severity, code, pointer]).sort()).toEqual([
    ["error", "spec.openapi.parameter", "/paths/~1events/get/parameters/0"],
    ["warning", "spec.openapi.unread", "/components/schemas/thing/discriminator/defaultMapping"],
    ["warning", "spec.openapi.unread", "/components/schemas/thing/xml/nodeType"],
    ["warning", "spec.openapi.unread", "/tags/0/kind"],
    ["warning", "spec.openapi.unread", "/tags/1/parent"],
  ]);
  const older = await loadFiles({ "api.json": { ...document, openapi: "3.1.0" } });
  expect(older.findings.filter(({ code }) => code === "spec.openapi.unread")).toEqual([]);
});
