import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../support/postgres.ts";
import { type Figure, perSecond } from "./figure.ts";
import { delivery } from "./http.ts";
import { measure, root, runJson, startServer } from "./processes.ts";

const server = join(import.meta.dirname, "server.ts");
const most = 3;

/** What the steps from one laptop to a hosted sandbox cost: tenants in one process, and processes on one PostgreSQL. */
export async function hostingFigures(): Promise<Figure[]> {
  return [...(await tenantFigures()), ...(await processFigures())];
}

async function tenantFigures(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "eco-bench-"));
  try {
    const { tenants, createMs, firstAnswerMs, openKb } = await runJson<Record<string, number>>(
      "tenants.ts",
      [join(folder, "sandbox.db"), "200"],
      ["--expose-gc"],
    );
    const reading = `${createMs?.toFixed(1)} ms to make one, ${firstAnswerMs?.toFixed(1)} ms to its first answer, ${openKb?.toFixed(0)} KB while it is open`;
    return [{ what: `Tenants in one process on SQLite (${tenants})`, reading }];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Deliveries a second over one, two and three processes, by the clock: PostgreSQL shares the machine with them. */
async function processFigures(): Promise<Figure[]> {
  const postgres = await startPostgres();
  try {
    const speeds: number[] = [];
    for (let count = 1; count <= most; count += 1) {
      const database = await postgres.newDatabase();
      const servers = [];
      for (let number = 0; number < count; number += 1)
        servers.push(await startServer([server, join(root, "specs"), database]));
      const measured = await Promise.all(
        servers.map((one) => measure(one, { ...delivery, warmUpSeconds: 3, seconds: 5 })),
      );
      speeds.push(measured.reduce((sum, one) => sum + one.perSecond, 0));
      await Promise.all(servers.map((one) => one.stop()));
    }
    const [alone = Number.NaN] = speeds;
    return speeds.map((speed, index) => ({
      what: `Rated deliveries, ${index + 1} of ${most} processes on one PostgreSQL`,
      reading: perSecond(speed),
      ratio: speed / alone,
    }));
  } finally {
    await postgres.remove();
  }
}
