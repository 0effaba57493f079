import { once } from "node:events";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Home, newHome, projectRoot } from "./support/eco.ts";
import { startSandbox } from "./support/sandbox.ts";

let home: Home;
beforeEach(async () => {
  home = await newHome();
});
afterEach(() => home[Symbol.asyncDispose]());

/** A spec set without any operation to control a sandbox by. */
const foreign = join(projectRoot, "test/sandbox/resources/library.yaml");

describe("controlling a sandbox of any spec set", () => {
  it("works from the same machine, under either name, and by a token from elsewhere", async () => {
    await using sandbox = await startSandbox(home, ["--database", "memory", "--specs", foreign]);
    const url = sandbox.url.replace("127.0.0.1", "localhost");
    const eco = (...args: string[]) =>
      home.run(["sandbox", ...args, "--sandbox", url, "--specs", foreign, "--json"]);
    expect((await eco("status")).json.result).toMatchObject({
      tenant: "main",
      operations: expect.any(Number),
    });
    expect((await eco("clock", "--set", "2030-01-01T00:00:00Z", "--freeze")).json.result).toMatchObject({
      now: "2030-01-01T00:00:00.000Z",
      mode: "frozen",
    });
    expect((await eco("clock")).json.result).toMatchObject({ now: "2030-01-01T00:00:00.000Z" });
    expect((await eco("reset", "--yes")).json.result).toEqual({ reset: true });
    expect((await eco("clock")).json.result).toMatchObject({ mode: "running" });
  });

  it("needs its token, which only the owner's file has, and which goes with the sandbox", async () => {
    const sandbox = await startSandbox(home, ["--database", "memory", "--specs", foreign]);
    const directory = join(home.path, ".local/state/eco/sandboxes");
    const [file = ""] = await readdir(directory);
    const { token } = JSON.parse(await readFile(join(directory, file), "utf8")) as { token: string };
    expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
    const args = ["sandbox", "clock", "--sandbox", sandbox.url, "--specs", foreign, "--json"];
    const elsewhere = { XDG_STATE_HOME: join(home.path, "elsewhere") };
    const without = await home.run(args, { env: elsewhere });
    expect(without.status).toBe(4);
    expect(without.json.error).toMatchObject({
      code: "ECO_CONTROL_REFUSED",
      fix: expect.stringContaining("ECO_SANDBOX_TOKEN"),
    });
    const wrong = await home.run(args, { env: { ...elsewhere, ECO_SANDBOX_TOKEN: `x${token}` } });
    expect(wrong.json.error.code).toBe("ECO_CONTROL_REFUSED");
    const right = await home.run(args, { env: { ...elsewhere, ECO_SANDBOX_TOKEN: token } });
    expect(right.status).toBe(0);
    for (const { stdout, stderr } of [wrong, right]) expect(stdout + stderr).not.toContain(token);
    await sandbox.stop();
    expect(await readdir(directory)).toEqual([]);
  });

  it("takes a token of one's own for a sandbox elsewhere, unless it is easily guessed", async () => {
    const given = { ECO_SANDBOX_TOKEN: "a-token-of-my-very-own" };
    await using sandbox = await startSandbox(home, ["--database", "memory"], { env: given });
    const { status } = await fetch(`${String(sandbox.started["control"])}/clock`, {
      headers: { authorization: `Bearer ${given.ECO_SANDBOX_TOKEN}` },
    });
    expect(status).toBe(200);
    expect(JSON.stringify(sandbox.started)).not.toContain(given.ECO_SANDBOX_TOKEN);
    const { json, status: exit } = await home.run(["sandbox", "start", "--database", "memory", "--json"], {
      env: { ECO_SANDBOX_TOKEN: "short" },
    });
    expect(exit).toBe(2);
    expect(json.error).toMatchObject({ code: "ECO_USAGE", message: expect.not.stringContaining("short.") });
  });
});

describe("sandbox log", () => {
  it("shows the exchanges, filters them, and follows them as lines of JSON", async () => {
    await using sandbox = await startSandbox(home, ["--database", "memory", "--specs", foreign]);
    const at = ["--sandbox", sandbox.url, "--specs", foreign];
    const follower = home.start(["sandbox", "log", "--follow", "--json", "--operation", "GET /books", ...at]);
    const lines = createInterface({ input: follower.stdout })[Symbol.asyncIterator]();
    // Whatever the follower missed before it was ready, it is shown first.
    await fetch(`${sandbox.url}/books?limit=1`);
    await fetch(`${sandbox.url}/nowhere`);
    expect(JSON.parse(String((await lines.next()).value))).toMatchObject({
      operationId: "GET /books",
      status: 200,
    });
    await fetch(`${sandbox.url}/books?limit=2`);
    expect(JSON.parse(String((await lines.next()).value))).toMatchObject({ path: "/books?limit=2" });
    const followed = once(follower, "close");
    follower.kill();
    await followed;
    const refused = await home.run(["sandbox", "log", "--status", "4xx", ...at]);
    expect(refused.stdout).toMatch(/^[\d:.]+ 404 GET \/nowhere ECO_NOT_FOUND [\d.]+ ms\n$/);
    const wrong = await home.run(["sandbox", "log", "--operation", "listFilms", "--json", ...at]);
    expect(wrong.status).toBe(2);
    expect(wrong.json.error.message).toMatch(/^The log can't be read so\.\n.*no operation "listFilms"$/);
  });
});

describe("eco sandbox party", () => {
  it("tells a company that the sandbox plays how to act, as its owner and as the orchestrator", async () => {
    await using sandbox = await startSandbox(home);
    const party = (...args: string[]) =>
      home.run(["sandbox", "party", ...args, "--sandbox", sandbox.url, "--json"]);
    expect((await party()).json.result).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          partyId: "fjord-catering",
          status: "stand-in",
          behaviour: "on-time",
        }),
      ]),
    });
    expect((await party("--behave", "silent")).status).toBe(2);
    expect((await party("fjord-catering")).json.result).toEqual({
      partyId: "fjord-catering",
      behaviour: "on-time",
    });
    expect((await party("fjord-catering", "--behave", "late:25m")).json.result).toMatchObject({
      behaviour: "late:25m",
    });
    expect((await party("fjord-catering", "--profile", "harbour")).json.result).toMatchObject({
      behaviour: "late:25m",
    });
    const near = await party("fjord-catering", "--forward", "http://127.0.0.1:4030/partner");
    expect([near.status, near.json.error.code]).toEqual([2, "ECO_REQUEST_INVALID"]);
    expect(near.json.error.message).toContain("--allow-loopback-webhooks");
    const forward = "https://build.example/partner";
    expect((await party("fjord-catering", "--forward", forward)).json.result).toEqual({
      partyId: "fjord-catering",
      behaviour: "late:25m",
      forward,
    });
    expect((await party("fjord-catering", "--forward", "off")).json.result).not.toHaveProperty("forward");
    const { status, json } = await party("fjord-catering", "--behave", "grumpy");
    expect([status, json.error.code, json.error.message]).toEqual([
      2,
      "ECO_REQUEST_INVALID",
      expect.stringContaining("`disputing`"),
    ]);
  });
});
