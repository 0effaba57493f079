import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "./sandbox-of.ts";

const text = { type: "string" };
const object = (properties: object, others: object = {}) => ({ type: "object", properties, ...others });

/** What `GET /things/1` says, which there isn't, where errors have this schema. */
async function errorOf(schema: object, mediaType = "application/json"): Promise<unknown> {
  const content = { [mediaType]: { schema, example: { error: { message: "Rate limit exceeded." } } } };
  const root = await writeSpecs({
    "api.json": openapi({
      "/things": { post: { responses: { 201: { description: "Made." } } } },
      "/things/{id}": {
        get: {
          parameters: [
            { name: "id", in: "path", required: true, schema: text },
            { name: "X-Trace", in: "header", schema: text },
          ],
          responses: {
            200: { description: "One.", headers: { "X-Trace": { schema: text } } },
            404: {
              description: "None.",
              headers: {
                "X-Trace": { schema: text },
                "X-Kind": { required: true, schema: { const: "gone" } },
              },
              content,
            },
          },
        },
      },
    }),
  });
  const { call } = await sandboxOf(join(root, "api.json"));
  const { status, json, headers } = await call("GET", "/things/1", undefined, { "x-trace": "abc" });
  expect(status).toBe(404);
  expect(headers.get("content-type")).toBe(mediaType === "*/*" ? "application/json" : mediaType);
  expect([headers.get("x-trace"), headers.get("x-kind")]).toEqual(["abc", "gone"]);
  return json;
}

const detail = 'Nothing has the id "1".';

describe("an error in the form that the spec declares, with its headers", () => {
  it("are JSON in the declared form where any media type is declared", async () => {
    const schema = object({ message: text, category: text }, { required: ["message", "category"] });
    expect(await errorOf(schema, "*/*")).toEqual({
      message: expect.stringContaining("Nothing has the id"),
      category: expect.any(String),
    });
  });

  it.each([
    ["on its own", object({ message: text, code: { type: "integer" } }), { message: detail, code: 404 }],
    [
      "inside another object",
      object({ error: object({ message: text, status_code: { type: "integer" } }) }),
      { error: { message: detail, status_code: 404 } },
    ],
    [
      "in a list",
      object({
        errors: { type: "array", items: object({ detail: text, status: text }, { required: ["detail"] }) },
      }),
      { errors: [{ detail, status: "404" }] },
    ],
    [
      "in the first of its forms",
      {
        oneOf: [
          object({ error: object({ reason: text }, { required: ["reason"] }) }, { required: ["error"] }),
          { type: "string" },
        ],
      },
      { error: { reason: detail } },
    ],
    [
      "with what only the spec's author knows",
      object({ type: { enum: ["api_error"] }, error: object({ message: text }) }, { required: ["type"] }),
      { type: "api_error", error: { message: detail } },
    ],
  ])("stands %s", async (_what, schema, want) => {
    expect(await errorOf(schema)).toEqual(want);
  });

  it("is problem details with an absolute type where the schema wants one", async () => {
    const schema = object(
      { type: { type: "string", format: "uri" }, title: text, detail: text, status: { type: "integer" } },
      { required: ["type"] },
    );
    expect(await errorOf(schema, "application/problem+json")).toMatchObject({
      type: "about:blank",
      status: 404,
      title: "Not found",
    });
  });
});
