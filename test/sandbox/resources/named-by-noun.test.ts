import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "./sandbox-of.ts";

const text = { type: "string" };

/** A collection whose things have these properties, below clubs. */
async function clubWith(parameter: string, properties: object) {
  const content = { "application/json": { schema: { type: "object", properties } } };
  const answer = (status: number) => ({ responses: { [status]: { description: "Fine.", content } } });
  const at = (name: string) => ({ name, in: "path", required: true, schema: text });
  const root = await writeSpecs({
    "api.json": openapi({
      "/clubs/{club_id}/members": {
        post: { parameters: [at("club_id")], requestBody: { content }, ...answer(201) },
      },
      [`/clubs/{club_id}/members/{${parameter}}`]: {
        get: { parameters: [at("club_id"), at(parameter)], ...answer(200) },
      },
    }),
  });
  return sandboxOf(join(root, "api.json"));
}

describe("the property that a path's parameter names with the thing's own name in it", () => {
  it("is the id where nothing else is one", async () => {
    const { call } = await clubWith("external_member_id", { ledger_id: text, external_id: text, name: text });
    const made = await call("POST", "/clubs/chess/members", { external_id: "m-7", name: "Ada" });
    expect((await call("GET", "/clubs/chess/members/m-7")).json).toEqual(made.json);
  });

  it("is none where it names what stands above", async () => {
    const { call } = await clubWith("club_member_id", { club_id: text, nick: text, code: text });
    const made = await call("POST", "/clubs/chess/members", { nick: "Ada", code: "A1" });
    expect(made.json).toEqual({ club_id: "chess", nick: "Ada", code: "A1" });
    expect((await call("GET", "/clubs/chess/members/A1")).json).toEqual(made.json);
  });
});
