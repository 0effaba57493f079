import { describe, expect, it } from "vitest";
import { changesBetween, exchanging, inShort } from "./compare.ts";

const text = { type: "string" };
const object = (properties: object, more: object = {}): object => ({ type: "object", properties, ...more });
const cat = object({ kind: { const: "cat" }, lives: { type: "integer" } }, { required: ["kind"] });
const dog = object(
  { kind: { const: "dog" }, tricks: { type: "array", items: text } },
  { required: ["kind"] },
);
const bird = object({ kind: { const: "bird" } }, { required: ["kind"] });

/** What changed, what that asks of who writes such values, and of who reads them. */
const cases: readonly (readonly [string, object, object, string[], string[]])[] = [
  [
    "an optional field is new",
    object({ a: text }),
    object({ a: text, b: text }),
    ["compatible field.added"],
    ["compatible field.added"],
  ],
  [
    "a required field is new",
    object({}),
    object({ b: text }, { required: ["b"] }),
    ["breaking field.demanded"],
    ["compatible field.demanded"],
  ],
  [
    "a required field that is only read is new",
    object({}),
    object({ b: { ...text, readOnly: true } }, { required: ["b"] }),
    ["compatible field.demanded"],
    ["compatible field.demanded"],
  ],
  [
    "a field is new where nothing else was to come",
    object({ a: text }, { additionalProperties: false }),
    object({ a: text, b: text }, { additionalProperties: false }),
    ["compatible field.added"],
    ["possibly-breaking field.added"],
  ],
  [
    "an optional field is gone",
    object({ a: text, b: text }),
    object({ a: text }),
    ["possibly-breaking field.removed"],
    ["possibly-breaking field.removed"],
  ],
  [
    "a field is gone and would be refused",
    object({ a: text, b: text }, { additionalProperties: false, required: ["b"] }),
    object({ a: text }, { additionalProperties: false }),
    ["breaking field.removed"],
    ["breaking field.removed"],
  ],
  [
    "a field became required",
    object({ a: text }),
    object({ a: text }, { required: ["a"] }),
    ["breaking field.required"],
    ["compatible field.required"],
  ],
  [
    "a field became optional",
    object({ a: text }, { required: ["a"] }),
    object({ a: text }),
    ["compatible field.optional"],
    ["breaking field.optional"],
  ],
  [
    "a closed schema was opened",
    object({ a: text }, { additionalProperties: false }),
    object({ a: text }),
    ["compatible fields.opened"],
    ["possibly-breaking fields.opened"],
  ],
  [
    "an open schema was closed",
    object({ a: text }),
    object({ a: text }, { additionalProperties: false }),
    ["breaking fields.closed"],
    ["compatible fields.closed"],
  ],
  [
    "a type was widened",
    object({ a: { type: "integer" } }),
    object({ a: { type: "number" } }),
    ["compatible type.widened"],
    ["breaking type.widened"],
  ],
  [
    "a type was narrowed",
    object({ a: { type: "number" } }),
    object({ a: { type: "integer" } }),
    ["breaking type.narrowed"],
    ["compatible type.narrowed"],
  ],
  [
    "a type was replaced, whatever else changed",
    object({ a: { type: "string", maxLength: 3 } }),
    object({ a: { type: "boolean" } }),
    ["breaking type.replaced"],
    ["breaking type.replaced"],
  ],
  [
    "a type is taken beside another",
    object({ a: { type: "string" } }),
    object({ a: { type: ["string", "integer"] } }),
    ["compatible type.widened"],
    ["breaking type.widened"],
  ],
  [
    "null is allowed",
    object({ a: text }),
    object({ a: { type: ["string", "null"] } }),
    ["compatible null.allowed"],
    ["breaking null.allowed"],
  ],
  [
    "null is refused",
    object({ a: { anyOf: [text, { type: "null" }] } }),
    object({ a: text }),
    ["breaking null.refused"],
    ["compatible null.refused"],
  ],
  [
    "anything is allowed",
    object({ a: text }),
    object({ a: {} }),
    ["compatible value.anything"],
    ["breaking value.anything"],
  ],
  [
    "a value was added",
    { enum: ["x"] },
    { enum: ["x", "y"] },
    ["compatible value.added"],
    ["possibly-breaking value.added"],
  ],
  [
    "a value was removed",
    { enum: ["x", "y"] },
    { enum: ["x"] },
    ["breaking value.removed"],
    ["compatible value.removed"],
  ],
  [
    "a constant became one of two",
    { const: "x" },
    { enum: ["x", "y"] },
    ["compatible value.added"],
    ["possibly-breaking value.added"],
  ],
  [
    "values are listed",
    text,
    { type: "string", enum: ["x"] },
    ["breaking values.listed"],
    ["compatible values.listed"],
  ],
  [
    "values are listed no longer",
    { type: "string", enum: ["x"] },
    text,
    ["compatible values.opened"],
    ["possibly-breaking values.opened"],
  ],
  [
    "a limit was narrowed",
    { type: "string", maxLength: 9 },
    { type: "string", maxLength: 8 },
    ["breaking limit.narrowed"],
    ["compatible limit.narrowed"],
  ],
  [
    "a limit was widened",
    { type: "number", minimum: 1 },
    { type: "number", minimum: 0 },
    ["compatible limit.widened"],
    ["possibly-breaking limit.widened"],
  ],
  [
    "a limit leaves its own value out",
    { type: "number", minimum: 1 },
    { type: "number", exclusiveMinimum: 1 },
    ["breaking limit.narrowed"],
    ["compatible limit.narrowed"],
  ],
  [
    "of whole numbers, above 0 became from 0",
    { type: "integer", exclusiveMinimum: 0 },
    { type: "integer", minimum: 0 },
    ["compatible limit.widened"],
    ["possibly-breaking limit.widened"],
  ],
  [
    "a step became finer",
    { type: "integer", multipleOf: 10 },
    { type: "integer", multipleOf: 5 },
    ["compatible step.changed"],
    ["possibly-breaking step.changed"],
  ],
  [
    "items may repeat",
    { type: "array", uniqueItems: true },
    { type: "array" },
    ["compatible unique.dropped"],
    ["possibly-breaking unique.dropped"],
  ],
  [
    "a format was replaced",
    { type: "string", format: "date" },
    { type: "string", format: "date-time" },
    ["breaking format.changed"],
    ["breaking format.changed"],
  ],
  [
    "a format was widened",
    { type: "integer", format: "int32" },
    { type: "integer", format: "int64" },
    ["compatible format.changed"],
    ["breaking format.changed"],
  ],
  [
    "a pattern came",
    text,
    { type: "string", pattern: "^a" },
    ["breaking pattern.added"],
    ["compatible pattern.added"],
  ],
  [
    "a pattern changed",
    { type: "string", pattern: "^b" },
    { type: "string", pattern: "^a" },
    ["possibly-breaking pattern.changed"],
    ["possibly-breaking pattern.changed"],
  ],
  [
    "a default changed",
    { type: "integer", default: 1 },
    { type: "integer", default: 2 },
    ["breaking default.changed"],
    ["compatible default.changed"],
  ],
  [
    "an alternative was added",
    { oneOf: [cat, dog] },
    { oneOf: [bird, dog, cat] },
    ["compatible alternative.added"],
    ["possibly-breaking alternative.added"],
  ],
  [
    "an alternative was removed",
    { oneOf: [cat, dog, bird] },
    { oneOf: [bird, dog] },
    ["breaking alternative.removed"],
    ["compatible alternative.removed"],
  ],
  [
    "a schema became one of two",
    cat,
    { oneOf: [dog, cat] },
    ["compatible alternative.added"],
    ["possibly-breaking alternative.added"],
  ],
  [
    "an alternative that is told by its constant changed inside",
    { oneOf: [cat, dog] },
    { oneOf: [dog, { ...cat, required: ["kind", "lives"] }] },
    ["breaking field.required"],
    ["compatible field.required"],
  ],
  [
    "one of became any of",
    { oneOf: [cat, dog] },
    { anyOf: [cat, dog] },
    ["possibly-breaking choice.changed"],
    ["possibly-breaking choice.changed"],
  ],
  [
    "a rule that can't be judged changed",
    { type: "object", not: { required: ["a"] } },
    { type: "object", not: { required: ["b"] } },
    ["possibly-breaking rule.unjudged"],
    ["possibly-breaking rule.unjudged"],
  ],
  [
    "a rule came",
    { type: "object" },
    { type: "object", not: { required: ["b"] } },
    ["breaking rule.added"],
    ["compatible rule.added"],
  ],
  [
    "items changed",
    { type: "array", items: text },
    { type: "array", items: { type: "integer" } },
    ["breaking type.replaced"],
    ["breaking type.replaced"],
  ],
  [
    "an item in a place of its own changed",
    { type: "array", prefixItems: [text, text] },
    { type: "array", prefixItems: [text, { type: "integer" }] },
    ["breaking type.replaced"],
    ["breaking type.replaced"],
  ],
  [
    "what other fields hold changed",
    { type: "object", additionalProperties: text },
    { type: "object", additionalProperties: { type: "integer" } },
    ["breaking type.replaced"],
    ["breaking type.replaced"],
  ],
  [
    "a field is deprecated",
    object({ a: text }),
    object({ a: { ...text, deprecated: true } }),
    ["text deprecated"],
    ["text deprecated"],
  ],
  [
    "a field called description is gone",
    object({ description: text }),
    object({}),
    ["possibly-breaking field.removed"],
    ["possibly-breaking field.removed"],
  ],
  [
    "a field is no longer written",
    object({ a: text }),
    object({ a: { ...text, readOnly: true } }),
    ["possibly-breaking field.readOnly"],
    ["compatible field.readOnly"],
  ],
];

describe("a change of a schema", () => {
  it.each(cases)("%s", async (_name, old, now, written, read) => {
    const writers = await changesBetween(exchanging(old, text), exchanging(now, text));
    const readers = await changesBetween(exchanging(text, old), exchanging(text, now));
    expect({ written: inShort(writers), read: inShort(readers) }).toEqual({ written, read });
  });

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
