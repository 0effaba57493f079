import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EcoResult, type Home, newHome, projectRoot } from "./support/eco.ts";
import { startSandbox } from "./support/sandbox.ts";

const flights = join(projectRoot, "test/fixtures/flights-2k.csv");
const card = join(projectRoot, "specs/rate-cards/express-leg.yaml");
const express = [
  "--product",
  "express-leg",
  "--map",
  "startedAt=departed_at,distanceMiles=distance_miles,arrivalDelayMinutes=delay_minutes",
];

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

const compare = (...args: string[]): Promise<EcoResult> => home.run(["rate", "compare", ...args]);

/** The reference rate card of express legs, changed as somebody's draft would. */
async function draft(name: string, change: (text: string) => string): Promise<string> {
  const text = await readFile(card, "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  const path = join(home.path, name);
  await writeFile(path, changed);
  return path;
}
const dearerBroker = (): Promise<string> =>
  draft("broker.yaml", (text) =>
    text.replace('party: wayfare, percent: "6"', 'party: wayfare, percent: "8"'),
  );

const two =
  "departed_at,delay_minutes,distance_miles\n2001-01-01T06:55:00,-19,1797\n2001-01-01T11:45:00,20,920\n";

async function file(name: string, text: string): Promise<string> {
  const path = join(home.path, name);
  await writeFile(path, text);
  return path;
}

interface Result {
  readonly deliveries: number;
  readonly changed: number;
  readonly rejected: number;
  readonly total: Record<string, unknown>;
  readonly parties: Record<string, { fromMinor: number; toMinor: number; differenceMinor: number }>;
  readonly products: Record<string, unknown>;
  readonly from: unknown;
}

describe("a draft rate card", () => {
  it("shows over 2,000 real legs what moves, per party, per product and in total", async () => {
    const { json, status } = await compare(flights, "--to", await dearerBroker(), ...express, "--json");
    expect(status).toBe(0);
    const result = json.result as Result;
    expect(result).toMatchObject({
      deliveries: 2000,
      changed: 2000,
      rejected: 0,
      currency: "EUR",
      from: { netMinor: 24_482_926, sharesMinor: { wayfare: 1_470_018 } },
      total: { net: { fromMinor: 24_482_926, toMinor: 24_482_926, differenceMinor: 0 } },
      products: { "express-leg": { fromMinor: 24_482_926 - 757_437, differenceMinor: 0 } },
    });
    // Six percent are 1,470,018 cents, rounded leg by leg; two more are a third of that, within a cent a leg.
    const { wayfare } = result.parties;
    expect(wayfare?.fromMinor).toBe(1_470_018 - 151_322);
    expect(Math.abs((wayfare?.differenceMinor ?? 0) - 1_470_018 / 3)).toBeLessThan(2000);
    const sum = Object.values(result.parties).reduce(
      (total, { differenceMinor }) => total + differenceMinor,
      0,
    );
    expect(sum).toBe(0);
  });

  it("is told to people as three tables", async () => {
    const path = await file("two.csv", two);
    const { stdout, status } = await compare(path, "--to", await dearerBroker(), ...express);
    expect(status).toBe(0);
    expect(stdout).toContain("2 deliveries, 2 come to something else.");
    expect(stdout).toMatch(/Payable +\S+ +\S+ +0\.00/);
    // 8 % of 256.11 and 144.31 are 20.49 and 11.55 with the left-over cents, which harbour now has of both; 6 % were 15.37 and 8.66; recourse of 2.88 stays.
    expect(stdout).toMatch(/wayfare +21\.15 +29\.16 +\+8\.01/);
    expect(stdout).toMatch(/blueline +354\.83 +346\.81 +−8\.02/);
  });

  it("comes as CSV, one line a total, party and product", async () => {
    const path = await file("two.csv", two);
    const { stdout } = await compare(path, "--to", await dearerBroker(), ...express, "--csv");
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("scope,id,currency,from,to,difference");
    expect(lines).toContain("party,wayfare,EUR,21.15,29.16,8.01");
    expect(lines).toContain("total,net,EUR,400.42,400.42,0.00");
    expect(lines).toContain("product,express-leg,EUR,385.99,385.99,0.00");
    expect(lines).toHaveLength(1 + 4 + 5 + 1);
  });

  it("as --from is compared with another draft as --to", async () => {
    const path = await file("two.csv", two);
    const broker = await dearerBroker();
    const { json } = await compare(path, "--from", broker, "--to", broker, ...express, "--json");
    expect(json.result).toMatchObject({ deliveries: 2, changed: 0 });
  });
});

it("compares whole spec sets, an agreement changed among them", async () => {
  const next = join(home.path, "specs-next");
  await cp(join(projectRoot, "specs"), next, {
    recursive: true,
    filter: (source) => !/specs\/(engine|generated)/.test(source),
  });
  const terms = join(next, "agreements/membership.yaml");
  const text = await readFile(terms, "utf8");
  await writeFile(
    terms,
    text.replace('atMost: "15"', 'atMost: "25"').replace('{ above: "15"', '{ above: "25"'),
  );
  const { json, status } = await compare(await file("two.csv", two), "--to", next, ...express, "--json");
  expect(status).toBe(0);
  expect(json.result).toMatchObject({
    changed: 1,
    total: { serviceCredit: { fromMinor: 1443, toMinor: 0, differenceMinor: -1443 } },
    parties: { wayfare: { differenceMinor: 288 }, blueline: { differenceMinor: 1155 } },
  });
});

it("compares what the sandbox has booked, and what traffic like it comes to, and books nothing", async () => {
  await using sandbox = await startSandbox(home);
  const connection = ["--sandbox", sandbox.url, "--profile", "harbour"];
  const nothing = await home.run(["simulate", "--stored", ...connection, "--json"]);
  expect([nothing.status, nothing.json.error.code]).toEqual([2, "ECO_INPUT_INVALID"]);
  expect(nothing.json.error.message).toBe(
    "What the sandbox has booked holds no deliveries to make traffic like.",
  );
  const path = await file("two.csv", two);
  await home.run(["deliveries", "submit", path, ...express, "--customer", "nordic-apps", ...connection]);
  const { json, status } = await compare("--stored", "--to", await dearerBroker(), ...connection, "--json");
  expect(status).toBe(0);
  expect(json.result).toMatchObject({
    deliveries: 2,
    changed: 2,
    parties: { wayfare: { differenceMinor: 801 } },
  });
  const months = ["--start", "2025-03", "--months", "2", "--runs", "3"];
  const like = await home.run(["simulate", "--stored", ...months, ...connection, "--json"]);
  expect(like.json.result).toMatchObject({
    scenario: { start: "2025-03", months: 2, runs: 3 },
    // Two in their month, so two a month.
    deliveries: 12,
    from: { parties: expect.arrayContaining([expect.objectContaining({ party: "wayfare" })]), unrated: [] },
  });
  const { json: list } = await home.run(["deliveries", "list", ...connection, "--json"]);
  expect((list.result as { items: unknown[] }).items).toHaveLength(2);
});

it("tells which deliveries only one side can rate, and rejects what neither can", async () => {
  const path = await file("bad.csv", `${two}yesterday,0,100\n2001-01-02T10:00:00,0,-5\n`);
  const later = await draft("later.yaml", (text) =>
    text.replace(/validFor: \{[^}]*\}/, 'validFor: { start: "2001-01-01", end: "2001-01-01" }'),
  );
  const more = await file("more.csv", `${two}2001-01-02T10:00:00,0,100\n`);
  const rejected = await compare(path, "--to", later, ...express, "--json");
  expect(rejected.status).toBe(2);
  expect(rejected.json).toMatchObject({ error: { code: "ECO_ROWS_REJECTED" }, result: { rejected: 2 } });
  const oneSided = await compare(more, "--to", later, ...express, "--json");
  expect(oneSided.status).toBe(0);
  expect(oneSided.json.result).toMatchObject({
    changed: 1,
    from: { deliveries: 3 },
    to: { deliveries: 2, rejected: 1 },
  });
  expect(oneSided.stderr).toContain("only --from can rate it");
});

