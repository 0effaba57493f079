import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { zippedSize } from "./built-portal.ts";
import { leaveBundle } from "./left-bundle.ts";
import { axe, listen, nodeAmounts } from "./page-checks.ts";
import { type Portal, specs } from "./portal-under-test.ts";

/**
 * Bytes over the wire, gzip, of all scripts that a press of Run fetches, in a browser that has Temporal: a little above
 * what the journey with most in it comes to, and what one that rates nothing does. Who makes them heavier says so here.
 */
const HEAVIEST_RUN = 186_000;
const UNRATED_RUN = 123_000;
/** The same of the spec set that it makes a sandbox of. */
const SPEC_SET = 98_000;
const LIGHTEST = "/journeys/webhook-endpoint-challenged/";

/** What the pages do for their readers: look into a session, calculate, run a journey. */
export function describeToolsInBrowser(portal: () => Portal): void {
  describe("a tool in a page", () => {
    it("shows the bundle of a failed test, whatever its texts hold, and says why it can't show a file", async () => {
      const { address, browser, folder } = portal();
      const bundle = join(folder, "failed.json");
      await leaveBundle(specs, bundle);
      for (const colorScheme of ["light", "dark"] as const) {
        const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } });
        const page = await context.newPage();
        const said = listen(page);
        await page.goto(address("/sandbox/inspect/"), { waitUntil: "load" });
        await page.setInputFiles("#file", bundle);
        await page.waitForSelector(".inspected > li");
        expect(await page.textContent("[role=status]")).toMatch(/^a test <b>: \d+ entries, \d+ balances\.$/);
        expect(await page.textContent("[data-inspected]")).toContain("expected <img src=x>");
        expect(await page.locator("[data-inspected] :is(img, b)").count()).toBe(0);
        const called = page.locator(".inspected > li", { hasText: "POST https://kitchen.test/work-orders" });
        expect(await called.locator(".badge").textContent()).toBe("201");
        await called.locator("summary", { hasText: "Bytes" }).click();
        await called.locator("pre").first().waitFor();
        expect(await called.textContent()).toContain("<b>fully booked</b>");
        const own = page.locator(".inspected > li", { hasText: "answers GET /v1/own" });
        expect(await own.textContent()).toContain("own handler");
        const delivered = page.locator(".inspected > li", { hasText: "POST /v1/deliveries" });
        expect(await delivered.locator(".badge").textContent()).toBe("201");
        expect(await delivered.locator(".rules").textContent()).toContain("delivery.rated");
        await delivered.locator("summary", { hasText: "Booked" }).click();
        expect(await delivered.locator("tbody tr").count()).toBeGreaterThan(2);
        expect(await axe(page)).toEqual([]);
        await page.setInputFiles("#file", {
          name: "odd.json",
          mimeType: "application/json",
          buffer: Buffer.from("{}"),
        });
        await page.waitForFunction(() =>
          document.querySelector("[role=status]")?.textContent?.startsWith("odd.json can't"),
        );
        expect(await page.locator("[data-inspected] *").count()).toBe(0);
        expect(said).toEqual([]);
        await context.close();
      }
    });

    it("calculates a leg as the engine in Node does", async () => {
      const { address, browser } = portal();
      const page = await browser.newPage();
      const said = listen(page);
      await page.goto(address("/rate-cards/express-leg/"));
      await page.fill("[name=startedAt]", "2001-01-01T06:55");
      await page.fill("[name='usage.distanceMiles']", "1797");
      await page.fill("[name='usage.arrivalDelayMinutes']", "0");
      await page.click(".calculator button[type=submit]");
      await page.waitForFunction(() =>
        document.querySelector("[data-receipt]")?.textContent?.includes("256.11"),
      );
      const shown = (await page.textContent("[data-receipt]")) ?? "";
      for (const amount of ["15.37", "6.40", "234.34"]) expect(shown).toContain(amount);
      expect(await page.textContent("[data-trace]")).toContain("256.10816");
      expect(await nodeAmounts(specs)).toEqual([25611n, 1537n, 640n, 23434n]);
      expect(said).toEqual([]);
      await page.close();
    });

    it("tells what is wrong with a calculation and how to mend it", async () => {
      const { address, browser } = portal();
      const page = await browser.newPage();
      await page.goto(address("/rate-cards/express-leg/"));
      await page.fill("[name='usage.distanceMiles']", "-5");
      await page.click(".calculator button[type=submit]");
      await page.waitForSelector("[data-receipt] .note");
      expect(await page.textContent("[data-receipt]")).toContain("distanceMiles");
      await page.close();
    });

    it("runs every journey in the page, lightly, without a request to anywhere but the portal", async () => {
      const { address, browser, pages, url, dir } = portal();
      const page = await browser.newPage();
      const said = listen(page);
      const elsewhere: string[] = [];
      let scripts = new Set<string>();
      page.on("request", (request) => {
        if (!request.url().startsWith(url)) elsewhere.push(request.url());
        else if (request.resourceType() === "script") scripts.add(new URL(request.url()).pathname);
      });
      const journeys = pages.filter(({ path }) => /^\/journeys\/[^/]+\/$/u.test(path));
      expect(journeys.length).toBeGreaterThanOrEqual(10);
      const outcomes: Record<string, string> = {};
      const weights: Record<string, number> = {};
      for (const { path } of journeys) {
        await page.goto(address(path));
        // What the page has loaded by itself weighs on the page, not on the run.
        scripts = new Set();
        await page.click("[data-journey] button");
        await page.waitForSelector("[data-journey] button:has-text('Run again')");
        outcomes[path] = (await page.textContent("[data-journey] [role=status]")) ?? "";
        weights[path] = await zippedSize([...scripts].map((script) => join(dir, script)));
      }
      expect(Object.entries(weights).filter(([, bytes]) => bytes > HEAVIEST_RUN)).toEqual([]);
      expect(weights[LIGHTEST]).toBeLessThan(UNRATED_RUN);
      expect(await zippedSize([join(dir, "sandbox/catalog.json")])).toBeLessThan(SPEC_SET);
      expect(Object.entries(outcomes).filter(([, said]) => !said.startsWith("Passed"))).toEqual([]);
      expect(await axe(page)).toEqual([]);
      expect(elsewhere).toEqual([]);
      expect(said).toEqual([]);
      await page.close();
    });
  });
}
