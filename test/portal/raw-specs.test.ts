import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { contentFiles } from "../../portal/lib/front-matter.ts";
import { rawFiles } from "../../portal/lib/raw-specs.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "eco-raw-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it.skipIf(process.platform === "win32")(
  "publishes no file that a link among the guides leads to outside",
  async () => {
    const folder = await newFolder();
    const guides = join(folder, "content/guides");
    await mkdir(guides, { recursive: true });
    await writeFile(join(folder, "private.md"), "canary");
    await writeFile(join(guides, "own.md"), "Own.");
    await symlink(join(folder, "private.md"), join(guides, "led.md"));
    await symlink("own.md", join(guides, "same.md"));
    const found = await contentFiles(join(folder, "content"), "guides");
    expect(found.map(({ id, body }) => [id, body])).toEqual([
      ["own", "Own."],
      ["same", "Own."],
    ]);
  },
);

it("publishes the documents, what they refer to and what names its schema, and nothing else that lies beside them", async () => {
  const root = await newFolder();
  const answer = (ref: string) => ({
    get: {
      operationId: ref,
      responses: {
        "200": { description: "Ok", content: { "application/json": { schema: { $ref: ref } } } },
      },
    },
  });
  const api = {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    paths: { "/a": answer("common/a%20thing.yaml#/Thing"), "/b": answer("../above.json") },
    components: { examples: { kept: { externalValue: "common/example.json" } } },
  };
  const files = {
    "api.json": JSON.stringify(api),
    // To what only looks like a reference, nothing is published.
    "common/a thing.yaml":
      "Thing:\n  # $ref: unnamed.json\n  description: '$ref: unnamed.json'\n  properties:\n    part: { $ref: 'part.json' }\n",
    "common/example.json": '{"kept":true}',
    "common/part.json": '{"type":"string"}',
    "common/unnamed.json": '{"type":"string"}',
    "scenarios/year.yaml": "$schema: ../schemas/scenario.schema.json\ntitle: A year\n",
    "releases/1.1.0.json": '{"version":"1.1.0"}',
    "state.json": '{"format":"eco-state","token":"canary"}',
    "http-client.private.env.json": '{"sandbox":{"clientSecret":"canary"}}',
  };
  await Promise.all(["common", "scenarios", "releases"].map((folder) => mkdir(join(root, folder))));
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  const { catalog } = await loadCatalog(root, { cacheDir: false });
  const published = await rawFiles({ root, catalog });
  expect(published.map(({ path }) => path)).toEqual([
    "api.json",
    "common/a thing.yaml",
    "common/example.json",
    "common/part.json",
    "releases/1.1.0.json",
    "scenarios/year.yaml",
  ]);
});
