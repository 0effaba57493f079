import { existsSync } from "node:fs";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type EcoResult, projectRoot } from "./support/eco.ts";
import { useSandbox } from "./support/shared.ts";

const header = "departed_at,delay_minutes,distance_miles";
const express = [
  "--product",
  "express-leg",
  "--customer",
  "nordic-apps",
  "--map",
  "startedAt=departed_at,distanceMiles=distance_miles,arrivalDelayMinutes=delay_minutes",
];

const shared = useSandbox();

const eco = (...args: string[]): Promise<EcoResult> =>
  shared.home.run([
    ...args,
    "--sandbox",
    shared.sandbox.url,
    ...(args.includes("--profile") ? [] : ["--profile", "harbour"]),
  ]);
const submit = (path: string, ...args: string[]): Promise<EcoResult> =>
  eco("deliveries", "submit", path, ...express, "--json", ...args);
const counts = ({ json }: EcoResult): unknown => {
  const { rated, known, rejected } = json.result as Record<string, number>;
  return { rated, known, rejected };
};

async function file(name: string, ...rows: string[]): Promise<string> {
  const path = join(shared.home.path, name);
  await writeFile(path, `${[header, ...rows].join("\n")}\n`);
  return path;
}

describe("deliveries submit", () => {
  it("books 2,000 real legs once, with the published totals, and knows them all the second time", async () => {
    const flights = join(shared.home.path, "flights.csv");
    await writeFile(flights, await readFile(join(projectRoot, "test/fixtures/flights-2k.csv")));
    const first = await submit(flights);
    expect(first.status).toBe(0);
    expect(first.json.result).toEqual({
      rows: 2000,
      rated: 2000,
      known: 0,
      rejected: 0,
      totals: [
        {
          currency: "EUR",
          netMinor: 24_482_926,
          serviceCreditMinor: 757_437,
          taxMinor: 2_372_572,
          payableMinor: 26_098_061,
          sharesMinor: { wayfare: 1_470_018, harbour: 611_970, blueline: 22_400_938 },
          recourseMinor: { blueline: 606_115, wayfare: 151_322 },
        },
      ],
    });
    const second = await submit(flights);
    expect(second.status).toBe(0);
    expect(second.json.result).toEqual({ rows: 2000, rated: 0, known: 2000, rejected: 0, totals: [] });
    expect(existsSync(`${flights}.rejects.csv`)).toBe(false);
  });

  it("takes two equal rows of one file for two deliveries, and the file sent again for none", async () => {
    const path = await file("twins.csv", "2002-02-01T10:00:00,0,500", "2002-02-01T10:00:00,0,500");
    expect(counts(await submit(path))).toEqual({ rated: 2, known: 0, rejected: 0 });
    expect(counts(await submit(path))).toEqual({ rated: 0, known: 2, rejected: 0 });
  });

  it("books of a mended file only what is new, wherever rows were put in or taken out", async () => {
    const [a, b, c] = ["2002-03-01T10:00:00,0,501", "2002-03-02T10:00:00,0,502", "2002-03-03T10:00:00,0,503"];
    expect(counts(await submit(await file("mend.csv", a, b)))).toEqual({ rated: 2, known: 0, rejected: 0 });
    expect(counts(await submit(await file("mend.csv", c, b)))).toEqual({ rated: 1, known: 1, rejected: 0 });
    expect(counts(await submit(await file("mend.csv", c, a, a)))).toEqual({
      rated: 1,
      known: 2,
      rejected: 0,
    });
  });

  it("tells genuine twins of another file apart by --batch", async () => {
    const path = await file("day.csv", "2002-04-01T10:00:00,0,600");
    expect(counts(await submit(path, "--batch", "monday"))).toEqual({ rated: 1, known: 0, rejected: 0 });
    expect(counts(await submit(path, "--batch", "tuesday"))).toEqual({ rated: 1, known: 0, rejected: 0 });
    expect(counts(await submit(path, "--batch", "monday"))).toEqual({ rated: 0, known: 1, rejected: 0 });
  });

  it("puts rows that can't be used into a rejects file with line and reason, and the rest in; exit 2", async () => {
    const path = await file(
      "bad.csv",
      "2002-05-01T10:00:00,0,700",
      "never,0,700",
      "2002-05-01T11:00:00,0",
      "2002-05-02T10:00:00,0,-5",
      "2002-05-03T10:00:00,0,701",
    );
    const first = await submit(path);
    expect(first.status).toBe(2);
    expect(first.json).toMatchObject({
      ok: false,
      error: { code: "ECO_ROWS_REJECTED" },
      result: { rated: 2, rejected: 3, rejectsFile: `${path}.rejects.csv` },
    });
    expect((first.json.result as { reasons: unknown }).reasons).toHaveLength(3);
    expect(first.stderr).toContain("1 row (line 4): 2 cells, the header has 3");
    const lines = (await readFile(`${path}.rejects.csv`, "utf8")).trimEnd().split("\n");
    expect(lines[0]).toBe(`line,reason,${header}`);
    expect(lines.slice(1).sort()).toEqual([
      expect.stringMatching(/^3,"?departed_at is `never`, not a time.*,never,0,700$/),
      expect.stringMatching(/^4,"2 cells, the header has 3",2002-05-01T11:00:00,0,$/),
      expect.stringMatching(/^5,.*distanceMiles.*,2002-05-02T10:00:00,0,-5$/),
    ]);
  });

  it("takes a mended rejects file as it is, and nothing twice", async () => {
    const path = await file("mendable.csv", "2002-06-01T10:00:00,0,800", "never,0,801");
    expect(counts(await submit(path))).toEqual({ rated: 1, known: 0, rejected: 1 });
    const rejects = `${path}.rejects.csv`;
    await writeFile(rejects, (await readFile(rejects, "utf8")).replace(",never,", ",2002-06-02T10:00:00,"));
    expect(counts(await submit(rejects))).toEqual({ rated: 1, known: 0, rejected: 0 });
    expect(
      counts(
        await submit(await file("mendable.csv", "2002-06-01T10:00:00,0,800", "2002-06-02T10:00:00,0,801")),
      ),
    ).toEqual({ rated: 0, known: 2, rejected: 0 });
    // All of its rows are in: what the first run left would say otherwise.
    expect(existsSync(rejects)).toBe(false);
  });

  it("refuses another content under a known id, row by row", async () => {
    const path = join(shared.home.path, "ids.ndjson");
    const row = {
      id: "own-1",
      product: "express-leg",
      customer: "nordic-apps",
      startedAt: "2002-07-01T10:00:00",
      usage: { distanceMiles: 10, arrivalDelayMinutes: 0 },
    };
    await writeFile(path, `${JSON.stringify(row)}\n`);
    expect(counts(await eco("deliveries", "submit", path, "--json"))).toEqual({
      rated: 1,
      known: 0,
      rejected: 0,
    });
    await appendFile(
      path,
      `${JSON.stringify({ ...row, usage: { distanceMiles: 11, arrivalDelayMinutes: 0 } })}\n`,
    );
    expect(counts(await eco("deliveries", "submit", path, "--json"))).toEqual({
      rated: 0,
      known: 1,
      rejected: 1,
    });
    expect(await readFile(`${path}.rejects.csv`, "utf8")).toContain("ECO_DELIVERY_CONFLICT");
  });

  it("says before sending anything that no column gives the customer", async () => {
    const path = await file("nobody.csv", "2002-08-01T10:00:00,0,900");
    const { json, status } = await eco(
      "deliveries",
      "submit",
      path,
      "--product",
      "express-leg",
      "--map",
      "startedAt=departed_at",
      "--json",
    );
    expect(status).toBe(2);
    expect(json.error).toMatchObject({
      code: "ECO_INPUT_MISSING",
      fix: expect.stringContaining("--set customer="),
    });
  });
});

describe("deliveries", () => {
  beforeAll(async () => {
    const path = join(shared.home.path, "late.json");
    await writeFile(
      path,
      JSON.stringify({
        id: "late-1",
        product: "express-leg",
        customer: "nordic-apps",
        startedAt: "2001-01-01T11:45:00",
        usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
      }),
    );
    expect((await eco("deliveries", "submit", path)).status).toBe(0);
  });

  it("show prints charges, shares and recourse", async () => {
    const { stdout, status } = await eco("deliveries", "show", "late-1");
    expect(status).toBe(0);
    expect(stdout).toContain("144.31");
    expect(stdout).toContain("wayfare 8.66, harbour 3.61, blueline 132.04");
    expect(stdout).toMatch(/blueline (to harbour )?11\.55/);
  });

  it("explain tells where each cent comes from", async () => {
    const { stdout, status } = await eco("deliveries", "explain", "late-1");
    expect(status).toBe(0);
    expect(stdout).toMatch(/144\.31/);
    expect(stdout).toContain("Fingerprint sha256:");
  });

  it("list filters and limits", async () => {
    const { json } = await eco("deliveries", "list", "--product", "express-leg", "--limit", "3", "--json");
    expect(json.result).toMatchObject({ more: true, items: [{ product: "express-leg" }, {}, {}] });
  });

  it("correct books the new amount minus the old", async () => {
    const { json, status } = await eco(
      "deliveries",
      "correct",
      "late-1",
      "--usage",
      "arrivalDelayMinutes=9",
      "--reason",
      "Read wrongly.",
      "--json",
    );
    expect(status).toBe(0);
    expect(json.result).toMatchObject({ id: "late-1", status: "corrected", serviceCreditMinor: 0 });
  });

  it("of nobody is not found: exit 2 with the API's own code", async () => {
    const { json, status } = await eco("deliveries", "show", "nothing-here", "--json");
    expect(status).toBe(2);
    expect(json.error.code).toBe("ECO_NOT_FOUND");
  });

  it("caused events, which can be listed", async () => {
    const { json } = await eco("events", "list", "--subject", "late-1", "--json");
    const types = (json.result as { items: { type: string }[] }).items.map(({ type }) => type);
    expect(types).toContain("campus.harbour.delivery.rated.v1");
    expect(types).toContain("campus.harbour.delivery.corrected.v1");
  });
});
