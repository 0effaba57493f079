import { spawnSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assertSound, formatFinding, loadCatalog } from "../../../specs/engine/catalog/load.ts";
import {
  documentsOf,
  messageByEvent,
  messageByType,
  operationById,
  operationsByCapability,
  requireOperation,
  schemaAt,
  workflowById,
} from "../../../specs/engine/catalog/lookup.ts";
import { codes, getThings, loadFiles, openapi, writeSpecs } from "../spec-set.ts";

const answer = { 200: { description: "ok" } };

describe("a spec set", () => {
  it("is known by content, whatever the files are called", async () => {
    const { catalog, findings } = await loadFiles({
      "one.yaml":
        "# a comment\ninfo: {title: One, version: '1'}\nopenapi: 3.0.3\npaths:\n  /a:\n    get: {responses: {200: {description: ok}}}\n",
      "deep/er/two.json": { info: { title: "Events", version: "1" }, asyncapi: "3.0.0", channels: {} },
      "notes.yaml": "title: openapi is mentioned here",
      "list.json": [1, 2],
    });
    expect(catalog.documents.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      "deep/er/two.json asyncapi",
      "one.yaml openapi",
    ]);
    expect(codes(findings)).toEqual(["warning spec.asyncapi.empty"]);
  });

  it("is bundled from several files, recursion kept as a reference", async () => {
    const { catalog, findings } = await loadFiles({
      "openapi.yaml": [
        "openapi: 3.1.0",
        "info: {title: Multi, version: '1'}",
        "paths:",
        "  /things/{id}:",
        "    $ref: paths/things.yaml",
      ].join("\n"),
      "paths/things.yaml": [
        "parameters:",
        "  - $ref: ../shared/parameters.json#/id",
        "get:",
        "  operationId: getThing",
        "  responses:",
        "    200:",
        "      description: ok",
        "      content: {application/json: {schema: {$ref: '../shared/Thing.yaml'}}}",
      ].join("\n"),
      "shared/parameters.json": {
        id: { name: "id", in: "path", required: true, schema: { type: "string" } },
      },
      "shared/Thing.yaml": "type: object\nproperties:\n  parts: {type: array, items: {$ref: Thing.yaml}}",
    });
    expect(findings).toEqual([]);
    expect(catalog.documents).toHaveLength(1);
    const operation = requireOperation(catalog, "getThing");
    expect(operation.parameters).toMatchObject([{ name: "id", in: "path", required: true }]);
    const schema = operation.responses[0]?.content["application/json"]?.schema;
    expect(schema).toEqual({ document: "openapi.yaml", pointer: "/components/schemas/Thing" });
    expect(JSON.stringify(schema && schemaAt(catalog, schema))).toContain("#/components/schemas/Thing");
    expect(JSON.stringify(catalog)).not.toContain("Thing.yaml");
  });

  it("is bundled where whole maps, a response called default and examples stand in files of their own", async () => {
    const { catalog, findings } = await loadFiles({
      "openapi.yaml": [
        "openapi: 3.0.3",
        "info: {title: Split, version: '1'}",
        "paths:",
        "  /things:",
        "    get: {$ref: things/list.yml}",
      ].join("\n"),
      "things/list.yml": [
        "operationId: listThings",
        "responses:",
        "  default: {$ref: responses.yml#/all}",
      ].join("\n"),
      "things/responses.yml": [
        "all:",
        "  description: ok",
        "  content:",
        "    application/json:",
        "      schema: {type: object, properties: {$ref: properties.yml#/thing}}",
        "      example: {$ref: examples.yml#/one}",
      ].join("\n"),
      "things/properties.yml": "thing: {name: {type: string}}",
      "things/examples.yml": "one: {name: a chair}",
    });
    expect(findings).toEqual([]);
    const media = requireOperation(catalog, "listThings").responses[0]?.content["application/json"];
    expect(media?.schema && schemaAt(catalog, media.schema)).toMatchObject({
      properties: { name: { type: "string" } },
    });
    expect(media?.examples["default"]).toEqual({ name: "a chair" });
  });

  it("can be one file", async () => {
    const root = await writeSpecs({ "a.json": openapi(getThings({ type: "array" })), "b.json": openapi({}) });
    const { catalog } = await loadCatalog(join(root, "a.json"), { cacheDir: false });
    expect(catalog.documents.map((document) => document.path)).toEqual(["a.json"]);
  });

  it("gets a manifest made up where it has none", async () => {
    const scheme = {
      type: "oauth2",
      flows: { clientCredentials: { tokenUrl: "/token", scopes: { "things:read": "x" } } },
    };
    const { catalog } = await loadFiles({
      "a.json": openapi(
        getThings({}, { security: [{ auth: ["things:read"] }] }),
        { securitySchemes: { auth: scheme } },
        { info: { title: "Roaming Hub!", version: "1" } },
      ),
    });
    expect(catalog.ecosystem).toMatchObject({
      id: "roaming-hub",
      title: "Roaming Hub!",
      orchestrator: "roaming-hub",
      timeZone: "UTC",
    });
    expect(catalog.ecosystem.roles.find((role) => role.id === "partner")?.scopes).toEqual(["things:read"]);
    expect(operationById(catalog, "listThings")?.security).toMatchObject([
      [{ scheme: { type: "oauth2", tokenUrl: "/token", scopes: ["things:read"] }, scopes: ["things:read"] }],
    ]);
  });

  it("has the same digest from YAML and JSON, and another after any change", async () => {
    const json = openapi(getThings({ type: "array" }));
    const one = await loadFiles({ "api.json": json });
    const two = await loadFiles({ "api.json": JSON.stringify(json) });
    const three = await loadFiles({ "api.json": openapi(getThings({ type: "object" })) });
    expect(one.catalog.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(two.catalog.digest).toBe(one.catalog.digest);
    expect(three.catalog.digest).not.toBe(one.catalog.digest);
  });
});

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
      ["error spec.operation.duplicate-id"],
      ["x"],
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

