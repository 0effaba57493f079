import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { usedSchemas } from "../../../specs/engine/catalog/lint/schemas.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { interpretingValidators } from "../../../specs/engine/catalog/schemas/interpreted.ts";
import { type Validators, validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog, SchemaRef } from "../../../specs/engine/catalog/types.ts";
import { sample } from "../../../specs/engine/certification/generate/sample.ts";
import { openSchema } from "../../../specs/engine/certification/generate/schema.ts";
import { createRandom } from "../../../specs/engine/certification/random.ts";

const MOST_SCHEMAS = 120;

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** What is said of a value, each once: alternatives that lead to one schema say the same twice. */
const said = (validators: Validators, ref: SchemaRef, value: unknown): string[] =>
  [
    ...new Set(
      validators
        .get(
          ref,
          "request",
        )(value)
        .map(({ pointer, keyword, message }) => `${pointer} ${keyword} ${message}`),
    ),
  ].sort();

/** Values that a schema takes, and the same with one thing changed at each place. */
function valuesFor(catalog: Catalog, ref: SchemaRef): unknown[] {
  const { schema, reader } = openSchema(catalog, ref);
  const seed = `${ref.document}${ref.pointer}`;
  const made = [true, false].map((full) =>
    sample(schema, { reader, random: createRandom(seed), full, direction: "request" }),
  );
  return [...made, ...made.flatMap((value) => spoiled(value, 1))];
}

function spoiled(value: unknown, depth: number): unknown[] {
  const others: unknown[] = [null, "", "a text that nobody expects", -1.5, true, [], {}];
  if (depth === 0 || typeof value !== "object" || value === null) return others;
  if (Array.isArray(value))
    return [[...value, ...value], ...spoiled(value[0], depth - 1).map((one) => [one, ...value.slice(1)])];
  const members = Object.entries(value);
  return [
    { ...value, surplus: 1 },
    ...members.map(([name]) => Object.fromEntries(members.filter(([other]) => other !== name))),
    ...members.flatMap(([name, inner]) =>
      spoiled(inner, depth - 1).map((one) => ({ ...value, [name]: one })),
    ),
  ];
}

describe("validators that walk the schemas", () => {
  it.each([
    "specs",
    "test/fixtures/ecosystems/kerb-rhine",
    "test/fixtures/ecosystems/roaming-charging",
    "node_modules/@readme/oas-examples/3.0/json/schema-validation.json",
    "node_modules/@readme/oas-examples/3.1/json/train-travel.json",
  ])("say the same as the compiled ones, of %s", async (path) => {
    const { catalog } = await loadCatalog(root(path));
    const [compiled, walking] = [validatorsOf(catalog), interpretingValidators(catalog)];
    let refused = 0;
    const different: unknown[] = [];
    const refs = usedSchemas(catalog);
    // Of a large document so many, from all over it: to compile each takes longer than all else here.
    const step = Math.ceil(refs.length / MOST_SCHEMAS);
    for (const ref of refs.filter((_, index) => index % step === 0))
      for (const value of valuesFor(catalog, ref)) {
        const [want, got] = [compiled, walking].map((one) => said(one, ref, value));
        if (want?.length !== 0) refused += 1;
        if (want?.join("\n") !== got?.join("\n")) different.push([ref.pointer, value, want, got]);
      }
    expect(different).toEqual([]);
    expect(refused).toBeGreaterThan(50);
  });
});
