import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { launchBrowser } from "../../support/browser.ts";
import { delivery, type Exchange, exchanges, signIn } from "../hosts/exchanges.ts";
import { servePage } from "../hosts/serve-page.ts";

const WALL_MS = Date.parse("2025-03-10T09:00:00.000Z");
const root = fileURLToPath(new URL("../../..", import.meta.url));

let directory: string;
let browser: Browser;
let site: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "eco-kept-"));
  const { catalog } = await loadCatalog(join(root, "specs"), { cacheDir: join(directory, "cache") });
  site = await servePage(catalog, fileURLToPath(new URL("indexed-db-page.ts", import.meta.url)));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(directory, { recursive: true });
});

/** A browser of its own, with nothing stored. */
async function newContext(): Promise<BrowserContext> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  return context;
}

async function openKept(page: Page): Promise<void> {
  await page.waitForFunction(() => "openKept" in window);
  await page.evaluate((wallMs) => window.openKept(wallMs), WALL_MS);
}

async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url);
  await openKept(page);
  return page;
}

const played = (page: Page, list: readonly Exchange[]) =>
  page.evaluate((sent) => window.playKept(sent), list);
const stateOf = (page: Page) => page.evaluate(() => window.exportKept());

const submit = (id: string): Exchange => ({
  method: "POST",
  path: "/v1/deliveries",
  as: "blueline",
  json: { ...delivery, id },
});

const read = (id: string): Exchange => ({ method: "GET", path: `/v1/deliveries/${id}`, as: "blueline" });

describe("IndexedDB in a browser", () => {
  it("keeps the books over a reload, and goes on with them", async () => {
    const page = await newPage(await newContext());
    expect((await played(page, exchanges)).every(({ status }) => status < 500)).toBe(true);
    const before = await stateOf(page);
    expect(before.transactions.length).toBeGreaterThan(0);
    await page.reload();
    await openKept(page);
    expect(await stateOf(page)).toEqual(before);
    const [, again, next] = await played(page, [signIn("blueline"), read("leg-1"), submit("leg-9")]);
    expect([again?.status, next?.status]).toEqual([200, 201]);
    expect((await stateOf(page)).transactions).toHaveLength(before.transactions.length + 1);
  });

  it("lets two pages book at once and loses nothing", async () => {
    const context = await newContext();
    const [one, two] = [await newPage(context), await newPage(context)];
    const ids = (page: string) => Array.from({ length: 10 }, (_, n) => `${page}-${n}`);
    const answers = await Promise.all([
      played(one, [signIn("blueline"), ...ids("one").map(submit)]),
      played(two, [signIn("blueline"), ...ids("two").map(submit)]),
    ]);
    expect(answers.flat().filter(({ status }) => status === 201)).toHaveLength(20);
    const crossed = await played(one, [signIn("blueline"), ...ids("two").map(read)]);
    expect(crossed.filter(({ status }) => status === 200)).toHaveLength(11);
    await Promise.all([one.reload(), two.reload()]);
    await Promise.all([openKept(one), openKept(two)]);
    const state = await stateOf(one);
    expect(state.transactions).toHaveLength(20);
    expect(await stateOf(two)).toEqual(state);
  });

  it("loses nothing that was acknowledged when a page goes away while calls are put together", async () => {
    const context = await newContext();
    const [page, other] = [await context.newPage(), await context.newPage()];
    const acknowledged = new Set<string>();
    await context.exposeFunction("acknowledged", (id: string) => void acknowledged.add(id));
    const open = async (one: Page): Promise<void> => {
      await one.waitForFunction(() => "openKept" in window);
      await one.evaluate((wallMs) => window.openKept(wallMs, 3), WALL_MS);
    };
    for (const one of [page, other]) {
      await one.goto(site.url);
      await open(one);
    }
    for (let round = 0; round < 4; round++) {
      const before = acknowledged.size;
      for (const one of [page, other]) await one.evaluate((prefix) => window.writeOn(prefix), `${round}`);
      await expect.poll(() => acknowledged.size).toBeGreaterThan(before + 5 * round);
      // In the midst of it, wherever that is.
      await Promise.all([page.reload(), other.reload()]);
      await open(page);
      const kept = (await stateOf(page)).records.filter(({ collection }) => collection === "written");
      expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining([...acknowledged]));
      await open(other);
    }
    const state = await stateOf(other);
    expect(await stateOf(page)).toEqual(state);
    const rows = Object.values(state).reduce((sum, part) => sum + (Array.isArray(part) ? part.length : 0), 0);
    // A snapshot, and at most as many calls as it had rows.
    expect(await page.evaluate(() => window.storedCalls())).toBeLessThan(rows);
  });

  it("says that the browser gives no more space, applies nothing, and goes on when there is some", async () => {
    const context = await newContext();
    const page = await context.newPage();
    await page.goto(site.url);
    const browserSide = await context.newCDPSession(page);
    const { origin } = new URL(site.url);
    const limit = (quota: { readonly quotaSize?: number }) =>
      browserSide.send("Storage.overrideQuotaForOrigin", { origin, ...quota });
    // Before the first use: the browser remembers for a while how much there was.
    await limit({ quotaSize: 500_000 });
    await openKept(page);
    const before = await stateOf(page);
    expect(await page.evaluate(() => window.fillKept("large", 500_000))).toMatch(
      /^ECO_DATABASE_UNUSABLE: IndexedDB eco-sandbox can't be used: the browser gives this site no more space\.$/,
    );
    expect(await stateOf(page)).toEqual(before);
    await limit({});
    expect(await page.evaluate(() => window.fillKept("large", 500_000))).toBe("applied");
    await page.reload();
    await openKept(page);
    expect((await stateOf(page)).records).toHaveLength(before.records.length + 2);
  });
});
