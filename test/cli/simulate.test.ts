import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Simulate from "../../cli/commands/simulate.ts";
import type { SimulationReport } from "../../cli/simulation/present.ts";
import { type EcoResult, finished, type Home, newHome, projectRoot } from "./support/eco.ts";

const flights = join(projectRoot, "test/fixtures/flights-2k.csv");
const express = [
  "--product",
  "express-leg",
  "--map",
  "startedAt=departed_at,distanceMiles=distance_miles,arrivalDelayMinutes=delay_minutes",
];
const year = join(projectRoot, "specs/scenarios/campus-year.yaml");

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

const simulate = (...args: string[]): Promise<EcoResult> => home.run(["simulate", ...args]);
const reportOf = ({ json }: EcoResult): SimulationReport => json.result as SimulationReport;

async function file(name: string, text: string): Promise<string> {
  const path = join(home.path, name);
  await writeFile(path, text);
  return path;
}

/** Ten legs a month of 920 miles, 20 minutes late: 144.31 net each. */
const legs = (more = ""): string => `start: "2025-03"
traffic:
  - product: express-leg
    perMonth: 10
    customers: { nordic-apps: 1 }
    times: [{ from: "11:45", to: "11:46" }]
    usage: { distanceMiles: 920, arrivalDelayMinutes: 20 }
${more}`;

