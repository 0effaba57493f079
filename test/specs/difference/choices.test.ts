import { describe, expect, it } from "vitest";
import { changesBetween, exchanging, inShort } from "./compare.ts";
import { cat, dog, expectChanges, object, type SchemaCase, text } from "./schema-cases.ts";

const bird = object({ kind: { const: "bird" } }, { required: ["kind"] });

const cases: readonly SchemaCase[] = [
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
    "null is taken by one part of a whole, and by the other now as well",
    { allOf: [text], anyOf: [{ type: "string", maxLength: 3 }, { type: "null" }] },
    { allOf: [{ type: ["string", "null"] }], anyOf: [{ type: "string", maxLength: 3 }, { type: "null" }] },
    ["compatible null.allowed"],
    ["breaking null.allowed"],
  ],
  [
    "null is taken beside a choice",
    { oneOf: [cat, dog] },
    { anyOf: [{ oneOf: [cat, dog] }, { type: "null" }] },
    ["compatible alternative.added"],
    ["possibly-breaking alternative.added"],
  ],
];

describe("a change of alternatives and rules", () => {
  it.each(cases)("%s", expectChanges);
});

describe("choices that lead to each other", () => {
  const many = 60;
  const schemas = (last: object): object => ({
    schemas: Object.fromEntries(
      Array.from({ length: many }, (_, at) => [
        `Any${at}`,
        at === 5
          ? last
          : {
              anyOf: Array.from({ length: 12 }, (_unused, step) => ({
                $ref: `#/components/schemas/Any${(at * 7 + step) % many}`,
              })),
            },
      ]),
    ),
  });
  const first = { $ref: "#/components/schemas/Any0" };

  // Looked at anew from each place, they would take longer than a test may.
  it("are looked at once each", async () => {
    const [was, is] = [{ type: "string" }, { type: "integer" }].map((last) =>
      exchanging({ type: "boolean" }, first, schemas(last)),
    );
    expect(inShort(await changesBetween(was, is))).toHaveLength(1);
  });
});
