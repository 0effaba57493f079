import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { expect, it, onTestFinished } from "vitest";
import {
  eventually,
  received,
  receivedInOrder,
  startSandbox,
  type TestSandbox,
} from "../../../sandbox/testing/index.ts";
import { lintSpecs } from "../../../specs/engine/catalog/lint/lint.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { runWorkflow } from "../../../specs/engine/journey/index.ts";
import { openReceiver } from "./receiver.ts";

const fixtures = join(import.meta.dirname, "../../fixtures");

/** A message in a shape of its own, no CloudEvent, bound to a domain event. */
const bound = {
  "x-eco-event": "delivery.rated",
  "x-eco-bind": { "/notice/number": "id", "/notice/about/session": "deliveryId", "/notice/on": "time" },
};
const payload = {
  type: "object",
  required: ["notice"],
  additionalProperties: false,
  properties: {
    notice: {
      type: "object",
      required: ["number", "about", "on"],
      properties: {
        number: { type: "string" },
        about: { type: "object", properties: { session: { type: "string" } } },
        on: { type: "string", format: "date-time" },
      },
    },
  },
};

const info = { title: "Notices of the network", version: "1.0.0" };
const asAsyncApi = {
  asyncapi: "3.0.0",
  info,
  defaultContentType: "application/vnd.example.notice+json",
  channels: {
    notices: {
      address: "notices",
      messages: { usagePriced: { name: "usage-priced", ...bound, payload } },
    },
  },
};
const asWebhook = {
  openapi: "3.1.0",
  info,
  webhooks: {
    "usage-priced": {
      post: {
        ...bound,
        requestBody: { content: { "application/json": { schema: payload } } },
        responses: { 204: { description: "Taken." } },
      },
    },
  },
};

async function open(specs: string): Promise<TestSandbox> {
  const sandbox = await startSandbox({ specs, host: "none" });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

it.each([
  ["an AsyncAPI document", asAsyncApi, "application/vnd.example.notice+json"],
  ["the webhooks of an OpenAPI document", asWebhook, "application/json"],
])(
  "messages that are no CloudEvents come in their own shape, signed all the same: %s",
  async (_, document, contentType) => {
    const specs = await mkdtemp(join(tmpdir(), "eco-notices-"));
    onTestFinished(() => rm(specs, { recursive: true }));
    await cp(join(fixtures, "ecosystems/quality-on-demand"), specs, { recursive: true });
    await writeFile(join(specs, "events.json"), JSON.stringify(document));
    const { findings } = await lintSpecs(specs, { cacheDir: false });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const [test, receiver] = [await open(specs), await openReceiver()];
    const { catalog, control } = test.sandbox;
    const { secret } = await control.endpoints.register({
      party: "northcell",
      url: receiver.url,
      types: ["delivery.rated"],
    });
    const inbox = await test.receive({ as: "northcell" });
    const run = await runWorkflow({
      catalog,
      workflowId: "session-paid-and-disputed",
      fetch: (request) => test.sandbox.fetch(request),
      baseUrls: "http://sandbox.test",
      validators: validatorsOf(catalog),
    });
    await test.settle();
    const [came] = receiver.received;
    expect([run.error, receiver.received.length > 0]).toEqual([undefined, true]);
    const { body = "", headers = {} } = came ?? {};
    // Nothing in the body says what it is: a test's inbox knows it all the same.
    await eventually(receivedInOrder(inbox, ["delivery.rated"]));
    const about = { session: expect.any(String) };
    await eventually(received(inbox, "usage-priced", { data: { notice: { about } } }));
    expect(inbox.received[0]).toMatchObject({
      id: (headers as Record<string, string>)["webhook-id"],
      subject: JSON.parse(body).notice.about.session,
    });
    expect(JSON.parse(body)).toEqual({
      notice: {
        number: (headers as Record<string, string>)["webhook-id"],
        about: { session: expect.any(String) },
        on: expect.stringMatching(/Z$/),
      },
    });
    expect(headers).toMatchObject({ "content-type": contentType });
    expect(() => new Webhook(secret).verify(body, { ...headers })).not.toThrow();
  },
);

it("any message of any document is sent on demand, and comes to whoever listens", async () => {
  const [test, receiver] = [await open(join(fixtures, "foreign/streetlights.yaml")), await openReceiver()];
  const { control } = test.sandbox;
  await control.endpoints.register({ party: "lamp-post", url: receiver.url });
  for (const { type } of test.sandbox.catalog.messages)
    await control.events.trigger({ message: type, seed: "lamps" });
  await eventually({
    test,
    what: "two messages",
    look: async () => ({ pass: receiver.received.length === 2, found: [] }),
  });
  const bodies = receiver.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  expect(bodies).toEqual(
    expect.arrayContaining([
      { lumens: expect.any(Number), sentAt: expect.any(String) },
      expect.objectContaining({ percentage: expect.any(Number) }),
    ]),
  );
  const { items } = await control.events.list();
  expect(items.map(({ body }) => JSON.parse(body) as unknown)).toEqual(bodies);
});
