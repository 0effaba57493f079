import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PortalServer, servePortal } from "../../portal/serve.ts";
import { launchBrowser } from "../support/browser.ts";
import { attribute, type BuiltPage, buildPortal, builtPages, weightOf } from "./built-portal.ts";
import { writeHostileSpecs } from "./hostile-specs.ts";
import { leaveBundle } from "./left-bundle.ts";
import { leaveSecrets, leftIn, SECRET_FORMS } from "./left-secrets.ts";
import { axe, brokenLinks, forbidden, listen, nodeAmounts } from "./page-checks.ts";

const specs = fileURLToPath(new URL("../../specs", import.meta.url));
const specSources = ["openapi/partner-api.yaml", "openapi/fulfilment-api.yaml", "asyncapi/events.yaml"].map(
  (path) => join(specs, path),
);

let folder: string;
let dir: string;
let pages: readonly BuiltPage[];
let server: PortalServer;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portal-"));
  dir = join(folder, "reference");
  await buildPortal(dir, specs, "/", await leaveSecrets(join(folder, "home")));
  pages = await builtPages(dir);
  server = await servePortal({ dir, port: 0 });
  browser = await launchBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The address of a page: `/api/` → `http://127.0.0.1:…/api/`. */
const address = (path: string): string => new URL(path.slice(1), server.url).href;

/** The page of a kind that has most on it. */
function biggest(pattern: RegExp): string {
  const fitting = pages.filter((page) => pattern.test(page.path));
  const first = fitting.sort((a, b) => b.elements.length - a.elements.length)[0];
  if (first === undefined) throw new Error(`No page fits ${pattern}`);
  return first.path;
}

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

describe("the built pages", () => {
  it("parse without an error", () => {
    expect(pages.flatMap((page) => page.errors).slice(0, 20)).toEqual([]);
  });

  it("use each id once", () => {
    const twice = pages.flatMap((page) => {
      const ids = page.elements.flatMap((element) => attribute(element, "id") ?? []);
      return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${page.path}#${id}`);
    });
    expect(twice).toEqual([]);
  });

  it("link to pages, files and places that exist", async () => {
    expect(await brokenLinks(pages, dir, "/")).toEqual([]);
  });

  it("hold no inline script or style and load nothing from elsewhere", () => {
    expect(pages.flatMap((page) => forbidden(page)).slice(0, 20)).toEqual([]);
  });

  it("and every other file hold no credentials, and nothing of the machine that built them", async () => {
    const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    );
    expect(names.length).toBeGreaterThan(pages.length);
    // What a spec shows as an example of a secret is public.
    const published = (await Promise.all(specSources.map((path) => readFile(path, "utf8")))).join("\n");
    for (const { parentPath, name } of names) {
      const text = await readFile(join(parentPath, name), "latin1");
      const secrets = [...text.matchAll(SECRET_FORMS)].map(([secret]) => secret);
      const found = [...secrets.filter((secret) => !published.includes(secret)), ...leftIn(text)];
      expect([name, found]).toEqual([name, []]);
    }
  });

  it("stay within their budgets", async () => {
    const over: string[] = [];
    for (const page of pages) {
      const { total, script } = await weightOf(page, dir);
      const bytes = Buffer.byteLength(page.source);
      if (bytes > 60 * 1024) over.push(`${page.path} is ${bytes} bytes`);
      if (page.elements.length > 1500) over.push(`${page.path} has ${page.elements.length} elements`);
      if (total > 30 * 1024) over.push(`${page.path} weighs ${total} bytes`);
      if (script > 10 * 1024) over.push(`${page.path} has ${script} bytes of script`);
    }
    expect(over).toEqual([]);
  });

  it("publish the specs byte for byte, with digests that check", async () => {
    const sums = (await readFile(join(dir, "specs/SHA256SUMS"), "utf8")).trim().split("\n");
    expect(sums.length).toBeGreaterThan(10);
    for (const line of sums) {
      const [digest = "", path = ""] = line.split("  ");
      const published = await readFile(join(dir, "specs", path));
      expect(published.equals(await readFile(join(specs, path)))).toBe(true);
      expect(createHash("sha256").update(published).digest("hex")).toBe(digest);
    }
  });
});

