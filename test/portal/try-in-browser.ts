import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { servePortal } from "../../portal/serve.ts";
import { builtPages, makePortal, OTHER_BASE } from "./built-portal.ts";
import { axe, brokenLinks, forbidden, listen } from "./page-checks.ts";
import type { Portal } from "./portal-under-test.ts";

const trains = fileURLToPath(
  new URL("../../node_modules/@readme/oas-examples/3.1/json/train-travel.json", import.meta.url),
);

/** Opens the form of an operation's page. */
export async function openTry(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator("[data-opens=try]").press("Enter");
  await page.waitForSelector(".try-form [type=submit]");
}

/** Sends the form, and reads what came of it. */
export async function sent(page: Page): Promise<{ readonly status: string; readonly text: string }> {
  await page.evaluate(() => document.querySelector(".answered")?.replaceChildren());
  await page.click(".try-form [type=submit]");
  await page.waitForSelector(".answered .verdict");
  const status = (await page.textContent(".answered .verdict .badge")) ?? "";
  return { status, text: (await page.textContent(".answered")) ?? "" };
}

/** An operation is called on its own page, in a sandbox of the reader's. */
export function describeTryInBrowser(portal: () => Portal): void {
  describe("an operation's page", () => {
    it("calls it in a sandbox that the next page goes on with", async () => {
      const { address, browser, url } = portal();
      const context = await browser.newContext();
      const page = await context.newPage();
      const said = listen(page);
      const elsewhere: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(url)) elsewhere.push(request.url());
      });
      await openTry(page, address("/api/deliveries/submitDelivery/"));
      const key = await page.inputValue("[name='header.Idempotency-Key']");
      const made = await sent(page);
      expect(made.status).toBe("201");
      expect(made.text).toContain("$TOKEN");
      expect(await page.getAttribute(".answered h3 + ul a", "href")).toMatch(/^\/events\/\w+/u);
      // The next call is another one, unless the reader wants to send the same again.
      expect(await page.inputValue("[name='header.Idempotency-Key']")).not.toBe(key);
      const { id } = JSON.parse((await page.textContent(".answered .code pre")) ?? "{}") as { id: string };
      await openTry(page, address("/api/deliveries/getDelivery/"));
      await page.waitForFunction(() =>
        document.querySelector("[data-ids]")?.textContent?.startsWith("1 to choose"),
      );
      expect(await page.inputValue("[name='path.deliveryId']")).toBe(id);
      expect((await sent(page)).status).toBe("200");
      await page.click("[data-reset]");
      await page.waitForFunction(() => document.querySelector("[data-ids]")?.textContent?.startsWith("None"));
      expect((await sent(page)).status).toBe("404");
      expect(await page.getAttribute(".answered .note a", "href")).toBe("/errors/ECO_NOT_FOUND/");
      expect(elsewhere).toEqual([]);
      expect(said).toEqual([]);
      await context.close();
    });

    it("says at each field what is wrong with it, and refuses who may not call it", async () => {
      const { address, browser } = portal();
      for (const [colorScheme, width] of [
        ["light", 1280],
        ["dark", 360],
      ] as const) {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
        const page = await context.newPage();
        await openTry(page, address("/api/deliveries/submitDelivery/"));
        await page.fill("textarea", '{ "product": 5 }');
        const refused = await sent(page);
        expect(refused.status).toBe("422");
        expect(await page.textContent("#try-body-wrong")).toContain("#/product must be string");
        expect(await page.getAttribute("textarea", "aria-invalid")).toBe("true");
        expect(await axe(page)).toEqual([]);
        await openTry(page, address("/api/deliveries/listDeliveries/"));
        await page.fill("[name='query.limit']", "nine");
        await sent(page);
        expect(await page.textContent("[id='try-query.limit-wrong']")).toBe("must be integer");
        expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("query.limit");
        await page.fill("[name='query.limit']", "9");
        await page.selectOption("[name=actor]", { value: "" });
        expect((await sent(page)).text).toContain("ECO_UNAUTHENTICATED");
        expect(await page.locator("[aria-invalid]").count()).toBe(0);
        expect(await axe(page)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
        await context.close();
      }
    });

    it("shows none of it where there is no JavaScript", async () => {
      const { address, browser } = portal();
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(address("/api/deliveries/submitDelivery/"));
      expect(await page.isVisible("[data-opens]")).toBe(false);
      expect(await page.isVisible("#body")).toBe(true);
      await context.close();
    });

    it("calls those of a document without any extension, under a base path", async () => {
      const { browser, folder } = portal();
      const out = join(folder, "trains");
      await makePortal(folder, out, trains);
      const built = await builtPages(out);
      expect(built.flatMap((page) => forbidden(page))).toEqual([]);
      expect(await brokenLinks(built, out, OTHER_BASE)).toEqual([]);
      const server = await servePortal({ dir: out, port: 0, base: OTHER_BASE });
      const context = await browser.newContext();
      const page = await context.newPage();
      const said = listen(page);
      await openTry(page, `${server.url}api/bookings/create-booking/`);
      expect((await sent(page)).status).toBe("201");
      const { id } = JSON.parse((await page.textContent(".answered .code pre")) ?? "{}") as { id: string };
      await openTry(page, `${server.url}api/bookings/get-booking/`);
      await page.waitForFunction(() =>
        document.querySelector("[data-ids]")?.textContent?.startsWith("1 to choose"),
      );
      expect(await page.inputValue("[name='path.bookingId']")).toBe(id);
      expect((await sent(page)).status).toBe("200");
      expect(said).toEqual([]);
      // Without a rate card nobody earns anything: no page and no way to one.
      expect(built.filter(({ path, source }) => path === "/earn/" || source.includes("/earn/"))).toEqual([]);
      await context.close();
      await server.close();
    }, 120_000);
  });
}
