import { describe, expect, it } from "vitest";
import { lintSpecs } from "../../../specs/engine/catalog/lint/lint.ts";
import { codes, openapi, writeSpecs } from "../spec-set.ts";

const text = { type: "string" };
const receipt = {
  type: "object",
  required: ["object", "number", "bill"],
  properties: {
    object: { const: "receipt" },
    number: text,
    bill: {
      type: "object",
      required: ["unit", "total"],
      properties: { unit: { enum: ["cent"] }, total: { type: "integer" } },
    },
    lines: {
      type: "array",
      items: {
        type: "object",
        required: ["who", "cents"],
        properties: { who: text, cents: { type: "integer" } },
      },
    },
    secret: { type: "string", writeOnly: true },
  },
};

const answering = (response: object, schema: object = receipt): object =>
  openapi({
    "/jobs": {
      post: {
        operationId: "report",
        "x-eco-capability": "deliveries.submit",
        "x-eco-bind": { response },
        responses: { 201: { description: "x", content: { "application/json": { schema } } } },
      },
    },
  });

const all = { "/number": "id", "/bill/total": "payableMinor" };

describe("members that an answer has to have", () => {
  it.each<[string, object, readonly string[]]>([
    ["are bound, or fixed by the schema", answering(all), []],
    ["are the result's own where it is the body", answering({ "": "." }), []],
    ["are named where nothing is bound to them", answering({ "/number": "id" }), ["/bill"]],
    [
      "are named within what is bound in part",
      answering({ ...all, "/lines/*/who": "items.*.id" }),
      ["/lines/*/cents"],
    ],
    ["are whole where they are bound as a whole", answering({ ...all, "/lines": "items" }), []],
    [
      "aren't known where a schema has alternatives",
      answering(all, { oneOf: [receipt, { required: ["x"] }] }),
      [],
    ],
    ["aren't told where they only go in", answering(all, { ...receipt, required: ["secret"] }), []],
  ])("%s", async (_, document, want) => {
    const root = await writeSpecs({ "api.json": document });
    const { findings } = await lintSpecs(root, { cacheDir: false });
    expect(codes(findings)).toEqual(want.map(() => "error spec.bind.unfilled"));
    for (const [at, place] of want.entries()) expect(findings[at]?.message).toContain(` ${place},`);
  });
});

describe("members that a message has to have", () => {
  const message = (payload: object, bind: object = { "/number": "deliveryId" }): object => ({
    asyncapi: "3.0.0",
    info: { title: "Events", version: "1.0.0" },
    channels: {
      told: {
        address: "told",
        messages: { priced: { "x-eco-event": "delivery.rated", "x-eco-bind": bind, payload } },
      },
    },
  });
  const payload = {
    type: "object",
    required: ["topic", "number", "at"],
    properties: { topic: { const: "priced" }, number: text, at: text },
  };
  const enveloped = {
    type: "object",
    required: ["type", "id", "data"],
    properties: { type: { const: "priced" }, id: text, data: { ...payload, required: ["topic", "number"] } },
  };

  it.each<[string, object, readonly string[]]>([
    ["are named where nothing is bound to them", message(payload), ["error spec.bind.unfilled"]],
    ["are bound, or fixed by the schema", message(payload, { "/number": "deliveryId", "/at": "time" }), []],
    ["are those of the data in an envelope", message(enveloped), []],
  ])("%s", async (_, document, want) => {
    const root = await writeSpecs({ "events.json": document });
    expect(codes((await lintSpecs(root, { cacheDir: false })).findings)).toEqual(want);
  });
});
