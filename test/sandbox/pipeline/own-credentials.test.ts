import { expect, it } from "vitest";
import { createSandbox, openStore } from "../../../sandbox/index.ts";
import { readSession } from "../../../sandbox/session/read.ts";
import { replaySession } from "../../../sandbox/session/replay.ts";
import type { TestSandbox } from "../../../sandbox/testing/index.ts";
import { openHub, record } from "./roaming-hub.ts";

const [clientId, secret] = ["sandbox-voltport", "sandbox-voltport-secret"];

/** The roaming hub, by another scheme than OAuth: no operation issues tokens. */
const openBy = (scheme: object): Promise<TestSandbox> =>
  openHub((document) => {
    delete document.paths["/token"];
    document.components.securitySchemes = { hub: scheme };
  });

const basic = (id: string, password: string) => ({ authorization: `Basic ${btoa(`${id}:${password}`)}` });

it.each([
  {
    name: "an API key in a header",
    scheme: { type: "apiKey", in: "header", name: "X-Hub-Key" },
    right: { "x-hub-key": secret },
    wrong: { "x-hub-key": clientId },
  },
  {
    name: "an API key in a cookie",
    scheme: { type: "apiKey", in: "cookie", name: "hub" },
    right: { cookie: `a=b; hub=${secret}` },
    wrong: { cookie: "hub=x" },
  },
  {
    name: "HTTP Basic",
    scheme: { type: "http", scheme: "basic" },
    right: basic(clientId, secret),
    wrong: basic(clientId, "sandbox-drivemile-secret"),
  },
])("knows a party by $name, and nobody by a wrong one", async ({ scheme, right, wrong }) => {
  const sandbox = await openBy(scheme);
  const report = (headers: object, id: string): Promise<Response> =>
    sandbox.fetch("/ocpi/2.2.1/cdrs", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(record(id)),
    });
  expect((await report(right, "CDR-1")).status).toBe(201);
  const refused = await report(wrong, "CDR-2");
  expect([refused.status, await refused.json()]).toMatchObject([401, { code: "ECO_UNAUTHENTICATED" }]);
  // The kit shows what the scheme wants, and each party is itself.
  expect((await sandbox.as("voltport")("/ocpi/2.2.1/cdrs", { json: record("CDR-3") })).status).toBe(201);
  expect((await sandbox.as("drivemile")("/ocpi/2.2.1/cdrs", { json: record("CDR-4") })).status).toBe(403);
});

it("knows a party by an API key in the query", async () => {
  const sandbox = await openBy({ type: "apiKey", in: "query", name: "key" });
  const list = async (key: string) => (await sandbox.fetch(`/ocpi/2.2.1/notifications?key=${key}`)).status;
  expect([await list(secret), await list("x")]).toEqual([200, 401]);
});

it("knows a party by an opaque bearer, and takes tokens of issuers that it can't know from nobody", async () => {
  const sandbox = await openBy({ type: "http", scheme: "bearer" });
  const submit = async (bearer: string, id: string) =>
    sandbox.fetch("/ocpi/2.2.1/cdrs", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
      body: JSON.stringify(record(id)),
    });
  expect((await submit(secret, "CDR-1")).status).toBe(201);
  expect((await submit("of-somebody-else", "CDR-2")).status).toBe(403);
});

it("records the credentials that are the sandbox's own, so that a session replays, and hides others", async () => {
  const sandbox = await openBy({ type: "apiKey", in: "header", name: "X-Hub-Key" });
  const { control, catalog } = sandbox.sandbox;
  await control.session.keep();
  await sandbox.as("voltport")("/ocpi/2.2.1/cdrs", { json: record("CDR-1") });
  await sandbox.fetch("/ocpi/2.2.1/notifications", { headers: { "x-hub-key": "a-real-one" } });
  const text = await control.session.take();
  expect(text).not.toContain("a-real-one");
  const report = await replaySession({
    session: readSession(text),
    store: await openStore("memory"),
    open: (store, settings) => createSandbox({ catalog, store, ...settings }),
  });
  expect([report.exchanges, report.difference]).toEqual([2, undefined]);
});

it("takes an API key that was replaced until its end on the virtual clock, and the new one from the start", async () => {
  const sandbox = await openHub((document) => {
    delete document.paths["/token"];
    document.components.securitySchemes = { hub: { type: "apiKey", in: "header", name: "X-Hub-Key" } };
    document.paths["/keys/{party}"] = {
      post: {
        operationId: "replaceKey",
        "x-eco-capability": "credentials.rotate",
        "x-eco-bind": { request: { partyId: "$request.path.party" } },
        security: [{ hub: [] }],
        parameters: [{ name: "party", in: "path", required: true, schema: { type: "string" } }],
        responses: {
          "200": { description: "The key.", content: { "application/json": { schema: { type: "object" } } } },
        },
      },
    };
  });
  const asked = (key: string, path = "/ocpi/2.2.1/notifications", method = "GET") =>
    sandbox.fetch(path, { method, headers: { "x-hub-key": key } });
  const replaced = await asked(secret, "/ocpi/2.2.1/keys/voltport", "POST");
  const { clientSecret } = (await replaced.json()) as { clientSecret: string };
  const statuses = async () => [(await asked(secret)).status, (await asked(clientSecret)).status];
  expect(await statuses()).toEqual([200, 200]);
  await sandbox.clock.advance("P1D");
  expect(await statuses()).toEqual([401, 200]);
});
