import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { capabilities, seedRecords, standingRecords } from "../../../sandbox/capabilities/index.ts";
import type { WebhookSender } from "../../../sandbox/events/sender.ts";
import type { FaultRule } from "../../../sandbox/faults/rule.ts";
import { createSandbox, listen, openStore, type Sandbox, type Store } from "../../../sandbox/index.ts";
import { openSandbox } from "../../../sandbox/pipeline/open-sandbox.ts";
import type { SandboxSettings } from "../../../sandbox/pipeline/options.ts";
import { httpTarget } from "../../../sandbox/session/http-target.ts";
import { readSession } from "../../../sandbox/session/read.ts";
import { type ReplayParts, type ReplayReport, replaySession } from "../../../sandbox/session/replay.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import { numbersFrom } from "../../../sandbox/values/ids.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { type BusySession, playBusySession } from "./busy-session.ts";

let catalog: Catalog;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "eco-session-"));
  ({ catalog } = await loadedSpecs());
});

afterAll(() => rm(directory, { recursive: true }));

/** Endpoints that are slow, refuse, ask for patience, and take every third event. */
function moodyEndpoints(): WebhookSender {
  const next = numbersFrom("moods");
  return async ({ body }) => {
    await new Promise((resolve) => setImmediate(resolve));
    const { challenge } = (JSON.parse(body) as { data: { challenge?: string } }).data;
    if (challenge !== undefined)
      return { kind: "answered", status: 200, body: JSON.stringify({ challenge }) };
    const mood = next() % 6;
    if (mood === 0) return { kind: "failed", error: "no answer within 10000 ms" };
    if (mood === 1) return { kind: "answered", status: 503, retryAfter: "120" };
    return { kind: "answered", status: mood === 2 ? 500 : 204 };
  };
}

interface Busy {
  readonly sandbox: Sandbox;
  /** Rounds of the busy session; gives how many exchanges they were. */
  play(rounds: number, from?: number): Promise<number>;
}

type BusySettings = SandboxSettings &
  Pick<Partial<BusySession>, "oneByOne" | "hooks"> & { overHttp?: boolean };

async function openBusy(
  store: Store,
  { oneByOne = false, hooks = twoHooks, overHttp = false, ...settings }: BusySettings = {},
): Promise<Busy> {
  let wallMs = Date.parse("2025-03-10T09:00:00.000Z");
  const validators = validatorsOf(catalog);
  const sandbox = await openSandbox(
    { catalog, store, validators, capabilities, seedRecords, standingRecords },
    // Where no webhook is wanted, nothing is spread over endpoints beside the requests either.
    { wallClock: () => wallMs, ...(hooks.length === 0 ? {} : { sender: moodyEndpoints() }), ...settings },
  );
  const server = overHttp ? await listen(sandbox, { port: 0, tickMs: 5 }) : undefined;
  if (server !== undefined) onTestFinished(() => server.close());
  const session = {
    send: (request: Request) => (server === undefined ? sandbox.fetch(request) : fetch(request)),
    url: server?.url ?? "http://sandbox.test",
    hooks,
    oneByOne,
    settle: () => sandbox.settle(),
    wait: (milliseconds: number) => {
      wallMs += milliseconds;
    },
  };
  return { sandbox, play: (rounds, from = 0) => playBusySession({ ...session, rounds, from }) };
}

/** By chance, before and after decisions. */
const troubles: readonly FaultRule[] = [
  { operation: "submitDelivery", probability: 0.1, status: 503, retryAfterSeconds: 3 },
  { operation: "submitDelivery", probability: 0.1, drop: true, phase: "after" },
  { method: "GET", probability: 0.2, latencyMs: 5, jitterMs: 10 },
  { method: "GET", probability: 0.2, body: "truncated" },
  { party: "harbour", probability: 0.1, rateLimit: { quota: 2, windowSeconds: 60 } },
];

/** Added to the running sandbox: it counts in the store how often each was met. */
const eventTroubles: readonly FaultRule[] = [
  { event: "delivery.rated", probability: 0.3, duplicate: 1 },
  { event: "delivery.rated", probability: 0.3, signature: "wrong" },
  { event: "delivery.rated", every: 4, reorder: true },
  { event: "*", every: 5, delay: "PT30S" },
  { event: "*", every: 9, drop: true },
];

const twoHooks = ["https://a.example/hooks", "https://b.example/hooks"];

interface Recorded {
  readonly text: string;
  readonly exchanges: number;
}

async function record(
  store: Store,
  rounds: number,
  { added = [], ...settings }: BusySettings & { added?: readonly FaultRule[] } = {},
): Promise<Recorded> {
  const { sandbox, play } = await openBusy(store, settings);
  if (added.length > 0) await sandbox.faults.add(...added);
  const lines: string[] = [];
  await sandbox.control.session.start((line) => lines.push(line));
  const exchanges = await play(rounds);
  await sandbox.control.session.stop();
  await sandbox.close();
  return { text: lines.join(""), exchanges };
}

const replay = (text: string, store: Store, target?: ReplayParts["target"]): Promise<ReplayReport> =>
  replaySession({
    ...(target === undefined ? {} : { target }),
    session: readSession(text),
    store,
    open: (on, settings): Promise<Sandbox> => createSandbox({ catalog, store: on, ...settings }),
  });

describe("a recorded session", () => {
  it.each([
    ["memory", "memory"],
    ["SQLite", "memory"],
    ["memory", "SQLite"],
  ])("of a sandbox on %s replays with identical bytes on %s", async (from, to) => {
    const open = (kind: string): Promise<Store> =>
      openStore(kind === "memory" ? kind : join(directory, `${from}-${to}.db`));
    const { text, exchanges } = await record(await open(from), 22, {
      faults: troubles,
      added: eventTroubles,
    });
    expect(exchanges).toBeGreaterThan(200);
    const statuses = new Set([...text.matchAll(/"answer":{"status":(\d+)/g)].map(([, status]) => status));
    for (const status of ["0", "200", "201", "401", "400", "409", "429", "503"])
      expect(statuses).toContain(status);
    const report = await replay(text, await open(to));
    expect(report.difference).toBeUndefined();
    expect(report.exchanges).toBe(exchanges);
    expect(report.webhooks).toBeGreaterThan(100);
  });

  it("that came over real HTTP replays in process and over HTTP", async () => {
    const { sandbox, play } = await openBusy(new MemoryStore(), { overHttp: true });
    await sandbox.control.session.keep();
    const exchanges = await play(8);
    const text = await sandbox.control.session.take();
    for (const target of [undefined, httpTarget]) {
      const report = await replay(text, new MemoryStore(), target);
      expect(report.difference).toBeUndefined();
      expect(report.exchanges).toBe(exchanges);
    }
  });

  it("is the same file the second time, from the same seed, wall clock and order of requests", async () => {
    const play = (): Promise<Recorded> =>
      record(new MemoryStore(), 6, { randomness: "seeded", oneByOne: true, hooks: [] });
    const { text } = await play();
    expect((await play()).text).toBe(text);
  });

  it("begins in the middle of a sandbox's life", async () => {
    const lines: string[] = [];
    const { sandbox, play } = await openBusy(new MemoryStore());
    await play(4);
    await sandbox.control.session.start((line) => lines.push(line));
    await play(4, 4);
    await sandbox.control.session.stop();
    await play(1, 8);
    await sandbox.close();
    const report = await replay(lines.join(""), new MemoryStore());
    expect(report.difference).toBeUndefined();
    expect(report.exchanges).toBeGreaterThan(30);
  });
});