describe("bindings", () => {
  const bound = (
    bind: object,
    body: object = {
      type: "object",
      properties: { cdr: { type: "object", properties: { kwh: { type: "number" } } } },
    },
  ): object =>
    openapi({
      "/cdrs/{country}": {
        post: {
          operationId: "postCdr",
          parameters: [{ name: "country", in: "path", required: true, schema: {} }],
          "x-eco-capability": "deliveries.submit",
          "x-eco-bind": bind,
          requestBody: { content: { "application/json": { schema: body } } },
          responses: {
            201: {
              description: "x",
              content: { "application/json": { schema: { type: "object", properties: { id: {} } } } },
            },
          },
        },
      },
    });
  it.each([
    [
      {
        request: {
          "usage.kwh": "$request.body#/cdr/kwh",
          country: "$request.path.country",
          product: { const: "charging" },
        },
        response: { "/id": "id" },
      },
      [],
    ],
    [{ request: { "usage.kwh": "$request.body#/cdr/kWh" } }, ["error spec.bind.unknown"]],
    [{ request: { country: "$request.query.country" } }, ["error spec.bind.unknown"]],
    [{ request: { key: "$request.header.Authorization" } }, []],
    [{ request: { key: "$request.cookie.x" } }, ["error spec.bind.expression"]],
    [{ request: { key: "body.x" } }, ["error spec.bind.expression"]],
    [{ request: { key: 5 } }, ["error spec.bind.expression"]],
    [{ response: { "/gone": "id" } }, ["error spec.bind.unknown"]],
    [{ response: { id: "id" } }, ["error spec.bind.expression"]],
    [{ answer: {} }, ["error spec.bind.shape"]],
    ["request", ["error spec.bind.shape"]],
  ])("are checked: %j", async (bind, want) => {
    const { findings } = await loadFiles({ "api.json": bound(bind as object) });
    expect(codes(findings)).toEqual(want);
  });

  it("let an operation be found by its capability", async () => {
    const { catalog } = await loadFiles({
      "api.json": bound({ request: { country: "$request.path.country" } }),
    });
    expect(operationsByCapability(catalog, "deliveries.submit").map(({ id }) => id)).toEqual(["postCdr"]);
    expect(operationsByCapability(catalog, "none")).toEqual([]);
  });

  it("accept any field of a free-form object", async () => {
    const { findings } = await loadFiles({
      "api.json": bound(
        { request: { id: "$request.body#/any/thing" } },
        { type: "object", additionalProperties: true },
      ),
    });
    expect(findings).toEqual([]);
  });
});

