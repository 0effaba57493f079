import { copyFile, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Home, newHome } from "./support/eco.ts";
import { startSandbox } from "./support/sandbox.ts";

let home: Home;

beforeAll(async () => {
  home = await newHome();
});

afterAll(() => home[Symbol.asyncDispose]());

const file = (name: string): string => join(home.path, name);

it("records from the start, and replays in a process of its own, over HTTP as well", async () => {
  await using sandbox = await startSandbox(home, [
    "--database",
    "memory",
    "--record",
    file("session.ndjson"),
  ]);
  const journey = ["journeys", "run", "first-delivery-rated", "--sandbox", sandbox.url];
  expect((await home.run(journey)).status).toBe(0);
  await sandbox.stop();
  expect((await stat(file("session.ndjson"))).mode & 0o777).toBe(0o600);
  for (const way of [[], ["--http"]]) {
    const replayed = await home.run(["sandbox", "replay", file("session.ndjson"), ...way, "--json"]);
    expect(replayed.stderr).toBe("");
    expect(replayed.json.result).toMatchObject({ exchanges: expect.any(Number) });
    expect(replayed.status).toBe(0);
  }
});

it("gives a recording as HAR without its credentials, tokens and secrets", async () => {
  const recorded = await readFile(file("session.ndjson"), "utf8");
  const exported = ["sandbox", "export", file("session.har"), "--session", file("session.ndjson")];
  expect((await home.run(exported)).status).toBe(0);
  const har = await readFile(file("session.har"), "utf8");
  const secret = /eyJ[\w-]{8,}\.|client_secret=(?!\[redacted)|"clientSecret":"(?!\[)|whsec_\w/;
  expect(recorded).toMatch(secret);
  expect(har.replaceAll("\\", "")).not.toMatch(secret);
  expect(har).toContain("/v1/deliveries");
});

it("says where a replay first differs, and ends with status 3", async () => {
  const recorded = await readFile(file("session.ndjson"), "utf8");
  await writeFile(file("changed.ndjson"), recorded.replace('"status":201', '"status":202'));
  const refused = await home.run(["sandbox", "replay", file("changed.ndjson")]);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain("its seal doesn't hold");
  const replayed = await home.run(["sandbox", "replay", file("changed.ndjson"), "--unsealed"]);
  expect(replayed.status).toBe(3);
  expect(replayed.stdout).toMatch(/status of an answer differs.*want +202.*got +201/s);
  expect(replayed.stdout).toMatch(
    /exchange +req_\w+, \d+ of \d+\n +request +POST \/v1\/\S+ \(\w+\).*answered 202/,
  );
});

it("replays a recording whose process was killed as far as it goes, and claims no more", async () => {
  const killed = file("killed.ndjson");
  const database = join(home.path, "shared.sqlite");
  await using sandbox = await startSandbox(home, ["--database", database, "--record", killed]);
  await using beside = await startSandbox(home, ["--database", database]);
  const journey = ["journeys", "run", "first-delivery-rated", "--sandbox", sandbox.url];
  expect((await home.run(journey)).status).toBe(0);
  await sandbox.stop("SIGKILL");
  const refused = await home.run(["sandbox", "replay", killed]);
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("The session was cut off")]);
  const replayed = await home.run(["sandbox", "replay", killed, "--unsealed"]);
  expect(replayed.stdout).toMatch(/as far as it goes: \d+ exchanges.* Its end is missing/);
  expect(replayed.status).toBe(0);
  // What was acknowledged stands in the file that both have.
  const state = await home.run(["sandbox", "export", file("beside.json"), "--sandbox", beside.url]);
  expect(state.stderr).toMatch(/[1-9]\d* transactions? written/);
});

