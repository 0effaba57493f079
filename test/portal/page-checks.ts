import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { compileRating } from "../../sandbox/rating/compile.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { attribute, type BuiltPage } from "./built-portal.ts";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Everything that the page says on the console, errors of its scripts and failed requests included. */
export function listen(page: Page): string[] {
  const said: string[] = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => said.push(`failed: ${request.url()}`));
  return said;
}

/** Breaches of WCAG 2.2 AA and of best practice, as axe finds them; with `rules`, of those alone. */
export async function axe(page: Page, rules: readonly string[] = []): Promise<readonly string[]> {
  // By the debugging protocol, which the page's own policy doesn't bind; once for each document, since it's half a megabyte.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const runOnly =
    rules.length > 0 ? [...rules] : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const results = await page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: Document, options: object): Promise<AxeResults> };
    };
    // Of what is as it should be it need not tell where it is: that takes it longer than to check.
    return axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  }, runOnly);
  return results.violations.flatMap((one) =>
    one.nodes.slice(0, 3).map((node) => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
  );
}

/** Net amount and shares of the peak leg, by the engine in this process. */
export async function nodeAmounts(specs: string): Promise<readonly bigint[]> {
  const { catalog } = await loadCatalog(specs);
  const ofKind = (kind: string) => catalog.documents.filter((document) => document.kind === kind);
  const compiled = compileRating({ rateCards: ofKind("rate-card"), agreements: ofKind("agreement") });
  if (compiled.kind === "refused") throw new Error(compiled.findings[0]?.message);
  const usage = { distanceMiles: 1797, arrivalDelayMinutes: 0 };
  const rated = compiled.rating.rate({
    id: "leg",
    product: "express-leg",
    customer: "nordic-apps",
    startedAt: "2001-01-01T06:55:00",
    usage,
  });
  if (rated.kind === "unrated") throw new Error(rated.detail);
  return [rated.netMinor, ...(rated.charges[0]?.shares ?? []).map((share) => share.amountMinor)];
}

/** Inline scripts and styles, handlers, and what would be loaded from elsewhere. */
export function forbidden(page: BuiltPage): readonly string[] {
  return page.elements.flatMap((element) => {
    const found = element.attrs
      .filter(({ name }) => name === "style" || name.startsWith("on"))
      .map(({ name }) => name);
    if (element.tagName === "style") found.push("<style>");
    const source =
      attribute(element, "src") ?? (element.tagName === "link" ? attribute(element, "href") : undefined);
    if (element.tagName === "script" && source === undefined) found.push("<script>");
    if (source !== undefined && !/^\/(?!\/)/u.test(source)) found.push(source);
    if (/^\s*(javascript|data|vbscript):/iu.test(attribute(element, "href") ?? "")) found.push("href");
    return found.map((what) => `${page.path}: ${element.tagName} ${what}`);
  });
}

/** Links and sources that lead to no page, file or place of a built portal. */
export async function brokenLinks(
  all: readonly BuiltPage[],
  out: string,
  base: string,
): Promise<readonly string[]> {
  const files = new Set(
    (await readdir(out, { recursive: true })).map((name) => `${base}${name.split("\\").join("/")}`),
  );
  const ids = new Map(
    all.map((page) => [
      `${base}${page.path.slice(1)}`,
      new Set(page.elements.flatMap((element) => attribute(element, "id") ?? [])),
    ]),
  );
  const broken = new Set<string>();
  for (const page of all) {
    for (const element of page.elements) {
      const link = attribute(element, "href") ?? attribute(element, "src");
      if (link === undefined || /^(https?|mailto):/u.test(link)) continue;
      const target = new URL(link, `http://portal${base}${page.path.slice(1)}`);
      const path = decodeURIComponent(target.pathname);
      const exists = path.startsWith(base) && (ids.has(path) || (!path.endsWith("/") && files.has(path)));
      const place = decodeURIComponent(target.hash.slice(1));
      if (!exists || (place !== "" && !ids.get(path)?.has(place))) broken.add(`${page.path} → ${link}`);
    }
  }
  return [...broken].slice(0, 20);
}