describe("in a browser", () => {
  it.each(KINDS)(
    "%s: no console message, no breach of the policy, no axe finding, light and dark",
    async (_, pattern) => {
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
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(address(biggest(pattern)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await context.close();
  });

  it("shows the bundle of a failed test, whatever its texts hold, and says why it can't show a file", async () => {
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
    const page = await browser.newPage();
    await page.goto(address("/rate-cards/express-leg/"));
    await page.fill("[name='usage.distanceMiles']", "-5");
    await page.click(".calculator button[type=submit]");
    await page.waitForSelector("[data-receipt] .note");
    expect(await page.textContent("[data-receipt]")).toContain("distanceMiles");
    await page.close();
  });

  it("runs every journey in the page, without a request to anywhere but the portal", async () => {
    const page = await browser.newPage();
    const said = listen(page);
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(server.url)) elsewhere.push(request.url());
    });
    const journeys = pages.filter(({ path }) => /^\/journeys\/[^/]+\/$/u.test(path));
    expect(journeys.length).toBeGreaterThanOrEqual(10);
    const outcomes: Record<string, string> = {};
    for (const { path } of journeys) {
      await page.goto(address(path));
      await page.click("[data-journey] button");
      await page.waitForSelector("[data-journey] button:has-text('Run again')");
      outcomes[path] = (await page.textContent("[data-journey] [role=status]")) ?? "";
    }
    expect(Object.entries(outcomes).filter(([, said]) => !said.startsWith("Passed"))).toEqual([]);
    expect(await axe(page)).toEqual([]);
    expect(elsewhere).toEqual([]);
    expect(said).toEqual([]);
    await page.close();
  });

  it.each([
    ["submitDelivery", "/api/deliveries/submitDelivery/"],
    ["ECO_NOT_FOUND", "/errors/ECO_NOT_FOUND/"],
    ["delivery.rated", "/events/deliveryRated/"],
  ])("finds %s first for its own name, by keyboard alone", async (name, path) => {
    const page = await browser.newPage();
    const said = listen(page);
    await page.goto(address("/"));
    await page.keyboard.press("/");
    await page.waitForSelector("dialog.search[open]");
    await page.keyboard.type(name);
    await page.waitForSelector("dialog.search li a");
    await page.waitForFunction(
      (want) => document.querySelector("dialog.search li a")?.getAttribute("href")?.endsWith(want),
      path,
    );
    await page.keyboard.press("Escape");
    expect(await page.isVisible("dialog.search")).toBe(false);
    expect(said).toEqual([]);
    await page.close();
  });

  it("finds pages by the name of a field", async () => {
    const page = await browser.newPage();
    await page.goto(address("/"));
    await page.click("[data-search]");
    await page.waitForSelector("dialog.search[open]");
    await page.keyboard.type("distanceMiles");
    await page.waitForFunction(() =>
      document.querySelector("dialog.search li")?.textContent?.includes("distanceMiles"),
    );
    await page.close();
  });

  it("keeps the theme that the reader chose", async () => {
    const page = await (await browser.newContext({ colorScheme: "light" })).newPage();
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
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
    const page = await browser.newPage();
    await page.goto(address("/"));
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    await page.close();
  });
});

describe("the server", () => {
  it("answers an unknown address with the portal's own page and status 404", async () => {
    const answer = await fetch(address("/nothing/here/"));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("There is no page at this address");
  });

  it("sends a policy without unsafe-inline or unsafe-eval", async () => {
    const policy = (await fetch(address("/"))).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/'unsafe-(inline|eval)'/u);
  });
});

describe("another ecosystem, under a base path", () => {
  it("builds from one hostile document without letting it act", async () => {
    const own = join(folder, "hostile-specs");
    const out = join(folder, "hostile");
    await writeHostileSpecs(own);
    await buildPortal(out, own, "/docs/");
    const built = await builtPages(out);
    expect(built.flatMap((page) => page.errors)).toEqual([]);
    expect(built.flatMap((page) => forbidden(page))).toEqual([]);
    expect(await brokenLinks(built, out, "/docs/")).toEqual([]);
    const other = await servePortal({ dir: out, port: 0, base: "/docs/" });
    const page = await browser.newPage();
    const said = listen(page);
    for (const one of built.filter(({ path }) => /api|schemas|^\/$/u.test(path))) {
      await page.goto(new URL(one.path.slice(1), other.url).href);
      expect(await page.evaluate(() => "attacked" in globalThis)).toBe(false);
    }
    expect(said).toEqual([]);
    expect((await readdir(join(out, "schemas"))).sort()).toEqual(["Node", "index.html", "node-2"]);
    await page.close();
    await other.close();
  }, 120_000);
});
