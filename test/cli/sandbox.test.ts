import { copyFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { serveOnLoopback } from "../support/loopback.ts";
import { ownPort } from "../support/own-port.ts";
import { finished, type Home, newHome } from "./support/eco.ts";
import { startSandbox } from "./support/sandbox.ts";

let home: Home;
beforeEach(async () => {
  home = await newHome();
});
afterEach(() => home[Symbol.asyncDispose]());

const answers = {
  name: "Saltmarsh Kitchen",
  role: "complementor",
  contacts: [{ name: "Aino Laine", email: "aino@saltmarsh.example" }],
  accept: "all",
};
const leg = {
  id: "kept-1",
  product: "express-leg",
  customer: "nordic-apps",
  startedAt: "2001-01-01T06:55:00",
  usage: { distanceMiles: 1797, arrivalDelayMinutes: 0 },
};

describe("sandbox start", () => {
  it("keeps what happened in its database over a restart, and ends with 130 on Ctrl-C", async () => {
    const database = join(home.path, "state.db");
    const file = join(home.path, "leg.json");
    await writeFile(file, JSON.stringify(leg));
    const first = await startSandbox(home, ["--database", database]);
    expect(
      (await home.run(["deliveries", "submit", file, "--sandbox", first.url, "--profile", "harbour"])).status,
    ).toBe(0);
    expect(await first.stop("SIGINT")).toBe(130);
    const second = await startSandbox(home, ["--database", database]);
    const { json } = await home.run([
      "deliveries",
      "show",
      "kept-1",
      "--sandbox",
      second.url,
      "--profile",
      "harbour",
      "--json",
    ]);
    expect(json.result).toMatchObject({ id: "kept-1", netMinor: 25_611 });
    expect(await second.stop("SIGTERM")).toBe(0);
  });

  it("lets the type of an error lead to its page in the portal", async () => {
    await using sandbox = await startSandbox(home, ["--docs", "http://127.0.0.1:4321"]);
    const answer = await fetch(`${sandbox.url}/v1/nothing`);
    expect(await answer.json()).toMatchObject({ type: "http://127.0.0.1:4321/errors/ECO_NOT_FOUND/" });
    const wrong = await home.run(["sandbox", "start", "--docs", "portal", "--port", "0", "--json"]);
    expect(wrong.status).toBe(2);
    expect(wrong.json.error).toMatchObject({ code: "ECO_USAGE" });
  });

  it("says of each operation how it is served, and names what can't be answered", async () => {
    const file = join(home.path, "library.yaml");
    await copyFile(new URL("../sandbox/resources/library.yaml", import.meta.url), file);
    await using sandbox = await startSandbox(home, ["--specs", file, "--report"]);
    const { report } = sandbox.started as {
      report: { path: string; servedBy: string; assumedStatus?: number }[];
    };
    expect(report.find(({ path }) => path === "/books")?.servedBy).toBe("resource");
    expect(report.filter(({ servedBy }) => servedBy === "nothing").map(({ path }) => path)).toEqual([
      "/impossible",
    ]);
    expect(report.find(({ path }) => path === "/nothing")?.assumedStatus).toBe(204);
    await eventually(() => expect(sandbox.told).toContain("GET /nothing declares no success: 204 without"));
    expect(sandbox.told).toContain("GET /impossible can't be answered: no value fits the schema");
  });

  it("refuses terms that break their schema, with the place", async () => {
    const specs = join(home.path, "specs");
    await mkdir(specs);
    await writeFile(join(specs, "terms.yaml"), 'ecoVersion: "1"\nkind: agreement\nid: terms\n');
    const { status, json } = await home.run(["sandbox", "start", "--specs", specs, "--port", "0", "--json"]);
    expect(status).toBe(2);
    expect(json.error).toMatchObject({
      code: "ECO_SPEC_INVALID",
      message: expect.stringMatching(/^terms\.yaml:1:1: The document must have required property/),
    });
  });

  it("says that its port is taken", async () => {
    await using sandbox = await startSandbox(home);
    const { json, status } = await home.run([
      "sandbox",
      "start",
      "--port",
      new URL(sandbox.url).port,
      "--database",
      "memory",
      "--json",
    ]);
    expect(status).toBe(2);
    expect(json.error).toMatchObject({ code: "ECO_PORT_UNUSABLE" });
  });

  it("answers status, clock and reset", async () => {
    await using sandbox = await startSandbox(home);
    const eco = (...args: string[]) => home.run(["sandbox", ...args, "--sandbox", sandbox.url, "--json"]);
    expect((await eco("status")).json.result).toMatchObject({ ecosystem: "harbour-campus" });
    const before = (await eco("clock")).json.result as { now: string };
    const after = (await eco("clock", "--advance", "P1D", "--freeze")).json.result as {
      now: string;
      mode: string;
    };
    expect(after.mode).toBe("frozen");
    expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(86_400_000);
    const unsure = await eco("reset");
    expect(unsure.status).toBe(2);
    expect(unsure.json.error).toMatchObject({
      code: "ECO_INPUT_MISSING",
      fix: expect.stringContaining("--yes"),
    });
    expect((await eco("reset", "--yes")).status).toBe(0);
  });
});

describe("onboard", () => {
  it("registers, accepts, saves the credentials for the owner only, and prints them nowhere", async () => {
    await using sandbox = await startSandbox(home);
    const file = join(home.path, "answers.json");
    await writeFile(file, JSON.stringify(answers));
    const eco = (...args: string[]) => home.run([...args, "--sandbox", sandbox.url]);
    const onboarded = await eco("onboard", "--answers", file, "--json");
    expect(onboarded.status).toBe(0);
    expect(onboarded.json.result).toMatchObject({
      party: "saltmarsh-kitchen",
      status: "active",
      profile: "default",
    });
    const path = join(home.path, "config/eco/profiles/default.json");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { clientSecret } = JSON.parse(await readFile(path, "utf8")) as { clientSecret: string };
    expect(clientSecret.length).toBeGreaterThan(10);
    const later = await Promise.all([
      eco("status", "--json"),
      eco("whoami", "--json"),
      eco("doctor"),
      eco("onboard", "--answers", file),
    ]);
    expect(later.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    for (const { stdout, stderr } of [onboarded, ...later])
      expect(`${stdout}${stderr}`).not.toContain(clientSecret);
    expect(later[1]?.json.result).toMatchObject({ party: "saltmarsh-kitchen", role: "complementor" });
    expect(later[3]?.stderr).toContain("Going on as saltmarsh-kitchen");
    const other = await eco("onboard", "--answers", file, "--id", "fjord-catering", "--json");
    expect(other.status).toBe(2);
    expect(other.json.error.message).toBe(
      "The profile `default` holds the credentials of saltmarsh-kitchen.",
    );
  });

  it.each([
    ["that is no token", "nonsense"],
    ["with a foreign signature", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJibHVlbGluZSJ9.AAAA"],
  ])("isn't taken for somebody by a token %s: whoami ends with 4", async (_what, token) => {
    await using sandbox = await startSandbox(home);
    const asked = ["whoami", "--json", "--sandbox", sandbox.url];
    const { status, json, stdout, stderr } = await home.run(asked, { env: { ECO_TOKEN: token } });
    expect(status).toBe(4);
    expect(json.error.code).toBe("ECO_UNAUTHENTICATED");
    expect(stdout + stderr).not.toContain(token);
    const good = await home.run([...asked, "--profile", "blueline"]);
    expect(good.json.result).toMatchObject({ party: "blueline", checked: true });
  });

  it("names each question that nobody answered with its flag, and goes on where it stopped", async () => {
    await using sandbox = await startSandbox(home);
    const eco = (...args: string[]) => home.run(["onboard", ...args, "--json", "--sandbox", sandbox.url]);
    const given: string[] = [];
    for (const { flag, values } of [
      { flag: "--name", values: ["--name", "Paper Boats"] },
      { flag: "--role", values: ["--role", "customer"] },
      { flag: "--contact-name", values: ["--contact-name", "Mika", "--email", "mika@paperboats.example"] },
      { flag: "--accept", values: ["--accept", "all"] },
    ]) {
      const { json, status } = await eco(...given);
      expect(status).toBe(2);
      expect(json.error).toMatchObject({ code: "ECO_INPUT_MISSING", fix: expect.stringContaining(flag) });
      given.push(...values);
    }
    const { json, status, stderr } = await eco(...given);
    expect(status).toBe(0);
    expect(json.result).toMatchObject({ party: "paper-boats", status: "active" });
    // A customer may not submit deliveries: it is told what it may do.
    expect(stderr).toContain("Next: eco deliveries list, or eco events listen --print");
    const later = await home.run(["status", "--json", "--sandbox", sandbox.url]);
    expect(later.json.result).toMatchObject({ nextCommand: expect.stringMatching(/^eco deliveries list/) });
  });

  it("is refused with the API's own words where the party exists", async () => {
    await using sandbox = await startSandbox(home);
    const args = [
      "onboard",
      "--id",
      "fjord-catering",
      "--name",
      "Fjord",
      "--role",
      "complementor",
      "--contact-name",
      "L",
      "--email",
      "l@fjord.example",
      "--accept",
      "all",
      "--json",
      "--sandbox",
      sandbox.url,
    ];
    expect((await home.run(args)).status).toBe(0);
    const { json, status } = await home.run([...args, "--restart"]);
    expect(status).toBe(2);
    expect(json.error.code).toBe("ECO_PARTY_EXISTS");
  });

  it.each([
    { name: "a key that is not asked", text: "nmae: x", says: "`nmae`" },
    { name: "contacts that are no list", text: "contacts: me", says: "`contacts`" },
    { name: "no mapping", text: "- 1", says: "mapping" },
  ])("refuses an answers file with $name", async ({ text, says }) => {
    const file = join(home.path, "answers.yaml");
    await writeFile(file, text);
    const { json, status } = await home.run(["onboard", "--answers", file, "--json"]);
    expect(status).toBe(2);
    expect(json.error.message).toContain(says);
  });
});

describe("the other side", () => {
  it("that can't be reached is exit 5", async () => {
    const { json, status } = await home.run([
      "deliveries",
      "list",
      "--profile",
      "harbour",
      "--sandbox",
      "http://127.0.0.1:1",
      "--json",
    ]);
    expect(status).toBe(5);
    expect(json.error.code).toBe("ECO_SANDBOX_UNREACHABLE");
  });

  it.each([
    {
      name: "a wrong secret",
      env: { ECO_CLIENT_ID: "sandbox-blueline", ECO_CLIENT_SECRET: "canary-wrong-secret" },
      code: "ECO_INVALID_CLIENT",
    },
    {
      name: "a forged token",
      env: { ECO_TOKEN: "canary.wrong.secret" },
      code: "ECO_UNAUTHENTICATED",
      from: "It comes from ECO_TOKEN.",
    },
  ])("that refuses $name is exit 4, and the secret is printed nowhere", async ({ env, code, from = "" }) => {
    await using sandbox = await startSandbox(home);
    const next = `Next, in another terminal: eco onboard --sandbox ${sandbox.url}, or`;
    await eventually(() => expect(sandbox.told).toContain(next));
    for (const args of [[], ["--json"]]) {
      const result = await home.run(["deliveries", "list", "--sandbox", sandbox.url, ...args], {
        env: { ...env, ECO_DEBUG: "1" },
      });
      expect(result.status).toBe(4);
      expect(result.stdout + result.stderr).toContain(code);
      expect(result.stdout + result.stderr).toContain(from);
      expect(result.stdout + result.stderr).not.toContain("canary");
    }
  });

  it("gets no credentials through a redirect to another origin", async () => {
    const seen: string[] = [];
    const thief = await serveOnLoopback((request, response) => {
      seen.push(`${request.method} ${request.headers.authorization ?? ""}`);
      response.end("{}");
    });
    const redirecting = await serveOnLoopback((_, response) => {
      response.writeHead(307, { location: `${thief.url}/v1/deliveries` }).end();
    });
    const { json, status } = await home.run(["deliveries", "list", "--sandbox", redirecting.url, "--json"], {
      env: { ECO_TOKEN: "canary" },
    });
    await Promise.all([thief.close(), redirecting.close()]);
    expect(status).toBe(2);
    expect(json.error.message).toContain("redirects");
    expect(seen).toEqual([]);
  });

  it("is reached without the environment's proxy where it is this machine", async () => {
    await using sandbox = await startSandbox(home);
    const proxy = "http://127.0.0.1:1";
    const env = { HTTP_PROXY: proxy, http_proxy: proxy, ALL_PROXY: proxy };
    expect((await home.run(["sandbox", "status", "--sandbox", sandbox.url], { env })).status).toBe(0);
  });

  it("that asks to wait is waited for, with the same idempotency key", async () => {
    const keys: (string | undefined)[] = [];
    const busy = await serveOnLoopback((request, response) => {
      keys.push(request.headers["idempotency-key"]?.toString());
      if (keys.length < 3) response.writeHead(keys.length === 1 ? 429 : 503, { "retry-after": "0" }).end();
      else
        response
          .writeHead(200, { "content-type": "application/json" })
          .end(JSON.stringify({ id: "x", status: "cancelled" }));
    });
    const { status } = await home.run(["deliveries", "cancel", "x", "--reason", "r", "--sandbox", busy.url], {
      env: { ECO_TOKEN: "t" },
    });
    await busy.close();
    expect(status).toBe(0);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it("that restarts while a file is submitted is waited for, and nothing is booked twice", async () => {
    const database = join(home.path, "restart.db");
    const args = ["--database", database, "--port", String(await ownPort())];
    const first = await startSandbox(home, args);
    const child = home.start([
      "deliveries",
      "submit",
      "-",
      "--format",
      "ndjson",
      "--batch-size",
      "1",
      "--sandbox",
      first.url,
      "--profile",
      "harbour",
      "--json",
    ]);
    const ended = finished(child, undefined, false);
    child.stdin.write(`${JSON.stringify(leg)}\n${JSON.stringify({ ...leg, id: "kept-2" })}\n`);
    await shown(home, first.url, "kept-1");
    await first.stop();
    child.stdin.end(`${JSON.stringify({ ...leg, id: "kept-3" })}\n`);
    await using _second = await startSandbox(home, args);
    const { json, stderr, status } = await ended;
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(json.result).toMatchObject({ rows: 3, rejected: 0 });
  });
});

async function shown(at: Home, url: string, id: string): Promise<void> {
  while ((await at.run(["deliveries", "show", id, "--sandbox", url, "--profile", "harbour"])).status !== 0);
}
