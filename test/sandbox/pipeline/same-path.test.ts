import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { type Client, sandboxOf } from "../resources/sandbox-of.ts";

const saying = (name: string, parameters: readonly object[] = []) => ({
  operationId: name,
  parameters,
  responses: { 200: { description: name, content: { "application/json": { schema: { const: name } } } } },
});
const query = (name: string, required = true) => ({
  name,
  in: "query",
  required,
  schema: { type: "string" },
});
const id = (name: string) => ({ name, in: "path", required: true, schema: { type: "integer" } });

async function sandbox(): Promise<Client> {
  const root = await writeSpecs({
    "api.json": openapi({
      "/?Action=List": { get: saying("list") },
      "/?Action=Drop": { get: saying("drop"), post: saying("dropByPost") },
      "/only?key={key}": { get: saying("only", [{ ...query("key"), in: "path" }]) },
      "/files/{file}": { put: saying("replace", [id("file")]) },
      "/files/{file_id}#add_link": { put: saying("addLink", [id("file_id"), query("link")]) },
      "/files/{file_id}#add_tag": { put: saying("addTag", [id("file_id"), query("link"), query("tag")]) },
      "/files/{file_id}#again": { put: saying("again", [id("file_id")]) },
      "/<upload url>": { put: saying("upload") },
    }),
  });
  return sandboxOf(join(root, "api.json"));
}

describe("operations whose paths differ behind ? and #", () => {
  it.each([
    ["GET", "/?Action=List", 200, "list"],
    ["GET", "/?Action=Drop&Action=x", 200, "drop"],
    ["POST", "/?Action=Drop", 200, "dropByPost"],
    ["GET", "/?Action=Other", 404, undefined],
    ["GET", "/", 404, undefined],
    ["GET", "/only?key=1", 200, "only"],
    ["GET", "/only", 422, undefined],
    ["PUT", "/files/7", 200, "replace"],
    ["PUT", "/files/7?link=a", 200, "addLink"],
    ["PUT", "/files/7?link=a&tag=b", 200, "addTag"],
    ["PUT", "/files/x?link=a", 422, undefined],
    ["PUT", "/%3Cupload%20url%3E", 200, "upload"],
  ])("%s %s is answered by its own: %d %s", async (method, path, status, name) => {
    const { call } = await sandbox();
    const answer = await call(method, path);
    expect(answer.status).toBe(status);
    if (name !== undefined) expect(answer.json).toBe(name);
  });

  it("are named with the reason where no request can mean them", async () => {
    const report = await (await sandbox()).sandbox.report();
    expect(report.filter(({ servedBy }) => servedBy === "nothing")).toEqual([
      {
        operationId: "again",
        method: "PUT",
        path: "/files/{file_id}",
        servedBy: "nothing",
        detail: "replace has the same method and path, and nothing in the query tells them apart",
      },
    ]);
  });
});