describe("messages", () => {
  const events = (message: object, more: object = {}): object => ({
    asyncapi: "3.0.0",
    info: { title: "Events", version: "1" },
    channels: {
      deliveries: {
        address: "deliveries/{id}",
        messages: { rated: { $ref: "#/components/messages/DeliveryRated" } },
      },
    },
    components: { messages: { DeliveryRated: message }, ...more },
  });
  it("come with channel, CloudEvents type, payload and domain event", async () => {
    const envelope = { type: "object", properties: { id: { type: "string" }, type: { type: "string" } } };
    const { catalog, findings } = await loadFiles({
      "events.json": events(
        {
          name: "rated",
          title: "Delivery rated",
          "x-eco-event": "delivery.rated",
          payload: {
            allOf: [
              { $ref: "#/components/schemas/Envelope" },
              { properties: { type: { const: "org.example.delivery.rated.v1" } } },
            ],
          },
          examples: [{ payload: { id: "1" } }, { headers: {} }],
        },
        { schemas: { Envelope: envelope } },
      ),
    });
    expect(findings).toEqual([]);
    expect(catalog.messages).toEqual([
      {
        id: "DeliveryRated",
        document: "events.json",
        type: "org.example.delivery.rated.v1",
        title: "Delivery rated",
        summary: "",
        description: "",
        channel: "deliveries",
        address: "deliveries/{id}",
        payload: { document: "events.json", pointer: "/components/messages/DeliveryRated/payload" },
        examples: [{ id: "1" }],
        event: "delivery.rated",
        pointer: "/components/messages/DeliveryRated",
      },
    ]);
    expect(messageByEvent(catalog, "delivery.rated")).toBe(catalog.messages[0]);
    expect(messageByType(catalog, "org.example.delivery.rated.v1")).toBe(catalog.messages[0]);
  });

  it("take what their traits add, and JSON Schema in a multi-format payload", async () => {
    const { catalog } = await loadFiles({
      "events.json": events(
        {
          traits: [{ $ref: "#/components/messageTraits/t" }],
          payload: { schemaFormat: "application/schema+json;version=draft-07", schema: { type: "object" } },
        },
        { messageTraits: { t: { title: "From a trait" } } },
      ),
    });
    expect(catalog.messages[0]).toMatchObject({
      title: "From a trait",
      payload: { pointer: "/components/messages/DeliveryRated/payload/schema" },
    });
  });

  it("are reported when their payload is no JSON Schema", async () => {
    const { findings } = await loadFiles({
      "events.json": events({
        payload: { schemaFormat: "application/vnd.apache.avro;version=1.9.0", schema: {} },
      }),
    });
    expect(codes(findings)).toContain("warning spec.asyncapi.payload");
  });

  it("come from the webhooks of an OpenAPI document too", async () => {
    const webhooks = {
      newPet: {
        post: {
          "x-eco-event": "pet.added",
          requestBody: { content: { "application/json": { schema: { type: "object" } } } },
          responses: answer,
        },
      },
    };
    const { catalog } = await loadFiles({ "api.json": openapi({}, {}, { webhooks }) });
    expect(catalog.messages).toMatchObject([
      { id: "newPet", type: "newPet", event: "pet.added", channel: "webhooks" },
    ]);
  });
});

describe("workflows", () => {
  const arazzo = (
    steps: object[],
    sources: object[] = [{ name: "api", type: "openapi", url: "api.json" }],
  ): object => ({
    arazzo: "1.0.1",
    info: { title: "J", version: "1" },
    sourceDescriptions: sources,
    workflows: [
      { workflowId: "main", summary: "Main", steps },
      { workflowId: "inner", steps: [{ stepId: "i", operationId: "listThings" }] },
    ],
  });
  it("list the operations they call, nested workflows included", async () => {
    const { catalog, findings } = await loadFiles({
      "api.json": openapi(getThings({})),
      "j.json": arazzo([
        { stepId: "a", operationId: "listThings" },
        { stepId: "b", workflowId: "inner" },
        { stepId: "c", operationPath: "{$sourceDescriptions.api.url}#/paths/~1things/get" },
      ]),
    });
    expect(findings).toEqual([]);
    expect(workflowById(catalog, "main")?.operations).toEqual(["listThings", "listThings", "listThings"]);
  });
  it.each([
    [
      "an unknown operation",
      [{ stepId: "a", operationId: "gone" }],
      undefined,
      "spec.arazzo.operation-unknown",
      "/workflows/0/steps/0",
    ],
    [
      "an unknown workflow",
      [{ stepId: "a", workflowId: "gone" }],
      undefined,
      "spec.arazzo.workflow-unknown",
      "/workflows/0/steps/0/workflowId",
    ],
    [
      "a source outside the set",
      [],
      [
        { name: "api", type: "openapi", url: "api.json" },
        { name: "far", type: "openapi", url: "https://example.com/a.json" },
      ],
      "spec.arazzo.source-unknown",
      "/sourceDescriptions/1",
    ],
  ])("report %s with its place", async (_, steps, sources, code, pointer) => {
    const { findings } = await loadFiles({
      "api.json": openapi(getThings({})),
      "j.json": arazzo(steps, sources),
    });
    expect(findings).toMatchObject([{ severity: "error", code, pointer, document: "j.json" }]);
    expect(findings[0]?.line).toBeGreaterThan(1);
    expect(() => assertSound(findings)).toThrowError(expect.objectContaining({ code: "ECO_SPEC_INVALID" }));
  });
});