it("records a running sandbox on demand, saves its state, compares and loads it", async () => {
  await using sandbox = await startSandbox(home);
  const run = (...args: string[]) => home.run(["sandbox", ...args, "--sandbox", sandbox.url]);
  expect((await run("export", file("before.json"))).status).toBe(0);
  const nowhere = file("none/such.ndjson");
  const refusedAtOnce = { status: 2, stderr: expect.stringContaining(`${nowhere} can't be written`) };
  expect(await run("record", nowhere)).toMatchObject(refusedAtOnce);
  expect((await run("record", "start")).status).toBe(0);
  expect((await run("record", "start")).stderr).toContain("ECO_SESSION_RECORDING");
  expect((await run("record", "status")).stdout).toMatch(/^Recording, \d+ bytes/);
  // It goes on: nothing is lost by a file that can't be written.
  expect(await run("record", "stop", nowhere)).toMatchObject(refusedAtOnce);
  await run("clock", "--advance", "PT2H");
  await run("fault", "add", "--operation", "listParties", "--latency", "1");
  await home.run(["journeys", "run", "first-delivery-rated", "--sandbox", sandbox.url]);
  expect((await run("record", "stop", file("asked.ndjson"))).status).toBe(0);
  expect((await home.run(["sandbox", "replay", file("asked.ndjson")])).status).toBe(0);
  // As on specs that have no such operation any more.
  const asked = await readFile(file("asked.ndjson"), "utf8");
  await writeFile(
    file("other.ndjson"),
    asked.replace('[{"operation":"listParties"', '[{"operation":"listPartys"'),
  );
  const other = await home.run(["sandbox", "replay", file("other.ndjson"), "--unsealed"]);
  expect(other.stdout).toMatch(/step +control faults\.add\n +refused +The fault rules.*listPartys/);

  const differs = await run("diff", file("before.json"));
  expect(differs.status).toBe(3);
  expect(differs.stdout).toMatch(/^\+ deliveries\//m);
  expect(differs.stdout).toContain("transactions: +");
  const refused = await run("import", file("before.json"));
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain("ECO_SANDBOX_NOT_EMPTY");
  expect((await run("import", file("before.json"), "--replace")).status).toBe(0);
  expect((await run("diff", file("before.json"))).stdout).toBe("The states are the same.\n");
  for (const [wrong, command, message] of [
    ["before.json", "replay", "before.json is a saved state, and not a recorded session."],
    ["asked.ndjson", "import", "asked.ndjson is a recorded session, and not a saved state."],
  ] as const)
    expect((await home.run(["sandbox", command, file(wrong)])).stderr).toContain(message);
});

it("gives its log as HAR, whose requests another sandbox answers alike", async () => {
  await using first = await startSandbox(home);
  await home.run(["journeys", "run", "first-delivery-rated", "--sandbox", first.url]);
  const exported = await home.run(["sandbox", "export", file("log.har"), "--sandbox", first.url]);
  expect(exported.status).toBe(0);
  const har = await readFile(file("log.har"), "utf8");
  expect(har).not.toMatch(/eyJ|secret=sandbox/);
  await using second = await startSandbox(home);
  // Whatever a program calls it.
  await copyFile(file("log.har"), file("traffic.json"));
  const sent = await home.run(["sandbox", "replay", file("traffic.json"), "--sandbox", second.url]);
  expect(sent.stdout).toMatch(/✓ POST \/v1\/deliveries 201/);
  expect(sent.stdout).toContain(" 0 with another status");
  expect(sent.status).toBe(0);
  // As a browser writes it.
  const request = { method: "GET", url: "https://api.example/v1/parties", headers: [] };
  const page = { log: { entries: [{ request, response: { status: 200 } }] } };
  await writeFile(file("page.har"), JSON.stringify(page));
  const again = ["sandbox", "replay", file("page.har"), "--to", second.url];
  const nobody = await home.run(again);
  expect([nobody.status, nobody.stderr]).toEqual([3, expect.stringContaining("`--profile` says who sends")]);
  expect((await home.run([...again, "--profile", "blueline"])).status).toBe(0);
});

it("says that nobody answers where a recording is sent to nobody", async () => {
  const { status, stderr } = await home.run([
    "sandbox",
    "replay",
    file("log.har"),
    "--to",
    "http://127.0.0.1:9",
  ]);
  expect(status).toBe(5);
  expect(stderr).toContain(
    "Nothing was answered: http://127.0.0.1:9 can't be reached: nothing listens there.",
  );
});

it.each([
  ["nothing.ndjson", undefined, /can't be read/],
  ["text.ndjson", "hello\n", /line 1 is no line of a session/],
  ["log.har", "{}", /log\.entries is missing/],
])("refuses to replay %s", async (name, content, message) => {
  if (content !== undefined) await writeFile(file(name), content);
  const { status, stderr } = await home.run(
    ["sandbox", "replay", file(name), "--to", "http://127.0.0.1:9"].slice(0, name.endsWith(".har") ? 5 : 3),
  );
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
});
