import { describe, expect, it } from "vitest";
import { openapi } from "../spec-set.ts";
import { changesBetween, differenceOf, inShort } from "./compare.ts";

const ok = { 200: { description: "Done" } };
const text = { type: "string" };
const get = (more: object = {}): object => ({ operationId: "getThing", responses: ok, ...more });
const at = (path: string, operation: object, more: object = {}): object =>
  openapi({ [path]: { get: operation } }, SCHEMES, more);
const things = (more: object = {}): object => at("/things", get(more));
const parameter = (more: object): object => ({
  parameters: [{ name: "q", in: "query", schema: text, ...more }],
});
const SCHEMES = {
  securitySchemes: {
    key: { type: "apiKey", in: "header", name: "X-Key" },
    same: { type: "apiKey", in: "header", name: "x-key" },
    token: {
      type: "oauth2",
      flows: { clientCredentials: { tokenUrl: "https://a.example/t", scopes: { read: "", write: "" } } },
    },
  },
};
const answers = (...statuses: string[]): object => ({
  responses: Object.fromEntries(statuses.map((status) => [status, { description: "As it is" }])),
});
const withBody = (schema: object): object => ({
  description: "As it is",
  content: { "application/json": { schema } },
});
const body = (required: boolean, ...types: string[]): object => ({
  requestBody: { required, content: Object.fromEntries(types.map((type) => [type, { schema: text }])) },
});
const callback = (to: string): object => ({
  callbacks: { done: { [to]: { post: { responses: ok, ...body(true, "application/json") } } } },
});
const header = (more?: object): object => ({
  responses: {
    200: {
      description: "Done",
      ...(more === undefined ? {} : { headers: { "X-A": { schema: text, ...more } } }),
    },
  },
});
const pathParameter = (name: string): object =>
  get({ parameters: [{ name, in: "path", required: true, schema: text }] });

