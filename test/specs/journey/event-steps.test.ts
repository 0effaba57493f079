import { describe, expect, it } from "vitest";
import { type Finding, loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { checkJourneys } from "../../../specs/engine/journey/check-journeys.ts";
import {
  type JourneyRun,
  type MessageExchange,
  type ReceivedMessage,
  runWorkflow,
  type StepMessage,
} from "../../../specs/engine/journey/index.ts";
import { codes, writeSpecs } from "../spec-set.ts";
import { createToyApi, toyDocument } from "./toy-api.ts";

const payload = (properties: object): object => ({
  type: "object",
  required: Object.keys(properties),
  properties,
});
const events = {
  asyncapi: "3.0.0",
  info: { title: "Orders", version: "1.0.0" },
  channels: {
    placed: { address: "orders/placed", messages: { place: { $ref: "#/components/messages/place" } } },
    confirmed: {
      address: "orders/confirmed",
      messages: {
        confirm: { $ref: "#/components/messages/confirm" },
        refuse: { $ref: "#/components/messages/refuse" },
      },
    },
    loose: { messages: { hint: { payload: payload({ text: { type: "string" } }) } } },
  },
  operations: {
    placeOrder: { action: "receive", channel: { $ref: "#/channels/placed" } },
    confirmOrder: {
      action: "send",
      channel: { $ref: "#/channels/confirmed" },
      messages: [{ $ref: "#/channels/confirmed/messages/confirm" }],
    },
  },
  components: {
    messages: {
      place: { payload: payload({ item: { type: "string" } }) },
      confirm: {
        traits: [{ correlationId: { location: "$message.payload#/order" } }],
        payload: payload({ order: { type: "string" }, price: { type: "integer" } }),
      },
      refuse: {
        correlationId: { location: "$message.header#/Order-Id" },
        payload: payload({ why: { type: "string" } }),
      },
    },
  },
};

const message = (id: string, type: string, body: object, headers = {}): ReceivedMessage => ({
  id,
  type,
  headers,
  payload: body,
});
const confirmed = message("m1", "confirm", { order: "o1", price: 5 });
const other = message("m2", "confirm", { order: "o2", price: 7 });
const refused = message("m3", "refuse", { why: "sold out" }, { "order-id": "o3" });

interface Ran extends JourneyRun {
  readonly findings: readonly string[];
  readonly sent: readonly StepMessage[];
  readonly slept: readonly number[];
}

const receive = (more: object): object => ({
  stepId: "receive",
  operationId: "$sourceDescriptions.events.confirmOrder",
  action: "receive",
  correlationId: "o1",
  timeout: 100,
  ...more,
});

/** Runs steps against messages that are there from the start, or come after so many pauses. */
async function run(
  steps: readonly object[],
  came: readonly ReceivedMessage[],
  afterPauses = 0,
): Promise<Ran> {
  const root = await writeSpecs({
    "api.json": toyDocument,
    "events.json": events,
    "journeys.json": {
      arazzo: "1.1.0",
      $self: "https://toy.example/journeys",
      info: { title: "Toy", version: "1.0.0" },
      sourceDescriptions: [
        { name: "toy", type: "openapi", url: "./api.json" },
        { name: "events", type: "asyncapi", url: "./events.json" },
      ],
      workflows: [{ workflowId: "w", steps }],
    },
  });
  const { catalog, findings } = await loadCatalog(root, { cacheDir: false });
  const sent: StepMessage[] = [];
  const slept: number[] = [];
  const messages: MessageExchange = {
    received: async () => (slept.length >= afterPauses ? came : []),
    send: async (one) => {
      sent.push(one);
    },
  };
  const result = await runWorkflow({
    catalog,
    workflowId: "w",
    fetch: createToyApi().fetch,
    baseUrls: "http://toy",
    validators: validatorsOf(catalog),
    messages,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  });
  return {
    ...result,
    findings: codes([...findings, ...((await checkJourneys(catalog)) as Finding[])]),
    sent,
    slept,
  };
}

const detail = ({ steps }: JourneyRun): unknown =>
  steps.at(-1)?.criteria.find(({ passed }) => !passed)?.detail;

describe("a step that receives", () => {
  it("takes the message with its correlation id, checks it and keeps what it wants of it", async () => {
    const got = await run(
      [
        receive({
          successCriteria: [{ condition: "$message.payload.price == 5" }],
          outputs: { price: "$message.payload#/price", order: "$message.payload.order" },
        }),
      ],
      [other, confirmed],
    );
    expect([got.outcome, got.findings]).toEqual(["passed", []]);
    expect(got.steps[0]).toMatchObject({
      outputs: { price: 5, order: "o1" },
      message: { channel: "confirmed", type: "confirm" },
    });
  });

  it("finds the correlation id in a header, and the channel by its path", async () => {
    const step = receive({
      operationId: undefined,
      channelPath: "{$sourceDescriptions.events.url}#/channels/confirmed",
      correlationId: "o3",
      outputs: { order: "$message.header.Order-Id", why: "$message.payload#/why" },
    });
    const got = await run([step], [confirmed, refused]);
    expect([got.outcome, got.findings, got.steps[0]?.outputs]).toEqual([
      "passed",
      [],
      { order: "o3", why: "sold out" },
    ]);
  });

  it("waits for it with growing pauses, no longer than its timeout", async () => {
    expect(await run([receive({})], [confirmed], 2)).toMatchObject({ outcome: "passed", slept: [20, 40] });
    const late = await run([receive({})], [confirmed], 9);
    expect(late.slept.reduce((sum, pause) => sum + pause, 0)).toBe(100);
    expect(late.error).toBe(
      "Step receive failed: a message of confirmed with the correlation id o1 within 100 ms (None came; the channel carries confirm)",
    );
  });

  it("takes a message once, so that the next step gets the next one", async () => {
    const again = message("m4", "confirm", { order: "o1", price: 6 });
    const steps = [
      receive({ stepId: "a", outputs: { price: "$message.payload#/price" } }),
      receive({ stepId: "b", outputs: { price: "$message.payload#/price" } }),
      receive({ stepId: "c" }),
    ];
    const got = await run(steps, [confirmed, again, confirmed]);
    expect(got.steps.map(({ outputs, outcome }) => [outcome, outputs["price"]])).toEqual([
      ["passed", 5],
      ["passed", 6],
      ["failed", undefined],
    ]);
  });

  it("fails on a message that breaks its schema, and goes where its failure action leads", async () => {
    const broken = message("m5", "confirm", { order: "o1", price: "five" });
    const steps = [
      receive({ onFailure: [{ name: "goOn", type: "goto", stepId: "after" }] }),
      { stepId: "after", operationId: "$sourceDescriptions.toy.makeThing", requestBody: { payload: {} } },
    ];
    const got = await run(steps, [broken]);
    expect(got.steps.map(({ stepId, outcome }) => `${stepId} ${outcome}`)).toEqual([
      "receive failed",
      "after passed",
    ]);
    expect(got.steps[0]?.criteria.at(-1)?.detail).toBe("/price must be integer");
  });

  it.each([
    ["a correlation id without a value", receive({ correlationId: "$inputs.none" }), /has no value/],
    [
      "a correlation id where the event spec has none",
      receive({ operationId: undefined, channelPath: "{$sourceDescriptions.events.url}#/channels/loose" }),
      /says of no message of loose where it is/,
    ],
    ["a channel that isn't there", receive({ operationId: "nothing" }), /declares nothing/],
  ])("says what is wrong with %s", async (_, step, want) => {
    expect(detail(await run([step], [confirmed]))).toMatch(want);
  });
});

describe("a step that sends", () => {
  it("leaves its payload and headers on the channel, and goes on at once", async () => {
    const send = {
      stepId: "send",
      operationId: "$sourceDescriptions.events.placeOrder",
      action: "send",
      parameters: [{ name: "Order-Id", in: "header", value: "o1" }],
      requestBody: { payload: { item: "lamp", from: "$self" } },
    };
    const got = await run([send], []);
    expect([got.outcome, got.findings, got.slept]).toEqual(["passed", [], []]);
    expect(got.sent).toEqual([
      {
        channel: "placed",
        type: "place",
        headers: { "order-id": "o1" },
        payload: { item: "lamp", from: "https://toy.example/journeys" },
      },
    ]);
  });
});

describe("what else Arazzo 1.1 has", () => {
  const make = (stepId: string, more: object = {}): object => ({
    stepId,
    operationId: "$sourceDescriptions.toy.makeThing",
    requestBody: {
      payload: {
        items: [
          { sku: "a", n: 1 },
          { sku: "b", n: 2 },
        ],
      },
    },
    ...more,
  });
  const order = ({ steps }: JourneyRun): string => steps.map(({ stepId }) => stepId).join(" ");

  it("runs steps after those that they depend on, in whatever order they are written", async () => {
    const reads = {
      requestBody: { payload: { id: "$steps.first.outputs.id" } },
      dependsOn: ["second"],
    };
    const got = await run(
      [
        make("third", reads),
        make("second", { dependsOn: ["first"] }),
        make("first", { outputs: { id: "$response.body#/id" } }),
      ],
      [],
    );
    expect([got.outcome, order(got)]).toEqual(["passed", "first second third"]);
  });

  it("fails a step in a circle of dependencies, and names one that doesn't exist", async () => {
    const circle = await run([make("a", { dependsOn: ["b"] }), make("b", { dependsOn: ["a"] })], []);
    expect([circle.outcome, detail(circle)]).toEqual([
      "failed",
      "The step that it depends on has not been run",
    ]);
    expect((await run([make("a", { dependsOn: ["none"] })], [])).findings).toEqual([
      "error spec.arazzo.depends",
    ]);
  });

  it("selects by JSONPath and by JSON pointer", async () => {
    const select = (type: unknown, selector: string): object => ({
      context: "$response.body",
      selector,
      type,
    });
    const outputs = {
      one: select("jsonpath", "$.echo.items[?@.sku == 'b'].n"),
      all: select({ type: "jsonpath", version: "rfc9535" }, "$.echo.items[*].n"),
      pointer: select("jsonpointer", "/echo/items/0/sku"),
    };
    const got = await run([make("a", { outputs })], []);
    expect(got.steps[0]?.outputs).toEqual({ one: 2, all: [1, 2], pointer: "a" });
    const xml = await run([make("a", { outputs: { x: select("xpath", "/a") } })], []);
    expect(detail(xml)).toMatch(/XPath looks into XML; here is JSON/);
  });

  it("replaces expressions inside the conditions of regex and jsonpath", async () => {
    const criteria = [
      { context: "$response.body#/id", type: "regex", condition: "^{$response.body#/id}$" },
      {
        context: "$response.body#/echo/items",
        type: "jsonpath",
        condition: "$[?@.n == {$response.body#/echo/items/1/n}]",
      },
    ];
    expect((await run([make("a", { successCriteria: criteria })], [])).outcome).toBe("passed");
  });

  it.each([
    ["regex", "^(a+)+$", /exponential time/],
    ["regex", "^a*a*a*$", /600 characters.*500 at most/],
    ["regex", "^a*a*a*a*a*a*$", /fifth power/],
    ["jsonpath", "$[?search(@.sku, '(a+)+$')]", /exponential time/],
    ["jsonpath", "$[?match(@.sku, 'a*a*a*')]", /600 characters.*500 at most/],
    ["jsonpath", "$[?match(@.sku, 'a*a*a*a*a*a*')]", /fifth power/],
    ["jsonpath", "$..*..*..*", /descends 3 times/],
  ])("runs no %s that may take for ever: %s", async (type, condition, says) => {
    const items = [{ sku: `${"a".repeat(599)}!`, n: 1 }];
    const context = type === "regex" ? "$response.body#/echo/items/0/sku" : "$response.body#/echo/items";
    const step = make("a", {
      requestBody: { contentType: "application/json", payload: { items } },
      successCriteria: [{ context, type, condition }],
    });
    const got = await run([step], []);
    expect(got.outcome).toBe("failed");
    expect(detail(got)).toMatch(says);
  });

  it("sends a whole query string", async () => {
    const step = {
      stepId: "get",
      operationId: "$sourceDescriptions.toy.getThing",
      parameters: [
        { name: "thingId", in: "path", value: "t1" },
        { name: "all", in: "querystring", value: "tag=a&tag={$self}" },
      ],
    };
    const got = await run([step], []);
    expect(got.steps[0]?.request?.url).toBe("http://toy/things/t1?tag=a&tag=https://toy.example/journeys");
  });
});

it("takes the forms in which other runners name operations, and says that they are no standard", async () => {
  const got = await run(
    [
      { stepId: "a", operationId: "toy.makeThing", requestBody: { payload: {} } },
      {
        stepId: "b",
        operationPath: "$sourceDescriptions.toy#/paths/~1things/post",
        requestBody: { payload: {} },
      },
    ],
    [],
  );
  expect([got.outcome, got.findings]).toEqual([
    "passed",
    ["warning spec.arazzo.reference-form", "warning spec.arazzo.reference-form"],
  ]);
});
