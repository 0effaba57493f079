import { describe, expect, it } from "vitest";
import { axe, listen } from "./page-checks.ts";
import type { Portal } from "./portal-under-test.ts";

/** What pages of errors and events show of a sandbox in the page. */
export function describeLiveInBrowser(portal: () => Portal): void {
  describe("an error's page", () => {
    it.each([
      ["ECO_DELIVERY_CONFLICT", "409"],
      ["ECO_IDEMPOTENCY_IN_FLIGHT", "409"],
      ["ECO_BODY_TOO_LARGE", "413"],
      ["ECO_CONTROL_REFUSED", "401"],
    ])("provokes %s, and shows what was answered", async (code, status) => {
      const { address, browser } = portal();
      const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
      const said = listen(page);
      await page.goto(address(`/errors/${code}/`));
      expect(await page.textContent("#provoke ~ .flow ol")).toMatch(/^(GET|POST) \//u);
      await page.locator("[data-opens=provoke]").press("Enter");
      await page.waitForSelector(".answered .verdict");
      expect(await page.textContent(".answered .verdict .badge")).toBe(status);
      expect(JSON.parse((await page.textContent(".answered .code pre")) ?? "{}")).toMatchObject({ code });
      expect(await page.locator(".answered > .note", { hasText: "another error" }).count()).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      expect(await axe(page)).toEqual([]);
      expect(said).toEqual([]);
      await page.close();
    });

    it("says why where a page can't", async () => {
      const { address, browser } = portal();
      const page = await browser.newPage();
      await page.goto(address("/errors/ECO_INTERNAL/"));
      expect(await page.textContent("main")).toContain("Not in a page. It takes a fault of eco itself.");
      expect(await page.locator("[data-opens]").count()).toBe(0);
      await page.close();
    });
  });
}
