import { createSandbox, openStore, type Sandbox } from "../../sandbox/index.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { median } from "./figure.ts";

/**
 * What a delivery costs, in CPU time of this process, once a thousand, ten thousand and so on are stored.
 * node growth.ts DATABASE STORED,STORED,…  Prints `{stored, microseconds}[]`.
 */
const [database = "memory", sizes = "1000,10000,100000"] = process.argv.slice(2);
const rowsAtOnce = 100;
/** Each size is measured in so many parts, of which the middle one counts: a collection of garbage may fall into one. */
const parts = 5;
const perPart = 500;
const { catalog } = await loadCatalog("specs");

interface Filled {
  readonly sandbox: Sandbox;
  add(count: number): Promise<void>;
}

async function open(where: string): Promise<Filled> {
  const sandbox = await createSandbox({ catalog, store: await openStore(where), seed: "bench" });
  const post = (path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
    sandbox.fetch(new Request(`http://127.0.0.1/v1${path}`, { method: "POST", body, headers }));
  const form = {
    grant_type: "client_credentials",
    client_id: "sandbox-blueline",
    client_secret: "sandbox-blueline-secret",
  };
  const { access_token } = (await (await post("/oauth/token", new URLSearchParams(form))).json()) as {
    access_token: string;
  };
  const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
  let next = 0;
  const row = (): object => {
    const number = next++;
    const startedAt = new Date(Date.UTC(2025, 0, 6) + number * 1000).toISOString();
    const usage = { distanceMiles: 150 + ((number * 7919) % 2500), arrivalDelayMinutes: (number % 60) - 30 };
    return { id: `d-${number}`, product: "express-leg", customer: "nordic-apps", startedAt, usage };
  };
  return {
    sandbox,
    async add(count) {
      for (let left = count; left > 0; left -= rowsAtOnce) {
        const body = JSON.stringify({ deliveries: Array.from({ length: Math.min(left, rowsAtOnce) }, row) });
        const response = await post("/deliveries/batch", body, headers);
        const { rejected } = (await response.json()) as { rejected: number };
        if (!response.ok || rejected > 0) throw new Error(`refused: ${response.status}`);
      }
    },
  };
}

// Compiles the code: otherwise the first measurement would be of the compiler.
const warm = await open("memory");
await warm.add(5_000);
await warm.sandbox.close();
const filled = await open(database);
let stored = 0;
const figures: { stored: number; microseconds: number }[] = [];
for (const size of sizes.split(",").map(Number)) {
  await filled.add(size - stored);
  const costs: number[] = [];
  for (let part = 0; part < parts; part++) {
    const before = process.cpuUsage();
    await filled.add(perPart);
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / perPart);
  }
  figures.push({ stored: size, microseconds: median(costs) });
  stored = size + parts * perPart;
}
await filled.sandbox.close();
console.log(JSON.stringify(figures));
