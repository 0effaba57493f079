import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Home, newHome } from "./support/eco.ts";
import { signIn, startSandbox } from "./support/sandbox.ts";

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

/** No file of the process grows beyond it: what a disk says that takes no more. */
const limited = (kilobytes: number): Home => ({
  ...home,
  start: (args) => home.start(args, { under: ["bash", "-c", `ulimit -S -f ${kilobytes} && exec "$@"`, "-"] }),
});

const leg = (id: string) => ({
  id,
  product: "express-leg",
  customer: "nordic-apps",
  provider: "blueline",
  startedAt: "2001-01-01T11:45:00",
  usage: { distanceMiles: 920, arrivalDelayMinutes: 0 },
});

/** Calls as the orchestrator, each write under a key of its own. */
async function callerOf(url: string) {
  const headers = {
    authorization: `Bearer ${await signIn(url, "harbour")}`,
    "content-type": "application/json",
  };
  return {
    get: async (path: string) => {
      const response = await fetch(`${url}/v1${path}`, { headers });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    submit: async (id: string) => {
      const body = JSON.stringify(leg(id));
      const response = await fetch(`${url}/v1/deliveries`, {
        method: "POST",
        headers: { ...headers, "idempotency-key": id },
        body,
      });
      return { id, status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}

it("on a full disk a sandbox refuses in words, keeps what it acknowledged, and goes on where there is room", async () => {
  const database = ["--database", join(home.path, "full.db")];
  const first = await startSandbox(limited(1_500), database);
  let stderr = "";
  first.child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const full = await callerOf(first.url);
  const acknowledged: string[] = [];
  const refused: string[] = [];
  for (let round = 0; refused.length < 30; round++) {
    const ids = Array.from({ length: 10 }, (_, at) => `leg-${round}-${at}`);
    for (const { id, status, body } of await Promise.all(ids.map(full.submit))) {
      if (status === 201) acknowledged.push(id);
      else {
        refused.push(id);
        expect({ status, code: body["code"] }).toEqual({ status: 503, code: "ECO_UNAVAILABLE" });
      }
    }
  }
  expect(acknowledged.length).toBeGreaterThan(10);
  // What is there can still be read.
  for (const id of acknowledged) expect((await full.get(`/deliveries/${id}`)).status).toBe(200);
  for (const id of refused) expect((await full.get(`/deliveries/${id}`)).status).toBe(404);
  expect(await first.stop()).toBe(0);
  expect(stderr).toContain("full.db can't be used: ");

  await using second = await startSandbox(home, database);
  const roomy = await callerOf(second.url);
  for (const id of acknowledged) expect((await roomy.get(`/deliveries/${id}`)).status).toBe(200);
  // The same requests under the same keys: none was half done, so each is done now, and none twice.
  for (const { status } of await Promise.all(refused.map(roomy.submit))) expect(status).toBe(201);
  const known = await Promise.all(acknowledged.map(roomy.submit));
  expect(known.map(({ status }) => status)).toEqual(known.map(() => 201));
  const { body } = await roomy.get("/balances?limit=100");
  const sum = (body["items"] as { amountMinor: number }[]).reduce(
    (total, { amountMinor }) => total + amountMinor,
    0,
  );
  expect(sum).toBe(0);
});
