import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { usedSchemas } from "../../../specs/engine/catalog/lint/schemas.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";

// Documents that nobody here wrote, many of them odd on purpose.
const root = dirname(createRequire(import.meta.url).resolve("@readme/oas-examples/package.json"));

function documents(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? documents(path) : /\.(json|ya?ml)$/.test(entry.name) ? [path] : [];
  });
}

/** What stays an error, because no other reading is possible. */
const refused: Readonly<Record<string, readonly string[]>> = {};

describe("the documents of @readme/oas-examples", () => {
  const paths = [...documents("3.0"), ...documents("3.1")];

  it("are all there", () => {
    expect(paths.length).toBeGreaterThan(100);
  });

  it.each(paths)("loads %s with validators for every schema", async (path) => {
    const { catalog, findings } = await loadCatalog(join(root, path), { cacheDir: false });
    const errors = findings.filter((finding) => finding.severity === "error").map((finding) => finding.code);
    expect(errors).toEqual(refused[path] ?? []);
    const empty = path.endsWith("/title.json");
    expect(catalog.operations.length + catalog.messages.length > 0).toBe(!empty);
    for (const finding of findings)
      expect(finding.line * finding.column * finding.fix.length).toBeGreaterThan(0);
    const validators = validatorsOf(catalog);
    for (const ref of usedSchemas(catalog)) expect(validators.get(ref)(undefined)).toBeInstanceOf(Array);
  });
});
