import { join } from "node:path";
import { expect, it } from "vitest";
import { loadFiles, openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "../resources/sandbox-of.ts";

const document = (securitySchemes: object, security: readonly object[]) =>
  openapi({ "/a": { get: { security, responses: { 204: { description: "Done." } } } } }, { securitySchemes });

async function ask(securitySchemes: object, security: readonly object[], headers: Record<string, string>) {
  const root = await writeSpecs({ "api.json": document(securitySchemes, security) });
  const { sandbox, faults } = await sandboxOf(join(root, "api.json"));
  const response = await sandbox.fetch(new Request("http://127.0.0.1/a", { headers }));
  expect(faults).toEqual([]);
  return {
    status: response.status,
    challenge: response.headers.get("www-authenticate"),
    text: await response.text(),
  };
}

it.each([
  ["isn't declared", {}],
  [
    "is behind a reference that can't be followed",
    { key: { $ref: "common.yaml#/components/securitySchemes/key" } },
  ],
  ["is of a type that there isn't", { key: { type: "apikey", in: "header", name: "X-Key" } }],
  ["doesn't say where its key is", { key: { type: "apiKey" } }],
])("an operation whose security scheme %s isn't open", async (_what, schemes) => {
  const { findings } = await loadFiles({ "api.json": document(schemes, [{ key: [] }]) });
  expect(findings.map(({ code }) => code)).toContain("spec.openapi.security-scheme");
  const refused = await ask(schemes, [{ key: [] }], { "x-key": "k" });
  expect([refused.status, refused.challenge]).toEqual([401, "Bearer"]);
  expect((await ask(schemes, [{ key: [] }], { authorization: "Basic eDp5" })).status).toBe(204);
  // Whoever declares that none is needed is believed.
  expect((await ask(schemes, [{ key: [] }, {}], {})).status).toBe(204);
});

it("what nobody can read isn't asked for beside what everybody can", async () => {
  const schemes = { key: { type: "apiKey", in: "header", name: "X-Key" } };
  const security = [{ key: [], none: [] }];
  expect((await ask(schemes, security, { "x-key": "k" })).status).toBe(204);
  expect((await ask(schemes, security, { authorization: "Bearer x" })).status).toBe(401);
});

const both = {
  bearer: { type: "http", scheme: "bearer" },
  basic: { type: "http", scheme: "basic" },
  key: { type: "apiKey", in: "header", name: "X-Key" },
};

it.each([
  [{ authorization: "Basic" }, "Basic", 'Basic realm="sandbox"'],
  [{ authorization: "Basic ###" }, "Basic", 'Basic realm="sandbox"'],
  [{}, "Bearer", "Bearer"],
])("of alternatives the refusal speaks of the one that was tried: %j", async (headers, want, challenge) => {
  const refused = await ask(both, [{ bearer: [] }, { basic: [] }], headers);
  expect([refused.status, refused.challenge]).toEqual([401, challenge]);
  expect(refused.text).toContain(`Authorization: ${want}`);
});

it("of alternatives with several credentials the refusal names the one that is missing", async () => {
  const refused = await ask(both, [{ basic: [] }, { key: [], bearer: [] }], { "x-key": "k" });
  expect(refused.text).toContain("Authorization: Bearer");
});
