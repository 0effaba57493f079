import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changesFor, countsInWords, readReleases } from "../../portal/lib/releases.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { compareSpecs } from "../../specs/engine/difference/index.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "eco-releases-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("the releases of a spec set", () => {
  it("are none where it names none", async () => {
    const { catalog } = await loadCatalog("test/cli/fixtures/island-ferries");
    expect(await readReleases({ root, catalog })).toEqual([]);
  });

  it("tell what changed, the newest first, and whom of its own roles it affects", async () => {
    await cp("test/cli/fixtures/island-ferries", join(root, "old"), { recursive: true });
    await cp(join(root, "old"), join(root, "new"), { recursive: true });
    const api = join(root, "new/api.yaml");
    const text = await readFile(api, "utf8");
    await writeFile(
      api,
      text.replace("required: [ref, line, guest, leaves]", "required: [ref, line, guest, leaves, counted]"),
    );
    const [old, now] = [await loadCatalog(join(root, "old")), await loadCatalog(join(root, "new"))];
    const difference = compareSpecs(old.catalog, now.catalog);
    await mkdir(join(root, "releases"));
    for (const [version, date] of [
      ["1.9.0", "2027-01-15"],
      ["1.10.0", "2027-02-15"],
    ] as const)
      await writeFile(join(root, `releases/${version}.json`), JSON.stringify({ version, date, difference }));
    const found = await readReleases({ root, catalog: now.catalog });
    expect(found.map(({ version, href }) => [version, href])).toEqual([
      ["1.10.0", "/changelog/1.10.0/"],
      ["1.9.0", "/changelog/1.9.0/"],
    ]);
    const [release] = found;
    expect(release?.effects).toMatchObject([
      { role: { id: "orchestrator" }, level: "breaking", parties: ["Harbour Master"] },
      { role: { id: "customer" }, level: "breaking", parties: ["The Inn"], checks: [] },
    ]);
    if (release === undefined) throw new Error("no release");
    expect(changesFor(release, "customer")).toEqual(changesFor(release));
    expect(changesFor(release, "stranger")).toEqual([]);
    expect(countsInWords(release.difference.changes)).toMatch(/^1 breaking/);
  });

  it("name the file that is none", async () => {
    await writeFile(join(root, "releases/2.0.0.json"), "{}");
    const { catalog } = await loadCatalog("test/cli/fixtures/island-ferries");
    await expect(readReleases({ root, catalog })).rejects.toThrow("releases/2.0.0.json is no release");
  });
});
