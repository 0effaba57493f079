import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startSandbox } from "../../../sandbox/testing/index.ts";
import { openReceiver } from "./receiver.ts";

/** One message of each form, none of them a CloudEvent. */
const messages = {
  note: { contentType: "text/plain", payload: { type: "string", const: "door open" } },
  gauge: {
    contentType: "application/xml",
    payload: {
      type: "object",
      required: ["unit", "value"],
      properties: {
        unit: { const: "lm", xml: { attribute: true } },
        value: { type: "array", items: { const: 3 }, minItems: 2, maxItems: 2 },
      },
    },
  },
  form: {
    contentType: "application/x-www-form-urlencoded",
    payload: { type: "object", required: ["a"], properties: { a: { const: "1 & 2" } } },
  },
  list: { payload: { type: "array", items: { const: 7 }, minItems: 2, maxItems: 2 } },
  either: {
    payload: {
      oneOf: [
        { type: "object", properties: { on: { const: true } } },
        { type: "object", properties: { dim: { const: 2 } } },
      ],
    },
  },
  slipped: {
    payload: {
      type: "object",
      example: { level: "high" },
      required: ["level", "zones"],
      properties: {
        level: { type: "integer", const: 4 },
        zones: { type: "object", minProperties: 1, additionalProperties: { const: 1 } },
      },
    },
  },
  nothing: { payload: { type: "null" } },
  headed: {
    traits: [{ $ref: "#/components/messageTraits/traced" }],
    payload: { type: "object", required: ["n"], properties: { n: { const: 1 } } },
  },
};
const traced = {
  contentType: "application/vnd.lamp+json",
  headers: {
    type: "object",
    required: ["trace", "attempt", "webhook-id", "Content-Type"],
    properties: {
      trace: { type: "string", format: "uuid" },
      attempt: { const: 3 },
      "webhook-id": { const: "not this one" },
      "Content-Type": { const: "text/html" },
    },
  },
};

async function open() {
  const specs = await mkdtemp(join(tmpdir(), "eco-forms-"));
  onTestFinished(() => rm(specs, { recursive: true }));
  const document = {
    asyncapi: "3.0.0",
    info: { title: "Lamps", version: "1.0.0" },
    channels: { all: { address: "all", messages } },
    components: { messageTraits: { traced } },
  };
  await writeFile(join(specs, "events.json"), JSON.stringify(document));
  const sandbox = await startSandbox({ specs, host: "none" });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

it("a message goes out in the form that its content type promises, with the headers that it declares", async () => {
  const [test, receiver] = [await open(), await openReceiver()];
  const { endpoints, events } = test.sandbox.control;
  await endpoints.register({ party: "lamp-post", url: receiver.url });
  for (const message of Object.keys(messages)) await events.trigger({ message });
  await test.settle();
  const came = Object.fromEntries(
    receiver.received.map(({ headers, body }) => [headers["content-type"], body]),
  );
  expect(came).toMatchObject({
    "text/plain": "door open",
    "application/xml":
      '<?xml version="1.0" encoding="UTF-8"?>\n<gauge unit="lm"><value>3</value><value>3</value></gauge>\n',
    "application/x-www-form-urlencoded": "a=1+%26+2",
    "application/vnd.lamp+json": '{"n":1}',
  });
  expect(receiver.received.map(({ body }) => body)).toEqual(
    expect.arrayContaining(["[7,7]", "null", '{"on":true,"dim":false}', '{"level":4,"zones":{"key1":1}}']),
  );
  const headed = receiver.received.find(({ headers }) => headers["content-type"] === traced.contentType);
  expect(headed?.headers).toMatchObject({
    trace: expect.stringMatching(/^[0-9a-f-]{36}$/),
    attempt: "3",
    "webhook-id": expect.stringMatching(/^evt_/),
  });
  const { items } = await events.list();
  expect(items.find(({ type }) => type === "headed")?.headers).toMatchObject({
    trace: headed?.headers["trace"],
  });
});

it("overrides are of the payload whatever its form", async () => {
  const test = await open();
  const inbox = await test.receive({ as: "lamp-post" });
  const { events } = test.sandbox.control;
  await events.trigger({ message: "gauge", set: { "/note": "<&>" } });
  await test.settle();
  expect(inbox.received[0]).toMatchObject({
    type: "gauge",
    data: { unit: "lm", value: [3, 3], note: "<&>" },
  });
  expect(inbox.received[0]?.body).toContain("<note>&lt;&amp;&gt;</note>");
  await expect(events.trigger({ message: "list", set: { "/0": 8 } })).rejects.toThrow("#/set/~10 must be 7");
});
