import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EcoResult } from "./support/eco.ts";
import { useLegs } from "./support/legs.ts";

/** Nine Tuesdays, with 12 legs each but the last one, which has 50. */
const legs = Array.from({ length: 9 }, (_, week) =>
  Array.from({ length: week === 8 ? 50 : 12 }, (_, index) => {
    const day = new Date(Date.UTC(2025, 0, 14 + 7 * week)).toISOString().slice(0, 10);
    return `leg-${week}-${index},${day}T${String(6 + (index % 12)).padStart(2, "0")}:45:00,${400 + index},0`;
  }),
).flat();

const shared = useLegs(legs);
const brief = (profile: string, ...args: string[]): Promise<EcoResult> =>
  shared.as(profile, "brief", ...args);

describe("eco brief", () => {
  it("names what was out of the ordinary, and a command that shows more of it", async () => {
    const { stdout, stderr, status } = await brief("blueline", "--period", "2025-03-11");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [summary, ...lines] = stdout.split("\n");
    expect(summary).toBe("1 out of the ordinary on Tuesday 2025-03-11, 5 figures compared.");
    expect(lines).toEqual([
      "",
      "demand",
      expect.stringMatching(
        /^ {2}Deliveries of the provider blueline: 50, above the usual \d+ to \d+ of a Tuesday \(the middle of 8 is 12\)\./,
      ),
      "    The same figures: the product express-leg, the customer nordic-apps, all together.",
      "    Such as leg-8-0, leg-8-1, leg-8-2.",
      expect.stringMatching(
        /^ {4}eco deliveries list --product express-leg --customer nordic-apps --profile blueline --sandbox /,
      ),
      "",
    ]);
    const command =
      lines
        .find((line) => line.startsWith("    eco "))
        ?.trim()
        .split(" ")
        .slice(1) ?? [];
    expect((await shared.home.run(command)).status).toBe(0);
  });

  it("says the same as JSON, and that a day was quiet", async () => {
    const { json } = await brief("harbour", "--period", "2025-03-11", "--json");
    expect(json.result).toMatchObject({
      day: "2025-03-11",
      anomalies: [
        { signal: "deliveries", observed: 50, command: expect.stringMatching(/^eco deliveries list/) },
      ],
    });
    const quiet = await brief("harbour", "--period", "2025-03-04", "--party", "blueline");
    expect(quiet.stdout).toBe(
      "A quiet day: nothing out of the ordinary on Tuesday 2025-03-04, 5 figures compared.\n",
    );
  });

  it.each<[string, string[], string, RegExp]>([
    ["what is no day", ["--period", "2025-13-01"], "ECO_USAGE", /2025-13-01/],
    ["another party's", ["--party", "wayfare"], "ECO_NOT_FOUND", /wayfare/],
  ])("refuses %s", async (_, args, code, message) => {
    const { json, status } = await brief("blueline", ...args, "--json");
    expect({ status, ok: json.ok, code: json.error.code }).toEqual({ status: 2, ok: false, code });
    expect(json.error.message).toMatch(message);
  });
});

describe("eco triage", () => {
  const triage = (profile: string, ...args: string[]): Promise<EcoResult> =>
    shared.as(profile, "triage", ...args);

  it("shows whose turn it is, by when, and a command that works", async () => {
    await shared.done("nordic-apps", "disputes", "open", "leg-8-0", "--reason", "No.");
    expect((await triage("blueline")).stdout).toMatch(
      /^Nothing waits for anybody by the end of \d{4}-W\d{2}\.\n$/,
    );
    const { stdout, json } = await triage("blueline", "--period", "2999-W01", "--json");
    expect(json.result).toMatchObject({
      open: 1,
      items: [{ kind: "dispute", turn: "harbour", task: "Decide what nordic-apps objects to in leg-8-0." }],
    });
    const [item] = (json.result as { items: { command: string }[] }).items;
    expect((await shared.home.run((item?.command ?? "").split(" ").slice(1))).status).toBe(0);
    expect(stdout).not.toContain("\u001b");
    const table = await triage("harbour", "--period", "2999-W01");
    expect(table.stdout).toMatch(
      /^\d things? to be done by the end of 2999-W01, 0 overdue\.\n\nBy +Turn +Task +Command\n/,
    );
  });

  it("leads who oversees the ecosystem to what others' onboarding came to, not to its own", async () => {
    const contacts = [{ name: "Ida Tern", email: "ida@tern.example", purpose: "technical" }];
    const company = { id: "tern", name: "Tern", role: "complementor", contacts };
    const registered = await fetch(`${shared.sandbox.url}/v1/parties`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(company),
    });
    expect(registered.status).toBe(201);
    const { json } = await triage("harbour", "--period", "2999-W01", "--json");
    const { items } = json.result as { items: { kind: string; id: string; command: string }[] };
    const joining = items.find(({ kind }) => kind === "onboarding");
    expect(joining?.command).toMatch(/^eco events list --subject tern --profile harbour /);
    const shown = await shared.home.run((joining?.command ?? "").split(" ").slice(1));
    expect(shown.stdout).toContain("party.registered");
  });

  it("refuses what is no week", async () => {
    const { json, status } = await triage("blueline", "--period", "12", "--json");
    expect({ status, code: json.error.code }).toEqual({ status: 2, code: "ECO_USAGE" });
  });
});

describe("eco review", () => {
  const review = (profile: string, ...args: string[]): Promise<EcoResult> =>
    shared.as(profile, "review", ...args);

  it("holds a quarter against the one before, and writes it to files", async () => {
    const [markdown, json] = [join(shared.home.path, "review.md"), join(shared.home.path, "review.json")];
    const { stdout, stderr, status } = await review(
      "harbour",
      ...["--period", "2025-Q1", "--report", markdown, "--report", json],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: `✓ Wrote ${markdown}.\n✓ Wrote ${json}.\n` });
    expect(stdout).toMatch(
      /^Harbour Campus, 2025-Q1 beside 2024-Q4\n\nScorecard\nLayer +Metric +Target +2024-Q4 +2025-Q1\noutcome +on-time-rate +≥ 95 % +100 % +met\n/,
    );
    expect(stdout).toMatch(
      /\nValue by the books\nParty +Paid +Received +Margin +Margin 2024-Q4 +Currency\nblueline /,
    );
    const written = await readFile(markdown, "utf8");
    expect(written).toMatch(
      /^# Harbour Campus, 2025-Q1 beside 2024-Q4\n\n## Scorecard\n\n\| Layer \| Metric \|/,
    );
    expect(written).toContain("| outcome | on-time-rate | ≥ 95 % |  | 100 % | met |\n");
    expect(written).toContain("| harbour | Close 2025-01. | eco settlements close 2025-01 --profile harbour");
    expect(JSON.parse(await readFile(json, "utf8"))).toMatchObject({ quarter: "2025-Q1", before: "2024-Q4" });
  });

  it("is of one's own part", async () => {
    const { json } = await review("blueline", "--period", "2025-Q1", "--json");
    expect(json.result).toMatchObject({ party: "blueline", amounts: [{ party: "blueline" }] });
  });

  it.each<[string, string[], string]>([
    ["what is no quarter", ["--period", "2025-03"], "ECO_USAGE"],
    ["a file of another kind, before anything is asked", ["--report", "review.pdf"], "ECO_INPUT_INVALID"],
  ])("refuses %s", async (_, args, code) => {
    const { json, status } = await review("blueline", ...args, "--json");
    expect({ status, code: json.error.code }).toEqual({ status: 2, code });
  });
});