const cases: readonly (readonly [string, object, object, string[]])[] = [
  ["an operation is gone", things(), openapi({}), ["breaking operation.removed"]],
  ["an operation is new", openapi({}), things(), ["compatible operation.added"]],
  ["an operation moved", things(), at("/items", get()), ["breaking operation.moved"]],
  [
    "an operation has another id",
    things(),
    things({ operationId: "readThing" }),
    ["possibly-breaking operation.renamed"],
  ],
  ["an operation is deprecated", things(), things({ deprecated: true }), ["text deprecated"]],
  [
    "a path parameter is called something else",
    at("/things/{id}", pathParameter("id")),
    at("/things/{thingId}", pathParameter("thingId")),
    ["text parameter.renamed"],
  ],
  ["a parameter is new", things(), things(parameter({})), ["compatible parameter.added"]],
  [
    "a required parameter is new",
    things(),
    things(parameter({ required: true })),
    ["breaking parameter.demanded"],
  ],
  ["a parameter is gone", things(parameter({})), things(), ["possibly-breaking parameter.removed"]],
  [
    "a parameter became required",
    things(parameter({})),
    things(parameter({ required: true })),
    ["breaking parameter.required"],
  ],
  [
    "a parameter is written in another way",
    things(parameter({ schema: { type: "array" } })),
    things(parameter({ schema: { type: "array" }, explode: false })),
    ["breaking parameter.written"],
  ],
  [
    "a parameter is written as usual, and that is said",
    things(parameter({})),
    things(parameter({ style: "form", explode: true })),
    [],
  ],
  [
    "a parameter takes fewer values",
    things(parameter({})),
    things(parameter({ schema: { type: "string", maxLength: 3 } })),
    ["breaking limit.narrowed"],
  ],
  ["a success is gone", things(answers("200", "202")), things(answers("200")), ["breaking status.removed"]],
  [
    "a success has another status, and less in it",
    things({ responses: { 201: withBody({ type: "object", properties: { a: text }, required: ["a"] }) } }),
    things({ responses: { 200: withBody({ type: "object", properties: { a: text } }) } }),
    ["breaking field.optional", "breaking status.replaced"],
  ],
  [
    "a success is spoken for by a range",
    things(answers("201")),
    things(answers("2XX")),
    ["compatible status.covered", "possibly-breaking status.added"],
  ],
  [
    "an error is gone",
    things(answers("200", "404")),
    things(answers("200")),
    ["possibly-breaking status.removed"],
  ],
  [
    "an error is spoken for by a range",
    things(answers("200", "404")),
    things(answers("200", "4XX")),
    ["compatible status.added", "compatible status.covered"],
  ],
  [
    "a success is new",
    things(answers("200")),
    things(answers("200", "202")),
    ["possibly-breaking status.added"],
  ],
  [
    "a body is needed",
    things(body(false, "application/json")),
    things(body(true, "application/json")),
    ["breaking body.required"],
  ],
  [
    "a body is taken in one form less",
    things(body(true, "application/json", "text/plain")),
    things(body(true, "application/json")),
    ["breaking media-type.removed"],
  ],
  [
    "a body is taken in one form more",
    things(body(true, "application/json")),
    things(body(true, "application/json", "text/plain")),
    ["compatible media-type.added"],
  ],
  [
    "a media type says its charset",
    things(body(true, "application/json")),
    things(body(true, "application/json; charset=utf-8")),
    [],
  ],
  [
    "a media type is spoken for by a range",
    things(body(true, "application/json")),
    things(body(true, "application/*")),
    ["compatible media-type.added", "compatible media-type.covered"],
  ],
  [
    "an operation is served elsewhere",
    things({ servers: [{ url: "https://a.example/v1" }] }),
    things({ servers: [{ url: "https://a.example/v2" }] }),
    ["breaking operation.servers"],
  ],
  [
    "an operation is served elsewhere than the others",
    things(),
    things({ servers: [{ url: "https://b.example" }] }),
    ["breaking operation.servers"],
  ],
  [
    "an operation is served in another place too",
    things({ servers: [{ url: "https://a.example/v1" }] }),
    things({ servers: [{ url: "https://a.example/v1" }, { url: "https://b.example/v1" }] }),
    [],
  ],
  ["a header is gone", things(header({ required: true })), things(header()), ["breaking header.removed"]],
  [
    "a header may be missing",
    things(header({ required: true })),
    things(header({})),
    ["breaking header.optional"],
  ],
  ["a key is asked for", things(), things({ security: [{ key: [] }] }), ["breaking security.demanded"]],
  [
    "a scope more is asked for",
    things({ security: [{ token: ["read"] }] }),
    things({ security: [{ token: ["read", "write"] }] }),
    ["breaking security.demanded"],
  ],
  [
    "another way in is open",
    things({ security: [{ key: [] }] }),
    things({ security: [{ key: [] }, { token: ["read"] }] }),
    ["compatible security.relaxed"],
  ],
  [
    "a scheme has another name",
    things({ security: [{ key: [] }] }),
    things({ security: [{ same: [] }] }),
    [],
  ],
  [
    "the base path is another",
    at("/things", get(), { servers: [{ url: "https://a.example/v1" }] }),
    at("/things", get(), { servers: [{ url: "https://a.example/v2" }] }),
    ["breaking server.base-path", "compatible server.added", "possibly-breaking server.removed"],
  ],
  [
    "a server is new",
    at("/things", get(), { servers: [{ url: "https://a.example/v1" }] }),
    at("/things", get(), { servers: [{ url: "https://b.example/v2" }, { url: "https://a.example/v1" }] }),
    ["compatible server.added"],
  ],
  [
    "a callback goes elsewhere",
    things(callback("{$request.query.a}")),
    things(callback("{$request.query.b}")),
    ["breaking callback.moved"],
  ],
  [
    "an operation means something else",
    things({ "x-eco-capability": "deliveries.submit" }),
    things({ "x-eco-capability": "deliveries.list" }),
    ["breaking meaning.changed"],
  ],
  [
    "its values are found elsewhere",
    things({
      "x-eco-capability": "deliveries.submit",
      "x-eco-bind": { request: { id: "$request.body#/a" } },
    }),
    things({
      "x-eco-capability": "deliveries.submit",
      "x-eco-bind": { request: { id: "$request.body#/b" } },
    }),
    ["possibly-breaking binding.changed"],
  ],
  [
    "another's extension changed",
    things({ "x-other": 1 }),
    things({ "x-other": 2 }),
    ["text extension.changed"],
  ],
  [
    "something that nobody here reads changed",
    things({ responses: { 200: { description: "Done", later: 1 } } }),
    things(),
    ["possibly-breaking unjudged"],
  ],
  [
    "words changed",
    things({ summary: "A", description: "B" }),
    things({ summary: "C", tags: ["d"] }),
    ["text words.changed"],
  ],
];

describe("a change of an operation", () => {
  it.each(cases)("%s", async (_name, old, now, want) => {
    expect(inShort(await changesBetween(old, now))).toEqual(want);
  });

  it("is told once where a security of the whole document asks for more", async () => {
    const paths = { "/a": { get: get({ operationId: "a" }) }, "/b": { get: get({ operationId: "b" }) } };
    const changes = await changesBetween(
      openapi(paths, SCHEMES),
      openapi(paths, SCHEMES, { security: [{ key: [] }] }),
    );
    expect(changes).toMatchObject([
      { rule: "security.demanded", place: { pointer: "/security" }, reaches: [{ id: "a" }, { id: "b" }] },
    ]);
  });

  it("asks the contrary of partners where they serve the document", async () => {
    const set = (extra: object): object => {
      const schema = {
        type: "object",
        properties: { a: text, ...extra },
        required: ["a", ...Object.keys(extra)],
      };
      const content = { "application/json": { schema } };
      const post = {
        operationId: "offer",
        requestBody: { content },
        responses: { 200: { description: "Taken", content } },
      };
      return {
        "ours.yaml": openapi({ "/ours": { get: get({ "x-eco-capability": "deliveries.list" }) } }),
        "theirs.yaml": openapi({ "/offers": { post } }, {}, { info: { title: "Theirs", version: "1" } }),
      };
    };
    const { changes } = await differenceOf(
      set({}) as Record<string, unknown>,
      set({ b: text }) as Record<string, unknown>,
    );
    expect(
      changes.flatMap(({ reaches }) => reaches.map(({ where, level }) => `${where} ${level}`)).sort(),
    ).toEqual(["request body compatible", "response 200 breaking"]);
  });
});
