import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { studioSpecs } from "../sandbox/capabilities/studio.ts";
import { type EcoResult, type Home, newHome } from "./support/eco.ts";
import { type RunningSandbox, startSandbox } from "./support/sandbox.ts";

let home: Home;
let sandbox: RunningSandbox;
const as = (profile: string, ...args: string[]): Promise<EcoResult> =>
  home.run([...args, "--sandbox", sandbox.url, "--profile", profile]);

beforeAll(async () => {
  home = await newHome();
  const specs = await studioSpecs(join(home.path, "specs"), {
    commitments: [{ id: "desks", period: "month", products: ["desk-day"], minimumAmount: "150.00" }],
    prepaid: [{ id: "credit" }],
  });
  sandbox = await startSandbox(home, ["--database", "memory", "--specs", specs]);
}, 60_000);
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

describe("commitments and prepaid balances", () => {
  it("are topped up, settled with the month, shown, exported and verified", async () => {
    const topUp = await as("studio-oy", "prepaid", "top-up", "studio:credit:studio-oy", "100.00", "--json");
    expect(topUp.status).toBe(0);
    expect(topUp.json.result).toMatchObject({ leftMinor: 10000, currency: "EUR" });
    expect((await as("harbour", "settlements", "close", "2025-03")).status).toBe(0);

    const listed = await as("studio-oy", "commitments", "list");
    expect(listed.stdout).toMatch(/studio:desks:studio-oy:2025-03 .* settled +0\.00 +150\.00 +38\.25 +EUR/);
    const shown = await as("studio-oy", "commitments", "show", "studio:desks:studio-oy:2025-03");
    expect(shown.stdout).toContain("/terms/commercial/commitments/0");
    expect(shown.stdout).toMatch(/tax, 25\.5 % +38\.25/);
    const balances = await as("studio-oy", "prepaid", "list");
    expect(balances.stdout).toMatch(/studio:credit:studio-oy .* 100\.00 +100\.00 +0\.00 +EUR/);

    const file = join(home.path, "march.json");
    await as("studio-oy", "settlements", "export", "2025-03", "--output", file);
    for (const args of [["2025-03"], ["--file", file]]) {
      const verified = await as("studio-oy", "settlements", "verify", ...args, "--json");
      expect(verified.json.result).toMatchObject({ statements: [{ provenLines: 1, findings: [] }] });
      expect(verified.status).toBe(0);
    }
    const csv = await as("studio-oy", "settlements", "export", "2025-03", "--format", "csv");
    const rows: Record<string, string>[] = parse(csv.stdout, { columns: true });
    expect(rows.map(({ commitment, prepaid, position }) => [commitment, prepaid, position])).toEqual([
      ["studio:desks:studio-oy:2025-03", "", "-188.25"],
      ["", "studio:credit:studio-oy", "100.00"],
    ]);
    const page = join(home.path, "march.html");
    await as("studio-oy", "settlements", "export", "2025-03", "--output", page);
    expect(await readFile(page, "utf8")).toContain("<h2>Prepaid balances</h2>");
  });

  it("names the balances that there are, where one is asked for that isn't", async () => {
    const { status, stderr } = await as("studio-oy", "prepaid", "top-up", "studio:nothing:studio-oy", "1.00");
    expect(status).toBe(2);
    expect(stderr).toContain("studio:credit:studio-oy");
  });

  it("refuses an amount that is none", async () => {
    const { status, stderr } = await as("studio-oy", "prepaid", "top-up", "studio:credit:studio-oy", "1,00");
    expect(status).toBe(2);
    expect(stderr).toContain("is no amount in EUR");
  });
});
