import { describe, expect, it } from "vitest";
import { requireOperation } from "../../../specs/engine/catalog/lookup.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { codes, getThings, loadFiles, openapi } from "../spec-set.ts";

/** Whether the answer of `GET /things` may be each of the values, and the findings of the load. */
async function verdicts(
  schema: unknown,
  schemas: Record<string, unknown>,
  values: readonly unknown[],
): Promise<{ readonly valid: readonly boolean[]; readonly findings: readonly string[] }> {
  const { catalog, findings } = await loadFiles({ "api.json": openapi(getThings(schema), { schemas }) });
  const ref = requireOperation(catalog, "listThings").responses[0]?.content["application/json"]?.schema;
  if (ref === undefined) throw new Error("the answer has no schema");
  const validate = validatorsOf(catalog).get(ref, "response");
  return { valid: values.map((value) => validate(value).length === 0), findings: codes(findings) };
}

describe("schemas that have names of their own", () => {
  const owner = { type: "object", required: ["name"], properties: { name: { type: "string" } } };
  it.each([
    [
      "an absolute $id",
      { $ref: "https://example.com/owner" },
      { Owner: { $id: "https://example.com/owner", ...owner } },
    ],
    [
      "a $id relative to that of another",
      { $ref: "#/components/schemas/Pet/properties/owner" },
      {
        Pet: { $id: "https://example.com/pets/pet", properties: { owner: { $ref: "owner" } } },
        Owner: { $id: "https://example.com/pets/owner", ...owner },
      },
    ],
    ["a $id that looks like a file", { $ref: "owner.json" }, { Owner: { $id: "owner.json", ...owner } }],
    ["an $anchor", { $ref: "#owner" }, { Owner: { $anchor: "owner", ...owner } }],
    [
      "an $anchor of another resource",
      { $ref: "https://example.com/pet#owner" },
      { Pet: { $id: "https://example.com/pet", $defs: { any: { $anchor: "owner", ...owner } } } },
    ],
    [
      "a place inside a resource of its own",
      { $ref: "#/components/schemas/Pet" },
      { Pet: { $id: "https://example.com/pet", $ref: "#/$defs/a~1b%25", $defs: { "a/b%": owner } } },
    ],
  ])("are found by %s", async (_, schema, schemas) => {
    expect(await verdicts(schema, schemas, [{ name: "Ada" }, { name: 1 }, {}])).toEqual({
      valid: [true, false, false],
      findings: [],
    });
  });

  it("are not taken from an example", async () => {
    const { findings } = await verdicts(
      { type: "object", examples: [{ $id: "owner.json" }], properties: { a: { $ref: "owner.json" } } },
      {},
      [],
    );
    expect(findings).toEqual(["error spec.ref.missing"]);
  });
});

describe("$dynamicRef", () => {
  const blank = { $dynamicAnchor: "item", not: {} };
  const page = {
    type: "object",
    required: ["items"],
    properties: { items: { type: "array", items: { $dynamicRef: "#item" } } },
  };
  const cases: readonly (readonly [string, Record<string, unknown>])[] = [
    [
      "with a $id each",
      {
        Page: { $id: "page", ...page, $defs: { item: blank } },
        Texts: { $id: "texts", $ref: "page", $defs: { text: { $dynamicAnchor: "item", type: "string" } } },
        Thing: { $ref: "texts" },
      },
    ],
    [
      "by place alone",
      {
        Page: { ...page, $defs: { item: blank } },
        Thing: {
          $ref: "#/components/schemas/Page",
          $defs: { text: { $dynamicAnchor: "item", type: "string" } },
        },
      },
    ],
    [
      "through another generic schema",
      {
        List: { type: "array", items: { $dynamicRef: "#item" }, $defs: { item: blank } },
        Page: { ...page, properties: { items: { $ref: "#/components/schemas/List" } } },
        Thing: {
          $ref: "#/components/schemas/Page",
          $defs: { text: { $dynamicAnchor: "item", type: "string" } },
        },
      },
    ],
  ];
  it.each(cases)("leads to what fills the blank, %s", async (_, schemas) => {
    const values = [{ items: ["a"] }, { items: [1] }, {}];
    expect(await verdicts({ $ref: "#/components/schemas/Thing" }, schemas, values)).toEqual({
      valid: [true, false, false],
      findings: [],
    });
  });

  it("leads to the default where nothing fills the blank", async () => {
    const schemas = { Page: { ...page, $defs: { item: { $dynamicAnchor: "item", type: "integer" } } } };
    const values = [{ items: [1] }, { items: ["a"] }];
    expect((await verdicts({ $ref: "#/components/schemas/Page" }, schemas, values)).valid).toEqual([
      true,
      false,
    ]);
  });

  it("makes every level of a tree as strict as the one that extends it", async () => {
    const schemas = {
      Tree: {
        $id: "tree",
        $dynamicAnchor: "node",
        type: "object",
        properties: { data: true, children: { type: "array", items: { $dynamicRef: "#node" } } },
      },
      Strict: { $id: "strict", $dynamicAnchor: "node", $ref: "tree", unevaluatedProperties: false },
    };
    const values = [
      { data: 1, children: [{ data: 2, children: [] }] },
      { daat: 1 },
      { children: [{ children: [{ daat: 1 }] }] },
    ];
    const of = async (name: string): Promise<readonly boolean[]> =>
      (await verdicts({ $ref: `#/components/schemas/${name}` }, schemas, values)).valid;
    expect(await of("Tree")).toEqual([true, true, true]);
    expect(await of("Strict")).toEqual([true, false, false]);
  });
});
