import "fake-indexeddb/auto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createSandbox, openStore, type Sandbox } from "../../../sandbox/index.ts";
import type { SandboxSettings } from "../../../sandbox/pipeline/options.ts";
import { diffStates, type ReplayReport, readSession, replaySession } from "../../../sandbox/session/index.ts";
import { IndexedDbStore } from "../../../sandbox/store/indexed-db/indexed-db.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import type { Store } from "../../../sandbox/store/store.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { bearer, healthyPolicy } from "../../reference-partner/policy.ts";
import { createProvider } from "../../reference-partner/provider.ts";
import { serve } from "../../reference-partner/serve.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { expectStatus, openHarbour } from "../capabilities/harbour.ts";
import { playBusySession } from "./busy-session.ts";

let catalog: Catalog;
let server: PostgresServer;

beforeAll(async () => {
  [{ catalog }, server] = await Promise.all([loadedSpecs(), startPostgres()]);
});

afterAll(() => server?.remove());

const sender: NonNullable<SandboxSettings["sender"]> = async ({ body }) => {
  const { challenge } = (JSON.parse(body) as { data: { challenge?: string } }).data;
  return { kind: "answered", status: 200, body: JSON.stringify({ challenge }) };
};

async function opened(store: Store, settings: SandboxSettings = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ catalog, store, sender, ...settings });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A few rounds of a sandbox's life, below `url`. */
const play = (sandbox: Sandbox, url = "http://sandbox.test"): Promise<number> =>
  playBusySession({
    send: (request) => sandbox.fetch(request),
    url,
    hooks: ["https://a.example/hooks"],
    settle: () => sandbox.settle(),
    rounds: 4,
  });

const replay = (text: string, store: Store = new MemoryStore(), of = catalog): Promise<ReplayReport> =>
  replaySession({
    session: readSession(text),
    store,
    open: (on, settings) => createSandbox({ catalog: of, store: on, ...settings }),
  });

it("records on PostgreSQL, and replays there and in memory", async () => {
  const sandbox = await opened(await openStore(await server.newDatabase()));
  await sandbox.control.session.keep();
  const exchanges = await play(sandbox);
  const text = await sandbox.control.session.take();
  for (const store of [await openStore(await server.newDatabase()), new MemoryStore()]) {
    const report = await replay(text, store);
    expect(report.difference).toBeUndefined();
    expect(report.exchanges).toBe(exchanges);
  }
});

