import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { tellChangedSpecs } from "../../../cli/sandbox/tell-changed-specs.ts";

it("names the documents that changed, came or went, each once until it comes or goes again", async () => {
  const specs = await mkdtemp(join(tmpdir(), "eco-changed-specs-"));
  const ending = new AbortController();
  onTestFinished(async () => {
    ending.abort();
    await rm(specs, { recursive: true });
  });
  const document = join(specs, "api.yaml");
  await writeFile(document, "openapi: 3.1.0\n");
  const said: string[] = [];
  await tellChangedSpecs(specs, { warn: (text) => said.push(text) }, ending.signal);
  const next = async (work: Promise<void>, what: string): Promise<void> => {
    await work;
    await vi.waitFor(
      () => expect(said.at(-1)).toContain(`The specs have changed: ${what}. The sandbox goes on`),
      30_000,
    );
  };
  await next(writeFile(document, "openapi: [\n"), "api.yaml");
  // Neither a second time for the same, nor for what is no document.
  await writeFile(document, "openapi: [[\n");
  await writeFile(join(specs, "api.yaml.swp"), "");
  await next(writeFile(join(specs, "other.json"), "{}"), "other.json");
  await next(rm(document), "api.yaml (gone)");
  await next(writeFile(document, "openapi: 3.1.0\n"), "api.yaml");
  expect(said).toHaveLength(4);
});
