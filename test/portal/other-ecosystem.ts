import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { servePortal } from "../../portal/serve.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { builtPages, makePortal, OTHER_BASE } from "./built-portal.ts";
import { writeHostileSpecs, writeWebhooksOnly } from "./hostile-specs.ts";
import { brokenLinks, forbidden, listen } from "./page-checks.ts";
import { type Portal, specs } from "./portal-under-test.ts";

const kerbRhine = fileURLToPath(new URL("../fixtures/ecosystems/kerb-rhine", import.meta.url));

/** A portal of specs that nobody here wrote. */
export function describeOtherEcosystem(portal: () => Portal): void {
  describe("another ecosystem, under a base path", () => {
    it("builds from one hostile document without letting it act", async () => {
      const { browser, folder } = portal();
      const own = join(folder, "hostile-specs");
      const out = join(folder, "hostile");
      await writeHostileSpecs(own);
      await makePortal(folder, out, own);
      const built = await builtPages(out);
      expect(built.flatMap((page) => page.errors)).toEqual([]);
      expect(built.flatMap((page) => forbidden(page))).toEqual([]);
      expect(await brokenLinks(built, out, OTHER_BASE)).toEqual([]);
      const other = await servePortal({ dir: out, port: 0, base: OTHER_BASE });
      const page = await browser.newPage({ viewport: { width: 320, height: 740 } });
      const said = listen(page);
      for (const one of built.filter(({ path }) => /api|schemas|^\/$/u.test(path))) {
        await page.goto(new URL(one.path.slice(1), other.url).href);
        expect(await page.evaluate(() => "attacked" in globalThis)).toBe(false);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([one.path, beyond <= 0]).toEqual([one.path, true]);
      }
      expect(said).toEqual([]);
      expect((await readdir(join(out, "schemas"))).sort()).toEqual([
        "Node",
        expect.stringMatching(/^PostCustomers/u),
        "index.html",
        "node-2",
      ]);
      await page.close();
      await other.close();
    }, 120_000);

    it("has no page for what its documents hold nothing of", async () => {
      const { folder } = portal();
      const own = join(folder, "bells-specs");
      const out = join(folder, "bells");
      await writeWebhooksOnly(own);
      await makePortal(folder, out, own);
      const built = await builtPages(out);
      expect(await brokenLinks(built, out, OTHER_BASE)).toEqual([]);
      const pages = (await readdir(out, { withFileTypes: true })).filter((one) => one.isDirectory());
      // Endpoints of a script, which no page links to, may lie in folders of their own.
      const shown = pages.filter(({ name }) => built.some(({ path }) => path.startsWith(`/${name}/`)));
      expect(shown.map(({ name }) => name).sort()).toEqual([
        "cli",
        "errors",
        "events",
        "guides",
        "sandbox",
        "specs",
        "start",
      ]);
      const home = built.find(({ path }) => path === "/")?.source ?? "";
      expect(home).toContain("Read the events");
      expect(home).not.toContain("0 operations");
      expect(built.find(({ path }) => path === "/events/")?.source).toContain("1 event</h1>");
    }, 120_000);

    it("speaks of its own parties and products, shows its own words, and none of the toolkit's decisions", async () => {
      const { folder } = portal();
      const content = join(folder, "words");
      const out = join(folder, "kerb-rhine");
      await write(join(content, "guides/barriers.md"), "---\ntitle: Barriers\norder: 1\n---\nThey open.\n");
      await write(join(content, "guides/hosting.md"), "---\ntitle: Our machines\n---\nIn Kehl.\n");
      await write(join(content, "decisions/0001-kerbs.md"), "---\ntitle: Kerbs are grey\n---\nPaint.\n");
      await makePortal(folder, out, kerbRhine, { ECO_CONTENT: content });
      const built = await builtPages(out);
      expect(await brokenLinks(built, out, OTHER_BASE)).toEqual([]);
      const names = await namesOfReference();
      expect(names.length).toBeGreaterThan(100);
      const texts = [...built.map(({ path, source }) => [path, source] as const)];
      texts.push(["llms.txt", await readFile(join(out, "llms.txt"), "utf8")]);
      for (const [path, text] of texts)
        expect([path, names.filter((name) => text.includes(name))]).toEqual([path, []]);
      // What its own parties would earn.
      const earn = new Map(texts).get("/earn/") ?? "";
      for (const words of ["Parken", "/agreements/contrat/#service-level-gate", "20 days after its end"])
        expect([words, earn.includes(words)]).toEqual([words, true]);
      // Nothing is published of it: no page and no way to one.
      expect(texts.filter(([, text]) => /\/(partners|scorecards|trust)\//u.test(text))).toEqual([]);
      expect((await readdir(out)).filter((name) => /partners|scorecards|trust|record/u.test(name))).toEqual(
        [],
      );
      expect(await readdir(join(out, "decisions"))).toEqual(["0001-kerbs", "index.html"]);
      const guides = await readFile(join(out, "guides/index.html"), "utf8");
      expect(guides).toContain("Barriers");
      expect(guides).toContain("Our machines");
      expect(guides).not.toContain("ten thousand partners");
      const submit = await readFile(join(out, "cli/deliveries-submit/index.html"), "utf8");
      expect(submit).toContain("eco deliveries submit flights.csv --product PARK_DE");
    }, 120_000);
  });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
}

/** What only the reference ecosystem has by these names; products and operations may be plain words. */
async function namesOfReference(): Promise<string[]> {
  const { catalog } = await loadCatalog(specs);
  const { parties } = catalog.ecosystem;
  const products = [...JSON.stringify(catalog.documents).matchAll(/"product":"([^"]+-[^"]+)"/gu)];
  const operations = catalog.operations.filter(({ document }) => document.includes("partner"));
  const kerb = (await loadCatalog(kerbRhine)).catalog.operations.map(({ id }) => id);
  return [
    ...parties.flatMap(({ id, name }) => [id, name]),
    ...new Set(products.map(([, product = ""]) => product)),
    ...operations
      .map(({ id }) => id)
      .filter((id) => /[A-Z]/u.test(id) && !kerb.some((one) => one.includes(id))),
  ];
}
