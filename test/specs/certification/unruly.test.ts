import type { Socket } from "node:net";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { certify, checkDefinitions, type Report } from "../../../specs/engine/certification/index.ts";
import { type Served, serve, serveRaw } from "../../reference-partner/serve.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { secrets } from "./subjects.ts";

let catalog: Catalog;
let shelves: Catalog;
let served: Served | undefined;

beforeAll(async () => {
  ({ catalog } = await loadedSpecs());
  ({ catalog: shelves } = await loadCatalog("test/reference-partner/specs"));
});

afterEach(async () => {
  await served?.close();
  served = undefined;
});

const head = (socket: Socket, lines: string): boolean => socket.write(`HTTP/1.1 200 OK\r\n${lines}\r\n\r\n`);

/** What an unruly partner does with a connection. */
const unruly: Record<string, () => Promise<Served>> = {
  "is down": async () => {
    const gone = await serve(() => new Response());
    await gone.close();
    return { url: gone.url, close: async () => undefined };
  },
  "never answers": () => serveRaw(() => undefined),
  "closes the connection": () => serveRaw((socket) => socket.once("data", () => socket.destroy())),
  "answers something that is not HTTP": () =>
    serveRaw((socket) => socket.once("data", () => socket.end("SSH-2.0-hello\r\n"))),
  "never ends its body": () =>
    serveRaw((socket) =>
      socket.on("data", () => {
        head(socket, "content-type: application/json\r\ntransfer-encoding: chunked");
        const timer = setInterval(() => socket.write("1\r\n \r\n"), 20);
        socket.on("close", () => clearInterval(timer));
      }),
    ),
  "sends 100 MB": () =>
    serveRaw((socket) =>
      socket.once("data", () => {
        head(socket, `content-type: application/json\r\ncontent-length: ${100 * 1024 * 1024}`);
        const chunk = Buffer.alloc(1024 * 1024, " ");
        const pump = (): void => {
          while (!socket.destroyed && socket.write(chunk)) {
            // Until the buffer of the connection is full.
          }
        };
        socket.on("drain", pump);
        pump();
      }),
    ),
  "sends more headers than anyone reads": () =>
    serveRaw((socket) => socket.once("data", () => head(socket, `x-padding: ${"x".repeat(1024 * 1024)}`))),
  "answers HTML": () =>
    serve(() => new Response("<!doctype html><p>Welcome</p>", { headers: { "content-type": "text/html" } })),
  "redirects to itself": () =>
    serve((request) => new Response(null, { status: 302, headers: { location: request.url } })),
  "answers 500 to everything": () => serve(() => new Response("oops", { status: 500 })),
  "answers JSON of 10,000 levels": () =>
    serve(
      () =>
        new Response(`${"[".repeat(10_000)}${"]".repeat(10_000)}`, {
          headers: { "content-type": "application/json" },
        }),
    ),
};

const limitMs = 20_000;

describe.each(Object.entries(unruly))("a partner that %s", (_name, start) => {
  it("gives findings as a provider, and the run ends", async () => {
    served = await start();
    const begun = Date.now();
    const report = await certify({
      catalog: shelves,
      definitions: checkDefinitions(catalog),
      target: { url: served.url, credentials: { authorization: "Bearer some-opaque-token" } },
      seed: "unruly",
      fetch,
      timeoutMs: 300,
    });
    expect(Date.now() - begun).toBeLessThan(limitMs);
    expectFound(report);
  });

  it("gives findings as a receiver, and the run ends", async () => {
    served = await start();
    const begun = Date.now();
    const webhook = { url: `${served.url}/webhooks`, secret: secrets.current };
    const report = await certify({ catalog, webhook, seed: "unruly", fetch, timeoutMs: 300 });
    expect(Date.now() - begun).toBeLessThan(limitMs);
    expectFound(report);
  });
});

function expectFound(report: Report): void {
  expect(report.outcome).toBe("failed");
  expect(report.level).toBeUndefined();
  const failed = report.findings.filter((one) => one.outcome === "failed");
  expect(failed.length).toBeGreaterThan(0);
  // A reader needs to see what was sent and what came back.
  expect(failed.some((one) => one.evidence.length > 0 && one.curl !== undefined)).toBe(true);
  // Nothing is silently skipped.
  for (const finding of report.findings) {
    if (finding.outcome === "skipped") expect(finding.reason).toBeDefined();
  }
}

it("runs the other parts although one can't be reached", async () => {
  served = await serve(() => new Response(null, { status: 204 }));
  const report = await certify({
    catalog,
    target: { url: "http://127.0.0.1:9", credentials: { authorization: "Bearer some-opaque-token" } },
    webhook: { url: `${served.url}/webhooks`, secret: secrets.current },
    seed: "unruly",
    fetch,
    timeoutMs: 500,
  });
  const outcomes = (part: string): string[] =>
    report.findings.filter((one) => one.part === part).map((one) => one.outcome);
  expect(outcomes("provider")).toContain("failed");
  expect(outcomes("receiver")).toContain("passed");
});

it("stops when it is told to", async () => {
  served = await serveRaw(() => undefined);
  const signal = AbortSignal.timeout(100);
  const run = certify({
    catalog: shelves,
    definitions: checkDefinitions(catalog),
    target: { url: served.url },
    seed: "unruly",
    fetch,
    timeoutMs: 60_000,
    signal,
  });
  await expect(run).rejects.toThrow();
});
