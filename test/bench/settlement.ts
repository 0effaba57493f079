import { createSandbox, openStore } from "../../sandbox/index.ts";
import { compileRating, createSession, type Delivery } from "../../sandbox/rating/index.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { documentsOf } from "../../specs/engine/catalog/lookup.ts";

/**
 * Months of more and more deliveries, rated, booked and closed through the sandbox's own pipeline, in one process and one database.
 * node settlement.ts DATABASE SECONDS DELIVERIES,DELIVERIES,…  After so many seconds no more deliveries are booked: the last month
 * is then as long as it got, and no other follows. Speed by CPU time of this process, memory as the most
 * that was resident in it by then.
 * Prints `{deliveries, ratedPerSecond, bookedPerSecond, closedPerSecond, bookingRss, closeRss}[]`.
 */
const [database = "memory", seconds = "60", sizes = "10000"] = process.argv.slice(2);
const until = performance.now() + Number(seconds) * 1000;
const rowsAtOnce = 100;
const members = ["nordic-apps", "studio-oy"];
const { catalog } = await loadCatalog("specs");
const compiled = compileRating({
  rateCards: documentsOf(catalog, "rate-card"),
  agreements: documentsOf(catalog, "agreement"),
});
if (compiled.kind === "refused") throw new Error("the rate cards can't be used");
const { rating } = compiled;

/** Express parcels, a few seconds apart from the first of a month on; late now and then, so that credits and recourse come with them. */
function row(month: number, number: number, of: number): Delivery {
  const startedAt = new Date(Date.UTC(2025, month, 1, 12) + (number / of) * 27 * 86_400_000).toISOString();
  const usage = { distanceMiles: 150 + ((number * 7919) % 2500), arrivalDelayMinutes: (number % 60) - 30 };
  const customer = members[number % members.length] ?? "";
  return { id: `d-${month}-${number}`, product: "express-leg", customer, startedAt, usage };
}

/** The most that was resident so far. */
const peak = (): number => process.resourceUsage().maxRSS * 1024;

/** Times a second that something was done, by CPU time. */
async function speedOf(work: () => Promise<number>): Promise<{ perSecond: number; count: number }> {
  const before = process.cpuUsage();
  const count = await work();
  const { user, system } = process.cpuUsage(before);
  return { perSecond: count / ((user + system) / 1e6), count };
}

interface Open {
  post(path: string, party: string, body: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

async function open(where: string): Promise<Open> {
  const sandbox = await createSandbox({ catalog, store: await openStore(where), seed: "bench" });
  const send = (path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
    sandbox.fetch(new Request(`http://127.0.0.1/v1${path}`, { method: "POST", body, headers }));
  const signIn = async (party: string): Promise<string> => {
    const credentials = { client_id: `sandbox-${party}`, client_secret: `sandbox-${party}-secret` };
    const form = new URLSearchParams({ grant_type: "client_credentials", ...credentials });
    const { access_token } = (await (await send("/oauth/token", form)).json()) as { access_token: string };
    return `Bearer ${access_token}`;
  };
  const tokens = new Map<string, string>();
  return {
    async post(path, party, body) {
      for (let first = true; ; first = false) {
        const authorization = tokens.get(party) ?? (await signIn(party));
        tokens.set(party, authorization);
        const headers = { authorization, "content-type": "application/json" };
        const response = await send(path, JSON.stringify(body), headers);
        const answer = (await response.json()) as Record<string, unknown>;
        if (response.ok) return answer;
        // A month of a million takes longer than a token lives.
        if (response.status !== 401 || !first) throw new Error(`${path}: ${JSON.stringify(answer)}`);
        tokens.delete(party);
      }
    },
    close: () => sandbox.close(),
  };
}

async function measure(sandbox: Open, month: number, wanted: number) {
  const booked = await speedOf(async () => {
    for (let number = 0; number < wanted; number += rowsAtOnce) {
      if (number > 0 && performance.now() > until) return number;
      const count = Math.min(rowsAtOnce, wanted - number);
      const deliveries = Array.from({ length: count }, (_, i) => row(month, number + i, wanted));
      const { rejected } = await sandbox.post("/deliveries/batch", "blueline", { deliveries });
      if (rejected !== 0) throw new Error(`${String(rejected)} refused`);
    }
    return wanted;
  });
  const bookingRss = peak();
  const session = createSession(rating, { secret: "bench" });
  const rated = await speedOf(async () => {
    for (let number = 0; number < booked.count; number++) session.add(row(month, number, wanted));
    return booked.count;
  });
  let positions: readonly { party: string; amountMinor: number }[] = [];
  const closed = await speedOf(async () => {
    const period = `2025-${String(month + 1).padStart(2, "0")}`;
    ({ positions } = (await sandbox.post("/settlements", "harbour", { period })) as {
      positions: typeof positions;
    });
    return booked.count;
  });
  // What the members owe by the books is what the rating alone comes to.
  const owed = positions.reduce(
    (sum, { party, amountMinor }) => (members.includes(party) ? sum - amountMinor : sum),
    0,
  );
  const { payableMinor } = session.totals();
  if (owed !== payableMinor) throw new Error(`rated to ${payableMinor}, settled to ${owed}`);
  return {
    deliveries: booked.count,
    ratedPerSecond: Math.round(rated.perSecond),
    bookedPerSecond: Math.round(booked.perSecond),
    closedPerSecond: Math.round(closed.perSecond),
    bookingRss,
    closeRss: peak(),
  };
}

// Compiles the code, and lets the heap come to its working size: otherwise the first measurement would be of these.
const warm = await open("memory");
await measure(warm, 0, 5_000);
await warm.close();
const sandbox = await open(database);
const figures: Awaited<ReturnType<typeof measure>>[] = [];
for (const [month, size] of sizes.split(",").map(Number).entries()) {
  if (performance.now() > until) break;
  figures.push(await measure(sandbox, month, size));
}
await sandbox.close();
console.log(JSON.stringify(figures));
