import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type EcoResult, type Home, newHome } from "./support/eco.ts";
import { type RunningSandbox, startSandbox } from "./support/sandbox.ts";

const specs = join(import.meta.dirname, "fixtures/island-ferries");
let home: Home;
let sandbox: RunningSandbox;
let crossings: string;
beforeAll(async () => {
  home = await newHome();
  sandbox = await startSandbox(home, ["--database", "memory", "--specs", specs]);
  crossings = join(home.path, "crossings.csv");
  await writeFile(
    crossings,
    "when,miles\n2025-05-01T09:00:00,12\n2025-05-01T09:00:00,12\n2025-05-02T09:00:00,-1\n",
  );
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const eco = (...args: string[]): Promise<EcoResult> =>
  home.run([...args, "--specs", specs, "--sandbox", sandbox.url, "--profile", "harbourmaster", "--json"]);
const mapped = ["--product", "crossing", "--customer", "inn", "--map", "startedAt=when"];

it("finds nothing wrong with a spec set that has words, paths and money of its own", async () => {
  const { json, status } = await eco("specs", "lint");
  expect({ status, findings: (json.result as { findings: unknown }).findings }).toEqual({
    status: 0,
    findings: [],
  });
});

it("rates its deliveries", async () => {
  const { json } = await eco("rate", crossings, ...mapped);
  expect(json.result).toMatchObject({
    deliveries: 2,
    rejected: 1,
    currency: "JPY",
    netMinor: 3_000,
    taxMinor: 300,
    sharesMinor: { harbourmaster: 3_000 },
  });
});

it("submits them by the operation bound to it, row by row where there is no batch, none twice", async () => {
  const first = await eco("deliveries", "submit", crossings, ...mapped);
  expect(first.status).toBe(2);
  expect(first.json.result).toMatchObject({ rated: 2, known: 0, rejected: 1 });
  const second = await eco("deliveries", "submit", crossings, ...mapped);
  expect(second.json.result).toMatchObject({ rated: 0, known: 2, rejected: 1 });
});

it("reads answers by their binding", async () => {
  const path = join(home.path, "one.json");
  await writeFile(
    path,
    JSON.stringify({
      id: "boat-1",
      product: "crossing",
      customer: "inn",
      startedAt: "2025-05-01T09:00:00",
      usage: { miles: 8 },
    }),
  );
  expect((await eco("deliveries", "submit", path)).status).toBe(0);
  const { json } = await eco("deliveries", "show", "boat-1");
  expect(json.result).toEqual({
    id: "boat-1",
    product: "crossing",
    customer: "inn",
    startedAt: expect.any(String),
    payableMinor: 1_100,
    currency: "JPY",
    status: "rated",
  });
});

it("takes and shows what is disputed in the currency of the delivery, which isn't that of the ecosystem", async () => {
  // Yen have no decimals: as dollars, 300 would be 30,000.
  const asInn = (...args: string[]): Promise<EcoResult> =>
    home.run([...args, "--specs", specs, "--sandbox", sandbox.url, "--profile", "inn"]);
  const opened = await asInn("disputes", "open", "boat-1", "--reason", "Late.", "--claim", "300", "--json");
  expect(opened.json.result).toMatchObject({ claimMinor: 300, currency: "JPY" });
  const { id } = opened.json.result as { id: string };
  const shown = await asInn("disputes", "show", id);
  expect(shown.stdout).toMatch(/^Claim +300 JPY$/m);
  const resolve = ["disputes", "resolve", id, "--outcome", "partly-upheld", "--reason", "A little."];
  expect((await eco(...resolve, "--credit", "1.50")).json.error.message).toBe(
    "--credit `1.50` is no amount in JPY.",
  );
  expect((await eco(...resolve, "--credit", "200")).json.result).toMatchObject({ creditMinor: 200 });
});

it("says which operation is missing where nothing is bound to what a command does", async () => {
  const { json, status } = await eco("cases", "list");
  expect(status).toBe(2);
  expect(json.error).toMatchObject({
    code: "ECO_OPERATION_UNKNOWN",
    fix: expect.stringContaining("x-eco-capability: cases.list"),
  });
});

it("says what there is to bind to, with every field by the name that a binding takes", async () => {
  const all = (await eco("specs", "capabilities")).json.result as {
    capabilities: { name: string }[];
    events: { name: string }[];
  };
  const names = all.capabilities.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["deliveries.submit", "tokens.issue", "fulfilment.offer"]));
  expect(names).not.toContain("certifications.begin-run");
  expect(all.events).toContainEqual({ name: "delivery.rated" });
  const one = await home.run(["specs", "capabilities", "disputes.open"]);
  expect(one.stdout).toMatch(/^deliveryId +text +yes +The delivery\.$/m);
  expect(one.stdout).toMatch(/^dueAt +string /m);
  expect((await eco("specs", "capabilities", "delivery.rated")).json.result).toMatchObject({
    data: { deliveryId: { type: "string" } },
  });
  const slip = await eco("specs", "capabilities", "deliveries.sumbit");
  expect([slip.status, slip.json.error]).toMatchObject([
    2,
    { fix: expect.stringContaining("deliveries.submit") },
  ]);
});