describe("is refused", () => {
  it.each([
    { name: "without deliveries", args: ["--to", card], code: "ECO_USAGE", says: "--stored" },
    {
      name: "with a file and --stored",
      args: [flights, "--stored", "--to", card],
      code: "ECO_USAGE",
      says: "one of the two",
    },
    {
      name: "with nothing to compare with",
      args: [flights],
      code: "ECO_USAGE",
      says: "eco rate compare --help",
    },
    {
      name: "with terms that are not there",
      args: [flights, "--to", "nowhere"],
      code: "ECO_FILE_UNREADABLE",
      says: "",
    },
    { name: "with deliveries as terms", args: [flights, "--to", flights], code: "", says: "" },
  ])("$name", async ({ args, code, says }) => {
    const { json, status } = await compare(...args, "--json");
    expect(status).toBe(2);
    expect(json.error.code).toContain(code);
    expect(json.error.fix).toContain(says);
  });

  it("with a draft that contradicts itself, and names the clause", async () => {
    const path = await draft("broken.yaml", (text) =>
      text.replace('party: wayfare, percent: "6"', 'party: wayfare, percent: "99"'),
    );
    const { json, status } = await compare(flights, "--to", path, ...express, "--json");
    expect(status).toBe(2);
    expect(json.error.code).toBe("ECO_SPEC_INVALID");
    expect(json.error.message).toContain("/entries/0/split");
  });

  it("with a draft in another currency than the agreement's, naming the clause", async () => {
    const drafts = join(home.path, "drafts");
    await mkdir(drafts, { recursive: true });
    await writeFile(
      join(drafts, "express.yaml"),
      (await readFile(card, "utf8")).replace("\nextends:", "\ncurrency: USD\nextends:"),
    );
    const { json, status } = await compare(await file("two.csv", two), "--to", drafts, ...express, "--json");
    expect(status).toBe(2);
    expect(json.error).toMatchObject({ code: "ECO_SPEC_INVALID" });
    expect(json.error.message).toContain("USD");
  });

  it("with a spec set in another currency, since its amounts have no difference", async () => {
    const specs = join(home.path, "specs");
    await cp(join(card, "../.."), specs, {
      recursive: true,
      filter: (path) => !/[/\\](engine|generated)$/.test(path),
    });
    for (const kind of ["agreements", "rate-cards"])
      for (const name of await readdir(join(specs, kind))) {
        const path = join(specs, kind, name);
        await writeFile(path, (await readFile(path, "utf8")).replaceAll("currency: EUR", "currency: USD"));
      }
    const { json, status } = await compare(await file("two.csv", two), "--to", specs, ...express, "--json");
    expect(status).toBe(2);
    expect(json.error).toMatchObject({ code: "ECO_USAGE" });
    expect(json.error.message).toContain("EUR and --to in USD");
  });
});

it("help tells of the topic and the command", async () => {
  const root = await home.run(["--help"]);
  expect(root.stdout).toMatch(/ {2}rate +Rate deliveries on this machine, or compare/);
  const rate = await home.run(["rate", "--help"]);
  expect(rate.stdout).toContain("rate compare");
  const own = await home.run(["rate", "compare", "--help"]);
  expect(own.stdout).toContain("--stored");
});
