import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCollector } from "../../../specs/engine/difference/collector.ts";
import { SchemaGraph } from "../../../specs/engine/difference/schema-graph.ts";

type Node = Readonly<Record<string, unknown>>;

const SCALARS = [null, true, -1, 0, 1, 2, 3, 1.5, "", "a", "b", "ab", "abc"];

/** Values of every kind that the schemas below tell apart, nested twice at most. */
const VALUES: readonly unknown[] = [
  ...SCALARS,
  [],
  {},
  ...SCALARS.flatMap((value) => [[value], { a: value }, { b: value }]),
  ...SCALARS.flatMap((one) => SCALARS.flatMap((other) => [[one, other], { a: one, b: other }])),
  ...SCALARS.flatMap((value) => [[[value]], [{ a: value }], { a: [value] }, { a: { b: value } }]),
];

/** Schemas whose objects declare both fields: what isn't declared is nobody's to rely on. */
const { schema } = fc.letrec<{ schema: Node }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .uniqueArray(fc.constantFrom("string", "integer", "number", "boolean", "null"), { minLength: 1 })
      .map((type): Node => ({ type })),
    fc.record(
      {
        type: fc.constantFrom("string", ["string", "null"]),
        minLength: fc.nat(2),
        maxLength: fc.nat(3),
        pattern: fc.constantFrom("^a", "b$"),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record(
      {
        type: fc.constantFrom("number", "integer", ["integer", "null"]),
        minimum: fc.nat(2),
        exclusiveMinimum: fc.nat(2),
        maximum: fc.nat(3),
        multipleOf: fc.constantFrom(1, 2, 0.5),
      },
      { requiredKeys: ["type"] },
    ),
    fc.subarray(SCALARS, { minLength: 1, maxLength: 4 }).map((values): Node => ({ enum: values })),
    fc.record({
      type: fc.constantFrom("object", ["object", "null"]),
      properties: fc.record({ a: tie("schema"), b: tie("schema") }),
      required: fc.subarray(["a", "b"]),
      additionalProperties: fc.boolean(),
    }),
    fc.record(
      {
        type: fc.constant("array"),
        items: tie("schema"),
        minItems: fc.nat(2),
        maxItems: fc.nat(2),
      },
      { requiredKeys: ["type"] },
    ),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf): Node => ({ anyOf })),
    fc.tuple(tie("schema"), tie("schema")).map((allOf): Node => ({ allOf })),
    tie("schema").map((one): Node => ({ anyOf: [one, { type: "null" }] })),
    fc
      .tuple(tie("schema"), tie("schema"))
      .map(([all, one]): Node => ({ allOf: [all], anyOf: [one, { type: "null" }] })),
  ),
}));

/** A schema as it was and as it is: something inside was replaced, joined with something else, or made a choice. */
const changed = fc
  .tuple(schema, schema, fc.nat(), fc.constantFrom("replace", "anyOf", "allOf"))
  .map(([old, other, nth, how]) => {
    let left = nth % countOf(old);
    const edited = (node: Node): Node => {
      if (left-- === 0) return how === "replace" ? other : { [how]: [node, other] };
      return mapParts(node, edited);
    };
    return { old, now: edited(old) };
  });

function countOf(node: Node): number {
  let count = 1;
  mapParts(node, (part) => {
    count += countOf(part);
    return part;
  });
  return count;
}

function mapParts(node: Node, change: (part: Node) => Node): Node {
  const inside = ([key, value]: [string, unknown]): [string, unknown] => {
    if (key === "anyOf" || key === "allOf") return [key, (value as Node[]).map(change)];
    if (key === "items") return [key, change(value as Node)];
    if (key !== "properties") return [key, value];
    return [
      key,
      Object.fromEntries(
        Object.entries(value as Record<string, Node>).map(([name, part]) => [name, change(part)]),
      ),
    ];
  };
  return Object.fromEntries(Object.entries(node).map(inside));
}

/** What is told of the change to those who write such values and to those who read them. */
function told(old: Node, now: Node): Readonly<Record<"writer" | "reader", boolean>> {
  const place = "/components/schemas/Thing";
  const content = (Thing: Node): Node => ({ components: { schemas: { Thing } } });
  const warned = (direction: "writer" | "reader"): boolean => {
    const collector = createCollector();
    const documents = {
      old: { path: "old", content: content(old) },
      new: { path: "new", content: content(now) },
    };
    const use = { subject: { kind: "operation", id: "exchange" }, where: "", direction } as const;
    new SchemaGraph(documents, collector).compare(place, place, use);
    return collector.changes().some(({ level }) => level === "breaking" || level === "possibly-breaking");
  };
  return { writer: warned("writer"), reader: warned("reader") };
}

const validator = (node: Node) => new Ajv2020({ strict: false }).compile(node);

describe("values that only one of two schemas takes", () => {
  it("are told to those who write them where they are refused now, and to those who read them where they are new", () => {
    fc.assert(
      fc.property(changed, ({ old, now }) => {
        const [was, is] = [validator(old), validator(now)];
        const lost = VALUES.find((value) => was(value) && !is(value));
        const come = VALUES.find((value) => !was(value) && is(value));
        const warned = told(old, now);
        if (lost !== undefined) expect(warned.writer, `${JSON.stringify(lost)} is refused`).toBe(true);
        if (come !== undefined) expect(warned.reader, `${JSON.stringify(come)} is new`).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
