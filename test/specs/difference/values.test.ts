import { describe, it } from "vitest";
import { expectChanges, type SchemaCase, text } from "./schema-cases.ts";

const cases: readonly SchemaCase[] = [
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
    "a step came beside another",
    { type: "integer", multipleOf: 2 },
    { allOf: [{ type: "integer", multipleOf: 2 }, { multipleOf: 3 }] },
    ["breaking step.changed"],
    ["compatible step.changed"],
  ],
];

describe("a change of single values", () => {
  it.each(cases)("%s", expectChanges);
});
