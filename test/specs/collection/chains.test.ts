import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { collect } from "../../../specs/engine/collection/collection.ts";
import { httpFile } from "../../../specs/engine/collection/http-file.ts";
import type { CollectedRequest, Collection } from "../../../specs/engine/collection/types.ts";
import { parseHttp } from "./http-runner.ts";

const json = (properties: object) => ({
  content: { "application/json": { schema: { type: "object", properties } } },
});
const text = (example: string) => ({ type: "string", example });
const done = { "200": { description: "Done" } };
const answers = (properties: object) => ({ "201": { description: "Made", ...json(properties) } });
const inPath = (name: string) => ({ name, in: "path", required: true, schema: text(`${name}_example`) });
const query = (name: string) => ({ name, in: "query", required: true, schema: text("q") });
const openapi = (paths: object, components: object = {}) => ({
  openapi: "3.1.0",
  info: { title: "Made for a test", version: "1" },
  paths,
  components,
});

/** Documents by file name, as a collection of all their operations. */
async function collected(documents: Readonly<Record<string, unknown>>): Promise<Collection> {
  const folder = await mkdtemp(join(tmpdir(), "eco-chains-"));
  try {
    for (const [name, content] of Object.entries(documents))
      await writeFile(join(folder, name), JSON.stringify(content));
    const { catalog } = await loadCatalog(folder, { cacheDir: false });
    return await collect(catalog, catalog.operations, { baseUrl: "http://127.0.0.1" });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const ids = ({ requests }: Collection): string[] => requests.map(({ id }) => id);
function request({ requests }: Collection, id: string): CollectedRequest {
  const found = requests.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no request ${id}`);
  return found;
}
const bodyOf = (one: CollectedRequest): unknown => (one.body?.kind === "text" ? one.body.text : one.body);

describe("what answers tell", () => {
  const shop = {
    "shop.json": openapi({
      "/refunds": {
        post: {
          operationId: "refund",
          tags: ["Refunds"],
          requestBody: json({ order_id: text("ord_0"), why: text("broken") }),
          responses: done,
        },
      },
      "/orders": {
        post: {
          operationId: "order",
          tags: ["Orders"],
          requestBody: json({ what: text("tea") }),
          responses: answers({ id: text("ord_1"), number: { type: "integer" } }),
        },
      },
      "/orders/{orderId}": {
        get: { operationId: "show", tags: ["Orders"], parameters: [inPath("orderId")], responses: done },
        delete: { operationId: "drop", tags: ["Orders"], parameters: [inPath("orderId")], responses: done },
      },
      "/invoices": {
        get: {
          operationId: "invoices",
          tags: ["Refunds"],
          parameters: [query("orderId")],
          responses: done,
        },
      },
      "/users": {
        post: {
          operationId: "join",
          tags: ["Users"],
          requestBody: json({ name: text("ada") }),
          responses: done,
        },
      },
      "/users/{name}": {
        get: { operationId: "who", tags: ["Users"], parameters: [inPath("name")], responses: done },
      },
      "/notes/{noteId}": {
        get: { operationId: "note", tags: ["Notes"], parameters: [inPath("noteId")], responses: done },
      },
      "/state/reset": { post: { operationId: "resetAll", tags: ["Users"], responses: done } },
    }),
  };

  it("reaches bodies and queries that call it by another name", async () => {
    const collection = await collected(shop);
    expect(bodyOf(request(collection, "refund"))).toBe(
      '{\n  "order_id": "{{orderId}}",\n  "why": "broken"\n}',
    );
    expect(request(collection, "invoices").query).toEqual([{ name: "orderId", value: "{{orderId}}" }]);
  });

  it("puts a folder after the one whose answers it uses, what removes behind all, and a new start last", async () => {
    expect(ids(await collected(shop))).toEqual([
      "order",
      "show",
      "refund",
      "invoices",
      "join",
      "who",
      "note",
      "drop",
      "resetAll",
    ]);
  });

  it("is the same value that the maker was sent, where no answer tells it", async () => {
    const collection = await collected(shop);
    expect(bodyOf(request(collection, "join"))).toBe('{\n  "name": "{{name}}"\n}');
    expect(request(collection, "who").url).toBe("/users/{{name}}");
  });

  it("is told to be missing where nothing tells it", async () => {
    expect((await collected(shop)).unfed).toEqual([{ variable: "noteId", requests: ["note"] }]);
  });
});

describe("tokens", () => {
  const flow = (tokenUrl: string) => ({
    securitySchemes: {
      login: { type: "oauth2", flows: { clientCredentials: { tokenUrl, scopes: {} } } },
      bare: { type: "http", scheme: "bearer" },
    },
  });
  const read = (id: string, scheme: string, parameter = "id") => ({
    [`/${id}/{${parameter}}`]: {
      get: {
        operationId: id,
        security: [{ [scheme]: [] }],
        parameters: [inPath(parameter)],
        responses: done,
      },
    },
  });

  it("has one for each place that issues some, and a variable for a document that none issues for", async () => {
    const collection = await collected({
      "a.json": openapi(read("alpha", "login"), flow("https://a.example/token")),
      "b.json": openapi(read("beta", "login"), flow("https://b.example/token")),
      "c.json": openapi(read("gamma", "bare"), flow("https://c.example/token")),
    });
    expect(ids(collection).slice(0, 2)).toEqual(["getToken", "getToken2"]);
    expect(["alpha", "beta", "gamma"].map((id) => request(collection, id).auth)).toEqual([
      [{ kind: "bearer", variable: "token" }],
      [{ kind: "bearer", variable: "token2" }],
      [{ kind: "bearer", variable: "c_token" }],
    ]);
    expect(collection.secrets).toEqual(["clientId", "clientSecret", "clientId2", "clientSecret2", "c_token"]);
  });

  it("never shares a variable with a parameter of the same name", async () => {
    const collection = await collected({
      "a.json": openapi(read("alpha", "login", "clientId"), flow("https://a.example/token")),
    });
    expect(request(collection, "alpha").url).toBe("/alpha/{{clientId2}}");
  });

  it("come as the operation is bound to them", async () => {
    const issue = {
      "/auth": {
        post: {
          operationId: "issue",
          "x-eco-capability": "tokens.issue",
          "x-eco-bind": {
            request: { clientId: "$request.body#/app/id", clientSecret: "$request.body#/app/secret" },
            response: { "/token/value": "accessToken" },
          },
          requestBody: json({ app: { type: "object" } }),
          responses: answers({ token: { type: "object", properties: { value: { type: "string" } } } }),
        },
      },
    };
    const collection = await collected({
      "a.json": openapi({ ...issue, ...read("alpha", "login") }, flow("/auth")),
    });
    const token = request(collection, "getToken");
    expect(JSON.parse(String(bodyOf(token)))).toMatchObject({
      app: { id: "{{clientId}}", secret: "{{clientSecret}}" },
    });
    expect(token.captures).toEqual([{ variable: "token", path: ["token", "value"] }]);
  });
});

describe("journeys", () => {
  const api = openapi({
    "/login": {
      post: {
        operationId: "login",
        requestBody: json({ secret: text("s") }),
        responses: answers({ token: text("t"), number: { type: "integer" } }),
      },
    },
    "/jobs": {
      post: {
        operationId: "make",
        requestBody: json({ number: { type: "integer", example: 1 } }),
        responses: answers({ id: text("job_0") }),
      },
    },
    "/jobs/{jobId}/start": {
      post: { operationId: "start", parameters: [inPath("jobId")], responses: done },
    },
  });
  const arazzo = (steps: readonly object[], inputs: object = {}) => ({
    arazzo: "1.0.1",
    info: { title: "Journeys", version: "1" },
    sourceDescriptions: [{ name: "api", type: "openapi", url: "api.json" }],
    workflows: [
      { workflowId: "work", summary: "Work", inputs: { type: "object", properties: inputs }, steps },
    ],
  });
  const login = {
    stepId: "in",
    operationId: "login",
    requestBody: { contentType: "application/json", payload: { secret: "$inputs.secret" } },
    successCriteria: [{ condition: "$statusCode == 201 || $statusCode == 409" }],
    outputs: {
      token: "$response.body#/token",
      number: "$response.body#/number",
      at: "$response.header.Location",
    },
  };
  const make = {
    stepId: "make",
    operationId: "make",
    parameters: [
      { name: "Authorization", in: "header", value: "Bearer {$steps.in.outputs.token}" },
      { name: "After", in: "header", value: "$steps.in.outputs.at" },
    ],
    requestBody: { contentType: "application/json", payload: { number: "$steps.in.outputs.number" } },
    outputs: { jobId: "$response.body#/id" },
  };
  const start = {
    stepId: "start",
    operationId: "start",
    parameters: [{ name: "jobId", in: "path", value: "$steps.make.outputs.jobId" }],
    successCriteria: [{ condition: "$statusCode < 500" }],
  };
  const secret = { secret: { type: "string", format: "password", default: "published" } };

  it("are folders, step by step, with what the steps hand on, and what they test", async () => {
    const collection = await collected({
      "api.json": api,
      "work.json": arazzo([login, make, start], secret),
    });
    expect(ids(collection)).toEqual(["work_in", "work_make", "work_start", "login", "make"]);
    expect(new Set(collection.requests.slice(0, 3).map(({ folder }) => folder))).toEqual(
      new Set(["Journey: Work"]),
    );
    expect(collection.variables).toContainEqual({ name: "work_secret", value: "published" });
    expect(bodyOf(request(collection, "work_in"))).toBe('{\n  "secret": "{{work_secret}}"\n}');
    expect(request(collection, "work_in").captures).toEqual([
      { variable: "work_in_token", path: ["token"] },
      { variable: "work_in_number", path: ["number"] },
      { variable: "work_in_at", header: "Location" },
    ]);
    // A number stays one.
    expect(bodyOf(request(collection, "work_make"))).toBe('{\n  "number": {{work_in_number}}\n}');
    expect(request(collection, "work_make").headers).toEqual(
      expect.arrayContaining([
        { name: "Authorization", value: "Bearer {{work_in_token}}" },
        { name: "After", value: "{{work_in_at}}" },
      ]),
    );
    expect(request(collection, "work_start").url).toBe("/jobs/{{work_make_jobId}}/start");
    expect(["in", "make", "start"].map((step) => request(collection, `work_${step}`).expected)).toEqual([
      [201, 409],
      undefined,
      [],
    ]);
  });

  it("hand on in a .http file what the latest answer told, though one name has two values there", async () => {
    const read = {
      "/jobs/{jobId}": { get: { operationId: "read", parameters: [inPath("jobId")], responses: done } },
    };
    const documents = {
      "api.json": { ...api, paths: { ...api.paths, ...read } },
      "work.json": arazzo([login, make, start], secret),
    };
    const text = httpFile(await collected(documents));
    const { variables, requests } = parseHttp(text);
    expect([variables.get("jobId"), variables.get("jobId2")]).toEqual([
      "{{work_make.response.body.$.id}}",
      "{{make.response.body.$.id}}",
    ]);
    expect(requests.find(({ id }) => id === "read")?.url).toBe("{{baseUrl}}/jobs/{{jobId2}}");
  });

  it.each<[string, readonly object[], RegExp]>([
    [
      "a message on a channel",
      [{ stepId: "hear", channelPath: "/channels/x", action: "receive" }, make],
      /channel/,
    ],
    ["a jump", [{ ...login, onSuccess: [{ name: "j", type: "goto", stepId: "start" }] }, start], /elsewhere/],
    [
      "a value from nowhere",
      [{ ...start, parameters: [{ name: "jobId", in: "path", value: "$steps.none.outputs.id" }] }],
      /no answer before/,
    ],
  ])("are left out where they have %s, and their operations stay", async (_what, steps, reason) => {
    const collection = await collected({ "api.json": api, "work.json": arazzo(steps, secret) });
    expect(collection.leftOut).toEqual([{ journey: "work", reason: expect.stringMatching(reason) }]);
    expect(ids(collection).toSorted()).toEqual(["login", "make", "start"]);
  });

  it("that want an input are left out", async () => {
    const document = arazzo([login], { secret: { type: "string" } });
    const [workflow] = document.workflows;
    const needy = {
      ...document,
      workflows: [{ ...workflow, inputs: { ...workflow?.inputs, required: ["secret"] } }],
    };
    const collection = await collected({ "api.json": api, "work.json": needy });
    expect(collection.leftOut[0]?.reason).toContain("secret");
  });
});
