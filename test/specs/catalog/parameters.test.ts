import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parameterReader,
  splitCookies,
  splitQuery,
} from "../../../specs/engine/catalog/exchange/read-parameter.ts";
import { serialiseParameter } from "../../../specs/engine/catalog/exchange/serialise-parameter.ts";
import { type SchemaShape, shapeOf } from "../../../specs/engine/catalog/schemas/schema-types.ts";
import type { Parameter } from "../../../specs/engine/catalog/types.ts";

type Place = Parameter["in"];

const list = { type: "array", items: { type: "integer" } };
const object = { type: "object", properties: { r: { type: "integer" }, g: { type: "string" } } };

function parameter(place: Place, more: Partial<Parameter>): Parameter {
  return { name: "id", in: place, required: false, examples: {}, ...more };
}

/** Reads a parameter from the text in its place. */
function read(parameter: Parameter, schema: object, text: string): unknown {
  const shape: SchemaShape = shapeOf({}, schema);
  return parameterReader(
    parameter,
    shape,
  )({
    path: parameter.in === "path" ? { id: text } : {},
    query: parameter.in === "query" ? splitQuery(text) : [],
    headers: parameter.in === "header" ? { id: text } : {},
    cookies: parameter.in === "cookie" ? splitCookies(text) : {},
  });
}

// The examples of the OpenAPI standard, as it prints them.
const styles: readonly [
  place: Place,
  style: string | undefined,
  explode: boolean | undefined,
  schema: object,
  value: unknown,
  text: string,
][] = [
  ["path", undefined, undefined, { type: "integer" }, 5, "5"],
  ["path", undefined, undefined, list, [3, 4, 5], "3,4,5"],
  ["path", "simple", false, object, { r: 100, g: "x" }, "r,100,g,x"],
  ["path", "simple", true, object, { r: 100, g: "x" }, "r=100,g=x"],
  ["path", "label", false, { type: "string" }, "blue", ".blue"],
  ["path", "label", false, list, [3, 4], ".3,4"],
  ["path", "label", true, list, [3, 4], ".3.4"],
  ["path", "matrix", false, { type: "string" }, "blue", ";id=blue"],
  ["path", "matrix", false, list, [3, 4], ";id=3,4"],
  ["path", "matrix", true, list, [3, 4], ";id=3;id=4"],
  ["query", undefined, undefined, { type: "boolean" }, true, "id=true"],
  ["query", undefined, undefined, list, [3, 4, 5], "id=3&id=4&id=5"],
  ["query", "form", false, list, [3, 4, 5], "id=3,4,5"],
  ["query", "spaceDelimited", false, list, [3, 4], "id=3%204"],
  ["query", "pipeDelimited", false, list, [3, 4], "id=3%7C4"],
  ["query", undefined, undefined, object, { r: 100, g: "x" }, "r=100&g=x"],
  ["query", "form", false, object, { r: 100, g: "x" }, "id=r,100,g,x"],
  ["query", "deepObject", true, object, { r: 100, g: "x" }, "id[r]=100&id[g]=x"],
  ["header", undefined, undefined, list, [3, 4], "3,4"],
  ["header", "simple", true, object, { r: 100, g: "x" }, "r=100,g=x"],
  ["cookie", undefined, undefined, { type: "string" }, "a b", "id=a%20b"],
];

