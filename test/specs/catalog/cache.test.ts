import { spawnSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { getThings, openapi, writeSpecs } from "../spec-set.ts";

const answer = { 200: { description: "ok" } };

/** Prints the URL of every module that a process loaded, when it ends. */
const listLoadedModules = `
  import { registerHooks } from "node:module";
  const urls = [];
  registerHooks({ load: (url, context, next) => { urls.push(url); return next(url, context); } });
  process.on("exit", () => process.stdout.write(urls.join("\\n") + "\\n"));`;

describe("the cache", () => {
  const start = async (): Promise<{ root: string; cacheDir: string }> => {
    const root = await writeSpecs({
      "specs/api.yaml": JSON.stringify(openapi(getThings({ $ref: "thing.json" }))),
      "specs/thing.json": { type: "string" },
    });
    const cacheDir = join(root, "cache");
    await loadCatalog(join(root, "specs"), { cacheDir });
    return { root, cacheDir };
  };

  it("gives the same catalogue and findings, their members in the same order", async () => {
    const { root, cacheDir } = await start();
    expect(await readdir(cacheDir)).toHaveLength(1);
    const cached = await loadCatalog(join(root, "specs"), { cacheDir });
    const loaded = await loadCatalog(join(root, "specs"), { cacheDir: false });
    expect(cached).toEqual(loaded);
    expect(JSON.stringify(cached)).toBe(JSON.stringify(loaded));
  });

  it.each([
    ["a document changes", "api.yaml", openapi(getThings({ type: "integer" }))],
    ["a file that it refers to changes", "thing.json", { type: "integer" }],
    ["a document is added", "b.json", openapi({ "/b": { get: { responses: answer } } })],
  ])("is not used when %s", async (_, name, content) => {
    const { root, cacheDir } = await start();
    const before = await loadCatalog(join(root, "specs"), { cacheDir });
    await writeFile(join(root, "specs", name), JSON.stringify(content));
    const after = await loadCatalog(join(root, "specs"), { cacheDir });
    expect(after.catalog.digest).not.toBe(before.catalog.digest);
  });

  it.each(["", "{", "null", '{"files":[["api.yaml","x"]]}'])("is rebuilt when it holds %j", async (text) => {
    const { root, cacheDir } = await start();
    const [name = ""] = await readdir(cacheDir);
    await writeFile(join(cacheDir, name), text);
    expect((await loadCatalog(join(root, "specs"), { cacheDir })).catalog.operations).toHaveLength(1);
    expect((await readFile(join(cacheDir, name), "utf8")).length).toBeGreaterThan(100);
  });

  it("lets a warm start do without Redocly, YAML and Ajv", async () => {
    const { root, cacheDir } = await start();
    const script = `
      const { loadCatalog } = await import(${JSON.stringify(join(import.meta.dirname, "../../../specs/engine/catalog/load.ts"))});
      const { catalog } = await loadCatalog(process.argv[1], { cacheDir: process.argv[2] });
      console.log(JSON.stringify({ operations: catalog.operations.length }));`;
    const trace = `data:text/javascript,${encodeURIComponent(listLoadedModules)}`;
    const result = spawnSync(
      process.execPath,
      ["--import", trace, "--input-type=module", "-e", script, join(root, "specs"), cacheDir],
      { encoding: "utf8" },
    );
    expect(result.stderr).toBe("");
    const [output = "", ...modules] = result.stdout.trim().split("\n");
    expect(JSON.parse(output)).toEqual({ operations: 1 });
    expect(modules.length).toBeGreaterThan(5);
    expect(modules.filter((url) => /@redocly|node_modules\/yaml|node_modules\/ajv/.test(url))).toEqual([]);
  });
});
