import { describe, expect, it } from "vitest";
import { normaliseSchema, type SchemaDialect } from "../../../specs/engine/catalog/normalise/schema.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { getThings, loadFiles, openapi } from "../spec-set.ts";

function normalise(
  schema: object,
  dialect: SchemaDialect,
): { readonly result: object; readonly keywords: string[] } {
  const result = structuredClone(schema) as Record<string, unknown>;
  const keywords = normaliseSchema(result, dialect).map((problem) => problem.keyword);
  return { result, keywords };
}

describe("a schema of OpenAPI 3.0 in the terms of 2020-12", () => {
  it.each([
    [{ type: "string", nullable: true }, { type: ["string", "null"] }],
    [
      { type: "string", nullable: true, enum: ["a"] },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [{ type: "string", nullable: false }, { type: "string" }],
    [
      { nullable: true, allOf: [{ $ref: "#/x" }] },
      { anyOf: [{ allOf: [{ $ref: "#/x" }] }, { type: "null" }] },
    ],
    [{ nullable: true }, {}],
    [
      { type: "string", format: "url" },
      { type: "string", format: "uri" },
    ],
    [{ minimum: 3, exclusiveMinimum: true }, { exclusiveMinimum: 3 }],
    [
      { minimum: 3, exclusiveMinimum: false, maximum: 5, exclusiveMaximum: true },
      { minimum: 3, exclusiveMaximum: 5 },
    ],
    [
      { type: "string", example: "x" },
      { type: "string", examples: ["x"] },
    ],
    [
      { $ref: "#/a", type: "string", description: "kept", "x-k": 1 },
      { $ref: "#/a", description: "kept", "x-k": 1 },
    ],
    [
      { type: "string", format: "binary" },
      { type: "string", format: "binary" },
    ],
    [
      { type: "object", properties: { nullable: { type: "boolean" } } },
      { type: "object", properties: { nullable: { type: "boolean" } } },
    ],
  ])("%j", (schema, want) => {
    expect(normalise(schema, "oas-3.0")).toEqual({ result: want, keywords: [] });
  });
});

it("leaves a good schema of 2020-12 as it is", () => {
  const schema = {
    type: ["string", "null"],
    exclusiveMinimum: 3,
    $ref: "#/a",
    minLength: 1,
    pattern: "^a$",
    const: null,
    examples: [1],
    unknown: true,
  };
  expect(normalise(schema, "2020-12")).toEqual({ result: schema, keywords: [] });
});

it("turns the tuples of draft 7 into prefixItems", () => {
  expect(normalise({ items: [{ type: "string" }], additionalItems: false }, "draft-07").result).toEqual({
    prefixItems: [{ type: "string" }],
    items: false,
  });
});

describe("a keyword that can't be understood", () => {
  it.each([
    [{ type: "any" }, {}, ["type"]],
    [{ type: "file" }, { type: "string", format: "binary" }, ["type"]],
    [{ type: ["string", "uuid"] }, { type: ["string"] }, ["type"]],
    [{ required: true }, {}, ["required"]],
    [{ required: ["a", "a"] }, { required: ["a"] }, []],
    [{ minimum: "3" }, { minimum: 3 }, []],
    [{ minimum: "three" }, {}, ["minimum"]],
    [{ maxLength: -1 }, {}, ["maxLength"]],
    [{ multipleOf: 0 }, {}, ["multipleOf"]],
    [{ enum: [] }, {}, ["enum"]],
    [{ allOf: [] }, {}, ["allOf"]],
    [{ oneOf: { a: 1 } }, {}, ["oneOf"]],
    [{ properties: [] }, {}, ["properties"]],
    [{ properties: { a: "string" } }, { properties: { a: true } }, ["properties/a"]],
    [{ items: "string" }, {}, ["items"]],
    [{ additionalProperties: "no" }, {}, ["additionalProperties"]],
    [{ pattern: "(" }, { "x-eco-pattern-ignored": "(" }, ["pattern"]],
    [{ pattern: "^(a+)+$" }, { "x-eco-pattern-ignored": "^(a+)+$" }, ["pattern"]],
    [{ pattern: "^a\\_b\\-c$" }, { pattern: "^a_b\\x2dc$" }, []],
    [
      { patternProperties: { "(": {}, "^a": {} } },
      { patternProperties: { "^a": {} } },
      ["patternProperties/("],
    ],
    [{ format: 5 }, {}, ["format"]],
    [{ uniqueItems: "yes" }, {}, ["uniqueItems"]],
    [{ type: "string", nullable: true }, { type: ["string", "null"] }, ["nullable"]],
  ])("is taken out of %j and reported", (schema, want, keywords) => {
    expect(normalise(schema, "2020-12")).toEqual({ result: want, keywords });
  });
});

it("splits `dependencies`, which validators still obey, into what it became", () => {
  const schema = {
    dependencies: { a: ["b"], c: { required: ["d"] }, e: { minProperties: 2 } },
    dependentSchemas: { e: { minProperties: 3 } },
  };
  expect(normalise(schema, "2020-12")).toEqual({
    result: {
      dependentRequired: { a: ["b"] },
      dependentSchemas: { c: { required: ["d"] }, e: { minProperties: 3 } },
    },
    keywords: [],
  });
});

const slow = { type: "string", pattern: "^(a+)+$" };
it.each([
  ["properties", { properties: { a: slow } }],
  ["patternProperties", { patternProperties: { "^(a+)+$": {} } }],
  ["propertyNames", { propertyNames: { pattern: "^(a+)+$" } }],
  ["additionalProperties", { additionalProperties: slow }],
  ["unevaluatedProperties", { unevaluatedProperties: slow }],
  ["dependentSchemas", { dependentSchemas: { a: { properties: { b: slow } } } }],
  ["dependencies", { dependencies: { a: { properties: { b: slow } } } }],
  ["items", { items: slow }],
  ["prefixItems", { prefixItems: [slow] }],
  ["items as a list", { items: [slow] }],
  ["contains", { contains: slow }],
  ["unevaluatedItems", { unevaluatedItems: slow }],
  ["allOf", { allOf: [slow] }],
  ["anyOf", { anyOf: [slow] }],
  ["oneOf", { oneOf: [slow] }],
  ["not", { not: slow }],
  ["if", { if: slow }],
  ["then", JSON.parse(`{"if":{},"then":${JSON.stringify(slow)}}`) as object],
  ["else", { if: false, else: slow }],
  ["a definition by its place", { $ref: "#/components/schemas/X/$defs/s", $defs: { s: slow } }],
  ["a definition by its anchor", { $ref: "#s", $defs: { s: { ...slow, $anchor: "s" } } }],
  ["a definition by its id", { $ref: "urn:s", $defs: { s: { ...slow, $id: "urn:s" } } }],
  ["a dynamic reference", { $dynamicRef: "#s", $defs: { s: { ...slow, $dynamicAnchor: "s" } } }],
  ["what is no place for schemas", { $ref: "#/x-hidden/s" }],
])("finds a slow pattern below %s, and takes it out", async (_where, schema) => {
  const document = openapi(
    getThings({ $ref: "#/components/schemas/X" }),
    { schemas: { X: schema } },
    { "x-hidden": { s: slow } },
  );
  const { catalog, findings } = await loadFiles({ "api.json": document });
  expect(findings.map(({ code }) => code)).toContain("spec.pattern.slow");
  const [operation] = catalog.operations;
  const answer = operation?.responses[0]?.content["application/json"]?.schema;
  if (answer === undefined) throw new Error("the answer has a schema");
  const evil = `${"a".repeat(40)}!`;
  // Run once, the pattern would not come to its end.
  for (const value of [evil, [evil], { [evil]: 1 }, { a: evil, b: evil }])
    expect(validatorsOf(catalog).get(answer)(value)).toBeInstanceOf(Array);
});

it("converts schemas wherever an OpenAPI document has them, and nothing else", async () => {
  const old = { type: "string", nullable: true };
  const media = { "application/json": { schema: old, example: { nullable: true } } };
  const { catalog } = await loadFiles({
    "api.json": openapi(
      {
        "/a": {
          parameters: [
            { name: "p", in: "query", schema: old },
            { name: "c", in: "query", content: media },
          ],
          post: {
            requestBody: { content: media },
            responses: { 200: { description: "x", headers: { H: { schema: old } }, content: media } },
            callbacks: {
              done: { "{$request.body#/url}": { post: { requestBody: { content: media }, responses: {} } } },
            },
          },
        },
      },
      {
        schemas: {
          Deep: {
            type: "object",
            properties: { a: { type: "array", items: { anyOf: [old] } } },
            additionalProperties: old,
          },
        },
        responses: { R: { description: "x", content: media } },
        parameters: { P: { name: "p", in: "query", schema: old } },
        requestBodies: { B: { content: media } },
        headers: { H: { schema: old } },
      },
      { openapi: "3.0.3", definitions: { Odd: old }, "x-other": { type: "string", nullable: true } },
    ),
    "b.json": openapi(
      getThings({ $ref: "#/definitions/Odd" }),
      {},
      { openapi: "3.0.0", definitions: { Odd: old } },
    ),
  });
  const [a, b] = catalog.documents.map((document) => JSON.stringify(document.content));
  // Once in the extension, once in the definition that nothing refers to, and in the examples, which are data.
  expect(a?.match(/"nullable":true/g)).toHaveLength(2 + 6);
  expect(a).toContain('"openapi":"3.1.0"');
  expect(b).not.toContain("nullable");
});
