import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesBetween, exchanging } from "./compare.ts";

type Node = Readonly<Record<string, unknown>>;

const NAMES = ["A", "B", "C"] as const;

/** Schemas of all kinds, some of them references to components, circles among them. */
const { schema } = fc.letrec<{ schema: Node }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...NAMES).map((name): Node => ({ $ref: `#/components/schemas/${name}` })),
    fc.constantFrom("string", "integer", "boolean").map((type): Node => ({ type })),
    fc.record({ type: fc.constant("string"), maxLength: fc.nat(9), pattern: fc.constantFrom("^a", "b$") }),
    fc.record({ type: fc.constant("number"), minimum: fc.integer(), default: fc.integer() }),
    fc.record({ enum: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 }) }),
    fc
      .dictionary(fc.constantFrom("a", "b", "title", "description"), tie("schema"), { minKeys: 1 })
      .map(
        (properties): Node => ({ type: "object", properties, required: Object.keys(properties).slice(1) }),
      ),
    tie("schema").map((items): Node => ({ type: "array", items })),
    fc.tuple(tie("schema"), tie("schema")).map((oneOf): Node => ({ oneOf })),
    fc.tuple(tie("schema"), tie("schema")).map((allOf): Node => ({ allOf })),
    tie("schema").map((not): Node => ({ type: "object", not })),
  ),
}));

/** A component is no bare reference, so that none refers to itself alone. */
const component = schema.map(
  (value): Node => (value["$ref"] === undefined ? value : { type: "array", items: value }),
);
const components = fc.record({ A: component, B: component, C: component });
const documents = fc.record({ request: schema, response: schema, schemas: components });

type Parts = {
  readonly request: Node;
  readonly response: Node;
  readonly schemas: Readonly<Record<string, Node>>;
};

const documentOf = ({ request, response, schemas }: Parts): object =>
  exchanging(request, response, { schemas });

/** The value with something done to each object in it, the innermost first. */
function mapped(value: unknown, change: (node: Node, key: string) => unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, mapped(item, change, name)]);
  return change(Object.fromEntries(entries), key);
}

const backwards = (node: Node): Node => Object.fromEntries(Object.entries(node).reverse());

const isSchema = (node: Node): boolean =>
  ["type", "oneOf", "allOf", "enum", "$ref"].some((key) => key in node);

const described = (node: Node, key: string): Node =>
  key !== "properties" && isSchema(node) ? { ...node, description: "Said otherwise.", title: "T" } : node;

/** The value with each reference replaced once by what it refers to. */
const inlined = (value: unknown, schemas: Parts["schemas"]): unknown =>
  mapped(value, (node) => {
    const name = typeof node["$ref"] === "string" ? node["$ref"].split("/").at(-1) : undefined;
    return name === undefined ? node : (schemas[name] ?? node);
  });

const RUNS = { numRuns: 40 };

describe("documents that say the same", () => {
  it("differ in nothing where they are the same", async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (parts) => {
        expect(await changesBetween(documentOf(parts), documentOf(parts))).toEqual([]);
      }),
      RUNS,
    );
  });

  it("differ in nothing where keys stand in another order", async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (parts) => {
        const other = mapped(documentOf(parts), backwards);
        expect(await changesBetween(documentOf(parts), other)).toEqual([]);
      }),
      RUNS,
    );
  });

  it("differ in words alone where descriptions came", async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (parts) => {
        const changes = await changesBetween(documentOf(parts), mapped(documentOf(parts), described));
        expect(changes.filter(({ level }) => level !== "text")).toEqual([]);
      }),
      RUNS,
    );
  });

  it("differ in nothing that could break where a reference was replaced by what it refers to", async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (parts) => {
        const other = { ...parts, request: inlined(parts.request, parts.schemas) as Node };
        expect(await changesBetween(documentOf(parts), documentOf(other))).toEqual([]);
      }),
      RUNS,
    );
  });
});
