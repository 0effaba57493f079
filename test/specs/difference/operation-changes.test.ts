import { describe, expect, it } from "vitest";
import { changesBetween, gravest } from "./compare.ts";
import { doc, json, type OperationCase, ok, securitySchemes, text } from "./operation-cases.ts";

const hook = (webhooks: object) => ({ webhooks });
const wh = {
  post: {
    operationId: "w",
    requestBody: { content: json({ type: "object", properties: { a: text } }) },
    responses: ok,
  },
};

const rows: readonly OperationCase[] = [
  ["operation deprecated", doc({}), doc({ deprecated: true }), "text"],
  ["operation deprecated with sunset", doc({}), doc({ deprecated: true, "x-sunset": "2030-01-01" }), "text"],
  [
    "operation sunset deleted",
    doc({ deprecated: true, "x-sunset": "2030-01-01" }),
    doc({ deprecated: true }),
    "possibly-breaking",
  ],
  [
    "operation sunset date changed earlier",
    doc({ deprecated: true, "x-sunset": "2030-01-01" }),
    doc({ deprecated: true, "x-sunset": "2027-01-01" }),
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
  ["reactivated", doc({ deprecated: true }), doc({}), "text"],
  [
    "stability decreased",
    doc({ "x-stability-level": "stable" }),
    doc({ "x-stability-level": "beta" }),
    "text",
  ],
  ["tag added", doc({}), doc({ tags: ["x"] }), "text"],
  ["operation id removed", doc({}), doc({ operationId: "other" }), "possibly-breaking"],
  ["schemas removed", doc({}, {}, { schemas: { A: text } }), doc({}), "text"],
  ["security added", doc({}), doc({ security: [{ key: [] }] }), "breaking"],
  ["security removed", doc({ security: [{ key: [] }] }), doc({}), "compatible"],
  [
    "security scope added",
    doc({ security: [{ o: ["r"] }] }),
    doc({ security: [{ o: ["r", "w"] }] }),
    "breaking",
  ],
  [
    "security scope removed",
    doc({ security: [{ o: ["r", "w"] }] }),
    doc({ security: [{ o: ["r"] }] }),
    "compatible",
  ],
  ["global security added", doc({}), doc({}, { security: [{ key: [] }] }), "breaking"],
  [
    "oauth token url updated",
    doc({ security: [{ o: ["r"] }] }),
    doc(
      { security: [{ o: ["r"] }] },
      {},
      {
        securitySchemes: {
          ...securitySchemes,
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
    doc({ security: [{ key: [] }] }),
    doc(
      { security: [{ key: [] }] },
      {},
      { securitySchemes: { ...securitySchemes, key: { type: "http", scheme: "basic" } } },
    ),
    "breaking",
  ],
  [
    "component scope removed unused",
    doc({}),
    doc(
      {},
      {},
      {
        securitySchemes: {
          ...securitySchemes,
          o: {
            type: "oauth2",
            flows: { clientCredentials: { tokenUrl: "https://a.example/t", scopes: { r: "" } } },
          },
        },
      },
    ),
    "none",
  ],
  ["webhook removed", doc({}, hook({ a: wh })), doc({}), "breaking"],
  ["webhook added", doc({}), doc({}, hook({ a: wh })), "compatible"],
  [
    "server removed",
    doc({}, { servers: [{ url: "https://a.example" }, { url: "https://b.example" }] }),
    doc({}, { servers: [{ url: "https://a.example" }] }),
    "possibly-breaking",
  ],
  ["info version", doc({}), { ...doc({}), info: { title: "T", version: "2" } }, "text"],
  [
    "component unreached changed",
    doc({}, {}, { schemas: { A: { type: "object", properties: { a: text }, required: ["a"] } } }),
    doc({}, {}, { schemas: { A: { type: "object", properties: { a: { type: "integer" } } } } }),
    "text",
  ],
  [
    "component callbacks/path items/links removed",
    doc({}, {}, { links: { l: { operationId: "get" } } }),
    doc({}),
    "text",
  ],
  [
    "path summary",
    doc({}, { paths: { "/things": { summary: "a", get: { operationId: "get", responses: ok } } } }),
    doc({}, { paths: { "/things": { summary: "b", get: { operationId: "get", responses: ok } } } }),
    "text",
  ],
];

describe("what a change of an operation asks, kind by kind of those that other tools publish", () => {
  it.each(rows)("%s", async (_what, was, is, want) => {
    expect(gravest(await changesBetween(was, is))).toBe(want);
  });
});
