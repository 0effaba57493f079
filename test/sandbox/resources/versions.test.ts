import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "./sandbox-of.ts";

const text = { type: "string" };
const note = {
  type: "object",
  properties: { id: { type: "string", readOnly: true }, text, rank: { type: "integer", readOnly: true } },
};
const json = { "application/json": { schema: note } };
const etag = { ETag: { schema: text } };
const header = (name: string) => ({ name, in: "header", schema: text });
const shown = (status: number) => ({ [status]: { description: "Fine.", headers: etag, content: json } });
const patches = { "application/json-patch+json": { schema: { type: "array", items: { type: "object" } } } };

const paths = {
  "/notes": { post: { requestBody: { content: json }, responses: shown(201) } },
  "/notes/{id}": {
    parameters: [{ name: "id", in: "path", required: true, schema: text }],
    get: {
      parameters: [header("If-None-Match")],
      responses: { ...shown(200), 304: { description: "As it was." } },
    },
    put: {
      parameters: [header("If-Match"), header("If-None-Match")],
      requestBody: { content: json },
      responses: shown(200),
    },
    patch: { requestBody: { content: patches }, responses: shown(200) },
    delete: { parameters: [header("If-Match")], responses: { 204: { description: "Gone." } } },
  },
};

async function notes() {
  const { call } = await sandboxOf(join(await writeSpecs({ "api.json": openapi(paths) }), "api.json"));
  const made = await call("POST", "/notes", { text: "one" });
  const { id } = made.json as { id: string };
  return { call, made, path: `/notes/${id}`, first: made.headers.get("etag") ?? "" };
}

describe("a thing whose versions are declared", () => {
  it("has one ETag until it changes", async () => {
    const { call, path, first } = await notes();
    expect(first).toMatch(/^"[0-9a-f]{16}"$/);
    expect((await call("GET", path)).headers.get("etag")).toBe(first);
    const changed = await call("PUT", path, { text: "two" });
    const second = changed.headers.get("etag");
    expect(second).not.toBe(first);
    expect((await call("GET", path)).headers.get("etag")).toBe(second);
  });

  it("isn't sent again to whoever has it", async () => {
    const { call, path, first } = await notes();
    const again = await call("GET", path, undefined, { "if-none-match": first });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", first]);
    expect((await call("GET", path, undefined, { "if-none-match": '"other"' })).status).toBe(200);
  });

  it.each([
    ["PUT", { "if-match": '"other"' }, 412],
    ["PUT", { "if-none-match": "*" }, 412],
    ["PUT", { "if-match": "*" }, 200],
    ["DELETE", { "if-match": 'W/"other", "another"' }, 412],
  ])("%s with %j is answered with %i", async (method, headers, status) => {
    const { call, path } = await notes();
    const sent = method === "PUT" ? { text: "two" } : undefined;
    const answered = await call(method, path, sent, headers as Record<string, string>);
    expect(answered.status).toBe(status);
    if (status === 412) {
      expect(answered.json).toMatchObject({ code: "ECO_PRECONDITION_FAILED" });
      expect((await call("GET", path)).json).toMatchObject({ text: "one" });
    }
  });

  it("is changed and removed by whoever knows it", async () => {
    const { call, path, first } = await notes();
    const changed = await call("PUT", path, { text: "two" }, { "if-match": first });
    expect(changed.status).toBe(200);
    expect((await call("DELETE", path, undefined, { "if-match": first })).status).toBe(412);
    const second = changed.headers.get("etag") ?? "";
    expect((await call("DELETE", path, undefined, { "if-match": second })).status).toBe(204);
    expect((await call("PUT", path, { text: "three" }, { "if-match": second })).status).toBe(412);
  });
});

describe("a patch of operations", () => {
  it("leaves alone what only the platform sets", async () => {
    const { call, made, path } = await notes();
    const operations = [
      { op: "replace", path: "/text", value: "two" },
      { op: "replace", path: "/id", value: "mine" },
      { op: "add", path: "/rank", value: 99 },
    ];
    const type = { "content-type": "application/json-patch+json" };
    const patched = await call("PATCH", path, operations, type);
    expect(patched.json).toEqual({ ...(made.json as object), text: "two" });
  });
});
