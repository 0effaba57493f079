import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "./support/eco.ts";
import { useSandbox } from "./support/shared.ts";

interface Taken {
  readonly partners: readonly unknown[];
  readonly scorecards: readonly unknown[];
}

describe("eco portal record", () => {
  const shared = useSandbox();

  it("has the same figures of an API that gives each scorecard alone", async () => {
    // Both are computed at one instant.
    await shared.done("harbour", "sandbox", "clock", "--set", "2025-03-20T08:00:00Z", "--freeze");
    await shared.done("harbour", "deliveries", "submit", await aLeg(shared.home.path));
    const specs = join(shared.home.path, "specs");
    await cp(join(projectRoot, "specs"), specs, {
      recursive: true,
      filter: (source) => !/specs\/(engine|generated)/.test(source),
    });
    const api = join(specs, "openapi/partner-api.yaml");
    const text = await readFile(api, "utf8");
    expect(text).toContain("x-eco-capability: scorecards.list");
    await writeFile(api, text.replace(/ +x-eco-capability: scorecards\.list\n/u, ""));
    const taken = async (...args: string[]): Promise<Taken> =>
      (await shared.as("harbour", "portal", "record", "--months", "1", "--json", ...args)).json
        .result as Taken;
    const [atOnce, alone] = [await taken(), await taken("--specs", specs)];
    const { partners, scorecards } = atOnce;
    expect(alone).toMatchObject({ partners, scorecards });
    expect(scorecards).toMatchObject([
      { period: "2025-03", parties: { blueline: { "on-time-rate": { value: 0 } } } },
      {},
    ]);
  });

  it("is refused to who sees a part of it, and says where it can't be written", async () => {
    const part = await shared.as("blueline", "portal", "record");
    expect([part.status, part.stdout]).toEqual([2, ""]);
    expect(part.stderr).toContain("blueline sees a part of it");
    expect(part.stderr).toContain("--profile harbour");
    const file = join(shared.home.path, "missing", "record.json");
    const nowhere = await shared.as("harbour", "portal", "record", "--months", "0", "--output", file);
    expect(nowhere.status).toBe(2);
    expect(nowhere.stderr).toContain(`${file} can't be written`);
  });
});

async function aLeg(folder: string): Promise<string> {
  const path = join(folder, "leg.json");
  const usage = { distanceMiles: 920, arrivalDelayMinutes: 20 };
  const leg = { id: "leg-1", product: "express-leg", customer: "nordic-apps", provider: "blueline" };
  await writeFile(path, JSON.stringify([{ ...leg, startedAt: "2025-03-10T11:45:00", usage }]));
  return path;
}
