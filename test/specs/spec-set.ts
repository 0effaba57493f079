import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type Finding, type LoadResult, loadCatalog } from "../../specs/engine/catalog/load.ts";

/** A directory with the given files, gone when the test ends. Objects are written as JSON. */
export async function writeSpecs(files: Readonly<Record<string, unknown>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "eco-specs-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
  return root;
}

/** Loads files written on the spot, without a cache. */
export async function loadFiles(files: Readonly<Record<string, unknown>>): Promise<LoadResult> {
  return await loadCatalog(await writeSpecs(files), { cacheDir: false });
}

export function codes(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${finding.severity} ${finding.code}`);
}

/** An OpenAPI 3.1 document with the given paths and components. */
export function openapi(paths: unknown, components: unknown = {}, more: object = {}): object {
  return { openapi: "3.1.0", info: { title: "Test", version: "1.0.0" }, paths, components, ...more };
}

/** `GET /things` that answers with a schema. */
export function getThings(schema: unknown, more: object = {}): object {
  const content = { "application/json": { schema } };
  return {
    "/things": {
      get: { operationId: "listThings", responses: { 200: { description: "Things", content } }, ...more },
    },
  };
}
