import { fileURLToPath } from "node:url";
import { HttpResponse, http } from "msw";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { inProcess } from "../../../sandbox/hosts/in-process.ts";
import { createSandbox, listen, type Sandbox } from "../../../sandbox/index.ts";
import { bytesOf } from "../../../sandbox/session/bytes.ts";
import { httpTarget, type ReplayReport, readSession, replaySession } from "../../../sandbox/session/index.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { launchBrowser } from "../../support/browser.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { servePage } from "../hosts/serve-page.ts";
import { askAll, ownHandlers } from "./handlers.ts";

let catalog: Catalog;

beforeAll(async () => {
  ({ catalog } = await loadedSpecs());
});

interface Recorded {
  readonly statuses: number[];
  readonly session: string;
}

async function recorded(url: string, sandbox: Sandbox): Promise<Recorded> {
  sandbox.use(...ownHandlers());
  await sandbox.control.session.keep();
  const statuses = await askAll(fetch, url);
  return { statuses, session: await sandbox.control.session.take() };
}

const hosts: readonly (readonly [string, () => Promise<Recorded>])[] = [
  [
    "HTTP",
    async () => {
      const sandbox = await createSandbox({ catalog });
      const { url, close } = await listen(sandbox, { port: 0 });
      onTestFinished(close);
      return recorded(url, sandbox);
    },
  ],
  [
    "within the process",
    async () => {
      const sandbox = await createSandbox({ catalog });
      const { url, close } = inProcess(sandbox);
      onTestFinished(close);
      return recorded(url, sandbox);
    },
  ],
  [
    "within a page",
    async () => {
      const site = await servePage(catalog, fileURLToPath(new URL("page.ts", import.meta.url)));
      const browser = await launchBrowser();
      try {
        const page = await browser.newPage();
        await page.goto(site.url);
        return await page.evaluate(() => window.recordInPage());
      } finally {
        await browser.close();
        await site.close();
      }
    },
  ],
];

const replay = (text: string, overHttp = false): Promise<ReplayReport> =>
  replaySession({
    session: readSession(text),
    store: new MemoryStore(),
    open: (store, settings) => createSandbox({ catalog, store, ...settings }),
    ...(overHttp ? { target: httpTarget } : {}),
  });

describe("what a tester's own handlers answered", () => {
  it.each(hosts)("%s: is in the session, byte for byte, and replays", async (_, record) => {
    const { statuses, session } = await record();
    expect(statuses).toEqual([401, 503, 401, 200, 204, 0, 200, 401, 404]);
    const exchanges = readSession(session).events.filter((event) => event.kind === "exchange");
    const own = exchanges.filter(({ answeredBy }) => answeredBy === "handler");
    expect(exchanges).toHaveLength(9);
    expect(own.map(({ request, answer }) => [new URL(request.url).pathname, answer.status])).toEqual([
      ["/v1/parties", 503],
      ["/own/bytes", 200],
      ["/own/nothing", 204],
      ["/own/cut", 0],
      ["/own/echo", 200],
    ]);
    expect([...bytesOf(own[1]?.answer.body)]).toEqual([0xff, 0x00, 0xfe]);
    // The handler sees the tester's own credentials; those of the request don't get into the file.
    expect(own[4]?.answer.body).toEqual({ text: "Bearer my.own.secret Grüße" });
    expect(own[4]?.request.headers).toContainEqual(["authorization", "Bearer my.redacted.redacted"]);
    expect(await replay(session)).toEqual({ exchanges: 9, steps: expect.any(Number), webhooks: 0 });
    expect((await replay(session, true)).difference).toBeUndefined();
  });

  it("doesn't change the ids that the sandbox gives from its seed", async () => {
    const ids = async (record: boolean): Promise<(string | null)[]> => {
      const sandbox = await createSandbox({ catalog, randomness: "seeded" });
      sandbox.use(...ownHandlers());
      if (record) await sandbox.control.session.keep();
      const ask = async (path: string): Promise<string | null> =>
        (await sandbox.fetch(new Request(`http://sandbox.test${path}`))).headers.get("eco-request-id");
      const given = [await ask("/v1/nothing"), await ask("/v1/parties"), await ask("/v1/nothing")];
      await sandbox.close();
      return given;
    };
    expect(await ids(true)).toEqual(await ids(false));
  });

  it("is in the session whether or not anybody reads it", async () => {
    const sandbox = await createSandbox({ catalog });
    onTestFinished(() => sandbox.close());
    sandbox.use(...ownHandlers());
    await sandbox.control.session.keep();
    await sandbox.fetch(new Request("http://sandbox.test/v1/parties"));
    await sandbox.fetch(new Request("http://sandbox.test/own/bytes"));
    const { events } = readSession(await sandbox.control.session.take());
    expect(events.map((event) => event.kind === "exchange" && event.answer.body)).toEqual([
      { text: '{"down":true}' },
      { base64: "/wD+" },
    ]);
  });

  it("passes on as it comes, and isn't waited for when the recording ends", async () => {
    const sandbox = await createSandbox({ catalog });
    onTestFinished(() => sandbox.close());
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const endless = new ReadableStream<Uint8Array>({
      start: (given) => {
        controller = given;
      },
    });
    sandbox.use(http.get("*/own/stream", () => new HttpResponse(endless)));
    await sandbox.control.session.keep();
    const response = await sandbox.fetch(new Request("http://sandbox.test/own/stream"));
    const reader = response.body?.getReader();
    controller?.enqueue(new TextEncoder().encode("one"));
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("one");
    const session = await sandbox.control.session.take();
    controller?.close();
    expect((await reader?.read())?.done).toBe(true);
    expect((await replay(session)).exchanges).toBe(0);
  });

  it("that throws is answered with what it threw, and reported", async () => {
    const faults: unknown[] = [];
    const sandbox = await createSandbox({ catalog, onFault: ({ error }) => faults.push(error) });
    onTestFinished(() => sandbox.close());
    const broken = new Error("no such fixture");
    sandbox.use(
      http.get("*/v1/parties", () => {
        throw broken;
      }),
    );
    const response = await sandbox.fetch(new Request("http://sandbox.test/v1/parties"));
    expect([response.status, await response.json()]).toEqual([
      500,
      expect.objectContaining({
        code: "ECO_HANDLER_FAILED",
        title: "A handler of your own failed",
        detail: "A handler of your own failed: no such fixture",
      }),
    ]);
    expect(faults).toEqual([broken]);
  });
});