describe("our own documents", () => {
  it("are checked against the schema of their kind, with the line of each violation", async () => {
    const { catalog, findings } = await loadFiles({
      "metrics.yaml": 'ecoVersion: "1"\nkind: metrics\nid: m\nunknown: 1\n',
    });
    expect(documentsOf(catalog, "metrics")).toHaveLength(1);
    expect(new Set(codes(findings))).toEqual(new Set(["error spec.metrics.schema"]));
    expect(findings.some((finding) => finding.message.includes("unknown"))).toBe(true);
  });
  it("can't have one id and version twice", async () => {
    const card = 'ecoVersion: "1"\nkind: metrics\nid: m\nversion: 1.0.0\n';
    const { findings } = await loadFiles({ "a.yaml": card, "b.yaml": card });
    expect(codes(findings)).toContain("error spec.document.duplicate");
  });
});

it("prints a finding as linters do", async () => {
  const { findings } = await loadFiles({ "api.yaml": "openapi: 3.1.0\npaths:\n  a: {}\n" });
  expect(findings.map(formatFinding)).toEqual([
    "api.yaml:3:3 error spec.openapi.path: The path a doesn't start with a slash. Write a slash first.",
  ]);
});

/** Prints the URL of every module that a process loaded, when it ends. */
const listLoadedModules = `
  import { registerHooks } from "node:module";
  const urls = [];
  registerHooks({ load: (url, context, next) => { urls.push(url); return next(url, context); } });
  process.on("exit", () => process.stdout.write(urls.join("\\n") + "\\n"));`;

describe("the cache", () => {
  const start = async (): Promise<{ root: string; cacheDir: string }> => {
    const root = await writeSpecs({
      "specs/api.yaml": JSON.stringify(openapi(getThings({ $ref: "thing.json" }))),
      "specs/thing.json": { type: "string" },
    });
    const cacheDir = join(root, "cache");
    await loadCatalog(join(root, "specs"), { cacheDir });
    return { root, cacheDir };
  };

  it("gives the same catalogue and findings", async () => {
    const { root, cacheDir } = await start();
    expect(await readdir(cacheDir)).toHaveLength(1);
    const cached = await loadCatalog(join(root, "specs"), { cacheDir });
    expect(cached).toEqual(await loadCatalog(join(root, "specs"), { cacheDir: false }));
  });

  it.each([
    ["a document changes", "api.yaml", openapi(getThings({ type: "integer" }))],
    ["a file that it refers to changes", "thing.json", { type: "integer" }],
    ["a document is added", "b.json", openapi({ "/b": { get: { responses: answer } } })],
  ])("is not used when %s", async (_, name, content) => {
    const { root, cacheDir } = await start();
    const before = await loadCatalog(join(root, "specs"), { cacheDir });
    await writeFile(join(root, "specs", name), JSON.stringify(content));
    const after = await loadCatalog(join(root, "specs"), { cacheDir });
    expect(after.catalog.digest).not.toBe(before.catalog.digest);
  });

  it.each(["", "{", "null", '{"files":[["api.yaml","x"]]}'])("is rebuilt when it holds %j", async (text) => {
    const { root, cacheDir } = await start();
    const [name = ""] = await readdir(cacheDir);
    await writeFile(join(cacheDir, name), text);
    expect((await loadCatalog(join(root, "specs"), { cacheDir })).catalog.operations).toHaveLength(1);
    expect((await readFile(join(cacheDir, name), "utf8")).length).toBeGreaterThan(100);
  });

  it("lets a warm start do without Redocly, YAML and Ajv", async () => {
    const { root, cacheDir } = await start();
    const script = `
      const { loadCatalog } = await import(${JSON.stringify(join(import.meta.dirname, "../../../specs/engine/catalog/load.ts"))});
      const { catalog } = await loadCatalog(process.argv[1], { cacheDir: process.argv[2] });
      console.log(JSON.stringify({ operations: catalog.operations.length }));`;
    const trace = `data:text/javascript,${encodeURIComponent(listLoadedModules)}`;
    const result = spawnSync(
      process.execPath,
      ["--import", trace, "--input-type=module", "-e", script, join(root, "specs"), cacheDir],
      { encoding: "utf8" },
    );
    expect(result.stderr).toBe("");
    const [output = "", ...modules] = result.stdout.trim().split("\n");
    expect(JSON.parse(output)).toEqual({ operations: 1 });
    expect(modules.length).toBeGreaterThan(5);
    expect(modules.filter((url) => /@redocly|node_modules\/yaml|node_modules\/ajv/.test(url))).toEqual([]);
  });
});
