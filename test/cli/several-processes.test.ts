import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { PostgresStore } from "../../sandbox/store/postgres.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Home, newHome } from "./support/eco.ts";
import { startSandbox } from "./support/sandbox.ts";

const PROCESSES = 3;
const DELIVERIES = 45;

let server: PostgresServer;
let home: Home;
beforeAll(async () => {
  [server, home] = await Promise.all([startPostgres(), newHome()]);
});
afterAll(async () => {
  await server?.remove();
  await home?.[Symbol.asyncDispose]();
});

/** A partner's endpoint that hands the challenge back; the ids of what it was sent, in order. */
async function openEndpoint(): Promise<{ readonly url: string; readonly ids: string[] }> {
  const ids: string[] = [];
  const endpoint = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    ids.push(String(request.headers["webhook-id"]));
    const { data } = JSON.parse(body) as { data: { challenge?: string } };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ challenge: data.challenge }));
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    endpoint.close();
    endpoint.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`, ids };
}

it("serves one sandbox by three processes: each delivery rated once, Σ = 0, no dispatch doubled, one effect per key", async () => {
  const database = await server.newDatabase();
  const password = new URL(database).password;
  // All at once, on an empty database: one makes the schema and the seed.
  const sandboxes = await Promise.all(
    Array.from({ length: PROCESSES }, () =>
      startSandbox(home, ["--database", database, "--allow-loopback-webhooks"]),
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
        ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      body: JSON.stringify(body),
    });
  const base = sandboxes[0]?.url.endsWith("/v1") === true ? "" : "/v1";
  const issued = await fetch(`${sandboxes[0]?.url}${base}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "sandbox-harbour",
      client_secret: "sandbox-harbour-secret",
    }),
  });
  // A token of one process holds at the others.
  const { access_token: token } = (await issued.json()) as { access_token: string };

  const endpoint = await openEndpoint();
  const created = await post(1, `${base}/webhook-endpoints`, token, { url: endpoint.url });
  expect(created.status).toBe(201);
  const { id: endpointId } = (await created.json()) as { id: string };
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${sandboxes[2]?.url}${base}/webhook-endpoints/${endpointId}`, {
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
          post(n + index, `${base}/deliveries`, token, leg(n), `key-${n}`),
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
  const { status, stdout, stderr } = await home.run(["sandbox", "start", "--port", "0", "--json"], {
    env: { ECO_DATABASE_URL: database },
  });
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: "ECO_DATABASE_UNUSABLE", message: expect.stringContaining("127.0.0.1:1/eco") },
  });
  expect(stdout + stderr).not.toContain("canary");
});
