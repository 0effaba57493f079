import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { usedSchemas } from "../../../specs/engine/catalog/lint/schemas.ts";
import { interpretingValidators } from "../../../specs/engine/catalog/schemas/interpreted.ts";
import {
  type CompiledModule,
  precompiledValidators,
} from "../../../specs/engine/catalog/schemas/precompiled.ts";
import { type Validators, validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { emitValidators, type StandaloneTarget } from "../../../specs/engine/catalog/schemas/standalone.ts";
import type { Catalog, SchemaRef } from "../../../specs/engine/catalog/types.ts";
import { getThings, loadFiles, openapi } from "../spec-set.ts";

const components = {
  schemas: {
    Node: {
      type: "object",
      required: ["name"],
      additionalProperties: false,
      properties: {
        name: { type: "string", minLength: 1, maxLength: 3 },
        children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
      },
    },
    Account: {
      type: "object",
      required: ["id", "password", "email"],
      properties: {
        id: { type: "string", readOnly: true },
        password: { $ref: "#/components/schemas/Password" },
        email: { type: "string", format: "email" },
        createdAt: { type: "string", format: "date-time" },
      },
    },
    Password: { type: "string", writeOnly: true },
    Names: {
      type: "object",
      properties: {
        "a/b~c": { type: "string" },
        constructor: { type: "string" },
        toString: { type: "integer" },
      },
    },
    Choice: {
      oneOf: [
        { type: "string", enum: ["x"] },
        { type: "object", required: ["a"], properties: { a: { const: 1 } }, unevaluatedProperties: false },
      ],
    },
    Deep: { $ref: "#/components/schemas/Node/properties/name" },
    Set: { type: "array", uniqueItems: true },
    Tuple: { type: "array", prefixItems: [{ type: "integer" }], items: false, uniqueItems: true },
    Unknown: { type: "string", format: "a-format-nobody-knows", "x-extra": 1, unknownKeyword: true },
    Slow: { type: "string", pattern: "^.*a.*$" },
    Cents: { type: "number", multipleOf: 0.01 },
    Never: false,
    Closed: {
      allOf: [{ $ref: "#/components/schemas/Open" }],
      properties: { more: { $ref: "#/components/schemas/Closed" } },
      unevaluatedProperties: false,
    },
    Open: { type: "object", properties: { node: { $ref: "#/components/schemas/Node" } } },
    WithExample: {
      type: "object",
      properties: { a: { $ref: "#/components/schemas/Node" } },
      examples: [{ $id: "not-a-schema", $ref: "#/nowhere" }],
    },
  },
};

async function catalogOf(): Promise<Catalog> {
  const refs = Object.keys(components.schemas).map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const { catalog } = await loadFiles({ "api.json": openapi(getThings({ anyOf: refs }), components) });
  return catalog;
}

const at = (name: string): SchemaRef => ({ document: "api.json", pointer: `/components/schemas/${name}` });

const table: readonly [name: string, value: unknown, want: readonly string[]][] = [
  ["Node", { name: "a", children: [{ name: "b", children: [] }] }, []],
  [
    "Node",
    { name: "long", children: [{ children: [{ name: "" }], more: 1 }] },
    [
      "/children/0 required",
      "/children/0 additionalProperties",
      "/children/0/children/0/name minLength",
      "/name maxLength",
    ],
  ],
  [
    "Account",
    { email: "nobody", createdAt: "yesterday" },
    [" required", " required", "/email format", "/createdAt format"],
  ],
  [
    "Names",
    { "a/b~c": 1, constructor: 2, toString: "x" },
    ["/a~1b~0c type", "/constructor type", "/toString type"],
  ],
  ["Names", {}, []],
  ["Choice", { a: 1 }, []],
  ["Choice", { a: 2, b: 1 }, [" type", " enum", "/a const", " unevaluatedProperties", " oneOf"]],
  ["Deep", "abcd", [" maxLength"]],
  ["Deep", "😀😀😀", []],
  ["Tuple", [1, 2], [" items"]],
  ["Tuple", ["x"], ["/0 type"]],
  [
    "Set",
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [" uniqueItems"],
  ],
  ["Set", [1, "1", [1], { 1: 1 }, null, "null", [[1]], [1, 1]], []],
  ["Set", ["__proto__", "x", "__proto__"], [" uniqueItems"]],
  ["Unknown", "anything", []],
  ["Cents", 0.07, []],
  ["Cents", 19.99, []],
  ["Cents", 0.075, [" multipleOf"]],
  ["Never", 1, [" not"]],
  ["Slow", `${"b".repeat(3_000)}a`, []],
  ["Slow", `${"b".repeat(5_000)}a`, [" pattern"]],
  ["Closed", { node: { name: "a" }, more: { node: { name: "b" } } }, []],
  ["Closed", { other: 1, more: { another: 2 } }, [" unevaluatedProperties", "/more unevaluatedProperties"]],
  ["WithExample", { a: { name: "a" } }, []],
];

function outcome(validators: Validators, name: string, value: unknown): string[] {
  return validators
    .get(at(name))(value)
    .map(({ pointer, keyword }) => `${pointer} ${keyword}`)
    .sort();
}

describe("validators", () => {
  it.each(table)("check %s against %j", async (name, value, want) => {
    expect(outcome(validatorsOf(await catalogOf()), name, value)).toEqual([...want].sort());
  });

  it("know in an instant that the items of a long list are different", async () => {
    const items = Array.from({ length: 200_000 }, (_, n) => ({ n }));
    expect(outcome(validatorsOf(await catalogOf()), "Set", items)).toEqual([]);
  });

  it("say where in the spec each rule stands, through references and recursion", async () => {
    const validators = validatorsOf(await catalogOf());
    const violations = validators.get(at("WithExample"))({ a: { name: 1, children: [{}] } });
    expect(violations.map(({ schemaPointer }) => schemaPointer).sort()).toEqual([
      "api.json#/components/schemas/Node/properties/name/type",
      "api.json#/components/schemas/Node/required",
    ]);
    expect(violations.map(({ message }) => message).sort()).toEqual([
      "must be string",
      "must have required property 'name'",
    ]);
  });

  it("name the property that isn't allowed, and the values that are", async () => {
    const validators = validatorsOf(await catalogOf());
    expect(validators.get(at("Node"))({ name: "a", x: 1 })[0]?.message).toBe(
      'must not have the property "x"',
    );
    expect(
      validators
        .get(at("Choice"))("y")
        .map(({ message }) => message),
    ).toContain('must be one of "x"');
  });

  it("let a request leave out what is read-only, and an answer what is write-only", async () => {
    const validators = validatorsOf(await catalogOf());
    const missing = (direction: "request" | "response" | undefined): string[] =>
      validators
        .get(
          at("Account"),
          direction,
        )({})
        .map(({ message }) => /'(\w+)'/.exec(message)?.[1] ?? "");
    expect(missing("request").sort()).toEqual(["email", "password"]);
    expect(missing("response").sort()).toEqual(["email", "id"]);
    expect(missing(undefined).sort()).toEqual(["email", "id", "password"]);
  });

  it("say up to which length a slow pattern is tried", async () => {
    const validators = validatorsOf(await catalogOf());
    expect(validators.get(at("Slow"))("b")[0]?.message).toBe(
      'must match pattern "^.*a.*$" (tried on texts up to 4000 characters)',
    );
  });

  it("end at once on a megabyte that a pattern would take the square of", async () => {
    const { catalog } = await loadFiles({
      "api.json": openapi(getThings({ type: "string", maxLength: 10, pattern: "[a-z]+@[a-z]+$" })),
    });
    const [ref] = usedSchemas(catalog);
    const startedAt = performance.now();
    const violations = ref === undefined ? [] : validatorsOf(catalog).get(ref)("a".repeat(1_000_000));
    expect(violations.map(({ keyword }) => keyword)).toEqual(["maxLength", "pattern"]);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it("list a hundred violations at most", async () => {
    const validators = validatorsOf(await catalogOf());
    const children = Array.from({ length: 5_000 }, () => ({}));
    expect(validators.get(at("Node"))({ name: "a", children })).toHaveLength(100);
  });

  it("are compiled once", async () => {
    const validators = validatorsOf(await catalogOf());
    expect(validators.get(at("Node"))).toBe(validators.get(at("Node")));
  });

  it("accept anything where nothing stands", async () => {
    expect(outcome(validatorsOf(await catalogOf()), "Missing", 5)).toEqual([]);
  });
});

describe("validators compiled ahead", () => {
  async function compiled(
    catalog: Catalog,
    targets: readonly StandaloneTarget[],
  ): Promise<{ text: string; validators: Validators }> {
    const text = emitValidators(catalog, targets);
    const folder = await mkdtemp(join(tmpdir(), "eco-standalone-"));
    try {
      await symlink(join(import.meta.dirname, "../../../node_modules"), join(folder, "node_modules"));
      await writeFile(join(folder, "validators.mjs"), text);
      const module = (await import(pathToFileURL(join(folder, "validators.mjs")).href)) as CompiledModule;
      return { text, validators: precompiledValidators(module) };
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it("say the same as those compiled in the process", async () => {
    const catalog = await catalogOf();
    const { validators } = await compiled(
      catalog,
      Object.keys(components.schemas).map((name) => ({ ref: at(name) })),
    );
    for (const [name, value] of table) {
      expect(validators.get(at(name))(value)).toEqual(validatorsOf(catalog).get(at(name))(value));
    }
  });

  it("evaluate no text as code and load no CommonJS", async () => {
    const catalog = await catalogOf();
    const { text } = await compiled(
      catalog,
      usedSchemas(catalog).map((ref) => ({ ref })),
    );
    expect(text).not.toMatch(/\brequire\(|new Function|\beval\(/);
  });

  it("keep a direction of their own, else the plain form serves", async () => {
    const catalog = await catalogOf();
    const { validators } = await compiled(catalog, [
      { ref: at("Account"), direction: "request" },
      { ref: at("Node") },
    ]);
    expect(validators.get(at("Account"), "request")({ password: "x", email: "a@b.fi" })).toEqual([]);
    expect(validators.get(at("Node"), "response")({ name: "a" })).toEqual([]);
    expect(() => validators.get(at("Choice"))).toThrowError(
      expect.objectContaining({ code: "ECO_SPEC_INVALID" }),
    );
  });
});

describe("validators that walk the schemas", () => {
  it("say the same as those compiled in the process", async () => {
    const catalog = await catalogOf();
    const walking = interpretingValidators(catalog);
    for (const [name, value] of table) {
      const compiled = validatorsOf(catalog).get(at(name))(value);
      const order = (list: typeof compiled) => list.map((one) => JSON.stringify(one)).sort();
      expect([name, value, order(walking.get(at(name))(value))]).toEqual([name, value, order(compiled)]);
    }
  });
});

it("a schema that refers to nothing but itself says no more than what stands beside it", async () => {
  const Loop = { type: "object", required: ["name"], allOf: [{ $ref: "#/components/schemas/Loop" }] };
  const ref = { document: "api.json", pointer: "/components/schemas/Loop" };
  const { catalog } = await loadFiles({
    "api.json": openapi(getThings({ $ref: "#/components/schemas/Loop" }), { schemas: { Loop } }),
  });
  for (const validators of [validatorsOf(catalog), interpretingValidators(catalog)]) {
    const validate = validators.get(ref);
    expect(validate({ name: "a" })).toEqual([]);
    expect(validate({})[0]).toMatchObject({ message: "must have required property 'name'" });
    expect(validate(1)[0]).toMatchObject({ message: "must be object" });
  }
});

describe("alternatives that go on to the same schema", () => {
  const comparison = { type: "object", required: ["field"], properties: { field: { type: "string" } } };
  const filters = { type: "array", items: { $ref: "#/components/schemas/Filter" } };
  const join = (name: string) => ({
    type: "object",
    required: ["join", "filters"],
    properties: { join: { const: name }, filters },
    additionalProperties: false,
  });
  const schemas = { Filter: { anyOf: [join("and"), join("or"), join("none"), comparison] } };
  const nested = (levels: number, leaf: object): object => {
    let filter = leaf;
    for (let level = 0; level < levels; level++)
      filter = { join: level % 2 === 0 ? "and" : "or", filters: [filter] };
    return filter;
  };

  it.each([5, 60])("are told apart in a value of %i levels", async (levels) => {
    const { catalog } = await loadFiles({
      "api.json": openapi(getThings({ $ref: "#/components/schemas/Filter" }), { schemas }),
    });
    const validate = validatorsOf(catalog).get({
      document: "api.json",
      pointer: "/components/schemas/Filter",
    });
    expect(validate(nested(levels, { field: "name" }))).toEqual([]);
    const violations = validate(nested(levels, { field: 7 }));
    expect(violations.length).toBeLessThanOrEqual(100);
    expect(violations).toContainEqual(
      expect.objectContaining({ pointer: `${"/filters/0".repeat(levels)}/field`, message: "must be string" }),
    );
    // The first value's outcome is not the second's.
    expect(validate(nested(levels, { field: "name" }))).toEqual([]);
  });
});
