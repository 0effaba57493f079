import { expect, it, onTestFinished, vi } from "vitest";
import { PostgresStore } from "../../sandbox/store/postgres/postgres.ts";
import { openEndpoint } from "./support/endpoint.ts";
import { signIn, startSandbox } from "./support/sandbox.ts";
import { usePostgres } from "./support/shared.ts";

const PROCESSES = 3;
const DELIVERIES = 45;

const shared = usePostgres();

it("serves one sandbox by three processes: each delivery rated once, Σ = 0, no dispatch doubled, one effect per key", async () => {
  const database = await shared.newDatabase();
  const password = new URL(database).password;
  // All at once, on an empty database: one makes the schema and the seed.
  const sandboxes = await Promise.all(
    Array.from({ length: PROCESSES }, () =>
      startSandbox(shared.home, ["--database", database, "--allow-loopback-webhooks"]),
    ),
  );
  onTestFinished(async () => {
    await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
  });
  const post = (index: number, path: string, token: string, body: object, key?: string): Promise<Response> =>
    fetch(`${sandboxes[index % PROCESSES]?.url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      body: JSON.stringify(body),
    });
  // A token of one process holds at the others.
  const token = await signIn(sandboxes[0]?.url ?? "", "harbour");

  const endpoint = await openEndpoint();
  const created = await post(1, `/v1/webhook-endpoints`, token, { url: endpoint.url });
  expect(created.status).toBe(201);
  const { id: endpointId } = (await created.json()) as { id: string };
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${sandboxes[2]?.url}/v1/webhook-endpoints/${endpointId}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await answer.json()).toMatchObject({ status: "verified" });
    },
    { timeout: 30_000 },
  );

  const leg = (n: number): object => ({
    id: `leg-${n}`,
    product: "express-leg",
    customer: "nordic-apps",
    startedAt: "2001-01-01T06:55:00",
    usage: { distanceMiles: 1797, arrivalDelayMinutes: 0 },
  });
  // Every delivery goes to every process at the same time, under the same key.
  const twins = await Promise.all(
    Array.from({ length: DELIVERIES }, async (_, n) => {
      const answers = await Promise.all(
        Array.from({ length: PROCESSES }, (_, index) =>
          post(n + index, `/v1/deliveries`, token, leg(n), `key-${n}`),
        ),
      );
      return Promise.all(
        answers.map(async (answer) => ({ status: answer.status, text: await answer.text() })),
      );
    }),
  );
  for (const answers of twins) {
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  }

  const store = await PostgresStore.open(database);
  onTestFinished(() => store.close());
  await vi.waitFor(
    async () => {
      expect(await store.dispatches("main", { state: "pending", limit: 1 })).toEqual([]);
      const [last] = await store.reader("main").events({ limit: 1, descending: true });
      expect(await store.fannedOut("main")).toBe(last?.sequence);
    },
    { timeout: 30_000 },
  );
  expect(await Promise.all(sandboxes.map((sandbox) => sandbox.stop()))).toEqual(sandboxes.map(() => 0));

  const state = await store.export("main");
  const postings = await store.reader("main").postings({ limit: Infinity });
  const legs = Array.from({ length: DELIVERIES }, (_, n) => `leg-${n}`).sort();
  const named = (collection: string): string[] =>
    state.records.flatMap((record) => (record.collection === collection ? [record.id] : [])).sort();
  expect(named("deliveries")).toEqual(legs);
  expect(state.balances.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)).toBe(0n);
  // Each of them cost the same, and each was booked once.
  const perLeg = Map.groupBy(postings, ({ deliveryId }) => deliveryId ?? "");
  expect([...perLeg.keys()].filter((id) => id.startsWith("leg-")).sort()).toEqual(legs);
  const figures = legs.map((id) =>
    JSON.stringify(perLeg.get(id)?.map(({ account, amountMinor }) => [account, String(amountMinor)])),
  );
  expect(new Set(figures).size).toBe(1);
  expect(state.events.map(({ sequence }) => sequence)).toEqual(state.events.map((_, index) => index + 1));
  expect(state.dispatches.length).toBeGreaterThanOrEqual(DELIVERIES);
  expect(state.dispatches.filter(({ attempts }) => attempts.length !== 1)).toEqual([]);
  expect([...endpoint.ids].sort()).toEqual(state.dispatches.map(({ eventId }) => eventId).sort());
  expect(JSON.stringify(state)).not.toContain(password);
});

it("names a database that it can't use without its password", async () => {
  const database = "postgres://eco:canary-4711@127.0.0.1:1/eco";
  const { status, stdout, stderr } = await shared.home.run(["sandbox", "start", "--port", "0", "--json"], {
    env: { ECO_DATABASE_URL: database },
  });
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: "ECO_DATABASE_UNUSABLE", message: expect.stringContaining("127.0.0.1:1/eco") },
  });
  expect(stdout + stderr).not.toContain("canary");
});
