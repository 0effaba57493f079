import { describe, expect, it } from "vitest";
import type { ReceivedMessage } from "../../../specs/engine/journey/index.ts";
import { detail, runSteps } from "./run-steps.ts";

const message = (id: string, type: string, body: object, headers = {}): ReceivedMessage => ({
  id,
  type,
  headers,
  payload: body,
});
const confirmed = message("m1", "confirm", { order: "o1", price: 5 });
const other = message("m2", "confirm", { order: "o2", price: 7 });
const refused = message("m3", "refuse", { why: "sold out" }, { "order-id": "o3" });

const receive = (more: object): object => ({
  stepId: "receive",
  operationId: "$sourceDescriptions.events.confirmOrder",
  action: "receive",
  correlationId: "o1",
  timeout: 100,
  ...more,
});

describe("a step that receives", () => {
  it("takes the message with its correlation id, checks it and keeps what it wants of it", async () => {
    const got = await runSteps(
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
    const got = await runSteps([step], [confirmed, refused]);
    expect([got.outcome, got.findings, got.steps[0]?.outputs]).toEqual([
      "passed",
      [],
      { order: "o3", why: "sold out" },
    ]);
  });

  it("waits for it with growing pauses, no longer than its timeout", async () => {
    expect(await runSteps([receive({})], [confirmed], 2)).toMatchObject({
      outcome: "passed",
      slept: [20, 40],
    });
    const late = await runSteps([receive({})], [confirmed], 9);
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
    const got = await runSteps(steps, [confirmed, again, confirmed]);
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
    const got = await runSteps(steps, [broken]);
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
    expect(detail(await runSteps([step], [confirmed]))).toMatch(want);
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
    const got = await runSteps([send]);
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
