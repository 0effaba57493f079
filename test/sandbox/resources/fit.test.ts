import { describe, expect, it } from "vitest";
import { Fitter } from "../../../sandbox/resources/fit.ts";
import { Schemas } from "../../../sandbox/resources/schemas.ts";
import { numbersFrom } from "../../../sandbox/values/ids.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { loadFiles, openapi } from "../../specs/spec-set.ts";

const shapes = {
  Cat: {
    type: "object",
    required: ["kind", "lives"],
    properties: { kind: { type: "string" }, lives: { type: "integer" } },
  },
  Dog: {
    type: "object",
    required: ["kind", "barks"],
    properties: { kind: { type: "string" }, barks: { type: "boolean" } },
  },
  Node: {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string" },
      children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
    },
  },
};

async function fitted(schema: unknown, given: unknown): Promise<unknown> {
  const { catalog } = await loadFiles({ "api.json": openapi({}, { schemas: { Value: schema, ...shapes } }) });
  const schemas = new Schemas(catalog);
  const validators = validatorsOf(catalog);
  const ref = { document: "api.json", pointer: "/components/schemas/Value" };
  const options = {
    now: "2025-03-01T12:00:00.000Z",
    next: numbersFrom("fit"),
    leaveOut: "writeOnly",
  } as const;
  const value = new Fitter(schemas, validators, options).fit(schemas.at(ref), given);
  if (value !== undefined) expect(validators.get(ref, "response")(value)).toEqual([]);
  return value;
}

const object = (properties: object, others: object = {}) => ({ type: "object", properties, ...others });

describe("a value closest to the one given", () => {
  const told = {
    oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
    discriminator: { propertyName: "kind", mapping: { feline: "#/components/schemas/Cat" } },
  };
  it.each([
    ["is itself where it fits", object({ a: { type: "string" } }), { a: "x", more: 1 }, { a: "x", more: 1 }],
    [
      "loses the optional part that can't be mended, and keeps the others",
      object({ a: { type: "string" }, b: { not: {} } }),
      { a: "x", b: 1 },
      { a: "x" },
    ],
    [
      "has the required part made that an example breaks",
      object(
        { a: { type: "string" }, n: { type: "integer", minimum: 5, example: "five" } },
        { required: ["n"] },
      ),
      { a: "x" },
      { a: "x", n: 5 },
    ],
    [
      "says a number as a text where that is declared",
      object({ id: { type: "string" } }),
      { id: 7 },
      { id: "7" },
    ],
    [
      "says a text as a number where that is declared",
      object({ id: { type: "integer" } }),
      { id: "7" },
      { id: 7 },
    ],
    [
      "drops what a closed object doesn't know",
      object({ a: { type: "string" } }, { additionalProperties: false }),
      { a: "x", b: 1 },
      { a: "x" },
    ],
    [
      "keeps what belongs to a map, and mends its values",
      object({}, { additionalProperties: { type: "string" } }),
      { a: "x", b: 2 },
      { a: "x", b: "2" },
    ],
    [
      "mends the items of a list one by one",
      { type: "array", items: object({ n: { type: "integer" } }, { required: ["n"] }) },
      [{ n: 1 }, { n: "2" }, { m: 1 }],
      [{ n: 1 }, { n: 2 }, { m: 1, n: 1 }],
    ],
    ["takes the alternative that it names", told, { kind: "Dog" }, { kind: "Dog", barks: true }],
    ["names the alternative that it takes", told, {}, { kind: "feline", lives: 1 }],
    [
      "takes the alternative whose constant it has",
      {
        oneOf: [
          object({ t: { const: "a" } }, { required: ["t"] }),
          object({ t: { const: "b" }, n: { type: "integer" } }, { required: ["t", "n"] }),
        ],
      },
      { t: "b" },
      { t: "b", n: 1 },
    ],
    [
      "meets all parts of an allOf, with the alternative inside one of them",
      {
        allOf: [
          object({ a: { type: "string" } }, { required: ["a"] }),
          { anyOf: [{ required: ["b"], properties: { b: { const: 1 } } }, {}] },
        ],
      },
      {},
      { a: "text", b: 1 },
    ],
    [
      "meets two rules for one property",
      {
        allOf: [
          object({ n: { type: "integer", minimum: 10 } }, { required: ["n"] }),
          object({ n: { type: "integer", multipleOf: 7 } }),
        ],
      },
      {},
      { n: 14 },
    ],
    [
      "follows if and then",
      {
        ...object({ t: { enum: ["a", "b"] } }, { required: ["t"] }),
        if: { properties: { t: { const: "a" } } },
        ...(JSON.parse('{"then": {"required": ["x"], "properties": {"x": {"const": 1}}}}') as object),
      },
      { t: "a" },
      { t: "a", x: 1 },
    ],
    [
      "has no more parts than a recursive schema asks for",
      { $ref: "#/components/schemas/Node" },
      { name: 1 },
      { name: "1" },
    ],
    [
      "has distinct items",
      { type: "array", minItems: 3, uniqueItems: true, items: { enum: ["a", "b", "c"] } },
      [],
      ["a", "b", "c"],
    ],
    [
      "has as many members as are asked for",
      object({}, { minProperties: 2 }),
      {},
      { key1: "text", key2: "text" },
    ],
    [
      "shows nothing that only requests carry",
      object({ a: { type: "string" }, pin: { type: "string", writeOnly: true } }),
      { a: 1, pin: "1" },
      { a: "1" },
    ],
    ["is a multiple of a decimal", { type: "number", multipleOf: 0.01, minimum: 0.07 }, undefined, 1],
    [
      "is within a small range of decimals",
      { type: "number", multipleOf: 0.01, exclusiveMinimum: 0.06, maximum: 0.07 },
      undefined,
      0.07,
    ],
    ["is null where nothing else is", { type: "null" }, undefined, null],
  ])("%s", async (_what, schema, given, want) => {
    expect(await fitted(schema, given)).toEqual(want);
  });

  it.each([
    ["a pattern and a length", { type: "string", pattern: "^[A-Z]+$", minLength: 12, maxLength: 14 }],
    ["a pattern with a look-ahead", { type: "string", pattern: "^(?=.*\\d).{6}$" }],
    ["a format and a length", { type: "string", format: "uri", minLength: 10 }],
    ["a list that contains", { type: "array", contains: { const: 7 }, items: { type: "integer" } }],
    [
      "unevaluated properties",
      { allOf: [object({ a: { const: 1 } }, { required: ["a"] })], unevaluatedProperties: false },
    ],
  ])("is made for %s", async (_what, schema) => {
    expect(await fitted(schema, undefined)).toBeDefined();
  });

  it.each([
    ["a contradiction", { allOf: [{ type: "string" }, { type: "integer" }] }],
    ["nothing allowed", { not: {} }],
    [
      "recursion without an end",
      { type: "object", required: ["v"], properties: { v: { $ref: "#/components/schemas/Value" } } },
    ],
    ["no multiple in the range", { type: "integer", multipleOf: 10, minimum: 11, maximum: 19 }],
  ])("isn't found for %s", async (_what, schema) => {
    expect(await fitted(schema, {})).toBeUndefined();
  });
});
