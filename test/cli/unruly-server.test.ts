import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endless, openThief, openUnruly, redirect } from "../support/unruly-server.ts";
import { type EcoResult, type Home, newHome, projectRoot } from "./support/eco.ts";

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

const delivery = join(projectRoot, "test/fixtures/harbour/march-2025.json");
const secrets = { ECO_TOKEN: "canary-token", ECO_SANDBOX_TOKEN: "canary-control-token" };
const client = { ECO_CLIENT_ID: "canary-client", ECO_CLIENT_SECRET: "canary-secret" };

/** Commands by what they send: a reading request, a writing one, a secret for a token, the control token, a journey's. */
const senders: readonly (readonly [what: string, run: (url: string) => Promise<EcoResult>])[] = [
  ["reads", (url) => home.run(["deliveries", "list", "--sandbox", url], { env: secrets })],
  ["writes", (url) => home.run(["deliveries", "submit", delivery, "--sandbox", url], { env: secrets })],
  ["asks for a token", (url) => home.run(["deliveries", "list", "--sandbox", url], { env: client })],
  [
    "controls",
    (url) =>
      home.run(["sandbox", "status", "--sandbox", url], {
        env: { ECO_SANDBOX_TOKEN: "canary-control-token" },
      }),
  ],
  [
    "resets",
    (url) =>
      home.run(["sandbox", "reset", "--yes", "--sandbox", url], {
        env: { ECO_SANDBOX_TOKEN: "canary-control-token" },
      }),
  ],
  ["runs a journey", (url) => home.run(["journeys", "run", "first-delivery-rated", "--sandbox", url])],
  [
    "certifies a provider",
    (url) =>
      home.run(["certify", "--as", "provider", "--target", url, "--sandbox", url, "--no-input"], {
        env: { ...secrets, ECO_TARGET_TOKEN: "canary-target-token" },
      }),
  ],
  ["triggers an event", (url) => home.run(["events", "trigger", "delivery.rated", "--to", url])],
];

describe("an answer with another origin's address", () => {
  it.each(senders)("is followed by no command that %s", async (_what, run) => {
    const thief = await openThief();
    // One that asks for the same request there, and one that asks for a GET.
    const doors = await Promise.all(
      [307, 302].map((status) => openUnruly(redirect(status, () => `${thief.url}/v1/deliveries`))),
    );
    const results = await Promise.all(doors.map(({ url }) => run(url)));
    expect(thief.asked).toEqual([]);
    for (const { asked } of doors) expect(asked.length).toBeGreaterThan(0);
    for (const { stdout, stderr, status } of results) {
      expect(status).not.toBe(0);
      expect(stdout + stderr).not.toContain("canary");
    }
  });
});

it("no path of the documents leads credentials to another host than the one that was named", async () => {
  const thief = await openThief();
  const door = await openUnruly((_request, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end('{"access_token":"canary-issued"}'),
  );
  const { host } = new URL(thief.url);
  const specs = join(home.path, "misleading.json");
  const flows = { clientCredentials: { tokenUrl: `https://api.example//${host}/token`, scopes: {} } };
  const list = {
    operationId: "list",
    "x-eco-capability": "deliveries.list",
    security: [{ client: [] }],
    responses: { "200": { description: "All", content: { "application/json": { schema: {} } } } },
  };
  await writeFile(
    specs,
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "Misleading", version: "1" },
      components: { securitySchemes: { client: { type: "oauth2", flows } } },
      paths: { [`//${host}/list`]: { get: list } },
    }),
  );
  await home.run(["deliveries", "list", "--specs", specs, "--sandbox", door.url], { env: client });
  expect(thief.asked).toEqual([]);
  expect(door.asked.map(({ path }) => path)).toEqual([`//${host}/token`, `//${host}/list`]);
});

it("sends a HAR file's requests again to the address that was named, and to no other", async () => {
  const thief = await openThief();
  const door = await openUnruly(redirect(307, () => `${thief.url}/v1/deliveries`));
  const request = {
    method: "GET",
    url: "http://recorded.example/v1/deliveries",
    headers: [{ name: "authorization", value: "Bearer canary-recorded" }],
  };
  const entry = { startedDateTime: "2025-03-01T12:00:00Z", request, response: { status: 200, headers: [] } };
  const file = join(home.path, "redirected.har");
  await writeFile(file, JSON.stringify({ log: { entries: [entry] } }));
  const { stdout } = await home.run(["sandbox", "replay", file, "--to", door.url]);
  expect(stdout).toMatch(/1 with another status/);
  expect(door.asked).toHaveLength(1);
  expect(thief.asked).toEqual([]);
});

describe("an answer that never ends", () => {
  it.each([
    ["of an API", () => ["deliveries", "list"], secrets],
    ["to a request for a token", () => ["deliveries", "list"], client],
  ] as const)("%s is given up at its limit, and not asked for again", async (_what, args, env) => {
    const flood = await openUnruly(endless);
    const { json, status } = await home.run([...args(), "--sandbox", flood.url, "--json"], { env });
    expect({ status, code: json.error.code }).toEqual({ status: 2, code: "ECO_REQUEST_REFUSED" });
    expect(json.error.message).toContain("larger than 64 MB");
    expect(flood.asked).toHaveLength(1);
  });

  it("fails the step of a journey, and the command ends", async () => {
    const flood = await openUnruly(endless);
    const { stdout, stderr, status } = await home.run([
      ...["journeys", "run", "first-delivery-rated", "--sandbox", flood.url],
    ]);
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain("longer than");
  });
});

describe("an answer that is nested to do harm", () => {
  const nested = (levels: number) => `${'{"a":['.repeat(levels)}${"]}".repeat(levels)}`;

  it.each([
    ["of an API", ["deliveries", "list"]],
    ["of the control API", ["sandbox", "clock"]],
  ])("%s is refused in words", async (_what, args) => {
    const server = await openUnruly((_request, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end(nested(100_000)),
    );
    for (const json of [[], ["--json"]]) {
      const { stdout, stderr, status } = await home.run([...args, "--sandbox", server.url, ...json], {
        env: args[0] === "sandbox" ? { ECO_SANDBOX_TOKEN: "a-control-token" } : secrets,
      });
      expect(status).toBe(2);
      expect(stdout + stderr).toContain("200000 levels deep");
    }
  });

  it("of a refusal is told by its status", async () => {
    const server = await openUnruly((_request, response) =>
      response.writeHead(404, { "content-type": "application/problem+json" }).end(nested(100_000)),
    );
    const { json } = await home.run(["deliveries", "list", "--sandbox", server.url, "--json"], {
      env: secrets,
    });
    expect(json.error.code).toBe("ECO_NOT_FOUND");
  });
});
