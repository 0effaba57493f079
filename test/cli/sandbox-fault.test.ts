import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Home, newHome } from "./support/eco.ts";
import { startSandbox } from "./support/sandbox.ts";

let home: Home;
beforeEach(async () => {
  home = await newHome();
});
afterEach(() => home[Symbol.asyncDispose]());

const leg = {
  id: "faulty-1",
  product: "express-leg",
  customer: "nordic-apps",
  startedAt: "2001-01-01T06:55:00",
  usage: { distanceMiles: 1797, arrivalDelayMinutes: 0 },
};

describe("sandbox fault", () => {
  it("adds, lists, removes and clears rules; a command meets them and comes through", async () => {
    await using sandbox = await startSandbox(home);
    const eco = (...args: string[]) => home.run([...args, "--sandbox", sandbox.url, "--json"]);
    const busy = [
      "--operation",
      "submitDeliveryBatch",
      "--status",
      "503",
      "--retry-after",
      "0",
      "--count",
      "2",
    ];
    expect((await eco("sandbox", "fault", "add", "--id", "busy", ...busy)).json.result).toMatchObject({
      items: [{ id: "busy", rule: { status: 503, retryAfterSeconds: 0, count: 2 }, source: "added" }],
    });
    const file = join(home.path, "leg.json");
    await writeFile(file, JSON.stringify(leg));
    const submitted = await eco("deliveries", "submit", file, "--profile", "harbour");
    expect({ status: submitted.status, result: submitted.json.result }).toMatchObject({
      status: 0,
      result: { rows: 1, rejected: 0 },
    });
    const listed = await eco("sandbox", "fault", "list");
    expect(listed.json.result).toMatchObject({ items: [{ id: "busy", met: 3, applied: 2, spent: true }] });
    const vain = await eco("sandbox", "fault", "add", "--id", "vain", "--party", "bluelin", "--drop");
    expect(vain.json.warnings).toEqual([
      "vain does nothing as things stand: there is no party bluelin (did you mean blueline?).",
    ]);
    expect((await eco("sandbox", "fault", "remove", "vain")).status).toBe(0);
    const text = await home.run(["sandbox", "fault", "list", "--sandbox", sandbox.url]);
    expect(text.stdout).toMatch(
      /busy +operation submitDeliveryBatch +status 503, retryAfterSeconds 0 +count 2 \(spent\) +3 +2\n$/,
    );
    expect((await eco("sandbox", "fault", "remove", "busy")).status).toBe(0);
    const gone = await eco("sandbox", "fault", "remove", "busy");
    expect([gone.status, gone.json.error.code]).toEqual([2, "ECO_NOT_FOUND"]);
    expect((await eco("sandbox", "fault", "clear")).status).toBe(0);
  });

  it.each([
    {
      args: ["--operation", "submitDelivry", "--drop"],
      says: '--operation: the spec set has no operation "submitDelivry" (did you mean submitDelivery or',
    },
    { args: ["--operation", "submitDelivery"], says: "says nothing of what happens" },
    { args: ["--status", "200"], says: "--status: must be >= 400" },
    { args: ["--event", "delivery.lost", "--drop"], says: 'no event "delivery.lost"' },
    { args: ["--rate-limit", "ten"], says: "--rate-limit `ten`" },
    { args: ["--nothing"], says: "--nothing" },
  ])("refuses $args and adds nothing", async ({ args, says }) => {
    await using sandbox = await startSandbox(home);
    const at = ["--sandbox", sandbox.url, "--json"];
    const { status, json } = await home.run(["sandbox", "fault", "add", ...args, ...at]);
    expect(status).toBe(2);
    expect(json.error.message).toContain(says);
    expect((await home.run(["sandbox", "fault", "list", ...at])).json.result).toEqual({ items: [] });
  });

  it("starts with the rules of a file, and says that there are some", async () => {
    const file = join(home.path, "faults.yaml");
    await writeFile(file, "rules:\n  - id: start\n    operation: listParties\n    status: 500\n");
    await using sandbox = await startSandbox(home, ["--database", "memory", "--faults", file]);
    const at = ["--sandbox", sandbox.url, "--json"];
    expect((await home.run(["sandbox", "fault", "list", ...at])).json.result).toMatchObject({
      items: [{ id: "start", source: "start" }],
    });
    await writeFile(
      file,
      "rules: [{ operation: registerParty, body: truncated }, { event: '*', reorder: true }]",
    );
    const added = await home.run(["sandbox", "fault", "add", "--file", file, ...at]);
    expect(added.json.result).toMatchObject({ items: [{ id: "fault-1" }, { id: "fault-2" }] });
  });

  it.each([
    {
      text: "rules: [{ operation: listPartys, drop: true }]",
      says: /faults\.yaml: .*#\/rules\/0\/operation .*"listPartys"/,
    },
    {
      text: "rules: [{ operation: listParties, statsu: 500 }]",
      says: /faults\.yaml: .*#\/rules\/0 .*"statsu"/,
    },
    { text: "rule: []", says: /faults\.yaml has a key `rule`/ },
    { text: "- 1", says: /faults\.yaml holds no list/ },
  ])("does not start with $text", async ({ text, says }) => {
    const file = join(home.path, "faults.yaml");
    const database = join(home.path, "none.db");
    await writeFile(file, text);
    const { status, json } = await home.run([
      "sandbox",
      "start",
      "--database",
      database,
      "--faults",
      file,
      "--json",
    ]);
    expect(status).toBe(2);
    expect(json.error.code).toBe("ECO_FAULT_INVALID");
    expect(json.error.message).toMatch(says);
    await expect(readFile(database)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
