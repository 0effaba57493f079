import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { servePortal } from "../../portal/serve.ts";
import { buildPortal, builtPages } from "./built-portal.ts";
import { writeHostileSpecs } from "./hostile-specs.ts";
import { brokenLinks, forbidden, listen } from "./page-checks.ts";
import type { Portal } from "./portal-under-test.ts";

/** A portal of specs that nobody here wrote. */
export function describeOtherEcosystem(portal: () => Portal): void {
  describe("another ecosystem, under a base path", () => {
    it("builds from one hostile document without letting it act", async () => {
      const { browser, folder } = portal();
      const own = join(folder, "hostile-specs");
      const out = join(folder, "hostile");
      await writeHostileSpecs(own);
      await buildPortal(out, own, "/docs/");
      const built = await builtPages(out);
      expect(built.flatMap((page) => page.errors)).toEqual([]);
      expect(built.flatMap((page) => forbidden(page))).toEqual([]);
      expect(await brokenLinks(built, out, "/docs/")).toEqual([]);
      const other = await servePortal({ dir: out, port: 0, base: "/docs/" });
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
  });
}
