import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { expect, it, onTestFinished } from "vitest";
import { ENDPOINTS, type WebhookEndpoint } from "../../../sandbox/events/endpoint.ts";
import { createSandbox, type Sandbox } from "../../../sandbox/index.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { openReceiver } from "../events/receiver.ts";

const spec = `
openapi: 3.1.0
info: { title: Kennel, version: "1" }
paths:
  /dogs:
    post:
      operationId: addDog
      parameters: [{ name: tellToo, in: query, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Dog" } } } }
      responses: { "201": { description: added, content: { application/json: { schema: { $ref: "#/components/schemas/Dog" } } } } }
      callbacks:
        groomed:
          "{$request.body#/callbackUrl}/groomed?dog={$response.body#/id}":
            post: { requestBody: { content: { application/json: { schema: { type: object, required: [id, by], properties: { id: { type: string }, by: { type: string, enum: [Poodle Palace] } } } } } }, responses: { "200": { description: ok } } }
        told:
          $request.query.tellToo:
            post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Dog" } } } }, responses: { "200": { description: ok } } }
  /dogs/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { description: dog, content: { application/json: { schema: { $ref: "#/components/schemas/Dog" } } } } } }
    delete: { responses: { "204": { description: gone } } }
  /dogs/{id}/adopt:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    post: { responses: { "200": { description: dog, content: { application/json: { schema: { $ref: "#/components/schemas/Dog" } } } } } }
webhooks:
  newDog: { post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Dog" } } } }, responses: { "200": { description: ok } } } }
  dog.adopted: { post: { requestBody: { content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: "#/components/schemas/Dog" } } } } } }, responses: { "200": { description: ok } } } }
  dogDeleted: { post: { requestBody: { content: { application/json: { schema: { type: object, properties: { reason: { type: string } } } } } }, responses: { "200": { description: ok } } } }
  newCat: { post: { requestBody: { content: { application/json: { schema: { type: object } } } }, responses: { "200": { description: ok } } } }
components:
  schemas:
    Dog:
      type: object
      required: [name]
      properties:
        id: { type: string, readOnly: true }
        name: { type: string }
        status: { type: string, enum: [waiting, adopted] }
        callbackUrl: { type: string, format: uri, writeOnly: true }
`;

async function kennel(): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), "kennel-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "kennel.yaml"), spec);
  const { catalog } = await loadCatalog(folder, { cacheDir: false });
  const sandbox = await createSandbox({ catalog, allowLoopbackWebhooks: true });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function call(sandbox: Sandbox, method: string, path: string, body?: object): Promise<unknown> {
  const response = await sandbox.fetch(
    new Request(`http://kennel.test${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    }),
  );
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return text === "" ? undefined : JSON.parse(text);
}

const events = async (sandbox: Sandbox): Promise<unknown[]> =>
  (await sandbox.store.reader(sandbox.tenant).events({ limit: 100 })).map(({ type, data }) => [type, data]);

it("calls back to where the request says, signed, with what the answer says", async () => {
  const [sandbox, receiver, second] = [await kennel(), await openReceiver(), await openReceiver()];
  const body = { name: "Rex", callbackUrl: `${receiver.url}/hooks` };
  const dog = (await call(sandbox, "POST", `/dogs?tellToo=${second.url}/too`, body)) as { id: string };
  await sandbox.settle();
  expect(receiver.received.map(({ path }) => path)).toEqual([`/hooks/groomed?dog=${dog.id}`]);
  const [got] = receiver.received;
  expect([got?.headers["content-type"], JSON.parse(got?.body ?? "")]).toEqual([
    "application/json",
    { id: dog.id, by: "Poodle Palace" },
  ]);
  expect(second.received.map((one) => [one.path, JSON.parse(one.body)])).toEqual([["/too", dog]]);
  const endpoints = await sandbox.store
    .reader(sandbox.tenant)
    .list<WebhookEndpoint>({ collection: ENDPOINTS, limit: 10 });
  const secret = endpoints.find(({ value }) => value.url.startsWith(`${receiver.url}/`))?.value.secrets[0]
    ?.secret;
  expect(() => new Webhook(secret ?? "").verify(got?.body ?? "", { ...got?.headers })).not.toThrow();
});

it("tries again where the place of a callback fails, as for any event", async () => {
  const [sandbox, receiver] = [await kennel(), await openReceiver()];
  receiver.answers.push({ status: 503 });
  await call(sandbox, "POST", "/dogs", { name: "Rex", callbackUrl: receiver.url });
  await sandbox.settle();
  await sandbox.control.clock.set({ advance: "PT10M" });
  await sandbox.settle();
  expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toHaveLength(2);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

it("keeps one place for a thousand calls, and calls nobody where the request names none", async () => {
  const [sandbox, receiver] = [await kennel(), await openReceiver()];
  for (const name of ["Rex", "Max"]) await call(sandbox, "POST", `/dogs?tellToo=${receiver.url}`, { name });
  await call(sandbox, "POST", "/dogs?tellToo=ftp://nowhere", { name: "Bo" });
  await sandbox.settle();
  expect(receiver.received).toHaveLength(2);
  const places = await sandbox.store.reader(sandbox.tenant).list({ collection: ENDPOINTS, limit: 10 });
  expect(places).toHaveLength(1);
});

it("fires the webhooks whose names tell of what just happened, and no others", async () => {
  const sandbox = await kennel();
  const dog = (await call(sandbox, "POST", "/dogs", { name: "Rex" })) as { id: string };
  await call(sandbox, "GET", `/dogs/${dog.id}`);
  const adopted = await call(sandbox, "POST", `/dogs/${dog.id}/adopt`);
  await call(sandbox, "DELETE", `/dogs/${dog.id}`);
  expect(adopted).toMatchObject({ id: dog.id, status: "adopted" });
  expect(await events(sandbox)).toEqual([
    ["newDog", dog],
    ["dog.adopted", { data: adopted }],
    ["dogDeleted", expect.any(Object)],
  ]);
});
