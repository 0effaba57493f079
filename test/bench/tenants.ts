import { createSandbox, openStore } from "../../sandbox/index.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";

/**
 * What a tenant costs: made, asked once, and kept open. node tenants.ts DATABASE COUNT
 * Prints `{tenants, createMs, firstAnswerMs, openKb}`.
 */
const [database = "memory", count = "200"] = process.argv.slice(2);
const tenants = Number(count);
const { catalog } = await loadCatalog("specs");
const sandbox = await createSandbox({ catalog, store: await openStore(database), seed: "bench" });
const ids = Array.from({ length: tenants }, (_, number) => `tenant-${number}`);

async function ask(id: string): Promise<void> {
  const answer = await sandbox.fetch(new Request(`http://127.0.0.1/_tenants/${id}/v1/sandbox`));
  await answer.text();
}

/** Milliseconds of this process's own work for each of them: the machine may be doing something else. */
async function perTenant(work: (id: string) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (const id of ids) await work(id);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / tenants;
}

await sandbox.tenants?.create({ id: "warm-up" });
await ask("warm-up");
const createMs = await perTenant(async (id) => sandbox.tenants?.create({ id }));
globalThis.gc?.();
const before = process.memoryUsage().rss;
const firstAnswerMs = await perTenant(ask);
globalThis.gc?.();
const openKb = (process.memoryUsage().rss - before) / 1024 / tenants;
console.log(JSON.stringify({ tenants, createMs, firstAnswerMs, openKb }));
await sandbox.close();
