import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "./sandbox-of.ts";

const note = {
  type: "object",
  properties: { id: { type: "string", readOnly: true }, text: { type: "string" } },
};
const content = { "application/json": { schema: note } };
const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
const paths = {
  "/notes": { post: { requestBody: { content }, responses: { 201: { description: "Made.", content } } } },
  "/notes/{id}": { get: { parameters: [id], responses: { 200: { description: "One.", content } } } },
};

describe("a document with several servers", () => {
  const notes = async () => {
    const servers = [{ url: "//api.example/v1" }, { url: "https://eu.api.example/europe/v1" }];
    const root = await writeSpecs({ "api.json": openapi(paths, {}, { servers }) });
    return sandboxOf(join(root, "api.json"));
  };

  it("has one state under all of them", async () => {
    const { call } = await notes();
    const made = await call("POST", "/europe/v1/notes", { text: "Hello" });
    expect(made.status).toBe(201);
    const location = made.headers.get("location");
    expect(location).toMatch(/^\/v1\/notes\//);
    for (const path of [location, `/europe${location}`])
      expect((await call("GET", String(path))).json).toMatchObject({ text: "Hello" });
  });

  it("says so where a path lacks their base path", async () => {
    const { call } = await notes();
    const refused = await call("POST", "/notes", { text: "Hello" });
    expect(refused.status).toBe(404);
    expect(refused.json).toMatchObject({
      detail: "No operation has the path /notes. The document's server has a base path: ask for /v1/notes.",
    });
  });
});
