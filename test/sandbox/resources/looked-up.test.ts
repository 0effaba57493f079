import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "./sandbox-of.ts";

const json = (schema: object) => ({ "application/json": { schema } });
const text = { type: "string" };
const ok = (schema: object) => ({ 200: { description: "Fine.", content: json(schema) } });
const at = (...names: string[]) => names.map((name) => ({ name, in: "path", required: true, schema: text }));
const tool = { $ref: "#/components/schemas/Tool" };
const tools = { type: "array", items: tool };
const body = { content: json(tool) };
const reading = (schema: object, ...names: string[]) => ({
  get: { parameters: at(...names), responses: ok(schema) },
});

const components = {
  schemas: {
    Tool: {
      type: "object",
      required: ["id", "name"],
      properties: {
        id: { type: "string", readOnly: true },
        name: text,
        serialNumber: text,
        kind: text,
        keeper: text,
      },
    },
    Visit: { type: "object", properties: { id: { type: "string", readOnly: true }, purpose: text } },
  },
};
const visit = { $ref: "#/components/schemas/Visit" };

const paths = {
  "/tools": {
    post: { requestBody: body, responses: { 201: { description: "Made.", content: json(tool) } } },
    get: { responses: ok(tools) },
  },
  "/tools/{id}": {
    ...reading(tool, "id"),
    patch: { parameters: at("id"), requestBody: body, responses: ok(tool) },
    delete: { parameters: at("id"), responses: { 204: { description: "Gone." } } },
  },
  "/tools/by-serial-number/{number}": reading(tool, "number"),
  "/tools/findByName/{value}": reading(tool, "value"),
  "/tools/serials/{serialNumber}": reading(tool, "serialNumber"),
  "/tools/kind/{kind}": reading(tools, "kind"),
  "/tools/weather/{town}": reading(tool, "town"),
  "/sheds/{shedId}/tools": reading(tools, "shedId"),
  "/visits": {
    post: {
      requestBody: { content: json(visit) },
      responses: { 201: { description: "Made.", content: json(visit) } },
    },
    get: { responses: ok({ type: "object", properties: { visitIds: { type: "array", items: text } } }) },
  },
  "/visits/{visitId}": reading(visit, "visitId"),
};

async function workshop() {
  const { call } = await sandboxOf(
    join(await writeSpecs({ "api.json": openapi(paths, components) }), "api.json"),
  );
  const make = async (sent: object) => (await call("POST", "/tools", sent)).json as { id: string };
  const saw = await make({ name: "saw", serialNumber: "s/1", kind: "hand" });
  const drill = await make({ name: "drill", serialNumber: "d2", kind: "power" });
  return { call, saw, drill };
}

describe("things that a path names by something else than their id", () => {
  it.each([
    ["a property after `by`", "/tools/by-serial-number/d2"],
    ["a property after a verb", "/tools/findByName/drill"],
    ["the parameter's own name", "/tools/serials/d2"],
  ])("are found by %s", async (_what, path) => {
    const { call, drill } = await workshop();
    expect((await call("GET", path)).json).toEqual(drill);
  });

  it("are found by a text with a slash in it", async () => {
    const { call, saw } = await workshop();
    expect((await call("GET", "/tools/serials/s%2F1")).json).toEqual(saw);
  });

  it("are found by what they are now, and no more when they are gone", async () => {
    const { call, drill } = await workshop();
    await call("PATCH", `/tools/${drill.id}`, { name: "borer" });
    expect((await call("GET", "/tools/findByName/borer")).status).toBe(200);
    expect((await call("GET", "/tools/findByName/drill")).status).toBe(404);
    await call("DELETE", `/tools/${drill.id}`);
    const { status, json: problem } = await call("GET", "/tools/findByName/borer");
    expect([status, problem]).toEqual([
      404,
      expect.objectContaining({ detail: 'Nothing has the value "borer".' }),
    ]);
  });

  it("are listed where the answer is a list", async () => {
    const { call, saw } = await workshop();
    expect((await call("GET", "/tools/kind/hand")).json).toEqual([saw]);
    expect((await call("GET", "/tools/kind/none")).json).toEqual([]);
  });

  it("are answered from the spec where no property has that name", async () => {
    const { call } = await workshop();
    expect((await call("GET", "/tools/weather/Oslo")).status).toBe(200);
  });
});

describe("a list of ids", () => {
  it("has those of the things that were made", async () => {
    const { call } = await workshop();
    const made = async (purpose: string) =>
      ((await call("POST", "/visits", { purpose })).json as { id: string }).id;
    const ids = [await made("lend"), await made("return")];
    expect((await call("GET", "/visits")).json).toEqual({ visitIds: ids });
    expect((await call("GET", `/visits/${ids[1]}`)).json).toEqual({ id: ids[1], purpose: "return" });
  });

  it("is empty where there are none", async () => {
    const { call } = await workshop();
    expect((await call("GET", "/visits")).json).toEqual({ visitIds: [] });
  });
});
