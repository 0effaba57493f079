import { join } from "node:path";
import { expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "./sandbox-of.ts";

it("keeps what a thing must have, though nothing describes it", async () => {
  const text = { type: "string" };
  // As documents have it whose author wrote a name in two spellings.
  const folder = {
    type: "object",
    required: ["name"],
    properties: { id: { ...text, readOnly: true }, Name: text },
  };
  const content = { "application/json": { schema: folder } };
  const answer = (status: number) => ({ responses: { [status]: { description: "Fine.", content } } });
  const id = { name: "id", in: "path", required: true, schema: text };
  const root = await writeSpecs({
    "api.json": openapi({
      "/folders": { post: { requestBody: { content }, ...answer(201) } },
      "/folders/{id}": { get: { parameters: [id], ...answer(200) } },
    }),
  });
  const { call } = await sandboxOf(join(root, "api.json"));
  const made = await call("POST", "/folders", { name: "Bills", colour: "red" });
  expect(made.json).toEqual({ id: expect.any(String), name: "Bills" });
  expect((await call("GET", String(made.headers.get("location")))).json).toEqual(made.json);
});