describe("a scenario", () => {
  it("comes to what the published leg says, ten times a month, as tables and as JSON", async () => {
    const path = await file("legs.yaml", legs());
    const shown = await simulate("--scenario", path, "--months", "2", "--runs", "3");
    expect(shown.status).toBe(0);
    expect(shown.stdout).toContain("60 deliveries in 3 runs of 2 months from 2025-03 on, seed eco.");
    expect(shown.stdout).toMatch(
      /blueline +2,640\.80 +2,640\.80 +0\.00 +−231\.00 +0\.00 +2,409\.80 +2,409\.80 +2,409\.80 +2025-04-14/,
    );
    expect(shown.stderr).toContain("Simulating 3 runs of 2 months");
    const one = await simulate("--scenario", path, "--months", "2", "--runs", "3", "--party", "blueline");
    expect(one.stdout).toMatch(/2025-04 .* 1,204\.90 +1,204\.90 +1,204\.90 +2025-05-14/);
    expect(one.stdout).not.toContain("wayfare");
    const { json, status } = await simulate("--scenario", path, "--json");
    expect(status).toBe(0);
    expect(json.result).toMatchObject({ deliveries: 600, scenario: { months: 3, runs: 20, seed: "eco" } });
  });

  it("of the reference ecosystem simulates, byte for byte again, and otherwise with another seed", async () => {
    const run = (...args: string[]) =>
      simulate("--scenario", year, "--months", "1", "--runs", "2", "--json", ...args);
    const first = await run();
    expect(first.status).toBe(0);
    const { from } = reportOf(first);
    expect(from.unrated).toEqual([]);
    expect(from.products).toHaveLength(7);
    expect((await run()).stdout).toBe(first.stdout);
    expect((await run("--seed", "another")).stdout).not.toBe(first.stdout);
  });

  it("may take a measure from a column, wherever it is run", async () => {
    await file("past.csv", "miles,delay\n920,0\n920,\n");
    const path = await file(
      "column.yaml",
      legs().replace("distanceMiles: 920", "distanceMiles: { column: { file: past.csv, name: miles } }"),
    );
    const { json } = await home.run(
      ["simulate", "--scenario", path, "--json", "--runs", "1", "--months", "1"],
      {
        cwd: projectRoot,
      },
    );
    const { from } = json.result as SimulationReport;
    expect(from.products[0]?.netMeanMinor).toBe(144_310);
    const odd = await file(
      "odd.yaml",
      legs().replace("distanceMiles: 920", "distanceMiles: { column: { file: past.csv, name: mile } }"),
    );
    const refused = await simulate("--scenario", odd, "--json");
    expect(refused.status).toBe(2);
    expect(refused.json.error).toMatchObject({
      code: "ECO_INPUT_INVALID",
      fix: expect.stringContaining("miles, delay"),
    });
  });

  it.each([
    ["no YAML", "traffic: [", /line 1: Not YAML/],
    [
      "another form",
      "start: March\ntraffic: [{ product: express-leg, lat: 1 }]\n",
      /\/start .*\/traffic\/0 .*customers.*\(lat\)/,
    ],
    [
      "a product that isn't there",
      legs().replace("express-leg", "expres-leg"),
      /\/traffic\/0\/product no rate card/,
    ],
    [
      "a measure of another name",
      legs().replace("distanceMiles", "miles"),
      /\/traffic\/0\/usage\/\w+ .*distanceMiles/,
    ],
    ["a provider whom nobody admits", legs("    providers: { tax-office: 1 }\n"), /tax-office/],
  ])("that has %s is refused with the place", async (_name, text, message) => {
    const path = await file("wrong.yaml", text);
    const { json, status } = await simulate("--scenario", path, "--json");
    expect(status).toBe(2);
    expect(json.error).toMatchObject({ code: "ECO_INPUT_INVALID", message: expect.stringMatching(message) });
    expect(json.error.message).toContain("wrong.yaml");
  });

  it("is suggested by the documents, and written to a file that simulates alike", async () => {
    const path = join(home.path, "first.yaml");
    const written = await simulate("--init", path, "--months", "1", "--runs", "2");
    expect(written.status).toBe(0);
    expect(await readFile(path, "utf8")).toMatch(/^# Traffic for `eco simulate --scenario`/);
    const [own, read] = await Promise.all([
      simulate("--months", "1", "--runs", "2", "--json"),
      simulate("--scenario", path, "--json"),
    ]);
    expect(read.stdout).toBe(own.stdout);
    expect(reportOf(own).from.unrated).toEqual([]);
  });
});

describe("what its help and its guide show", () => {
  const guide = join(projectRoot, "portal/content/guides/what-if.md");

  /** The files that they name. */
  async function folder(): Promise<string> {
    const path = join(home.path, "shown");
    await mkdir(join(path, "draft"), { recursive: true });
    const card = await readFile(join(projectRoot, "specs/rate-cards/express-leg.yaml"), "utf8");
    await writeFile(join(path, "draft/express-leg.yaml"), card.replace('percent: "6"', 'percent: "7"'));
    await writeFile(
      join(path, "flights.csv"),
      (await readFile(flights, "utf8")).split("\n").slice(0, 41).join("\n"),
    );
    for (const [, name = "", text = ""] of (await readFile(guide, "utf8")).matchAll(
      /```yaml\n# (\S+)\n(.*?)```/gsu,
    ))
      await writeFile(join(path, name), text);
    return path;
  }

  it("works as it stands there", async () => {
    const cwd = await folder();
    const helped = Simulate.examples.map(({ command }) =>
      command.replace("<%= config.bin %> <%= command.id %> ", ""),
    );
    const told = [...(await readFile(guide, "utf8")).matchAll(/^eco simulate ((?:.*\\\n)*.*)$/gmu)].map(
      ([, args = ""]) => args.replaceAll(/\s*\\\n\s*/g, " "),
    );
    // Of the sandbox's books there are none here.
    const lines = [...helped, ...told].filter((line) => !line.includes("--stored"));
    expect(lines.length).toBeGreaterThanOrEqual(9);
    for (const line of lines) {
      const { status, stderr } = await home.run(["simulate", ...line.split(" "), ...fewer(line)], { cwd });
      expect([line, status, stderr.includes("Error")]).toEqual([line, 0, false]);
    }
  }, 180_000);

  /** One run of a month is enough to see that it works. */
  const fewer = (line: string): string[] =>
    ["--runs", "--months"].flatMap((flag) => (line.includes(flag) ? [] : [flag, "1"]));

  it("names every field and every kind of value that the schema has", async () => {
    const text = await readFile(guide, "utf8");
    const schema = JSON.parse(
      await readFile(join(projectRoot, "specs/schemas/scenario.schema.json"), "utf8"),
    );
    const { traffic, draw } = schema.$defs;
    for (const name of [...Object.keys(traffic.properties), ...Object.keys(draw.properties)])
      expect(text, name).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

describe("past deliveries", () => {
  it("make traffic like them, with growth and lateness of one's own", async () => {
    const rows = (await readFile(flights, "utf8")).split("\n").slice(0, 301).join("\n");
    const some = await file("some.csv", rows);
    const run = (...args: string[]) =>
      simulate("--deliveries", some, ...express, "--months", "2", "--runs", "4", "--json", ...args);
    const [none, all, more] = await Promise.all([
      run("--late", "0"),
      run("--late", "100%"),
      run("--growth", "50%"),
    ]);
    expect(none.status).toBe(0);
    const product = (result: EcoResult) => reportOf(result).from.products[0];
    expect(product(none)).toMatchObject({ credited: 0, serviceCreditMeanMinor: 0 });
    expect(product(all)?.credited).toBe(product(all)?.deliveries);
    expect(product(more)?.deliveries).toBeCloseTo((product(none)?.deliveries ?? 0) * 1.25, 0);
  });

  it("are told apart from other uses of the flags", async () => {
    const twice = await simulate("--deliveries", flights, "--scenario", year, "--json");
    expect([twice.status, twice.json.error.code]).toEqual([2, "ECO_USAGE"]);
    for (const args of [
      ["--late", "200%"],
      ["--growth", "much"],
      ["--start", "2025-13"],
      ["--runs", "0"],
    ]) {
      const { json, status } = await simulate(...args, "--json");
      expect([status, json.error.code], args.join(" ")).toEqual([2, "ECO_USAGE"]);
    }
  });
});

describe("other terms", () => {
  it("show on the same traffic who gains and who loses", async () => {
    const card = await readFile(join(projectRoot, "specs/rate-cards/express-leg.yaml"), "utf8");
    const dearer = await file(
      "dearer.yaml",
      card.replace('party: wayfare, percent: "6"', 'party: wayfare, percent: "8"'),
    );
    const path = await file("legs.yaml", legs());
    const { stdout, status } = await simulate(
      "--scenario",
      path,
      "--to",
      dearer,
      "--months",
      "1",
      "--runs",
      "2",
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/wayfare +57\.80 +86\.70 +\+28\.90 +\+28\.90 +\+28\.90 +gains/);
    expect(stdout).toMatch(/blueline .* loses/);
    expect(stdout).toMatch(/nordic-apps .* the same/);
    expect(stdout).toMatch(/From, EUR[\s\S]*To, EUR/);
  });

  it("that can't rate a part of the traffic are told with a status of their own", async () => {
    const card = await readFile(join(projectRoot, "specs/rate-cards/express-leg.yaml"), "utf8");
    const late = await file("late.yaml", card.replace('start: "2001-01-01"', 'start: "2030-01-01"'));
    const path = await file("legs.yaml", legs());
    const { json, status } = await simulate(
      "--scenario",
      path,
      "--to",
      late,
      "--months",
      "1",
      "--runs",
      "1",
      "--json",
    );
    expect(status).toBe(2);
    expect(json.error.message).toMatch(/10 deliveries could not be rated\. express-leg: 10/);
    expect(json.result).toMatchObject({ to: { unrated: [{ product: "express-leg", count: 10 }] } });
  });
});

describe("a simulation", () => {
  it("ends at Ctrl-C with its status, and without an answer", async () => {
    const child = home.start(["simulate", "--scenario", year, "--runs", "1000", "--json"]);
    child.stderr.once("data", () => child.kill("SIGINT"));
    const { json, status } = await finished(child);
    expect(status).toBe(130);
    expect(json.error.code).toBe("ECO_INTERRUPTED");
  });

  it("runs on the documents of another ecosystem", async () => {
    const specs = join(projectRoot, "test/fixtures/ecosystems/kerb-rhine");
    const { json, status } = await simulate("--specs", specs, "--months", "1", "--runs", "2", "--json");
    expect(status).toBe(0);
    const { from } = json.result as SimulationReport;
    expect(from.products.map(({ product }) => product)).toEqual(["CHARGE_FR", "PARK_DE", "PARK_FR"]);
  });

  it("names who takes part where the party that was asked for doesn't", async () => {
    const path = await file("legs.yaml", legs());
    const { json, status } = await simulate(
      "--scenario",
      path,
      "--party",
      "kestrel",
      "--json",
      "--runs",
      "1",
    );
    expect(status).toBe(2);
    expect(json.error).toMatchObject({ code: "ECO_USAGE", fix: expect.stringContaining("blueline") });
  });
});
