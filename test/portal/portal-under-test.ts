import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { servePortal } from "../../portal/serve.ts";
import { launchBrowser } from "../support/browser.ts";
import { type BuiltPage, buildPortal, builtPages } from "./built-portal.ts";
import { leaveSecrets } from "./left-secrets.ts";
import { playedRecord } from "./played-record.ts";

/** The spec set that the portal is built from. */
export const specs = fileURLToPath(new URL("../../specs", import.meta.url));

/** A portal that was built, is served, and can be opened. */
export interface Portal {
  /** A temporary folder of the test's own, the built portal within it in `dir`. */
  readonly folder: string;
  readonly dir: string;
  readonly pages: readonly BuiltPage[];
  readonly browser: Browser;
  /** Address of the home page. */
  readonly url: string;
  /** The address of a page: `/api/` → `http://127.0.0.1:…/api/`. */
  address(path: string): string;
  /** The path of that page of a kind that has most on it. */
  biggest(pattern: RegExp): string;
}

/** Builds the portal once for all tests of a file, serves it, and starts a browser. What is returned is called in a test. */
export function usePortal(): () => Portal {
  let portal: Portal | undefined;
  const undo: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "portal-"));
    undo.unshift(() => rm(folder, { recursive: true, force: true }));
    const dir = join(folder, "reference");
    const record = join(folder, "record.json");
    await writeFile(record, await playedRecord(specs));
    await buildPortal(dir, specs, "/", { ...(await leaveSecrets(join(folder, "home"))), ECO_RECORD: record });
    const pages = await builtPages(dir);
    const server = await servePortal({ dir, port: 0 });
    undo.unshift(() => server.close());
    const browser = await launchBrowser();
    undo.unshift(() => browser.close());
    const address = (path: string): string => new URL(path.slice(1), server.url).href;
    const biggest = (pattern: RegExp): string => biggestOf(pages, pattern);
    portal = { folder, dir, pages, browser, url: server.url, address, biggest };
  }, 180_000);

  afterAll(async () => {
    for (const step of undo) await step();
  });

  return () => {
    if (portal === undefined) throw new Error("The portal is there from the first test on.");
    return portal;
  };
}

function biggestOf(pages: readonly BuiltPage[], pattern: RegExp): string {
  const fitting = pages.filter((page) => pattern.test(page.path));
  const first = fitting.sort((a, b) => b.elements.length - a.elements.length)[0];
  if (first === undefined) throw new Error(`No page fits ${pattern}`);
  return first.path;
}
