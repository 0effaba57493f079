import { describe, expect, it } from "vitest";
import { axe, listen } from "./page-checks.ts";
import type { Portal } from "./portal-under-test.ts";

const KINDS: readonly (readonly [string, RegExp])[] = [
  ["home", /^\/$/u],
  ["start", /^\/start\/$/u],
  ["list of operations", /^\/api\/$/u],
  ["operation", /^\/api\/[^/]+\/[^/]+\/$/u],
  ["schema", /^\/schemas\/[^/]+\/$/u],
  ["list of events", /^\/events\/$/u],
  ["event", /^\/events\/[^/]+\/$/u],
  ["journey", /^\/journeys\/[^/]+\/$/u],
  ["list of rate cards", /^\/rate-cards\/$/u],
  ["rate card", /^\/rate-cards\/[^/]+\/$/u],
  ["agreement", /^\/agreements\/[^/]+\/$/u],
  ["permission matrix", /^\/roles\/$/u],
  ["role", /^\/roles\/[^/]+\/$/u],
  ["certification", /^\/certify\/$/u],
  ["level or check", /^\/certify\/[^/]+\/$/u],
  ["error", /^\/errors\/[^/]+\/$/u],
  ["metrics", /^\/metrics\/$/u],
  ["guide", /^\/guides\/[^/]+\/$/u],
  ["decision", /^\/decisions\/[^/]+\/$/u],
  ["command line", /^\/cli\/$/u],
  ["specs", /^\/specs\/$/u],
  ["look into a session", /^\/sandbox\/inspect\/$/u],
  ["not found", /^\/404\.html$/u],
];

/** What holds for a page of every kind, whoever reads it and with whatever. */
export function describePagesInBrowser(portal: () => Portal): void {
  describe("in a browser", () => {
    it.each(KINDS)(
      "%s: no console message, no breach of the policy, no axe finding, light and dark",
      async (_, pattern) => {
        const { address, biggest, browser } = portal();
        const context = await browser.newContext({
          colorScheme: "light",
          viewport: { width: 1280, height: 900 },
        });
        const page = await context.newPage();
        const said = listen(page);
        await page.goto(address(biggest(pattern)), { waitUntil: "load" });
        expect(await axe(page)).toEqual([]);
        // The other scheme changes colours and nothing else.
        await page.emulateMedia({ colorScheme: "dark" });
        expect(await axe(page, ["color-contrast", "link-in-text-block"])).toEqual([]);
        expect(said).toEqual([]);
        await context.close();
      },
    );

    it.each(KINDS)("%s: fits the width of a phone", async (_, pattern) => {
      const { address, biggest, browser } = portal();
      const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
      const page = await context.newPage();
      await page.goto(address(biggest(pattern)));
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await context.close();
    });

    it("keeps the theme that the reader chose", async () => {
      const { address, browser } = portal();
      const page = await (await browser.newContext({ colorScheme: "light" })).newPage();
      const paper = (): Promise<string> =>
        page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await page.goto(address("/"));
      const light = await paper();
      await page.click("[data-theme-switch]");
      const dark = await paper();
      expect(dark).not.toBe(light);
      await page.goto(address("/start/"));
      expect(await paper()).toBe(dark);
      await page.context().close();
    });

    it("can be read without JavaScript, the sample calculation included", async () => {
      const { address, browser } = portal();
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(address("/rate-cards/express-leg/"));
      expect(await page.isVisible(".receipt .big")).toBe(true);
      expect(await page.isVisible(".calculator form")).toBe(false);
      await page.goto(address("/api/deliveries/submitDelivery/"));
      expect(await page.isVisible("text=Request body")).toBe(true);
      expect(await page.isVisible("[data-search]")).toBe(false);
      await page.click("summary:has-text('TypeScript')");
      expect(await page.isVisible("text=await fetch(")).toBe(true);
      await context.close();
    });

    it("leads the keyboard to the content first", async () => {
      const { address, browser } = portal();
      const page = await browser.newPage();
      await page.goto(address("/"));
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to content");
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
      await page.close();
    });
  });
}