it("a state goes from one kind of store to the next as a file, and is the same in each", async () => {
  const sandbox = await opened(new MemoryStore());
  await play(sandbox);
  const first = await sandbox.control.state.export();
  const folder = await mkdtemp(join(tmpdir(), "eco-places-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let file = first;
  for (const store of [
    await openStore(join(folder, "sandbox.sqlite")),
    await openStore(await server.newDatabase()),
    await IndexedDbStore.open(crypto.randomUUID()),
    new MemoryStore(),
  ]) {
    const next = await opened(store);
    await next.control.state.import(JSON.parse(JSON.stringify(file)));
    file = await next.control.state.export();
    expect(diffStates(first.state, file.state), store.description).toMatchObject({ same: true });
    expect(file.seal).toBe(first.seal);
  }
});

it("says that another process on the database changed what was recorded, and refuses to replay it", async () => {
  const url = await server.newDatabase();
  const recording = await opened(await openStore(url));
  const other = await opened(await openStore(url));
  const lines: string[] = [];
  const recorded = async (work: () => Promise<unknown>): Promise<string | undefined> => {
    lines.length = 0;
    await recording.control.session.start((line) => lines.push(line));
    await work();
    return (await recording.control.session.stop()).changedBeside;
  };
  expect(await recorded(() => play(recording))).toBeUndefined();
  expect(await recorded(() => other.control.clock.set({ advance: "PT1H" }))).toBe("sandbox/clock");
  expect(() => readSession(lines.join(""))).toThrow(
    expect.objectContaining({
      code: "ECO_SESSION_SHARED",
      message: expect.stringContaining("first found: sandbox/clock"),
    }),
  );
  // What it did itself meanwhile leaned on what the other one had done.
  expect(
    await recorded(async () => {
      await other.control.clock.set({ advance: "PT1H" });
      await recording.control.clock.set({ advance: "PT1H" });
    }),
  ).toBe("sandbox/clock");
  expect(await recorded(async () => {})).toBeUndefined();
});

it("records one tenant, and replays it without the others", async () => {
  const sandbox = await opened(new MemoryStore(), { seed: "of the sandbox" });
  const { tenants } = sandbox;
  await tenants?.create({ id: "acme", seed: "of the tenant" });
  await tenants?.create({ id: "other" });
  const acme = await tenants?.sandbox("acme");
  const { session } = acme?.control ?? sandbox.control;
  await session.keep();
  const exchanges = await play(sandbox, "http://sandbox.test/_tenants/acme");
  await play(sandbox, "http://sandbox.test/_tenants/other");
  const text = await session.take();
  expect(readSession(text).header).toMatchObject({ tenant: "acme", seed: "of the tenant" });
  const report = await replay(text);
  expect(report.difference).toBeUndefined();
  expect(report.exchanges).toBe(exchanges);
});

it("keeps a tenant open that is recorded, however long nobody calls it", async () => {
  let wallMs = Date.parse("2026-03-16T08:00:00.000Z");
  const sandbox = await opened(new MemoryStore(), { wallClock: () => wallMs });
  await sandbox.tenants?.create({ id: "acme" });
  const acme = await sandbox.tenants?.sandbox("acme");
  await acme?.control.session.keep();
  wallMs += 3_600_000;
  await sandbox.settle();
  const again = await sandbox.tenants?.sandbox("acme");
  expect(again?.control.session.recording).toBe(true);
  await again?.control.session.take();
  wallMs += 3_600_000;
  await sandbox.settle();
  expect(await sandbox.tenants?.sandbox("acme")).not.toBe(acme);
});

it("records the run of a certification, and replays it without asking the partner again", async () => {
  const harbour = await openHarbour({ allowLoopbackWebhooks: true, wallClock: Date.now });
  onTestFinished(() => harbour.close());
  const { content = {} } = catalog.documents.find(({ path }) => path.includes("fulfilment-api")) ?? {};
  let asked = 0;
  const answer = createProvider(healthyPolicy(content));
  const provider = await serve((request) => {
    asked += 1;
    return answer(request);
  });
  onTestFinished(() => provider.close());
  const token = async (tenant: string, scope: string, seconds = 600): Promise<string> =>
    (await bearer(tenant, scope, seconds)).replace("Bearer ", "");
  const scopes = "fulfilment:read fulfilment:write";
  const request = {
    parts: ["provider"],
    level: "bronze",
    build: "2026.03.1",
    targetUrl: provider.url,
    credentials: {
      token: await token("harbour", scopes),
      expiredToken: await token("harbour", scopes, -600),
      limitedToken: await token("harbour", "none"),
      otherToken: await token("another", scopes),
    },
  };
  const { session } = harbour.sandbox.control;
  await session.keep();
  const { body } = await expectStatus(harbour.as("fjord-catering").post("/certifications", request), 201);
  await harbour.sandbox.settle();
  const shown = await expectStatus(harbour.as("harbour").get(`/certifications/${String(body["id"])}`), 200);
  expect(shown.body).toMatchObject({ evidence: "passed" });
  const text = await session.take();
  const wholeRun = asked;
  expect(wholeRun).toBeGreaterThan(10);
  const report = await replay(text, new MemoryStore(), harbour.sandbox.catalog);
  expect(report.difference).toBeUndefined();
  expect(asked).toBe(wholeRun);
});
