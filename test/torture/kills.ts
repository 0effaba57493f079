import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../sandbox/index.ts";
import type { Store } from "../../sandbox/store/store.ts";
import { startPostgres } from "../support/postgres.ts";
import { openPartner, type Partner } from "./partner.ts";
import { POINTS } from "./points.ts";
import { type Process, startServer } from "./processes.ts";
import type { Verdict } from "./verdict.ts";

const WAIT_FOR_POINT_MS = 10_000;
const DRAIN_MS = 120_000;

/** `kill -9`, at random and at named points, of the only process on an SQLite file. */
export async function sqliteKills(kills: number): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), "eco-torture-"));
  try {
    return await killAgain("kills on SQLite", join(folder, "sandbox.db"), 1, kills);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same of one of three processes on one PostgreSQL, while the others go on. */
export async function postgresKills(kills: number): Promise<Verdict> {
  const server = await startPostgres();
  try {
    return await killAgain("kills on PostgreSQL, 3 processes", await server.newDatabase(), 3, kills);
  } finally {
    await server.remove();
  }
}

async function killAgain(part: string, database: string, processes: number, kills: number): Promise<Verdict> {
  const partner = await openPartner();
  const running: Process[] = [];
  const start = async (args: readonly string[] = []): Promise<Process> => {
    const server = await startServer(["specs", database, ...args]);
    if (server === undefined) throw new Error(`A server ended before it listened: ${args.join(" ")}`);
    running.push(server);
    return server;
  };
  const at = new Map<string, number>();
  const began = performance.now();
  let over = false;
  try {
    await partner.register((await start()).url);
    while (running.length < processes - 1) await start();
    if (processes === 1) await running.pop()?.stop();
    const urls = (): string[] => running.filter((server) => server.isRunning()).map(({ url }) => url);
    const submitting = partner.submit(urls, () => over);
    for (let kill = 0; kill < kills; kill += 1) {
      const point = [...POINTS, "random"][kill % (POINTS.length + 1)] ?? "random";
      const victim = await start(point === "random" ? [] : [point, String(1 + (kill % 17))]);
      const wait = point === "random" ? (kill * 37) % 400 : WAIT_FOR_POINT_MS;
      await Promise.race([victim.ended, new Promise((resolve) => setTimeout(resolve, wait))]);
      if (victim.isRunning()) victim.kill();
      else at.set(point, (at.get(point) ?? 0) + 1);
      await victim.ended;
      running.splice(running.indexOf(victim), 1);
      if (kill % 10 === 9) process.stderr.write(`${part}: ${kill + 1} of ${kills}\n`);
    }
    over = true;
    await submitting;
    const last = running[0] ?? (await start());
    await partner.askAgain(last.url, 200);
    await drained(database, partner);
  } finally {
    over = true;
    await Promise.all(running.map((server) => server.stop()));
    partner.close();
  }
  const violations = [...partner.violations, ...(await examine(database, partner))];
  const named = [...at].map(([point, count]) => `${count} ${point}`).join(", ");
  return {
    part,
    figures: [
      `${kills} kills in ${Math.round((performance.now() - began) / 1000)} s (by themselves: ${named})`,
      `${partner.acknowledged.size} deliveries acknowledged`,
      `${partner.receipts} events received, ${[...partner.received.values()].flat().length} of them first receipts`,
      `${violations.length} violations`,
    ],
    violations,
  };
}

/** Waits until nothing is left to dispatch. */
async function drained(database: string, partner: Partner): Promise<void> {
  const store = await openStore(database);
  const end = performance.now() + DRAIN_MS;
  try {
    while (performance.now() < end) {
      const [pending] = await store.dispatches("main", { state: "pending", limit: 1 });
      const [last] = await store.reader("main").events({ limit: 1, descending: true });
      if (pending === undefined && (await store.fannedOut("main")) === last?.sequence) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    partner.violations.push(`events were still waiting after ${DRAIN_MS / 1000} s`);
  } finally {
    await store.close();
  }
}

/** Holds the books against what the partner saw. */
async function examine(database: string, partner: Partner): Promise<string[]> {
  const store = await openStore(database);
  try {
    return [
      ...(await deliveryViolations(store, partner)),
      ...(await balanceViolations(store)),
      ...(await eventViolations(store, partner)),
    ];
  } finally {
    await store.close();
  }
}

async function deliveryViolations(store: Store, { acknowledged }: Partner): Promise<string[]> {
  const violations: string[] = [];
  const reader = store.reader("main");
  const amounts = new Map<string, number>();
  for (const id of acknowledged.keys()) {
    if ((await reader.get("deliveries", id)) === undefined)
      violations.push(`${id} was acknowledged and is lost`);
    const postings = await reader.postings({ deliveryId: id, limit: 1_000 });
    const booked = new Set(postings.map(({ transactionId }) => transactionId)).size;
    if (booked !== 1) violations.push(`${id} was booked ${booked} times`);
    const figures = JSON.stringify(
      postings.map(({ account, amountMinor }) => [account, String(amountMinor)]).sort(),
    );
    amounts.set(figures, (amounts.get(figures) ?? 0) + 1);
  }
  if (amounts.size > 1) violations.push(`the same delivery was booked in ${amounts.size} different ways`);
  return violations;
}

async function balanceViolations(store: Store): Promise<string[]> {
  const balances = await store.reader("main").balances();
  const sum = balances.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  return sum === 0n ? [] : [`the balances sum to ${sum}`];
}

async function eventViolations(store: Store, { acknowledged, received }: Partner): Promise<string[]> {
  const violations: string[] = [];
  for (const id of acknowledged.keys()) {
    const stored = await store.reader("main").events({ subject: id, limit: 100 });
    const wanted = stored.map((event) => event.id);
    const came = received.get(id) ?? [];
    if (stored.length !== 2) violations.push(`${id} has ${stored.length} events`);
    if (JSON.stringify(came) !== JSON.stringify(wanted))
      violations.push(
        `${id}: the first receipts were ${came.join(", ") || "none"}, not ${wanted.join(", ")}`,
      );
  }
  return violations;
}