describe("parameter styles", () => {
  it.each(styles)("%s %s explode %s of %j: %j ↔ %s", (place, style, explode, schema, value, text) => {
    const it = parameter(place, {
      ...(style === undefined ? {} : { style }),
      ...(explode === undefined ? {} : { explode }),
    });
    expect(serialiseParameter(it, value)).toBe(text);
    expect(read(it, schema, text)).toEqual(value);
  });

  it.each([
    ["path", undefined],
    ["path", "label"],
    ["path", "matrix"],
    ["query", undefined],
    ["cookie", undefined],
  ] as const)("keep any text in a %s (%s)", (place, style) => {
    const it = parameter(place, style === undefined ? {} : { style });
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (value) => {
        expect(read(it, { type: "string" }, serialiseParameter(it, value))).toBe(value);
      }),
    );
  });

  it("keep any list of texts in a query, delimiters in the items too", () => {
    const texts = fc.array(
      fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.trim() === text),
      { minLength: 1 },
    );
    for (const more of [{}, { explode: false }, { explode: false, style: "pipeDelimited" }]) {
      const it = parameter("query", more);
      fc.assert(
        fc.property(texts, (value) => {
          expect(
            read(it, { type: "array", items: { type: "string" } }, serialiseParameter(it, value)),
          ).toEqual(value);
        }),
      );
    }
  });
});

describe("texts become what the schema wants", () => {
  it.each([
    [{ type: "integer" }, "5", 5],
    [{ type: "integer" }, "5x", "5x"],
    [{ type: "integer" }, "", ""],
    [{ type: "integer" }, "007", "007"],
    [{ type: "number" }, "-1.5e3", -1500],
    [{ type: "boolean" }, "true", true],
    [{ type: "boolean" }, "1", "1"],
    [{ type: ["integer", "null"] }, "null", null],
    [{ type: ["integer", "string"] }, "5", "5"],
    [{ enum: [1, 2] }, "2", 2],
    [{ oneOf: [{ type: "integer" }, { type: "boolean" }] }, "false", false],
    [{ allOf: [{ $ref: "#/nowhere" }, { type: "integer" }] }, "3", 3],
    [{}, "5", "5"],
  ])("%j: %s", (schema, text, want) => {
    expect(read(parameter("query", {}), schema, `id=${text}`)).toEqual(want);
  });

  it("reads JSON where the parameter has content", () => {
    const it = parameter("query", { contentType: "application/json" });
    expect(read(it, object, `id=${encodeURIComponent('{"r":1}')}`)).toEqual({ r: 1 });
    expect(read(it, object, "id=nonsense")).toBe("nonsense");
  });

  it("survives a broken percent-encoding", () => {
    expect(read(parameter("query", {}), { type: "string" }, "id=%E0%A4%A")).toBe("%E0%A4%A");
  });

  it.each([
    ["a list in it", "id[tags]=a&id[tags]=b", { tags: ["a", "b"] }],
    ["a list with brackets", "id[tags][]=a&id[tags][]=b", { tags: ["a", "b"] }],
    ["one of a list", "id[tags]=a", { tags: ["a"] }],
    ["an object in it", "id[age][gt]=3&id[age][lt]=9", { age: { gt: 3, lt: 9 } }],
    ["what no name is given for", "id[height]=170", { height: 170 }],
    ["one number in its place", "id=7", 7],
    ["nothing of another's", "ids[age]=3", undefined],
  ])("reads a deep object with %s", (_, text, want) => {
    const number = { type: "integer" };
    const bounds = { type: "object", properties: { gt: number, lt: number } };
    const deep = {
      type: "object",
      properties: { tags: { type: "array", items: { type: "string" } }, age: bounds },
      additionalProperties: number,
    };
    const schema = { anyOf: [deep, number] };
    expect(read(parameter("query", { style: "deepObject" }), schema, text)).toEqual(want);
  });

  it("leaves to other parameters what is theirs of an object without a name", () => {
    const open = { ...object, additionalProperties: { type: "integer" } };
    const reader = parameterReader(parameter("query", {}), shapeOf({}, open), new Set(["g", "limit"]));
    const query = splitQuery("r=1&g=x&limit=5&more=2&__proto__=3");
    expect(reader({ path: {}, query, headers: {}, cookies: {} })).toEqual({ r: 1, more: 2 });
  });

  it("takes no prototype from a deep object", () => {
    const value = read(parameter("query", { style: "deepObject" }), object, "id[__proto__]=x&id[r]=1");
    expect(value).toEqual({ r: 1 });
  });
});
