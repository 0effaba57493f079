import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { compileRating } from "../../sandbox/rating/compile.ts";
import { createSimulation, type Scenario } from "../../sandbox/simulation/index.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { axe, listen } from "./page-checks.ts";
import { type Portal, specs } from "./portal-under-test.ts";

/** What a page shows of an account: amounts in minor units as it prints them. */
interface Shown {
  readonly total: number;
  /** The worst and the best run. */
  readonly range: readonly number[];
  /** Each line with its months, and what they come to. */
  readonly lines: readonly (readonly number[])[];
  readonly net: readonly number[];
  readonly paid: readonly number[];
  readonly links: readonly string[];
}

async function shownOn(page: Page): Promise<Shown> {
  return page.locator(".earned").evaluate((place) => {
    const minor = (text: string): number =>
      Math.round(Number(text.replaceAll(",", "").replace("−", "-")) * 100);
    const cells = (row: Element): number[] =>
      [...row.querySelectorAll("td.num")].map((cell) => minor(cell.textContent ?? ""));
    const rows = (selector: string): number[][] => [...place.querySelectorAll(selector)].map(cells);
    const range = place.querySelector(".big + p")?.textContent ?? "";
    return {
      total: minor(place.querySelector(".big")?.firstChild?.textContent?.trim() ?? ""),
      range: [...range.matchAll(/−?[\d,]+\.\d\d/gu)].map(([amount]) => minor(amount)),
      lines: rows(".account tbody tr:not(.sum, .quiet):has(td)"),
      net: rows(".account tr.sum")[0] ?? [],
      paid: rows(".pay-days tbody tr").flat(),
      links: [...place.querySelectorAll("a.cause")].map((link) => link.getAttribute("href") ?? ""),
    };
  });
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);

/** Lines sum to the net of each month, months to what stands together, pay days to the same. */
function expectToSum({ lines, net, paid, total }: Shown): void {
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(line.at(-1)).toBe(sum(line.slice(0, -1)));
  expect(net).toEqual(net.map((_, at) => sum(lines.map((line) => line[at] ?? 0))));
  expect([sum(paid), total]).toEqual([net.at(-1), net.at(-1)]);
}

/** What the simulation of a scenario pays a party in the run in the middle, the worst and the best, in this process. */
async function simulated(scenario: Scenario, party: string): Promise<readonly number[]> {
  const { catalog } = await loadCatalog(specs);
  const of = (kind: string) => catalog.documents.filter((document) => document.kind === kind);
  const documents = { rateCards: of("rate-card"), agreements: of("agreement") };
  const compiled = compileRating(documents);
  if (compiled.kind === "refused") throw new Error(compiled.findings[0]?.message);
  const from = { rating: compiled.rating, documents };
  const simulation = createSimulation({ scenario, from, members: catalog.ecosystem.parties });
  while (simulation.step());
  const payable = simulation.result().from.parties.find((each) => each.party === party)?.total.payable;
  return [payable?.p50Minor ?? 0, payable?.p5Minor ?? 0, payable?.p95Minor ?? 0];
}

/** The page of what somebody would earn. */
export function describeEarnInBrowser(portal: () => Portal): void {
  describe("what one would earn", () => {
    it("is there without JavaScript, with lines, months and pay days that sum to the cent", async () => {
      const { address, browser } = portal();
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(address("/earn/"));
      expect(await page.isVisible("[data-opens=earn]")).toBe(false);
      const shown = await shownOn(page);
      expectToSum(shown);
      expect(shown.links).toContain("/agreements/membership/#service-level-catering-on-time");
      expect(shown.links).toContain("/rate-cards/catering-courier/#catering-cover");
      expect(await page.textContent("#left-out + ul")).toContain("Regulator");
      await context.close();
    });

    it("is worked out for the reader's own volume as the simulation in Node does it", async () => {
      const { address, browser } = portal();
      const context = await browser.newContext({
        colorScheme: "dark",
        viewport: { width: 360, height: 800 },
      });
      const page = await context.newPage();
      const said = listen(page);
      await page.goto(address("/earn/?product=express-leg"));
      const before = await shownOn(page);
      await page.locator("[data-opens=earn]").press("Enter");
      await page.waitForSelector(".earn .pay-days");
      expect(await page.inputValue("[name=role]")).toBe("complementor");
      expect(await page.isChecked("[value=express-leg]")).toBe(true);
      await page.fill("[name=late]", "25");
      await page.press("[name=late]", "Tab");
      await page.fill("[name='volume.express-leg']", "40");
      await page.press("[name='volume.express-leg']", "Tab");
      // Last, so that as many deliveries as are waited for are those of all three.
      await page.selectOption("[name=months]", "1");
      await page.waitForFunction(() =>
        document.querySelector(".earn [role=status]")?.textContent?.startsWith("360 deliveries"),
      );
      const shown = await shownOn(page);
      expectToSum(shown);
      expect(shown.total).not.toBe(before.total);
      const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-save]")]);
      const scenario = JSON.parse(await readFile(await download.path(), "utf8")) as Scenario;
      expect([shown.total, ...shown.range]).toEqual(await simulated(scenario, "blueline"));
      expect(await page.textContent(".earned .code pre")).toBe(
        "eco simulate --scenario expected.json --party blueline",
      );
      expect(await axe(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await page.uncheck("[value=express-leg]");
      await page.waitForSelector("text=Tick at least one service.");
      expect(said).toEqual([]);
      await context.close();
    });
  });
}
