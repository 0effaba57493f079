import { describe, expect, it } from "vitest";
import { fixedValuesOf, withFixedValues } from "../../specs/engine/fixed-values.ts";
import { loadFiles, openapi } from "./spec-set.ts";

const object = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: "object",
  required,
  properties,
});
const kind = { const: "invoice" };
const text = { type: "string" };

describe("what a schema fixes is filled in", () => {
  it.each<[string, object, unknown, unknown]>([
    ["where it is required", object({ kind, id: text }), { id: "a" }, { kind: "invoice", id: "a" }],
    ["not where it may be left out", object({ kind, id: text }, ["id"]), { id: "a" }, { id: "a" }],
    ["not where something is there", object({ kind }), { kind: "other" }, { kind: "other" }],
    ["as an `enum` of one, not of two", object({ a: { enum: [1] }, b: { enum: [1, 2] } }), {}, { a: 1 }],
    [
      "within members and items",
      object({ rows: { type: "array", items: object({ kind }) } }),
      { rows: [{}, {}] },
      { rows: [{ kind: "invoice" }, { kind: "invoice" }] },
    ],
    [
      "in a member that has to be there",
      object({ meta: object({ kind }) }),
      {},
      { meta: { kind: "invoice" } },
    ],
    ["not in a member that may be left out", object({ meta: object({ kind }) }, []), {}, {}],
    [
      "through references and parts",
      { allOf: [{ $ref: "#/components/schemas/Kinded" }, object({ id: text })] },
      { id: "a" },
      { id: "a", kind: "invoice" },
    ],
    [
      "once in a schema that holds itself",
      { $ref: "#/components/schemas/Node" },
      { next: { next: {} } },
      { kind: "invoice", next: { next: {} } },
    ],
  ])("%s", async (_, schema, value, want) => {
    const { catalog } = await loadFiles({
      "api.json": {
        ...openapi({}),
        components: {
          schemas: {
            Wanted: schema,
            Kinded: object({ kind }),
            Node: object({ kind, next: { $ref: "#/components/schemas/Node" } }, ["kind"]),
          },
        },
      },
    });
    const fixed = fixedValuesOf(catalog, { document: "api.json", pointer: "/components/schemas/Wanted" });
    const before = JSON.stringify(value);
    expect(fixed === undefined ? value : withFixedValues(value, fixed)).toEqual(want);
    expect(JSON.stringify(value)).toBe(before);
  });
});
