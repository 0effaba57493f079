import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../sandbox/index.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { delivery, signIn } from "../sandbox/hosts/exchanges.ts";
import { axe, listen } from "./page-checks.ts";
import { type Portal, specs } from "./portal-under-test.ts";
import { openTry, sent } from "./try-in-browser.ts";

interface Flow {
  readonly payer: string;
  readonly payee: string;
  readonly amounts: readonly { readonly valueMinor: number; readonly taxMinor: number }[];
}

/** A sandbox with a delivery: all that it holds, and what its own operation says who paid whom. */
async function booked(): Promise<{
  readonly state: object;
  readonly map: { readonly flows: readonly Flow[] };
}> {
  const { catalog } = await loadCatalog(specs);
  const sandbox = await createSandbox({ catalog });
  const ask = (target: string, init: RequestInit): Promise<Response> =>
    sandbox.fetch(new Request(`http://sandbox.test${target}`, init));
  const bearer = async (party: string): Promise<string> => {
    const { path, headers = {}, body = "" } = signIn(party);
    const answer = (await (await ask(path, { method: "POST", headers, body })).json()) as {
      access_token: string;
    };
    return `Bearer ${answer.access_token}`;
  };
  const json = { "content-type": "application/json", authorization: await bearer("blueline") };
  await ask("/v1/deliveries", { method: "POST", headers: json, body: JSON.stringify(delivery) });
  await sandbox.settle();
  const headers = { authorization: await bearer("harbour") };
  const period = delivery.startedAt.slice(0, 7);
  const map = (await (await ask(`/v1/map?period=${period}`, { headers })).json()) as { flows: Flow[] };
  const state = await sandbox.control.state.export();
  await sandbox.close();
  return { state, map };
}

/** Payer, payee, value and tax of each row, as the page prints them. */
const rowsOf = (page: Page): Promise<string[][]> =>
  page.locator("[data-drawn] .flows tbody tr").evaluateAll((rows) =>
    rows.map((row) => {
      const cells = [...row.children].map((cell) => cell.textContent ?? "");
      return [cells[0] ?? "", cells[1] ?? "", cells[6] ?? "", cells[7] ?? ""];
    }),
  );

/** The reader's own map. */
export function describeMapInBrowser(portal: () => Portal): void {
  describe("the map", () => {
    it("draws a state and a saved map as the operation tells them, and says what is neither", async () => {
      const { address, browser } = portal();
      const { state, map } = await booked();
      const names = new Map(
        (await loadCatalog(specs)).catalog.ecosystem.parties.map(({ id, name }) => [id, name]),
      );
      const money = (minor: number): string => (minor / 100).toFixed(2);
      const want = map.flows.map(({ payer, payee, amounts: [amount] }) => [
        names.get(payer),
        names.get(payee),
        money(amount?.valueMinor ?? 0),
        money(amount?.taxMinor ?? 0),
      ]);
      expect(want.length).toBeGreaterThan(2);
      const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
      const page = await context.newPage();
      const said = listen(page);
      await page.goto(address("/map/"));
      const open = async (file: unknown): Promise<void> => {
        await page.setInputFiles("#file", {
          name: "own.json",
          mimeType: "application/json",
          buffer: Buffer.from(JSON.stringify(file)),
        });
        await page.waitForFunction(
          () => !document.querySelector("[data-own-map] [role=status]")?.textContent?.startsWith("Reading"),
        );
      };
      for (const file of [state, map, { schema: "eco/v1", ok: true, result: map }]) {
        await open(file);
        await page.waitForSelector("[data-drawn] .flows");
        expect(await rowsOf(page)).toEqual(want);
        expect(await page.locator("[data-drawn] path.tip").count()).toBe(want.length);
      }
      expect(await axe(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await open({ flows: [{ payer: "a", payee: "b", amounts: [{ netMinor: 0.5 }] }] });
      expect(await page.textContent("[data-own-map] [role=status]")).toContain("isn't a whole number");
      expect(await page.locator("[data-drawn] *").count()).toBe(0);
      expect(said).toEqual([]);
      await context.close();
    });

    it("draws the sandbox that this browser keeps, once something is booked in it", async () => {
      const { address, browser } = portal();
      const context = await browser.newContext({ colorScheme: "dark" });
      const page = await context.newPage();
      await page.goto(address("/map/"));
      await page.click("[data-own-map] button");
      expect(await page.getAttribute("[data-drawn] .note a", "href")).toBe("/api/deliveries/submitDelivery/");
      await openTry(page, address("/api/deliveries/submitDelivery/"));
      expect((await sent(page)).status).toBe("201");
      const answer = JSON.parse((await page.textContent(".answered .code pre")) ?? "{}") as {
        charges: { netMinor: number; serviceCreditMinor: number }[];
      };
      const value = answer.charges.reduce((sum, one) => sum + one.netMinor - one.serviceCreditMinor, 0);
      await page.goto(address("/map/"));
      await page.click("[data-own-map] button");
      await page.waitForSelector("[data-drawn] .flows");
      const rows = await rowsOf(page);
      expect(rows.length).toBeGreaterThan(2);
      // What the customer pays is all that comes in.
      expect(rows.map((row) => row[2])).toContain((value / 100).toFixed(2));
      expect(await axe(page, ["color-contrast"])).toEqual([]);
      await context.close();
    });
  });
}
