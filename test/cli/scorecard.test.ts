import { describe, expect, it } from "vitest";
import type { EcoResult } from "./support/eco.ts";
import { useLegs } from "./support/legs.ts";

const shared = useLegs(
  [0, 12, 40, 75].map((delay, day) => `leg-${day},2025-03-1${day}T11:45:00,920,${delay}`),
);
const as = (profile: string, ...args: string[]): Promise<EcoResult> =>
  shared.as(profile, "scorecard", ...args);

/** The cells of a row of a table, by its metric. */
const rowOf = (stdout: string, metric: string): string[] =>
  (stdout.split("\n").find((line) => line.includes(metric)) ?? "").trim().split(/ {2,}/);

describe("eco scorecard", () => {
  it("shows the own part beside the whole, in three layers, against the targets", async () => {
    const { stdout, stderr, status } = await as("blueline", "--period", "2025-03");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^blueline, tier bronze, 2025-03\n\nLayer +Metric +Target +blueline +Records +All +Records\n/,
    );
    expect(rowOf(stdout, "on-time-rate")).toEqual([
      "outcome",
      "on-time-rate",
      "≥ 95 %",
      "50 %",
      "missed",
      "4",
      "50 %",
      "missed",
      "4",
    ]);
    expect(rowOf(stdout, "contribution-evenness")).toEqual([
      "contribution-evenness",
      "≥ 50 %",
      "not enough data",
      "1",
    ]);
    for (const layer of ["outcome", "health", "operations"])
      expect(stdout.match(new RegExp(`^${layer} `, "gm"))).toHaveLength(1);
  });

  it("shows the whole alone, and that of another party to who oversees it", async () => {
    const all = await as("wayfare", "--period", "2025-03", "--party", "all");
    expect(rowOf(all.stdout, "on-time-rate")).toEqual([
      "outcome",
      "on-time-rate",
      "≥ 95 %",
      "50 %",
      "missed",
      "4",
    ]);
    const quarter = "2025-01/2025-03";
    const other = await as("harbour", "--period", quarter, "--party", "blueline", "--json");
    expect(other.json.result).toMatchObject({ party: "blueline", period: quarter, tier: "bronze" });
  });

  it("says where nothing was measured", async () => {
    const { stderr, status } = await as("blueline", "--period", "2024-01");
    expect(status).toBe(0);
    expect(stderr).toContain("Nothing was measured in this time.");
  });

  it.each<[string, string[], string, RegExp]>([
    ["another party's", ["--party", "wayfare"], "ECO_NOT_FOUND", /wayfare/],
    ["what is no month", ["--period", "2025-13"], "ECO_USAGE", /2025-13/],
    ["a metric that there is none of", ["show", "on-time-rat"], "ECO_NOT_FOUND", /on-time-rat/],
  ])("refuses %s", async (_, args, code, message) => {
    const { json, status } = await as("blueline", ...args, "--json");
    expect({ status, ok: json.ok, code: json.error.code }).toEqual({ status: 2, ok: false, code });
    expect(json.error.message).toMatch(message);
  });
});

describe("eco scorecard show", () => {
  it("lists what the figure is made of", async () => {
    const { stdout, status } = await as("blueline", "show", "on-time-rate", "--period", "2025-03");
    expect(status).toBe(0);
    expect(stdout).toContain("blueline  50 %, missed: 2 of 4 in 4 records\n");
    expect(stdout).toContain("All       50 %, missed in 4 records\n");
    expect(rowOf(stdout, "leg-2")).toEqual([
      "delivery",
      "leg-2",
      "2025-03-12T11:45:00+02:00",
      "blueline",
      "0 of 1",
    ]);
  });

  it.each<[string, string[]]>([
    ["on-time-rate", ["leg-2", "leg-3"]],
    ["credited-share", ["leg-2", "leg-3"]],
    ["dispute-rate", []],
  ])("of %s lists what speaks against it alone", async (metric, want) => {
    const { json } = await as("blueline", "show", metric, "--period", "2025-03", "--missed", "--json");
    const { items } = json.result as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual(want);
  });

  it("shows money as money and providers by their deliveries, up to a limit", async () => {
    const money = await as(
      "harbour",
      "show",
      "service-level-adherence",
      "--party",
      "all",
      "--period",
      "2025-03",
    );
    expect(rowOf(money.stdout, "leg-2").at(-1)).toBe("129.88 of 144.31 EUR");
    const providers = await as("harbour", "show", "active-partners", "--party", "all", "--period", "2025-03");
    expect(rowOf(providers.stdout, "provider ").slice(-2)).toEqual(["blueline", "4 deliveries"]);
    const { stderr } = await as("blueline", "show", "on-time-rate", "--period", "2025-03", "--limit", "1");
    expect(stderr).toContain("There are more: --limit 10");
  });
});
