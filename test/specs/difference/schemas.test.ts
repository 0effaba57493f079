import { describe, expect, it } from "vitest";
import { changesBetween, exchanging } from "./compare.ts";
import { cat, dog, object, text } from "./schema-cases.ts";

describe("a change of a schema", () => {
  const same: readonly (readonly [string, object, object])[] = [
    ["a single alternative is what it is", cat, { anyOf: [cat] }],
    [
      "a list of types is a choice of them",
      { type: ["string", "integer"] },
      { oneOf: [{ type: "string" }, { type: "integer" }] },
    ],
    [
      "constants to choose from are a list",
      { enum: ["x", "y"] },
      { oneOf: [{ const: "x" }, { const: "y" }] },
    ],
    ["a constant is a list of one", { const: "x" }, { enum: ["x"] }],
    [
      "parts of a whole are the whole",
      object({ a: text, b: text }, { required: ["b"] }),
      { allOf: [object({ a: text }), object({ b: text }, { required: ["b"] })] },
    ],
    ["a type stands alone or in a list", { not: { type: "string" } }, { not: { type: ["string"] } }],
    [
      "null beside a choice is one alternative more",
      { anyOf: [{ oneOf: [cat, dog] }, { type: "null" }] },
      { oneOf: [cat, { type: "null" }, dog] },
    ],
    ["null beside a type", { type: ["string", "null"] }, { anyOf: [{ type: "null" }, text] }],
    [
      "the order of fields, types, values and alternatives",
      { oneOf: [cat, dog], enum: ["x", "y"] },
      { enum: ["y", "x"], oneOf: [dog, cat] },
    ],
    ["a length of at least nothing", { type: "string" }, { type: "string", minLength: 0 }],
    [
      "from 1 is above 0, of whole numbers",
      { type: "integer", minimum: 1 },
      { type: "integer", exclusiveMinimum: 0 },
    ],
  ];
  it.each(same)("is none where %s", async (_name, old, now) => {
    expect(await changesBetween(exchanging(old, old), exchanging(now, now))).toEqual([]);
  });

  it("is none where a document says in the way of OpenAPI 3.1 what it said in that of 3.0", async () => {
    const field = (schema: object): object => object({ a: schema });
    const ways: readonly (readonly [object, object])[] = [
      [{ type: "string", nullable: true }, { type: ["string", "null"] }],
      [
        { type: "string", nullable: false, enum: ["x"] },
        { type: "string", const: "x" },
      ],
      [
        { nullable: true, allOf: [{ type: "string", maxLength: 3 }] },
        { anyOf: [{ type: "string", maxLength: 3 }, { type: "null" }] },
      ],
      [
        { type: "number", minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false },
        { type: "number", exclusiveMinimum: 1, maximum: 5 },
      ],
      [
        { type: "string", format: "byte" },
        { type: "string", contentEncoding: "base64" },
      ],
      [
        { type: "string", format: "binary" },
        { type: "string", contentMediaType: "application/octet-stream" },
      ],
    ];
    for (const [before, after] of ways) {
      const old = { ...exchanging(field(before), field(before)), openapi: "3.0.3" };
      expect(await changesBetween(old, exchanging(field(after), field(after)))).toEqual([]);
    }
  });

  it("is told once where it is shared, with all that it reaches and what it asks there", async () => {
    const components = (state: object): object => ({
      schemas: { State: state, Thing: object({ state: { $ref: "#/components/schemas/State" } }) },
    });
    const thing = { $ref: "#/components/schemas/Thing" };
    const changes = await changesBetween(
      exchanging(thing, { type: "array", items: thing }, components({ enum: ["open"] })),
      exchanging(thing, { type: "array", items: thing }, components({ enum: ["open", "shut"] })),
    );
    expect(changes).toEqual([
      {
        level: "possibly-breaking",
        rule: "value.added",
        message: 'State may be "shut" now.',
        place: { side: "new", document: "api.yaml", pointer: "/components/schemas/State/enum" },
        reaches: [
          { kind: "operation", id: "exchange", where: "request body › state", level: "compatible" },
          { kind: "operation", id: "exchange", where: "response 200 › [].state", level: "possibly-breaking" },
        ],
      },
    ]);
  });

  it("is found beyond a circle, once", async () => {
    const components = (leaf: object): object => ({
      schemas: { Node: object({ leaf, next: { $ref: "#/components/schemas/Node" } }) },
    });
    const node = { $ref: "#/components/schemas/Node" };
    const changes = await changesBetween(
      exchanging(text, node, components(text)),
      exchanging(text, node, components({ type: "integer" })),
    );
    expect(changes.map(({ rule, reaches }) => [rule, reaches.map(({ where }) => where)])).toEqual([
      ["type.replaced", ["response 200 › leaf"]],
    ]);
  });

  it("does not count in requests where the field is only read", async () => {
    const field = (schema: object): object => object({ id: { ...schema, readOnly: true } });
    const changes = await changesBetween(
      exchanging(field(text), text),
      exchanging(field({ type: "integer" }), text),
    );
    expect(changes).toEqual([]);
  });
});
