import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const text = { type: "string" };
const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object) => ({ type: "object", properties });
const content = (held: object) => ({ "application/json": { schema: held } });
const post = (sent: object, shown: object) => ({
  post: {
    requestBody: { content: content(object(sent)) },
    responses: { 200: { description: "Fine.", content: content(shown) } },
  },
});
const query = (name: string) => ({ name, in: "query", required: true, schema: text });
const answering = (method: string, shown: object, ...parameters: object[]) => ({
  [method]: { parameters, responses: { 200: { description: "Fine.", content: content(shown) } } },
});
const data = (held: object) => object({ data: held });
const page = { type: "object", properties: { data: { type: "array", items: schema("Note") } } };

/** One kind of thing for each way of writing verbs into paths. */
const paths = {
  "/notes.create": post({ title: text }, data(schema("Note"))),
  "/notes.info": post({ id: text }, data(schema("Note"))),
  "/notes.list": post({ title: text, limit: { type: "integer" } }, page),
  "/notes.update": post({ id: text, title: text }, data(schema("Note"))),
  "/notes.archive": post({ id: text }, data(schema("Note"))),
  "/notes.delete": post({ id: text }, object({ success: { type: "boolean" } })),
  "/bank/account/create": post({ secret: text, owner: text }, schema("Account")),
  "/bank/account/get": post({ secret: text, bank_account_id: text }, schema("Account")),
  "/createPet": post({ name: text }, schema("Pet")),
  "/getPet": answering("get", schema("Pet"), query("petId")),
  "/getPets": answering("get", { type: "array", items: schema("Pet") }),
  "/delete-pet": answering("delete", object({}), query("petId")),
  // Nothing is read here: what is made is not kept for anybody.
  "/exports.create": post({ name: text }, object({ name: text })),
};
const components = {
  schemas: {
    Note: object({
      id: { ...text, readOnly: true },
      title: text,
      createdAt: { ...text, format: "date-time", readOnly: true },
      archivedAt: { ...text, format: "date-time", readOnly: true },
    }),
    Account: {
      required: ["opened"],
      ...object({ bank_account_id: text, owner: text, opened: { type: "integer", format: "unix-time" } }),
    },
    Pet: object({ id: { type: "integer", readOnly: true }, name: text }),
  },
};

async function open(): Promise<Client> {
  const root = await writeSpecs({ "api.json": openapi(paths, components) });
  return sandboxOf(join(root, "api.json"));
}

describe("things whose paths say by verbs what is done to them", () => {
  it("are made, shown, listed, changed, moved and taken away", async () => {
    const { call } = await open();
    const made = await call("POST", "/notes.create", { title: "First" });
    const { data: note } = made.json as { data: { id: string } };
    expect(note).toEqual({ id: expect.any(String), title: "First", createdAt: expect.any(String) });
    const { data: other } = (await call("POST", "/notes.create", { title: "Second" })).json as {
      data: object;
    };
    const { id } = note;
    expect((await call("POST", "/notes.info", { id })).json).toEqual({ data: note });
    expect((await call("POST", "/notes.list", {})).json).toEqual({ data: [note, other] });
    expect((await call("POST", "/notes.list", { limit: 1 })).json).toEqual({ data: [note] });
    expect((await call("POST", "/notes.list", { title: "Second" })).json).toEqual({ data: [other] });
    await call("POST", "/notes.update", { id, title: "Changed" });
    const archived = { data: { ...note, title: "Changed", archivedAt: expect.any(String) } };
    expect((await call("POST", "/notes.archive", { id })).json).toEqual(archived);
    expect((await call("POST", "/notes.info", { id })).json).toEqual(archived);
    expect((await call("POST", "/notes.delete", { id })).status).toBe(200);
    for (const verb of ["info", "update", "archive", "delete"])
      expect(await call("POST", `/notes.${verb}`, { id })).toMatchObject({
        status: 404,
        json: { detail: `Nothing has the id "${id}".` },
      });
    expect((await call("POST", "/notes.list", {})).json).toEqual({ data: [other] });
  });

  it("are known by what a request calls their id", async () => {
    const { call } = await open();
    const account = await call("POST", "/bank/account/create", { secret: "s", owner: "Ada" });
    const { bank_account_id } = account.json as { bank_account_id: string };
    expect(account.json).toMatchObject({ owner: "Ada", opened: expect.any(Number) });
    const read = await call("POST", "/bank/account/get", { secret: "s", bank_account_id });
    expect(read.json).toEqual(account.json);
    expect((await call("POST", "/bank/account/get", { bank_account_id: "other" })).status).toBe(404);
  });

  it("may be named by the query, behind their verbs", async () => {
    const { call } = await open();
    const pet = await call("POST", "/createPet", { name: "Rex" });
    expect(pet.json).toEqual({ id: 1, name: "Rex" });
    expect((await call("GET", "/getPet?petId=1")).json).toEqual(pet.json);
    expect((await call("GET", "/getPets")).json).toEqual([pet.json]);
    expect((await call("DELETE", "/delete-pet?petId=1")).status).toBe(200);
    expect((await call("GET", "/getPet?petId=1")).status).toBe(404);
    expect((await call("GET", "/getPets")).json).toEqual([]);
  });

  it("are told of as what they are", async () => {
    const { sandbox } = await open();
    const served = new Map((await sandbox.report()).map(({ path, detail }) => [path, detail]));
    expect(served.get("/notes.info")).toBe("read /note");
    expect(served.get("/notes.archive")).toBe("act /note");
    expect(served.get("/getPets")).toBe("list /pet");
    expect(served.get("/exports.create")).toBe("act /exports.create");
  });
});
