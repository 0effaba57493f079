import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkFileNames } from "../../../cli/folder/file-names.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { brunoFiles } from "../../../specs/engine/collection/bruno.ts";
import { collect } from "../../../specs/engine/collection/collection.ts";
import { httpFile } from "../../../specs/engine/collection/http-file.ts";
import { httpScripts } from "../../../specs/engine/collection/http-scripts.ts";
import { postmanCollection } from "../../../specs/engine/collection/postman.ts";
import type { Collection } from "../../../specs/engine/collection/types.ts";

const json = (schema: object) => ({ "application/json": { schema } });
const done = { "204": { description: "Done" } };
const thing = {
  type: "object",
  properties: { id: { type: "string" }, note: { type: "string", example: "{{x}}" } },
};
const idParameter = { name: "id", in: "path", required: true, schema: { type: "string", example: "a b" } };

const odd = {
  openapi: "3.1.0",
  info: { title: "Odd\n### names", version: "1" },
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Key" },
      login: { type: "http", scheme: "basic" },
    },
  },
  webhooks: { thingMade: { post: { operationId: "thingMade", responses: done } } },
  paths: {
    "/things": {
      post: {
        operationId: "make/thing",
        summary: 'Same "title"',
        tags: ["CON"],
        security: [{ key: [] }],
        parameters: [{ name: "Idempotency-Key", in: "header", schema: { type: "string" } }],
        requestBody: { content: json(thing) },
        responses: { "201": { description: "Made", content: json(thing) } },
      },
      get: {
        operationId: "list",
        summary: 'same "Title"',
        tags: ["CON"],
        parameters: [
          {
            name: "filter",
            in: "query",
            required: true,
            style: "deepObject",
            schema: { type: "object", properties: { a: { type: "string" } }, example: { a: "ö&" } },
          },
          { name: "limit", in: "query", schema: { type: "integer", example: 5 } },
          { name: "seen", in: "cookie", required: true, schema: { type: "string", example: "yes" } },
        ],
        responses: done,
      },
    },
    "/things/{id}": {
      get: {
        operationId: "read",
        tags: ["../日本/"],
        parameters: [idParameter],
        security: [{ login: [] }],
        responses: done,
      },
    },
    "/things/{id}/parts": {
      post: {
        operationId: "upload",
        tags: ["../日本/"],
        parameters: [idParameter],
        requestBody: {
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                required: ["name", "data"],
                properties: {
                  name: { type: "string", example: "n" },
                  data: { type: "string", format: "binary" },
                },
              },
            },
          },
        },
        responses: done,
      },
    },
    "/form": {
      post: {
        operationId: "form",
        requestBody: {
          content: {
            "application/x-www-form-urlencoded": {
              schema: {
                type: "object",
                required: ["q"],
                properties: { q: { type: "string", example: "a&b" } },
              },
            },
          },
        },
        responses: done,
      },
    },
    "/xml": {
      put: {
        operationId: "xml",
        requestBody: { content: { "application/xml": { example: "<a/>" } } },
        responses: done,
      },
    },
    "/lines": {
      put: {
        operationId: "lines",
        requestBody: { content: { "text/plain": { example: "one\n### two\n@three = 3" } } },
        responses: done,
      },
    },
    "/blob": { put: { operationId: "blob", requestBody: { content: { "image/png": {} } }, responses: done } },
  },
};

async function collected(document: object): Promise<Collection> {
  const folder = await mkdtemp(join(tmpdir(), "eco-collection-"));
  try {
    await writeFile(join(folder, "odd.json"), JSON.stringify(document));
    const { catalog } = await loadCatalog(join(folder, "odd.json"), { cacheDir: false });
    return await collect(catalog, catalog.operations, { baseUrl: "http://127.0.0.1/" });
  } finally {
    await rm(folder, { recursive: true });
  }
}

let collection: Collection;
beforeAll(async () => {
  collection = await collected(odd);
});

