import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { openStore } from "../../sandbox/index.ts";
import { serve } from "../reference-partner/serve.ts";
import { openEndpoint } from "./support/endpoint.ts";
import { type RunningSandbox, signIn, startSandbox } from "./support/sandbox.ts";
import { usePostgres } from "./support/shared.ts";

const TOKEN = "one-token-for-all-processes";

const shared = usePostgres();

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** A process, asked with a bearer token. */
const callerOf =
  ({ url }: RunningSandbox, token: string): Caller =>
  async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  };

const leg = (id: string): object => ({
  id,
  product: "express-leg",
  customer: "nordic-apps",
  startedAt: "2001-01-01T06:55:00",
  usage: { distanceMiles: 1797, arrivalDelayMinutes: 0 },
});

const kinds: readonly (readonly [name: string, processes: number, database: () => Promise<string>])[] = [
  ["three processes on one PostgreSQL", 3, () => shared.newDatabase()],
  ["two processes on one SQLite file", 2, async () => join(shared.home.path, "shared.db")],
];

describe.each(kinds)("%s", (_, count, newDatabase) => {
  let database: string;
  let sandboxes: readonly RunningSandbox[];
  let controls: readonly Caller[];
  beforeAll(async () => {
    database = await newDatabase();
    const args = ["--database", database, "--allow-loopback-webhooks"];
    const env = { ECO_SANDBOX_TOKEN: TOKEN };
    sandboxes = await Promise.all(
      Array.from({ length: count }, () => startSandbox(shared.home, args, { env })),
    );
    controls = sandboxes.map((sandbox) => callerOf(sandbox, TOKEN));
  });
  afterAll(async () => {
    const statuses = await Promise.all((sandboxes ?? []).map((sandbox) => sandbox.stop()));
    expect(statuses).toEqual(statuses.map(() => 0));
  });

  /** The same of every process. */
  const everywhere = <T>(ask: (sandbox: RunningSandbox, index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(sandboxes.map(ask));
  const all = <T>(value: T): T[] => sandboxes.map(() => value);
  const first = (): RunningSandbox => sandboxes[0] as RunningSandbox;
  const last = (): RunningSandbox => sandboxes.at(-1) as RunningSandbox;
  const control = (index: number, method: string, path: string, body?: unknown): Promise<Answer> =>
    (controls.at(index) as Caller)(method, path, body);

  it("serve a tenant that one of them created, until one of them removes it", async () => {
    expect((await control(0, "POST", "/_sandbox/tenants", { id: "acme" })).status).toBe(201);
    const token = await signIn(`${last().url}/_tenants/acme`, "blueline");
    const submitted = await callerOf(last(), token)("POST", "/_tenants/acme/v1/deliveries", leg("leg-1"));
    expect(submitted.status).toBe(201);
    const shown = () =>
      everywhere(
        async (sandbox) =>
          (await callerOf(sandbox, token)("GET", "/_tenants/acme/v1/deliveries/leg-1")).status,
      );
    expect(await shown()).toEqual(all(200));
    expect((await control(-1, "DELETE", "/_sandbox/tenants/acme")).status).toBe(204);
    expect(await shown()).toEqual(all(404));
    expect((await control(0, "POST", "/_sandbox/tenants", { id: "acme", seed: "other" })).status).toBe(201);
    // Another one of the same name: it knows nothing of the token, nor of the delivery.
    expect(await shown()).toEqual(all(401));
    const anew = await signIn(`${first().url}/_tenants/acme`, "blueline");
    const found = await callerOf(last(), anew)("GET", "/_tenants/acme/v1/deliveries/leg-1");
    expect(found.status).toBe(404);
  });

  it("are reset together: state, tokens, clock and fault rules", async () => {
    await control(0, "POST", "/_sandbox/tenants", { id: "reset" });
    const path = "/_tenants/reset";
    const token = await signIn(`${first().url}${path}`, "blueline");
    const list = () =>
      everywhere(async (sandbox) => (await callerOf(sandbox, token)("GET", `${path}/v1/deliveries`)).status);
    expect(await list()).toEqual(all(200));
    await control(-1, "PUT", `${path}/_sandbox/clock`, { advance: "P9D" });
    const clocks = () =>
      everywhere(
        async (_sandbox, index) => (await control(index, "GET", `${path}/_sandbox/clock`)).body["offsetMs"],
      );
    expect(await clocks()).toEqual(all(9 * 86_400_000));
    await control(0, "POST", `${path}/_sandbox/faults`, {
      rules: [{ operation: "listDeliveries", status: 503 }],
    });
    expect(await list()).toEqual(all(503));
    expect((await control(-1, "POST", `${path}/_sandbox/reset`)).status).toBeLessThan(300);
    expect(await list()).toEqual(all(401));
    expect(await clocks()).toEqual(all(0));
    const anew = await signIn(`${last().url}${path}`, "blueline");
    const read = () =>
      everywhere(async (sandbox) => (await callerOf(sandbox, anew)("GET", `${path}/v1/deliveries`)).status);
    expect(await read()).toEqual(all(200));
  });

  it("count an added fault rule together: the first three requests fail, whoever gets them", async () => {
    const token = await signIn(first().url, "blueline");
    const rule = { id: "first-three", operation: "listStatements", status: 503, count: 3 };
    expect((await control(0, "POST", "/_sandbox/faults", { rules: [rule] })).status).toBe(201);
    const asked = Array.from({ length: 12 }, (_each, n) => sandboxes[n % count] as RunningSandbox);
    const answers = await Promise.all(
      asked.map((sandbox) => callerOf(sandbox, token)("GET", "/v1/statements")),
    );
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(3);
    const told = await everywhere(
      async (_sandbox, index) => (await control(index, "GET", "/_sandbox/faults")).body["items"],
    );
    expect(told).toEqual(all([{ id: rule.id, rule, source: "added", met: 12, applied: 3, spent: true }]));
    expect((await control(-1, "DELETE", `/_sandbox/faults/${rule.id}`)).status).toBe(204);
    expect((await control(0, "GET", "/_sandbox/faults")).body["items"]).toEqual([]);
  });

  it("run each timer of a tenant once, and send each of its events once", async () => {
    await control(0, "POST", "/_sandbox/tenants", { id: "busy" });
    const path = "/_tenants/busy";
    const endpoint = await openEndpoint();
    const campus = await signIn(`${first().url}${path}`, "harbour");
    const created = await callerOf(last(), campus)("POST", `${path}/v1/webhook-endpoints`, {
      url: endpoint.url,
    });
    expect(created.status).toBe(201);
    const place = `${path}/v1/webhook-endpoints/${String(created.body["id"])}`;
    await vi.waitFor(
      async () =>
        expect((await callerOf(first(), campus)("GET", place)).body).toMatchObject({ status: "verified" }),
      { timeout: 30_000 },
    );
    const broker = await signIn(`${first().url}${path}`, "spacefinder");
    const orders = await Promise.all(
      Array.from({ length: 6 }, async (_each, n) => {
        const order = {
          product: "catering-cover",
          customer: "nordic-apps",
          provider: "fjord-catering",
          parties: { broker: "spacefinder", supplier: "kestrel" },
          scheduledFor: new Date(Date.now() + 86_400_000).toISOString(),
          usage: { covers: 30 + n },
          respondWithin: "PT30M",
        };
        const sandbox = sandboxes[n % count] as RunningSandbox;
        const placed = await callerOf(sandbox, broker)("POST", `${path}/v1/work-orders`, order);
        expect(placed).toMatchObject({ status: 201, body: { status: "accepted" } });
        return String(placed.body["id"]);
      }),
    );
    // All of them are told at the same time, and each runs what is due.
    await everywhere((_sandbox, index) =>
      control(index, "PUT", `${path}/_sandbox/clock`, { advance: "P2D" }),
    );
    const store = await openStore(database);
    onTestFinished(() => store.close());
    const state = await vi.waitFor(
      async () => {
        const at = await store.export("busy");
        expect(at.records.filter(({ collection }) => collection === "timers")).toEqual([]);
        expect(at.fannedOut).toBe(at.events.length);
        expect(at.dispatches.filter((dispatch) => dispatch.state === "pending")).toEqual([]);
        return at;
      },
      { timeout: 30_000, interval: 200 },
    );
    for (const id of orders) {
      const types = state.events
        .filter(({ subject }) => subject === id)
        .map(({ type }) => type.split(".").at(-2));
      expect(types).toEqual(["offered", "accepted", "completed"]);
    }
    expect(state.records.filter(({ collection }) => collection === "deliveries")).toHaveLength(orders.length);
    expect(state.balances.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)).toBe(0n);
    expect(state.dispatches.filter(({ attempts }) => attempts.length !== 1)).toEqual([]);
    expect([...endpoint.ids].sort()).toEqual(state.dispatches.map(({ eventId }) => eventId).sort());
  });

  it("close a month exactly once while deliveries keep coming into it by all of them", async () => {
    await control(0, "POST", "/_sandbox/tenants", { id: "closing" });
    const path = "/_tenants/closing";
    const [campus, blueline] = [
      await signIn(`${first().url}${path}`, "harbour"),
      await signIn(`${first().url}${path}`, "blueline"),
    ];
    let isClosed = false;
    let booked = 0;
    const stream = async (sandbox: RunningSandbox, index: number): Promise<void> => {
      for (let n = 0; !isClosed; n++) {
        const answer = await callerOf(sandbox, blueline)(
          "POST",
          `${path}/v1/deliveries`,
          leg(`leg-${index}-${n}`),
        );
        expect(answer).toMatchObject({ status: 201 });
        booked += 1;
      }
    };
    const streams = [...sandboxes, ...sandboxes].map(stream);
    await vi.waitFor(() => expect(booked).toBeGreaterThan(20), { timeout: 30_000 });
    const closes = await everywhere((sandbox) =>
      callerOf(sandbox, campus)("POST", `${path}/v1/settlements`, { period: "2001-01" }),
    );
    isClosed = true;
    await Promise.all(streams);
    expect(closes.map(({ status }) => status).sort()).toEqual([201, ...all(409).slice(1)]);
    const lines = async (period: string): Promise<number> => {
      const { body } = await callerOf(last(), blueline)("GET", `${path}/v1/statements?period=${period}`);
      const [statement] = body["items"] as Record<string, unknown>[];
      return Number(statement?.["lineCount"] ?? 1) - 1;
    };
    const settled = await lines("2001-01");
    expect(settled).toBeGreaterThan(20);
    const later = await callerOf(last(), campus)("POST", `${path}/v1/settlements`, { period: "2001-02" });
    expect(later.status).toBe(201);
    expect(settled + (await lines("2001-02"))).toBe(booked);
  });
});

it("two processes on one PostgreSQL drive the run of a certification once", async () => {
  const database = await shared.newDatabase();
  const options = ["--database", database, "--allow-loopback-webhooks"];
  const sandboxes = await Promise.all([0, 1].map(() => startSandbox(shared.home, options)));
  onTestFinished(async () => {
    await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
  });
  const store = await openStore(database);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  onTestFinished(async () => {
    await Promise.all([store.close(), client.end()]);
  });
  const renewed = async (): Promise<number> => {
    const { rows } = await client.query<{ until_ms: string }>("SELECT until_ms FROM eco.holds");
    expect(rows).toHaveLength(1);
    return Number(rows[0]?.until_ms);
  };
  const go = Promise.withResolvers<void>();
  const partner = await serve(async () => {
    await go.promise;
    return new Response(null, { status: 404 });
  });
  onTestFinished(() => partner.close());
  const [first, second] = sandboxes as [RunningSandbox, RunningSandbox];
  const call = callerOf(first, await signIn(first.url, "fjord-catering"));
  const submitted = await call("POST", "/v1/certifications", {
    parts: ["provider"],
    level: "bronze",
    targetUrl: partner.url,
    credentials: { token: "any" },
  });
  expect(submitted).toMatchObject({ status: 201 });
  const id = String(submitted.body["id"]);
  const job = async () => (await store.reader("main").get("certification-jobs", id))?.value["attempts"];
  await vi.waitFor(async () => expect(await job()).toBe(1), { timeout: 30_000 });
  // Renewed about once a second, while both look after their work several times a second.
  const since = await renewed();
  await vi.waitFor(async () => expect(await renewed()).toBeGreaterThan(since + 1_500), {
    timeout: 30_000,
    interval: 100,
  });
  expect(await job()).toBe(1);
  go.resolve();
  await vi.waitFor(async () => expect(await job()).toBeUndefined(), { timeout: 30_000, interval: 100 });
  const shown = await callerOf(second, await signIn(second.url, "fjord-catering"))(
    "GET",
    `/v1/certifications/${id}`,
  );
  expect(shown).toMatchObject({ status: 200, body: { evidence: "failed" } });
}, 60_000);
