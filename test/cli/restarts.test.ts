import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openStore } from "../../sandbox/index.ts";
import type { TenantState } from "../../sandbox/store/store.ts";
import { serve } from "../reference-partner/serve.ts";
import { serveOnLoopback } from "../support/loopback.ts";
import { ownPort } from "../support/own-port.ts";
import { finished, type Home, newHome } from "./support/eco.ts";
import { partnerAnswers, partnerTokens } from "./support/partner.ts";
import { type RunningSandbox, startSandbox } from "./support/sandbox.ts";

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

/** A sandbox that can be ended in any way, and comes back at the same address with the same database. */
async function openRestarting(name: string) {
  const database = join(home.path, `${name}.db`);
  const port = String(await ownPort());
  const start = (): Promise<RunningSandbox> =>
    startSandbox(home, ["--database", database, "--port", port, "--allow-loopback-webhooks"]);
  let running = await start();
  const { url } = running;
  onTestFinished(async () => {
    await running.stop();
  });
  return {
    url,
    end: (signal: NodeJS.Signals): Promise<unknown> => running.stop(signal),
    async start(): Promise<void> {
      running = await start();
    },
    /** All that it holds, read beside it. */
    async state(): Promise<TenantState> {
      const store = await openStore(database);
      const state = await store.export("main");
      await store.close();
      return state;
    },
  };
}

const idsOf = ({ records }: TenantState, collection: string): string[] =>
  records.filter((record) => record.collection === collection).map(({ id }) => id);

const signals = ["SIGTERM", "SIGKILL"] as const;

describe.each(signals)("a sandbox that ends by %s and starts again", (signal) => {
  it("while a file is submitted, goes on with it: each row is booked once", async () => {
    const sandbox = await openRestarting(`submit-${signal}`);
    const rows = Array.from({ length: 60 }, (_, n) => ({
      id: `row-${n}`,
      product: "express-leg",
      customer: "nordic-apps",
      startedAt: "2001-01-01T06:55:00",
      usage: { distanceMiles: 1797, arrivalDelayMinutes: 0 },
    }));
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`);
    const options = [
      "--format",
      "ndjson",
      "--batch-size",
      "4",
      "--sandbox",
      sandbox.url,
      "--profile",
      "harbour",
    ];
    const child = home.start(["deliveries", "submit", "-", ...options, "--json"]);
    const ended = finished(child, undefined, false);
    child.stdin.write(lines.slice(0, 20).join(""));
    while (idsOf(await sandbox.state(), "deliveries").length < 8);
    const ending = sandbox.end(signal);
    child.stdin.end(lines.slice(20).join(""));
    await ending;
    await sandbox.start();
    const { json, stderr, status } = await ended;
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(json.result).toMatchObject({ rows: rows.length, rejected: 0 });
    const state = await sandbox.state();
    const ids = rows.map(({ id }) => id).sort();
    expect(idsOf(state, "deliveries").sort()).toEqual(ids);
    const rated = state.transactions.filter(({ kind }) => kind === "rating");
    expect(rated.map(({ deliveryId }) => deliveryId).sort()).toEqual(ids);
  }, 60_000);

  it("while it certifies a partner, begins the run again: `certify submit --wait` ends with one result", async () => {
    const sandbox = await openRestarting(`certify-${signal}`);
    const answer = await partnerAnswers();
    const [asked, restarted] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let requests = 0;
    const partner = await serve(async (request) => {
      requests += 1;
      // In the middle of the run.
      if (requests === 10) asked.resolve();
      if (requests >= 10) await restarted.promise;
      return answer(request);
    });
    onTestFinished(() => partner.close());
    const env = await partnerTokens();
    const access = ["--profile", "fjord-catering", "--sandbox", sandbox.url, "--json"];
    const submitting = home.run(
      [
        "certify",
        "submit",
        "--as",
        "provider",
        "--level",
        "bronze",
        "--target",
        partner.url,
        "--wait",
        ...access,
      ],
      { env },
    );
    await Promise.race([asked.promise, submitting]);
    const ending = sandbox.end(signal);
    if (signal === "SIGTERM") restarted.resolve();
    await ending;
    restarted.resolve();
    await sandbox.start();
    const { status, json, stderr } = await submitting;
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(json).toMatchObject({ ok: true, result: { status: "issued", evidence: "passed" } });
    const state = await sandbox.state();
    expect(idsOf(state, "certifications")).toHaveLength(1);
    expect(idsOf(state, "certification-runs")).toEqual(idsOf(state, "certifications"));
    expect(idsOf(state, "certification-jobs")).toEqual([]);
    expect(state.events.filter(({ type }) => type.includes("certification.issued"))).toHaveLength(1);
  }, 60_000);

  it("while it watches a client, goes on watching: what was seen before and after is kept, each request once", async () => {
    const sandbox = await openRestarting(`watch-${signal}`);
    const seen: string[][] = [];
    // The client asks to go on: before its second request the sandbox is another process.
    const pacing = await serveOnLoopback(async (request, response) => {
      seen.push(idsOf(await sandbox.state(), "certification-exchanges"));
      if (request.url === "/restart") {
        await sandbox.end(signal);
        await sandbox.start();
      }
      response.end();
    });
    onTestFinished(() => pacing.close());
    const pace = pacing.url;
    const script = join(home.path, `client-${signal}.mjs`);
    await writeFile(
      script,
      `const sandbox = ${JSON.stringify(sandbox.url)};
       const signedIn = await fetch(sandbox + "/v1/oauth/token", { method: "POST", body: new URLSearchParams({
         grant_type: "client_credentials", client_id: "sandbox-blueline", client_secret: "sandbox-blueline-secret" }) });
       const headers = { authorization: "Bearer " + (await signedIn.json()).access_token };
       const list = async () => (await fetch(sandbox + "/v1/deliveries", { headers })).text();
       await list();
       await fetch(${JSON.stringify(`${pace}/restart`)});
       await list();
       await fetch(${JSON.stringify(`${pace}/end`)});`,
    );
    const run = `${process.execPath} ${script}`;
    const access = ["--profile", "blueline", "--sandbox", sandbox.url, "--json"];
    const submitted = await home.run([
      "certify",
      "submit",
      "--as",
      "client",
      "--run",
      run,
      "--wait",
      ...access,
    ]);
    // A client that did so little isn't certified; that is said, whatever happened to the sandbox.
    expect({ status: submitted.status, stderr: submitted.stderr }).toMatchObject({ status: 3 });
    const [before = [], after = []] = seen;
    expect(before.length).toBeGreaterThanOrEqual(2);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBe(before.length + 1);
    const state = await sandbox.state();
    expect(idsOf(state, "certification-runs")).toHaveLength(1);
    expect(idsOf(state, "certification-windows")).toEqual([]);
  }, 60_000);
});

it("a partner that goes away in the middle of `eco certify` is said to be away, and passes nothing from then on", async () => {
  const answer = await partnerAnswers();
  let requests = 0;
  const partner = await serve(async (request) => {
    requests += 1;
    if (requests < 20) return answer(request);
    void partner.close();
    return new Promise<Response>(() => {});
  });
  const args = ["certify", "--as", "provider", "--target", partner.url];
  const { status, stdout } = await home.run(args, { env: await partnerTokens() });
  expect({ status, requests }).toEqual({ status: 3, requests: 20 });
  expect(stdout).toContain("provider.security.forged-token: The API gave no answer");
  const [, skipped = 0, passed = 0] = /(\d+) skipped, (\d+) passed/.exec(stdout)?.map(Number) ?? [];
  expect(skipped).toBeGreaterThan(passed);
}, 60_000);
