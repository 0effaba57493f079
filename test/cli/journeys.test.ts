import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EcoResult } from "./support/eco.ts";
import { useSandbox } from "./support/shared.ts";

const shared = useSandbox();

const eco = (...args: string[]): Promise<EcoResult> =>
  shared.home.run([...args, "--sandbox", shared.sandbox.url]);

describe("journeys", () => {
  it("are listed without a server", async () => {
    const { json } = await shared.home.run(["journeys", "list", "--json"]);
    const ids = (json.result as { items: { id: string }[] }).items.map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(10);
    expect(ids).toContain("chain-with-broker-and-supplier");
  });

  it("all run to what they promise, and the report holds no credentials", async () => {
    const { json, status } = await eco("journeys", "run", "--all", "--json");
    expect(json).toMatchObject({ ok: true, result: { failed: 0 } });
    expect(status).toBe(0);
    expect(JSON.stringify(json)).not.toMatch(/sandbox-[a-z-]+-secret|Bearer ey|whsec_[A-Za-z0-9]/);
  });

  it("that fail say what was expected and what came: exit 3", async () => {
    const { stdout, stderr, status } = await eco(
      "journeys",
      "run",
      "first-delivery-rated",
      "--set",
      "customer=nobody",
    );
    expect(status).toBe(3);
    expect(stdout).toContain("✗");
    expect(stdout).toContain("0 passed, 1 failed");
    expect(stderr).toContain("ECO_JOURNEY_FAILED");
  });

  it("that nobody can reach are exit 5, and those that do not exist exit 2 with a suggestion", async () => {
    const away = await shared.home.run([
      "journeys",
      "run",
      "first-delivery-rated",
      "--sandbox",
      "http://127.0.0.1:1",
      "--json",
    ]);
    expect(away.status).toBe(5);
    const unknown = await eco("journeys", "run", "frist-delivery-rated", "--json");
    expect(unknown.status).toBe(2);
    expect(unknown.json.error).toMatchObject({
      code: "ECO_WORKFLOW_UNKNOWN",
      fix: expect.stringContaining("first-delivery-rated"),
    });
  });
});

describe("specs", () => {
  it("of the reference ecosystem have no finding", async () => {
    const { json, status } = await shared.home.run(["specs", "lint", "--strict", "--json"]);
    expect({ status, findings: (json.result as { findings: unknown }).findings }).toEqual({
      status: 0,
      findings: [],
    });
  });

  it("that are broken are told with file, line and fix: exit 2", async () => {
    const path = join(shared.home.path, "broken.yaml");
    await writeFile(
      path,
      "openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        '200': { $ref: '../outside.yaml#/x' }\n",
    );
    const { stdout, status } = await shared.home.run(["specs", "lint", path]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/broken\.yaml:7:\d+ error spec\.ref\.refused/);
  });

  it("are bundled into one document", async () => {
    const target = join(shared.home.path, "bundled.json");
    const { status } = await shared.home.run([
      "specs",
      "bundle",
      "openapi/partner-api.yaml",
      "--output",
      target,
    ]);
    expect(status).toBe(0);
    const text = await readFile(target, "utf8");
    expect(JSON.parse(text)).toHaveProperty("paths");
    expect(text).not.toMatch(/"\$ref": "[^#]/);
  });

  it("give types of every document that has any", async () => {
    const target = join(shared.home.path, "types");
    const { json, status } = await shared.home.run(["specs", "types", "--output", target, "--json"]);
    expect({ status, result: json.result }).toEqual({
      status: 0,
      result: {
        files: ["fulfilment-api.ts", "partner-api.ts", "events.ts"].map((name) => join(target, name)),
      },
    });
    const text = await readFile(join(target, "partner-api.ts"), "utf8");
    expect(text).toMatch(/^\/\/ Made by `eco specs types` from openapi\/partner-api\.yaml\./);
    expect(text).toContain("submitDelivery");
  });

  it("say where their types can't be written: exit 2", async () => {
    const target = join(shared.home.path, "occupied");
    await writeFile(target, "");
    const { json, status } = await shared.home.run(["specs", "types", "--output", target, "--json"]);
    expect(json.error).toMatchObject({
      code: "ECO_FILE_UNWRITABLE",
      message: expect.stringContaining(`${target} can't be written`),
    });
    expect(status).toBe(2);
  });
});

describe("settlements and disputes", () => {
  it("a dispute is opened, decided, and the period closed once", async () => {
    const file = join(shared.home.path, "lunch.json");
    await writeFile(
      file,
      JSON.stringify({
        id: "lunch-1",
        product: "catering-cover",
        customer: "nordic-apps",
        provider: "fjord-catering",
        parties: { broker: "spacefinder", supplier: "kestrel" },
        startedAt: "2025-06-10T11:30:00",
        usage: { covers: 37, delayMinutes: 0 },
      }),
    );
    expect((await eco("deliveries", "submit", file, "--profile", "fjord-catering")).status).toBe(0);
    const opened = await eco(
      "disputes",
      "open",
      "lunch-1",
      "--reason",
      "Cold.",
      "--claim",
      "120.00",
      "--profile",
      "nordic-apps",
      "--json",
    );
    expect(opened.json.result).toMatchObject({ deliveryId: "lunch-1", claimMinor: 12_000, status: "open" });
    const { id } = opened.json.result as { id: string };
    const resolved = await eco(
      "disputes",
      "resolve",
      id,
      "--outcome",
      "upheld",
      "--reason",
      "Seen.",
      "--profile",
      "harbour",
      "--json",
    );
    expect(resolved.json.result).toMatchObject({ id, outcome: "upheld", creditMinor: 12_000 });
    const closed = await eco("settlements", "close", "2025-06", "--profile", "harbour", "--json");
    expect(closed.json.result).toMatchObject({ period: "2025-06", status: "closed" });
    const { positions } = closed.json.result as { positions: { amountMinor: number }[] };
    expect(positions.length).toBeGreaterThan(0);
    expect(positions.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
    const again = await eco("settlements", "close", "2025-06", "--profile", "harbour", "--json");
    expect(again.status).toBe(2);
    expect(again.json.error.code).toBe("ECO_PERIOD_CLOSED");
    const refused = await eco("settlements", "close", "2025-07", "--profile", "blueline", "--json");
    expect(refused.status).toBe(2);
    expect(["ECO_FORBIDDEN", "ECO_SCOPE_MISSING"]).toContain(refused.json.error.code);
  });
});
