import { writeFile } from "node:fs/promises";
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
  id: "tenant-1",
  product: "express-leg",
  customer: "nordic-apps",
  startedAt: "2001-01-01T06:55:00",
  usage: { distanceMiles: 1797, arrivalDelayMinutes: 0 },
};

describe("sandbox tenant", () => {
  it("makes a sandbox of its own, which every command reaches by its URL", async () => {
    await using sandbox = await startSandbox(home);
    const eco = (url: string, ...args: string[]) => home.run([...args, "--sandbox", url, "--json"]);
    const created = await eco(sandbox.url, "sandbox", "tenant", "create", "acme");
    const { url } = created.json.result as { url: string };
    expect(url).toBe(`${sandbox.url}/_tenants/acme`);
    const file = join(home.path, "leg.json");
    await writeFile(file, JSON.stringify(leg));
    expect((await eco(url, "deliveries", "submit", file, "--profile", "harbour")).status).toBe(0);
    const shown = (at: string) => eco(at, "deliveries", "show", "tenant-1", "--profile", "harbour");
    expect((await shown(url)).json.result).toMatchObject({ id: "tenant-1", netMinor: 25_611 });
    expect((await shown(sandbox.url)).json.error.code).toBe("ECO_NOT_FOUND");
    expect((await eco(url, "sandbox", "clock", "--advance", "P1D")).status).toBe(0);
    expect((await eco(url, "sandbox", "status")).json.result).toMatchObject({ tenant: "acme" });
    expect((await eco(sandbox.url, "sandbox", "clock")).json.result).toMatchObject({ offsetMs: 0 });
    expect((await eco(sandbox.url, "sandbox", "tenant", "list")).json.result).toMatchObject({
      items: [{ id: "acme", url }],
    });
    expect((await eco(sandbox.url, "sandbox", "tenant", "create", "acme")).json.error.code).toBe(
      "ECO_TENANT_EXISTS",
    );
    expect((await eco(sandbox.url, "sandbox", "tenant", "remove", "acme", "--yes")).status).toBe(0);
    expect((await shown(url)).json.error.code).not.toBeUndefined();
    expect((await eco(sandbox.url, "sandbox", "tenant", "list")).json.result).toEqual({ items: [] });
  });
});
