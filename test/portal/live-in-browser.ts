import { describe, expect, it } from "vitest";
import { axe, listen } from "./page-checks.ts";
import type { Portal } from "./portal-under-test.ts";

/** What pages of errors and events show of a sandbox in the page. */
export function describeLiveInBrowser(portal: () => Portal): void {
  describe("an event's page", () => {
    it("delivers the message, signed, and verifies it: whole, changed, and again", async () => {
      const { address, browser } = portal();
      const page = await browser.newPage({ viewport: { width: 360, height: 800 }, colorScheme: "dark" });
      const said = listen(page);
      await page.goto(address("/events/"));
      await page.goto(address((await page.getAttribute("main .rows a", "href")) ?? ""));
      await page.locator("[data-opens=event]").press("Enter");
      await page.click(".try-form button:has-text('Trigger it')");
      await page.waitForSelector(".answered .code");
      const headers = (await page.textContent(".answered .code pre")) ?? "";
      expect(headers).toMatch(/^webhook-id: \S+$/mu);
      expect(headers).toMatch(/^webhook-signature: v1,\S+$/mu);
      const verdict = page.locator(".try-form .verdict");
      expect(await verdict.textContent()).toMatch(/^holds It holds: signed \d+ s ago/u);
      expect(await axe(page)).toEqual([]);
      const body = page.locator("textarea[name=body]");
      await body.fill((await body.inputValue()).replace(/"id":"/u, '"id":"x'));
      await page.click("text=Verify >> nth=-1");
      expect(await verdict.textContent()).toMatch(/^refused The body was changed/u);
      await page.fill("[name=set]", "/id=evt_of_mine\n/nowhere");
      await page.click(".try-form button:has-text('Trigger it')");
      await page.waitForSelector(".answered .note");
      expect(await page.textContent(".answered .note")).toContain("/nowhere is not a JSON pointer");
      await page.fill("[name=set]", "/id=evt_of_mine");
      await page.click(".try-form button:has-text('Trigger it')");
      await page.waitForSelector(".answered .code");
      expect(JSON.parse(await body.inputValue())).toMatchObject({ id: "evt_of_mine" });
      expect(await verdict.textContent()).toMatch(/^holds/u);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      expect(said).toEqual([]);
      await page.close();
    });
  });

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