describe("a collection of a document with everything odd in it", () => {
  it("has each operation once, what creates before what reads, and no webhook", () => {
    const ids = collection.requests.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(["blob", "form", "lines", "list", "make_thing", "read", "upload", "xml"]);
    expect(ids.indexOf("make_thing")).toBeLessThan(ids.indexOf("read"));
    expect(collection.secrets.toSorted()).toEqual(["key", "password", "username"]);
  });

  it("is a .http file with no line that the document could have slipped in", () => {
    const text = httpFile(collection);
    expect(text.split("\n")[0]).toBe("# Odd ### names");
    for (const line of [
      "@id = {{make_thing.response.body.$.id}}",
      "GET {{baseUrl}}/things?filter[a]=%C3%B6%26",
      "Cookie: seen=yes",
      "Authorization: Basic {{username}} {{password}}",
      "X-Key: {{key}}",
      "q=a%26b",
      "<a/>",
      "< ./blob.png",
      "< ./data.bin",
      "@run = 000000000001",
    ])
      expect(text.split("\n")).toContain(line);
    expect(text).not.toContain('"{{x}}"');
  });

  it("keeps a text that a reader of .http files would take for requests out of the file", () => {
    for (const text of [httpFile(collection), httpScripts(collection)]) {
      expect(text.split("\n")).toContain("< ./lines.txt");
      expect(text).not.toContain("### two");
    }
  });

  it("is a .http file whose scripts test each answer and keep its id", () => {
    const text = httpScripts(collection);
    expect(text.match(/client\.test\(/g)).toHaveLength(8);
    expect(text).toContain('client.global.set("id", ');
    expect(text.split("\n")).toContain("Idempotency-Key: {{$random.uuid}}");
  });

  it("is a Postman collection with folders by tag, path variables and queries that are off", () => {
    const { item, variable } = JSON.parse(postmanCollection(collection));
    const requests = item.flatMap((folder: { item: unknown[] }) => folder.item);
    expect(item.map(({ name }: { name: string }) => name)).toEqual(["CON", "../日本/", "odd"]);
    expect(requests).toHaveLength(8);
    expect(requests[0].request).toMatchObject({
      auth: { type: "apikey" },
      header: expect.arrayContaining([{ key: "Idempotency-Key", value: "{{$guid}}" }]),
      body: { mode: "raw", options: { raw: { language: "json" } } },
    });
    const script = requests[0].event[0].script.exec.join("\n");
    expect(script).toContain('pm.test("Succeeds"');
    expect(script).toContain('pm.collectionVariables.set("id", ');
    expect(requests[1].request.url.query).toEqual([
      { key: "filter[a]", value: "%C3%B6%26" },
      { key: "limit", value: "5", disabled: true },
    ]);
    expect(requests[2].request.url).toMatchObject({
      raw: "{{baseUrl}}/things/:id",
      variable: [{ key: "id", value: "{{id}}" }],
    });
    expect(variable).toContainEqual({ key: "password", value: "", type: "string" });
  });

  it("is a Bruno folder whose names every system takes and whose blocks all end", () => {
    const files = brunoFiles(collection);
    expect(() => checkFileNames(files.keys())).not.toThrow();
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(["_CON/Same title.bru", "_CON/same Title2.bru", "environments/sandbox.bru"]),
    );
    for (const [name, text] of files) {
      if (!name.endsWith(".bru")) continue;
      // A block begins and ends at the edge, and all within it is set in.
      expect(text, name).toMatch(/^(?:[a-z:-]+ (?:\{\n(?: {2}.*\n)+\}|\[\n(?: {2}.*\n)+\])\n+)+$/);
    }
    expect(files.get("_CON/same Title2.bru")).toContain("  ~limit: 5");
    expect(files.get("_CON/Same title.bru")).toContain("vars:post-response {\n  id: res.body.id\n}");
    expect(files.get("environments/sandbox.bru")).toContain("vars:secret [\n");
  });
});

describe("a collection of a document that wants to act in the tool which opens it", () => {
  /** A file of the reader's to be sent, a script, a request of its own, the end of a block and a script of Bruno's. */
  const lines = "x\n< /etc/passwd\n  ?? js act()\n> {% act() %}\n### more\n}\nscript:pre-request {\n}\n";
  const braces = "{{{$processEnv HOME}} {{require('x').act()}}";
  const text = { type: "string" };
  const hostile = {
    openapi: "3.1.0",
    info: { title: "Hostile", version: "1" },
    components: { securitySchemes: { key: { type: "apiKey", in: "header", name: `X-Key${lines}` } } },
    paths: {
      "/parts": {
        post: {
          operationId: "parts",
          summary: braces,
          requestBody: {
            content: {
              "multipart/form-data": {
                schema: { type: "object", properties: { [`n${lines}`]: text, lines: text, braces: text } },
                example: { [`n${lines}`]: "v", lines, braces },
              },
            },
          },
          responses: done,
        },
      },
      [`/path${lines}`]: { get: { operationId: "path", security: [{ key: [] }], responses: done } },
      "/text": {
        put: {
          operationId: "text",
          parameters: [{ name: `X-A${lines}`, in: "header", required: true, schema: text, example: braces }],
          requestBody: { content: { [`text/plain${lines}`]: { example: braces } } },
          responses: done,
        },
      },
      "/answers": {
        post: {
          operationId: "make",
          responses: {
            "201": {
              description: "Made",
              content: json({ type: "object", properties: { [`a']}}${lines}Id`]: text } }),
            },
          },
        },
      },
      [`/answers/{a']}}${lines}Id}`]: { get: { operationId: "got", responses: done } },
    },
  };

  it("has no line of its making, and nothing but names of variables between braces", async () => {
    const made = await collected(hostile);
    const bruno = [...brunoFiles(made)].flatMap(([name, file]) => (name.endsWith(".bru") ? [file] : []));
    for (const file of [httpFile(made), httpScripts(made), ...bruno]) {
      expect(file).not.toMatch(/^\s*(?:< \/etc|\?\?|> \{% act|### more|script:)/m);
      expect(file).not.toMatch(/\{\{(?!\$(?:guid|random\.uuid)\}\}|[\w.$[\]']+\}\})/);
    }
    expect(postmanCollection(made)).not.toMatch(/\{\{(?!\$guid\}\}|\w+\}\})/);
    expect(httpFile(made).split("\n")).toContain("< ./lines.txt");
  });
});
