import { describe, expect, it } from "vitest";
import { LEVELS, type Level } from "../../../specs/engine/difference/change.ts";
import { changesBetween } from "./compare.ts";

const S = { type: "string" };
const ok = { 200: { description: "Done" } };
const sec = {
  key: { type: "apiKey", in: "header", name: "K" },
  o: {
    type: "oauth2",
    flows: { clientCredentials: { tokenUrl: "https://a.example/t", scopes: { r: "", w: "" } } },
  },
};
const json = (schema: object) => ({ "application/json": { schema } });
const doc = (op: object, more: object = {}, components: object = {}) => ({
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  paths: { "/things": { get: { operationId: "get", responses: ok, ...op } } },
  components: { securitySchemes: sec, ...components },
  ...more,
});
const d = (op: object) => doc(op);
const p = (more: object) => ({ parameters: [{ name: "q", in: "query", schema: S, ...more }] });
const res = (responses: object) => ({ responses });
const body = (required: boolean, content: object) => ({ requestBody: { required, content } });
const hook = (webhooks: object) => ({ webhooks });
const wh = {
  post: {
    operationId: "w",
    requestBody: { content: json({ type: "object", properties: { a: S } }) },
    responses: ok,
  },
};

const rows: readonly (readonly [string, object, object, Level | "none"])[] = [
  ["operation deprecated", d({}), d({ deprecated: true }), "text"],
  ["operation deprecated with sunset", d({}), d({ deprecated: true, "x-sunset": "2030-01-01" }), "text"],
  [
    "operation sunset deleted",
    d({ deprecated: true, "x-sunset": "2030-01-01" }),
    d({ deprecated: true }),
    "possibly-breaking",
  ],
  [
    "operation sunset date changed earlier",
    d({ deprecated: true, "x-sunset": "2030-01-01" }),
    d({ deprecated: true, "x-sunset": "2027-01-01" }),
    "breaking",
  ],
  [
    "operation removed with deprecation",
    doc(
      { deprecated: true, "x-sunset": "2020-01-01" },
      {
        paths: {
          "/a": { get: { operationId: "a", responses: ok } },
          "/things": {
            get: { operationId: "get", deprecated: true, "x-sunset": "2020-01-01", responses: ok },
          },
        },
      },
    ),
    doc({}, { paths: { "/a": { get: { operationId: "a", responses: ok } } } }),
    "breaking",
  ],
  ["reactivated", d({ deprecated: true }), d({}), "text"],
  ["stability decreased", d({ "x-stability-level": "stable" }), d({ "x-stability-level": "beta" }), "text"],
  ["tag added", d({}), d({ tags: ["x"] }), "text"],
  ["operation id removed", d({}), doc({ operationId: "other" }), "possibly-breaking"],
  ["schemas removed", doc({}, {}, { schemas: { A: S } }), d({}), "text"],
  ["security added", d({}), d({ security: [{ key: [] }] }), "breaking"],
  ["security removed", d({ security: [{ key: [] }] }), d({}), "compatible"],
  ["security scope added", d({ security: [{ o: ["r"] }] }), d({ security: [{ o: ["r", "w"] }] }), "breaking"],
  [
    "security scope removed",
    d({ security: [{ o: ["r", "w"] }] }),
    d({ security: [{ o: ["r"] }] }),
    "compatible",
  ],
  ["global security added", d({}), doc({}, { security: [{ key: [] }] }), "breaking"],
  [
    "oauth token url updated",
    d({ security: [{ o: ["r"] }] }),
    doc(
      { security: [{ o: ["r"] }] },
      {},
      {
        securitySchemes: {
          ...sec,
          o: {
            type: "oauth2",
            flows: { clientCredentials: { tokenUrl: "https://b.example/t", scopes: { r: "", w: "" } } },
          },
        },
      },
    ),
    "possibly-breaking",
  ],
  [
    "security type updated",
    d({ security: [{ key: [] }] }),
    doc(
      { security: [{ key: [] }] },
      {},
      { securitySchemes: { ...sec, key: { type: "http", scheme: "basic" } } },
    ),
    "breaking",
  ],
  [
    "component scope removed unused",
    d({}),
    doc(
      {},
      {},
      {
        securitySchemes: {
          ...sec,
          o: {
            type: "oauth2",
            flows: { clientCredentials: { tokenUrl: "https://a.example/t", scopes: { r: "" } } },
          },
        },
      },
    ),
    "none",
  ],
  ["new optional parameter", d({}), d(p({})), "compatible"],
  ["new required parameter", d({}), d(p({ required: true })), "breaking"],
  [
    "new required header",
    d({}),
    d({ parameters: [{ name: "X", in: "header", required: true, schema: S }] }),
    "breaking",
  ],
  [
    "new path parameter common required",
    doc({}, { paths: { "/things": { get: { operationId: "get", responses: ok } } } }),
    doc(
      {},
      {
        paths: {
          "/things": {
            parameters: [{ name: "q", in: "query", required: true, schema: S }],
            get: { operationId: "get", responses: ok },
          },
        },
      },
    ),
    "breaking",
  ],
  ["parameter removed", d(p({})), d({}), "possibly-breaking"],
  ["parameter removed with deprecation", d(p({ deprecated: true })), d({}), "possibly-breaking"],
  ["parameter become required", d(p({})), d(p({ required: true })), "breaking"],
  ["parameter become optional", d(p({ required: true })), d(p({})), "compatible"],
  [
    "parameter enum removed",
    d(p({ schema: { enum: ["a", "b"] } })),
    d(p({ schema: { enum: ["a"] } })),
    "breaking",
  ],
  ["parameter default added", d(p({})), d(p({ schema: { ...S, default: "x" } })), "possibly-breaking"],
  [
    "parameter default changed",
    d(p({ schema: { ...S, default: "y" } })),
    d(p({ schema: { ...S, default: "x" } })),
    "breaking",
  ],
  ["parameter default removed", d(p({ schema: { ...S, default: "y" } })), d(p({})), "possibly-breaking"],
  ["parameter type changed", d(p({})), d(p({ schema: { type: "integer" } })), "breaking"],
  ["parameter type generalized int to string", d(p({ schema: { type: "integer" } })), d(p({})), "compatible"],
  ["parameter max length set", d(p({})), d(p({ schema: { ...S, maxLength: 3 } })), "breaking"],
  [
    "parameter pattern changed",
    d(p({ schema: { ...S, pattern: "a" } })),
    d(p({ schema: { ...S, pattern: "b" } })),
    "possibly-breaking",
  ],
  ["parameter deprecated", d(p({})), d(p({ deprecated: true })), "text"],
  [
    "parameter location changed",
    d(p({ required: true })),
    d({ parameters: [{ name: "q", in: "header", required: true, schema: S }] }),
    "breaking",
  ],
  ["parameter allow reserved", d(p({})), d(p({ allowReserved: true })), "compatible"],
  ["body added required", d({}), d(body(true, json(S))), "breaking"],
  ["body added optional", d({}), d(body(false, json(S))), "compatible"],
  ["body removed", d(body(true, json(S))), d({}), "possibly-breaking"],
  ["body became required", d(body(false, json(S))), d(body(true, json(S))), "breaking"],
  ["body became optional", d(body(true, json(S))), d(body(false, json(S))), "compatible"],
  [
    "body media type added",
    d(body(true, json(S))),
    d(body(true, { ...json(S), "text/plain": { schema: S } })),
    "compatible",
  ],
  [
    "body media type removed",
    d(body(true, { ...json(S), "text/plain": { schema: S } })),
    d(body(true, json(S))),
    "breaking",
  ],
  [
    "body media type schema added",
    d(body(true, { "application/json": {} })),
    d(body(true, json(S))),
    "breaking",
  ],
  [
    "body media type schema removed",
    d(body(true, json(S))),
    d(body(true, { "application/json": {} })),
    "compatible",
  ],
  [
    "success status removed",
    d(res({ 200: { description: "a" }, 201: { description: "b" } })),
    d(res({ 200: { description: "a" } })),
    "breaking",
  ],
  [
    "success status added",
    d({}),
    d(res({ 200: { description: "a" }, 201: { description: "b" } })),
    "possibly-breaking",
  ],
  [
    "non success status added",
    d({}),
    d(res({ 200: { description: "a" }, 409: { description: "b" } })),
    "compatible",
  ],
  [
    "non success status removed",
    d(res({ 200: { description: "a" }, 409: { description: "b" } })),
    d({}),
    "possibly-breaking",
  ],
  [
    "response media type added",
    d(res({ 200: { description: "a", content: json(S) } })),
    d(res({ 200: { description: "a", content: { ...json(S), "text/plain": { schema: S } } } })),
    "compatible",
  ],
  [
    "response media type removed",
    d(res({ 200: { description: "a", content: { ...json(S), "text/plain": { schema: S } } } })),
    d(res({ 200: { description: "a", content: json(S) } })),
    "breaking",
  ],
  [
    "response media type name generalized",
    d(res({ 200: { description: "a", content: json(S) } })),
    d(res({ 200: { description: "a", content: { "application/*": { schema: S } } } })),
    "possibly-breaking",
  ],
  [
    "response media type name specialized",
    d(res({ 200: { description: "a", content: { "application/*": { schema: S } } } })),
    d(res({ 200: { description: "a", content: json(S) } })),
    "compatible",
  ],
  [
    "response media type schema removed",
    d(res({ 200: { description: "a", content: json(S) } })),
    d(res({ 200: { description: "a", content: { "application/json": {} } } })),
    "breaking",
  ],
  [
    "response media type schema added",
    d(res({ 200: { description: "a", content: { "application/json": {} } } })),
    d(res({ 200: { description: "a", content: json(S) } })),
    "compatible",
  ],
  [
    "required header removed",
    d(res({ 200: { description: "a", headers: { X: { required: true, schema: S } } } })),
    d({}),
    "breaking",
  ],
  [
    "optional header removed",
    d(res({ 200: { description: "a", headers: { X: { schema: S } } } })),
    d(res({ 200: { description: "a" } })),
    "possibly-breaking",
  ],
  [
    "header became optional",
    d(res({ 200: { description: "a", headers: { X: { required: true, schema: S } } } })),
    d(res({ 200: { description: "a", headers: { X: { schema: S } } } })),
    "breaking",
  ],
  [
    "header type changed",
    d(res({ 200: { description: "a", headers: { X: { schema: S } } } })),
    d(res({ 200: { description: "a", headers: { X: { schema: { type: "integer" } } } } })),
    "breaking",
  ],
  [
    "header added",
    d(res({ 200: { description: "a" } })),
    d(res({ 200: { description: "a", headers: { X: { schema: S } } } })),
    "compatible",
  ],
  ["webhook removed", doc({}, hook({ a: wh })), d({}), "breaking"],
  ["webhook added", d({}), doc({}, hook({ a: wh })), "compatible"],
  [
    "link added",
    d({}),
    d(res({ 200: { description: "Done", links: { next: { operationId: "get" } } } })),
    "compatible",
  ],
  [
    "link removed",
    d(res({ 200: { description: "Done", links: { next: { operationId: "get" } } } })),
    d({}),
    "possibly-breaking",
  ],
  [
    "link changed",
    d(res({ 200: { description: "Done", links: { next: { operationId: "get", parameters: { a: "x" } } } } })),
    d(res({ 200: { description: "Done", links: { next: { operationId: "get", parameters: { a: "y" } } } } })),
    "possibly-breaking",
  ],
  [
    "server removed",
    doc({}, { servers: [{ url: "https://a.example" }, { url: "https://b.example" }] }),
    doc({}, { servers: [{ url: "https://a.example" }] }),
    "possibly-breaking",
  ],
  ["info version", d({}), { ...d({}), info: { title: "T", version: "2" } }, "text"],
  [
    "component unreached changed",
    doc({}, {}, { schemas: { A: { type: "object", properties: { a: S }, required: ["a"] } } }),
    doc({}, {}, { schemas: { A: { type: "object", properties: { a: { type: "integer" } } } } }),
    "text",
  ],
  [
    "component callbacks/path items/links removed",
    doc({}, {}, { links: { l: { operationId: "get" } } }),
    d({}),
    "text",
  ],
  [
    "path summary",
    doc({}, { paths: { "/things": { summary: "a", get: { operationId: "get", responses: ok } } } }),
    doc({}, { paths: { "/things": { summary: "b", get: { operationId: "get", responses: ok } } } }),
    "text",
  ],
];

const gravest = (levels: readonly Level[]): Level | "none" =>
  LEVELS.find((one) => levels.includes(one)) ?? "none";

describe("what a change of an operation asks, kind by kind of those that other tools publish", () => {
  it.each(rows)("%s", async (_what, was, is, want) => {
    const changes = await changesBetween(was, is);
    expect(gravest(changes.map(({ level }) => level))).toBe(want);
  });
});
