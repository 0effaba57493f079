import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HttpResponse, http } from "msw";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FaultRule } from "../../../sandbox/faults/rule.ts";
import { inProcess } from "../../../sandbox/hosts/in-process.ts";
import { createSandbox, listen, type Sandbox } from "../../../sandbox/index.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { launchBrowser } from "../../support/browser.ts";
import { type Exchange, exchanges, faults, faultyExchanges, type Played, play } from "./exchanges.ts";
import { servePage } from "./serve-page.ts";

const WALL_MS = Date.parse("2025-03-10T09:00:00.000Z");
const root = fileURLToPath(new URL("../../..", import.meta.url));

let catalog: Catalog;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "eco-hosts-"));
  ({ catalog } = await loadCatalog(join(root, "specs"), { cacheDir: join(directory, "cache") }));
});

afterAll(() => rm(directory, { recursive: true }));

const open = (rules: readonly FaultRule[] = []): Promise<Sandbox> =>
  createSandbox({ catalog, seed: "hosts", randomness: "seeded", wallClock: () => WALL_MS, faults: rules });

const override = http.get("*/v1/parties", () => HttpResponse.json({ overridden: true }, { status: 418 }));

/** Each host plays the exchanges on a sandbox of its own; with `overridden`, one operation is the tester's. */
type Host = (
  list: readonly Exchange[],
  overridden: boolean,
  rules?: readonly FaultRule[],
) => Promise<Played[]>;

const overHttp: Host = async (list, overridden, rules) => {
  const sandbox = await open(rules);
  if (overridden) sandbox.use(override);
  const { url, close } = await listen(sandbox, { port: 0 });
  try {
    return await play(fetch, url, list);
  } finally {
    await close();
  }
};

const withinProcess: Host = async (list, overridden, rules) => {
  const sandbox = await open(rules);
  if (overridden) sandbox.use(override);
  const { url, close } = inProcess(sandbox);
  try {
    return await play(fetch, url, list);
  } finally {
    await close();
  }
};

const withinPage: Host = async (list, overridden, rules = []) => {
  const { url, close } = await servePage(catalog, fileURLToPath(new URL("page.ts", import.meta.url)));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error));
    await page.goto(url);
    await page.waitForFunction(() => "playInPage" in window);
    return await page.evaluate(
      ([wallMs, sent, asked, wrong]) => window.playInPage(wallMs, sent, asked, wrong),
      [WALL_MS, list, overridden, rules] as const,
    );
  } finally {
    await browser.close();
    await close();
  }
};

const hosts: readonly (readonly [string, Host])[] = [
  ["HTTP", overHttp],
  ["within the process", withinProcess],
  ["within a page", withinPage],
];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("hosts", () => {
  let reference: Played[];

  beforeAll(async () => {
    const sandbox = await open();
    reference = await play(
      (url, init) => sandbox.fetch(new Request(url, init)),
      "http://127.0.0.1",
      exchanges,
    );
    await sandbox.close();
  });

  it("has something to compare: successes, refusals and repeats", () => {
    const statuses = new Set(reference.map(({ status }) => status));
    for (const status of [200, 201, 204, 400, 401, 404, 405, 422]) expect(statuses).toContain(status);
    expect(reference.every(({ status }) => status < 500)).toBe(true);
    expect(reference.some(({ headers }) => headers.some(([name]) => name === "idempotent-replayed"))).toBe(
      true,
    );
  });

  it.each(hosts)("%s: answers byte for byte as the others do", async (_, host) => {
    expect(await host(exchanges, false)).toEqual(reference);
  });

  it.each(hosts)("%s: lets go wrong what the rules say, in the same way", async (_, host) => {
    const played = await host(faultyExchanges, false, faults);
    const told = played.slice(2).map(({ status, body, headers }) => {
      const type = headers.find(([name]) => name === "content-type")?.[1];
      return [status, body === "cut" ? "cut" : isJson(body) ? "JSON" : "no JSON", type];
    });
    const [json, problem] = ["application/json", "application/problem+json"];
    expect(told).toEqual([
      [503, "JSON", problem],
      [200, "JSON", json],
      [500, "JSON", problem],
      [0, "no JSON", undefined],
      [201, "JSON", json],
      [201, "JSON", json],
      [201, "JSON", json],
      [200, "no JSON", json],
      [200, "JSON", "text/html"],
      [200, "cut", json],
      [200, "JSON", json],
      [200, "JSON", json],
      [429, "JSON", problem],
    ]);
  });

  it.each(hosts)("%s: lets a tester's own handler answer one operation", async (_, host) => {
    const [token, parties, party] = await host(
      [
        ...exchanges.slice(1, 2),
        { method: "GET", path: "/v1/parties", as: "harbour" },
        { method: "GET", path: "/v1/parties/blueline", as: "harbour" },
      ],
      true,
    );
    expect(token?.status).toBe(200);
    expect(parties).toMatchObject({ status: 418, body: '{"overridden":true}' });
    expect(party?.status).toBe(200);
  });
});
