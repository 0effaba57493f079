import { describe, expect, it } from "vitest";
import { at, type Json } from "../../portal/lib/json.ts";
import { sampleOf } from "../../portal/lib/sample.ts";
import { type FieldView, type SchemaSource, type SchemaView, viewSchema } from "../../portal/lib/schema.ts";

function sourceOf(schemas: Json): SchemaSource {
  const content = { components: { schemas } };
  return {
    resolve: (ref) => at(content, ref.pointer),
    named: (ref) => {
      const name = /^\/components\/schemas\/([^/]+)$/u.exec(ref.pointer)?.[1];
      return name === undefined ? undefined : { name, key: `#${name}` };
    },
  };
}

const ref = (name: string) => ({ document: "api.yaml", pointer: `/components/schemas/${name}` });
const link = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const view = (schemas: Json, name = "A", limits?: { depth: number; fields: number }): SchemaView =>
  limits === undefined
    ? viewSchema(ref(name), sourceOf(schemas))
    : viewSchema(ref(name), sourceOf(schemas), limits);
const field = (of: SchemaView, name: string): FieldView | undefined =>
  of.fields.find((one) => one.name === name);

describe("the view of a schema", () => {
  it.each([
    ["a format for the type", { type: "string", format: "date-time" }, "date-time", []],
    ["types side by side", { type: ["string", "null"] }, "string or null", []],
    [
      "lengths",
      { type: "string", minLength: 1, maxLength: 64 },
      "string",
      ["at least 1 character", "at most 64 characters"],
    ],
    ["bounds", { type: "integer", minimum: 0, exclusiveMaximum: 9 }, "integer", ["≥ 0", "< 9"]],
    [
      "items",
      { type: "array", items: { type: "string", maxLength: 3 }, uniqueItems: true },
      "array of string",
      ["no item twice", "each at most 3 characters"],
    ],
    ["a closed object", { type: "object", additionalProperties: false }, "object", ["no other fields"]],
    ["anything", true, "any", []],
    ["nothing", false, "nothing", []],
  ])("says %s", (_, schema, type, constraints) => {
    const seen = view({ A: schema });
    expect([seen.type, seen.constraints]).toEqual([type, constraints]);
  });

  it.each([
    ["a space, encoded in the reference", "Delivery line", "Delivery%20line"],
    ["a slash, escaped in the reference", "tax/total", "tax~1total"],
    ["a per cent sign that encodes nothing", "VAT in %", "VAT in %"],
  ])("follows a reference to a schema whose name has %s", (_, name, written) => {
    expect(sampleOf(ref("A"), sourceOf({ A: link(written), [name]: { const: 7 } }))).toBe(7);
  });

  it("writes allOf out as one object", () => {
    const seen = view({
      A: { allOf: [link("B"), { properties: { own: { type: "string" } }, required: ["own"] }] },
      B: { properties: { base: { type: "integer" } }, required: ["base"] },
    });
    expect(seen.fields.map((one) => [one.name, one.type, one.required])).toEqual([
      ["base", "integer", true],
      ["own", "string", true],
    ]);
  });

  it("ends recursion with a link", () => {
    const seen = view({
      A: { type: "object", properties: { next: link("A"), all: { type: "array", items: link("A") } } },
    });
    expect(field(seen, "next")).toMatchObject({ type: "A", cut: true, fields: [], names: [{ name: "A" }] });
    expect(field(seen, "all")).toMatchObject({ type: "array of A", fields: [] });
  });

  it("reads a nullable reference as the type or null", () => {
    const seen = view({
      A: { properties: { b: { oneOf: [link("B"), { type: "null" }] } } },
      B: { type: "object", properties: { x: { type: "string" } } },
    });
    expect(field(seen, "b")).toMatchObject({ type: "B or null", fields: [{ name: "x" }] });
  });

  it("shows a named string as a string, however deep", () => {
    const seen = view({ A: { properties: { id: link("Id") } }, Id: { type: "string", pattern: "^x" } }, "A", {
      depth: 0,
      fields: 9,
    });
    expect(field(seen, "id")).toMatchObject({ type: "string", constraints: ["matches ^x"] });
  });

  it("cuts depth before breadth when a page would get too big", () => {
    const wide = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`f${index}`, { type: "string" }]),
    );
    const seen = view(
      { A: { properties: { first: link("B"), ...wide } }, B: { type: "object", properties: wide } },
      "A",
      { depth: 2, fields: 30 },
    );
    expect(seen.fields).toHaveLength(21);
    expect(field(seen, "first")).toMatchObject({ cut: true, fields: [] });
  });

  it("is described within a budget: then by first sentences, and what lies deeper is left out", () => {
    const long = { type: "string", description: `Short. ${"And long. ".repeat(500)}` };
    const inside = { type: "object", properties: { x: long } };
    const names = Array.from({ length: 5 }, (_, index) => `f${index}`);
    const seen = view({
      A: { properties: { ...Object.fromEntries(names.map((name) => [name, long])), inside } },
    });
    const lengths = names.map((name) => field(seen, name)?.description.length);
    expect(lengths.slice(0, 2)).toEqual([long.description.length, long.description.length]);
    expect(field(seen, "f4")?.description).toBe("Short. …");
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`g${index}`, inside]));
    const left = view({ A: { properties: many } }, "A", { depth: 2, fields: 1000 });
    expect(left.fields).toHaveLength(100);
    expect(field(left, "g99")).toMatchObject({ left: true, fields: [] });
  });
});

describe("a sample made from a schema", () => {
  it.each([
    ["its example", { type: "string", examples: ["mine"] }, "mine"],
    ["its default", { type: "integer", default: 7 }, 7],
    ["its first allowed value", { enum: ["b", "a"] }, "b"],
    ["the least number", { type: "integer", minimum: 5 }, 5],
    ["a value of its format", { type: "string", format: "email" }, "someone@example.com"],
    [
      "all fields at the top, the required ones below",
      {
        type: "object",
        properties: {
          a: { type: "boolean" },
          b: { type: "object", required: ["c"], properties: { c: { const: 1 }, d: { type: "string" } } },
        },
      },
      { a: true, b: { c: 1 } },
    ],
  ])("takes %s", (_, schema, want) => {
    expect(sampleOf(ref("A"), sourceOf({ A: schema }))).toEqual(want);
  });

  it("ends on a type that contains itself", () => {
    const sample = sampleOf(
      ref("A"),
      sourceOf({ A: { type: "object", required: ["next"], properties: { next: link("A") } } }),
    );
    expect(JSON.stringify(sample).length).toBeLessThan(200);
  });
});
