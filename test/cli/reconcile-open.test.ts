import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EcoResult, type Home, newHome } from "./support/eco.ts";
import { type RunningSandbox, startSandbox } from "./support/sandbox.ts";

/** 920 miles, 20 minutes late: blueline is owed 132.04, less recourse of 11.55, and 10% tax of 12.05, together 132.54. */
const submitted = ["ok", "cent", "tax", "twice", "lost", "price", "recourse", "corrected", "minus", "gone"];

let home: Home;
let sandbox: RunningSandbox;
const at = (name: string): string => join(home.path, name);
const eco = (profile: string, ...args: string[]): Promise<EcoResult> =>
  home.run([...args, "--sandbox", sandbox.url, "--profile", profile]);
const reconcile = (profile: string, file: string, ...args: string[]): Promise<EcoResult> =>
  eco(profile, "settlements", "reconcile", at(file), ...args, "--json");

async function submit(month: string, ids: readonly string[]): Promise<void> {
  const rows = ids.map((id) => `${id},${month}-01T11:45:00,20,920`);
  await writeFile(at("legs.csv"), ["id,startedAt,arrivalDelayMinutes,distanceMiles", ...rows].join("\n"));
  const args = ["--product", "express-leg", "--customer", "nordic-apps"];
  const { status, stderr } = await eco("harbour", "deliveries", "submit", at("legs.csv"), ...args);
  if (status !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  home = await newHome();
  sandbox = await startSandbox(home);
  await submit("2001-01", ["old"]);
  expect((await eco("harbour", "settlements", "close", "2001-01")).status).toBe(0);
  await submit("2001-02", submitted);
  const correct = ["corrected", "--usage", "distanceMiles=460", "--reason", "Half the way."];
  expect((await eco("blueline", "deliveries", "correct", ...correct)).status).toBe(0);
  expect((await eco("blueline", "deliveries", "cancel", "gone", "--reason", "Never flown.")).status).toBe(0);
  await writeFile(
    at("own.csv"),
    [
      "delivery,payable",
      ...["old,132.54", "ok,132.54", "cent,132.55", "tax,120.49", "twice,132.54", "twice,132.54"],
      ...["price,140.00", "recourse,145.24", "corrected,132.54", "minus,-132.54", "stranger,1.00"],
    ].join("\n"),
  );
}, 60_000);
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

interface Result {
  readonly matched: number;
  readonly statements: readonly string[];
  readonly openPeriods: readonly string[];
  readonly findings: readonly {
    readonly deliveryId: string;
    readonly status: string;
    readonly causes: readonly string[];
    readonly absence?: string;
    readonly settled?: false;
    readonly differenceMinor?: number;
  }[];
}
const resultOf = ({ json }: EcoResult): Result => json.result as Result;

describe("settlements reconcile, of a month that is still open", () => {
  it("names the cause of each difference, and says that the month isn't settled", async () => {
    const answer = await reconcile("blueline", "own.csv");
    expect([answer.status, answer.json.error.code]).toEqual([3, "ECO_FIGURES_DIFFER"]);
    const { matched, statements, openPeriods, findings } = resultOf(answer);
    expect([matched, statements, openPeriods]).toEqual([2, ["blueline-000001"], ["2001-02"]]);
    expect(
      findings.map(({ deliveryId, status, causes, settled }) => [
        ...[deliveryId, status, causes.join(" ")],
        settled ?? true,
      ]),
    ).toEqual([
      ["cent", "differs", "rounding", false],
      ["tax", "differs", "tax", false],
      ["twice", "differs", "duplicate", false],
      ["price", "differs", "price", false],
      ["recourse", "differs", "recourse", false],
      ["corrected", "differs", "correction-after", false],
      ["minus", "differs", "sign", false],
      ["stranger", "missing-here", "", true],
      ["lost", "missing-there", "", false],
    ]);
    expect(answer.stderr).toContain("2001-02 isn't closed yet");
  });

  it("gives a customer the service credit that its figure leaves out", async () => {
    const shown = await eco("nordic-apps", "deliveries", "show", "ok", "--json");
    const { netMinor } = shown.json.result as { netMinor: number };
    await writeFile(at("bought.csv"), `delivery,netMinor,serviceCreditMinor\nok,${netMinor},0\n`);
    const [found] = resultOf(await reconcile("nordic-apps", "bought.csv")).findings;
    expect(found).toMatchObject({ deliveryId: "ok", causes: ["service-credit"], settled: false });
  });

  it("keeps to the month of --period, open or closed", async () => {
    await writeFile(at("one.csv"), "delivery,payable\nok,132.54\nold,132.54\n");
    const open = resultOf(await reconcile("blueline", "one.csv", "--period", "2001-02"));
    expect([open.matched, open.statements, open.openPeriods]).toEqual([1, [], ["2001-02"]]);
    expect(open.findings[0]).toMatchObject({ deliveryId: "old", absence: "other-period" });
    const closed = resultOf(await reconcile("blueline", "one.csv", "--period", "2001-01"));
    expect([closed.matched, closed.openPeriods]).toEqual([1, []]);
    expect(closed.findings).toMatchObject([{ deliveryId: "ok", absence: "not-settled" }]);
  });

  it("leaves an open month alone of which the file says nothing", async () => {
    await writeFile(at("closed.csv"), "delivery,payable\nold,132.54\n");
    const answer = await reconcile("blueline", "closed.csv");
    expect(answer.status).toBe(0);
    expect(resultOf(answer)).toMatchObject({ matched: 1, openPeriods: [], findings: [] });
  });

  it("compares a month for the party that the orchestrator names", async () => {
    await writeFile(at("theirs.csv"), "delivery,payable\nok,132.54\n");
    const { matched } = resultOf(await reconcile("harbour", "theirs.csv", "--party", "blueline"));
    expect(matched).toBe(1);
  });

  it("has nothing to compare with in a month into which nothing was booked", async () => {
    const { json, status } = await reconcile("blueline", "own.csv", "--period", "2001-03");
    expect([json.error.code, status]).toEqual(["ECO_NOT_FOUND", 2]);
  });
});
