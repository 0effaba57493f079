import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { signIn, startSandbox } from "./support/sandbox.ts";
import { usePostgres } from "./support/shared.ts";

const shared = usePostgres();

interface Client {
  post(path: string, body: object): Promise<Response>;
  /** The items of a list. */
  list(path: string): Promise<Record<string, unknown>[]>;
}

async function clientOf(url: string, party: string): Promise<Client> {
  const headers = { authorization: `Bearer ${await signIn(url, party)}`, "content-type": "application/json" };
  return {
    post: (path, body) => fetch(`${url}/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) }),
    async list(path) {
      const { items } = (await (await fetch(`${url}/v1${path}`, { headers })).json()) as {
        items: Record<string, unknown>[];
      };
      return items;
    },
  };
}

async function submitMonth(client: Client, count: number): Promise<void> {
  const row = (number: number) => ({
    id: `d-${number}`,
    product: "express-leg",
    customer: "nordic-apps",
    startedAt: "2001-01-01T11:45:00",
    usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
  });
  for (let at = 0; at < count; at += 100) {
    const deliveries = Array.from({ length: Math.min(100, count - at) }, (_, i) => row(at + i));
    expect((await client.post("/deliveries/batch", { deliveries })).status).toBe(200);
  }
}

const period = "2001-01";

/** Positions of `count` legs of 144.31, credit 14.43, tax 12.99, and nothing open, nothing unbalanced. */
async function expectClosedOnce(campus: Client, count: number): Promise<void> {
  const settlements = await campus.list("/settlements");
  expect(settlements.map((each) => each["period"])).toEqual([period]);
  const positions = settlements[0]?.["positions"] as { party: string; amountMinor: number }[];
  const own = Object.fromEntries(positions.map(({ party, amountMinor }) => [party, amountMinor]));
  expect(own["nordic-apps"]).toBe(-count * 14287);
  expect(positions.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
  const statements = await campus.list("/statements?limit=200");
  expect(statements.map((each) => each["number"]).sort()).toEqual(
    Object.keys(own)
      .sort()
      .map((party) => `${party}-000001`),
  );
  const open = (await campus.list("/balances")).filter(
    ({ account, amountMinor }) =>
      /\/(receivable|payable|tax)(\/|$)/.test(String(account)) && amountMinor !== 0,
  );
  expect(open).toEqual([]);
}

it("closes a month exactly once, asked twenty times at once by two processes on one PostgreSQL", async () => {
  const database = await shared.newDatabase();
  const sandboxes = await Promise.all([0, 1].map(() => startSandbox(shared.home, ["--database", database])));
  onTestFinished(async () => {
    await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
  });
  const urls = sandboxes.map(({ url }) => url);
  await submitMonth(await clientOf(urls[0] ?? "", "blueline"), 60);
  const campuses = await Promise.all(urls.map((url) => clientOf(url, "harbour")));
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, at) => campuses[at % 2]?.post("/settlements", { period })),
  );
  const statuses = replies.map((reply) => reply?.status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  const refused = await Promise.all(
    replies.filter((reply) => reply?.status !== 201).map(async (reply) => reply?.json()),
  );
  expect(refused.map((body) => (body as { code: string }).code)).toEqual(
    Array.from({ length: 19 }, () => "ECO_PERIOD_CLOSED"),
  );
  for (const campus of campuses) await expectClosedOnce(campus, 60);
}, 60_000);

it.each([0, 1, 3, 8])(
  "leaves all of a close or nothing of it, killed after %d other answers, and can be closed then",
  async (answers) => {
    const database = join(shared.home.path, `killed-${answers}.db`);
    const first = await startSandbox(shared.home, ["--database", database]);
    const campus = await clientOf(first.url, "harbour");
    await submitMonth(await clientOf(first.url, "blueline"), 300);
    const closing = campus.post("/settlements", { period }).then(
      ({ status }) => status,
      () => undefined,
    );
    for (let answer = 0; answer < answers; answer++) await campus.list("/settlements");
    await first.stop("SIGKILL");
    const acknowledged = (await closing) === 201;

    const second = await startSandbox(shared.home, ["--database", database]);
    onTestFinished(async () => {
      await second.stop();
    });
    const again = await clientOf(second.url, "harbour");
    const settled = (await again.list("/settlements")).length;
    if (acknowledged) expect(settled).toBe(1);
    if (settled === 0) {
      expect(await again.list("/statements")).toEqual([]);
      expect((await again.post("/settlements", { period })).status).toBe(201);
    }
    await expectClosedOnce(again, 300);
  },
  60_000,
);
