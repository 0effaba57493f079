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
  ["earnings", /^\/earn\/$/u],
  ["map", /^\/map\/$/u],
  ["agreement", /^\/agreements\/[^/]+\/$/u],
  ["permission matrix", /^\/roles\/$/u],
  ["role", /^\/roles\/[^/]+\/$/u],
  ["certification", /^\/certify\/$/u],
  ["level or check", /^\/certify\/[^/]+\/$/u],
  ["error", /^\/errors\/[^/]+\/$/u],
  ["metrics", /^\/metrics\/$/u],
  ["list of partners", /^\/partners\/$/u],
  ["partner", /^\/partners\/[^/]+\/$/u],
  ["scorecard", /^\/scorecards\/$/u],
  ["scorecard of a party", /^\/scorecards\/[^/]+\/$/u],
  ["trust", /^\/trust\/$/u],
  ["guide", /^\/guides\/[^/]+\/$/u],
  ["decision", /^\/decisions\/[^/]+\/$/u],
  ["command line", /^\/cli\/$/u],
  ["specs", /^\/specs\/$/u],
  ["look into a session", /^\/sandbox\/inspect\/$/u],
  ["not found", /^\/404\.html$/u],
];

/** A small phone, and a desktop at 400 %. */
const PHONE = { width: 320, height: 740 };

/** What holds for a page of every kind, whoever reads it and with whatever. */
export function describePagesInBrowser(portal: () => Portal): void {
  describe("in a browser", () => {
    it.each(KINDS)(
      "%s: no console message, no breach of the policy, fits a phone with its section in sight, no axe finding, light and dark",
      async (_, pattern) => {
        const { address, biggest, browser } = portal();
        const context = await browser.newContext({ colorScheme: "light", viewport: PHONE });
        const page = await context.newPage();
        const said = listen(page);
        await page.goto(address(biggest(pattern)), { waitUntil: "load" });
        const { beyond, current } = await page.evaluate(() => {
          const place = document.querySelector(".nav [aria-current]")?.getBoundingClientRect();
          return {
            beyond: document.documentElement.scrollWidth - innerWidth,
            current: place === undefined ? [0, 0] : [place.left, place.right],
          };
        });
        expect(beyond).toBeLessThanOrEqual(0);
        expect(current[0]).toBeGreaterThanOrEqual(0);
        expect(current[1]).toBeLessThanOrEqual(PHONE.width);
        expect(await axe(page, ["button-name", "link-name", "target-size"])).toEqual([]);
        await page.setViewportSize({ width: 1280, height: 900 });
        expect(await axe(page)).toEqual([]);
        // The other scheme changes colours and nothing else.
        await page.emulateMedia({ colorScheme: "dark" });
        expect(await axe(page, ["color-contrast", "link-in-text-block"])).toEqual([]);
        expect(said).toEqual([]);
        await context.close();
      },
    );

    it("shows every line of the code beside an operation whole, at every width", async () => {
      const { address, browser } = portal();
      const page = await browser.newPage();
      await page.goto(address("/api/deliveries/submitDelivery/"));
      for (const width of [360, 768, 1280, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        const cut = await page.evaluate(
          () =>
            [...document.querySelectorAll("pre")].filter((one) => one.scrollWidth > one.clientWidth).length,
        );
        expect([width, cut]).toEqual([width, 0]);
        // Beside the text it scrolls by itself: none of it waits for the end of the page.
        const { aside, inner } = await page.evaluate(() => ({
          aside: document.querySelector(".two > aside")?.clientHeight ?? 0,
          inner: innerHeight,
        }));
        if (width >= 1280) expect(aside).toBeLessThanOrEqual(inner);
      }
      await page.close();
    });

    it("lets every piece of code be copied, of a session on a console the commands alone", async () => {
      const { address, browser, url } = portal();
      const context = await browser.newContext();
      await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(url).origin });
      const page = await context.newPage();
      const copied = async (button: string): Promise<string> => {
        await page.locator(button).first().click();
        await page.waitForSelector("button:text-is('Copied')");
        return page.evaluate(() => navigator.clipboard.readText());
      };
      await page.goto(address("/api/deliveries/submitDelivery/"));
      expect(await copied("details[open] .copy")).toMatch(/^curl -X POST [\s\S]*\}'$/u);
      await page.goto(address("/guides/events/"));
      expect(await copied(".prose .copy")).toMatch(/^eco events listen /u);
      expect(await page.locator(".prose pre").count()).toBe(await page.locator(".prose .copy").count());
      await page.reload();
      await page.evaluate(() => {
        const code = document.querySelector(".prose .framed code");
        if (code === null) return;
        code.className = "language-console";
        code.textContent = "$ eco one\nsaid\n$ eco two\nsaid";
      });
      expect(await copied(".prose .copy")).toBe("eco one\neco two\n");
      await context.close();
    });

    it("links to a field, and shows which it is", async () => {
      const { address, browser } = portal();
      const page = await browser.newPage();
      await page.goto(address("/api/deliveries/submitDelivery/"));
      const name = page.locator("#body-customer .anchor");
      await name.focus();
      await page.keyboard.press("Enter");
      expect(new URL(page.url()).hash).toBe("#body-customer");
      const shown = await page.evaluate(() => {
        const place = document.querySelector(":target");
        const box = place?.getBoundingClientRect();
        return { colour: place && getComputedStyle(place).backgroundColor, top: box?.top ?? -1 };
      });
      expect(shown.colour).not.toBe("rgba(0, 0, 0, 0)");
      await page.close();
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
