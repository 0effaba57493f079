import type { Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { listen } from "./page-checks.ts";
import type { Portal } from "./portal-under-test.ts";

const FIRST = "dialog.search li a";
const STATUS = "dialog.search [role=status]";

/** The search dialog, by hand and on networks of every kind. */
export function describeSearchInBrowser(portal: () => Portal): void {
  describe("the search", () => {
    it.each([
      ["submitDelivery", "/api/deliveries/submitDelivery/"],
      ["ECO_NOT_FOUND", "/errors/ECO_NOT_FOUND/"],
      ["delivery.rated", "/events/deliveryRated/"],
    ])("finds %s first for its own name, by keyboard alone", async (name, path) => {
      const page = await portal().browser.newPage();
      const said = listen(page);
      await page.goto(portal().url);
      await page.keyboard.press("/");
      await page.keyboard.type(name);
      // Between two keys a slow machine may list what the first letters find.
      await page.waitForSelector(`dialog.search li:first-child a[href="${path}"]`);
      await page.keyboard.press("Escape");
      expect(await page.isVisible("dialog.search")).toBe(false);
      expect(said).toEqual([]);
      await page.close();
    });

    it("finds pages by the name of a field", async () => {
      const page = await portal().browser.newPage();
      await page.goto(portal().url);
      await page.click("[data-search]");
      await page.keyboard.type("distanceMiles");
      await page.waitForSelector(`${FIRST}:has-text("distanceMiles")`);
      await page.click("dialog.search button");
      expect(await page.isVisible("dialog.search")).toBe(false);
      await page.close();
    });

    it.each([
      ["sumbitDelivery", "/api/deliveries/submitDelivery/"],
      ["ECO_NOT_FUOND", "/errors/ECO_NOT_FOUND/"],
    ])("forgives the slip in %s, and says so", async (term, path) => {
      const page = await portal().browser.newPage();
      await page.goto(portal().url);
      await page.keyboard.press("Control+k");
      await page.keyboard.type(term);
      await saying(page, `Nothing is called “${term}”: the nearest name comes first.`);
      expect(await page.getAttribute(FIRST, "href")).toBe(path);
      await page.close();
    });

    it("says of each page what it is, and repeats no name in its text", async () => {
      const page = await portal().browser.newPage();
      await page.goto(portal().url);
      await page.keyboard.press("/");
      await page.keyboard.type("delivery.rated");
      await page.waitForSelector('dialog.search li:first-child a[href="/events/deliveryRated/"]');
      expect(await page.textContent(`${FIRST} small`)).toBe("Event");
      expect(await page.textContent(`${FIRST} > span`)).not.toContain("deliveryRated");
      await page.close();
    });

    it("says that nothing is found where nothing is", async () => {
      const page = await portal().browser.newPage();
      await page.goto(portal().url);
      await page.keyboard.press("/");
      await page.keyboard.type("qqqqqqqq");
      await saying(page, "Nothing found for “qqqqqqqq”.");
      await page.close();
    });

    it("opens by Enter the first page for all that was typed, also before it is found", async () => {
      const page = await portal().browser.newPage();
      await page.goto(portal().url);
      await page.keyboard.press("/");
      await page.keyboard.type("deliv");
      await page.waitForSelector(FIRST);
      // The list now stands for fewer letters than the field holds.
      await page.keyboard.type("ery.rated");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/events/deliveryRated/");
      await page.close();
    });

    it("loses no key to the loading of what finds", async () => {
      const page = await portal().browser.newPage();
      const held = await hold(page, "**/_assets/search.*.js");
      await page.goto(portal().url);
      await page.keyboard.press("/");
      await page.keyboard.type("submitDelivery");
      await saying(page, "Loading the search …");
      held.release();
      await page.waitForSelector(`${FIRST}[href$="/api/deliveries/submitDelivery/"]`);
      await page.close();
    });

    it("says so when what finds can't be loaded", async () => {
      const page = await portal().browser.newPage();
      await page.route("**/_assets/search.*.js", (route) => route.abort());
      await page.goto(portal().url);
      await page.keyboard.press("/");
      await saying(page, "The search can't be loaded. Load this page again to try once more.");
      await page.close();
    });

    const PARTS = [
      ["its program", "**/pagefind/pagefind.js*"],
      ["its WebAssembly", "**/pagefind/wasm.*"],
      ["its list of pages", "**/pagefind/*.pf_meta"],
      ["a part of the index", "**/pagefind/index/*"],
      ["the text of a page", "**/pagefind/fragment/*"],
    ] as const;
    const FAILURES = [
      ["does not come", (route: Route) => route.abort()],
      ["comes as an error", (route: Route) => route.fulfill({ status: 503, body: "Busy" })],
    ] as const;
    it.each(
      PARTS.flatMap(([part, address]) => FAILURES.map(([how, fail]) => [part, how, address, fail] as const)),
    )("says so when %s %s, and finds as soon as it can be had again", async (_, __, address, fail) => {
      const page = await portal().browser.newPage();
      await page.route(address, fail);
      await page.goto(portal().url);
      await page.keyboard.press("/");
      await page.keyboard.type("submitDelivery");
      await saying(page, "The search index can't be loaded");
      expect(await page.locator(FIRST).count()).toBe(0);
      await page.unroute(address);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/api/deliveries/submitDelivery/");
      await page.close();
    });

    it.each(PARTS)(
      "says that it takes long while %s is on its way, and finds once it is there",
      async (_, address) => {
        const page = await portal().browser.newPage();
        await page.clock.install();
        const held = await hold(page, address);
        await page.goto(portal().url);
        await page.keyboard.press("/");
        await page.keyboard.type("submitDelivery");
        await saying(page, "Looking for “submitDelivery” …");
        await held.reached;
        await page.clock.fastForward(5_000);
        await saying(page, "which takes long");
        held.release();
        await page.waitForSelector(`${FIRST}[href$="/api/deliveries/submitDelivery/"]`);
        await page.close();
      },
    );
  });
}

/** Resolves once the dialog's status holds the words. */
async function saying(page: Page, words: string): Promise<void> {
  await page.waitForSelector(`${STATUS}:has-text("${words}")`);
}

/** Keeps every answer from an address back, until it is released. */
async function hold(page: Page, address: string): Promise<{ reached: Promise<void>; release(): void }> {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    reached.resolve();
    await released.promise;
    await route.continue();
  });
  return { reached: reached.promise, release: released.resolve };
}
