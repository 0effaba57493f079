import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Home, newHome, projectRoot } from "./support/eco.ts";

const flights = join(projectRoot, "test/fixtures/flights-2k.csv");
const vectors = join(projectRoot, "test/fixtures/vectors/rating.json");
const express = [
  "--product",
  "express-leg",
  "--map",
  "startedAt=departed_at,distanceMiles=distance_miles,arrivalDelayMinutes=delay_minutes",
];
const header = "departed_at,delay_minutes,distance_miles";

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

async function file(name: string, text: string): Promise<string> {
  const path = join(home.path, name);
  await writeFile(path, text);
  return path;
}

describe("2,000 real legs", () => {
  const totals = {
    deliveries: 2000,
    rejected: 0,
    currency: "EUR",
    netMinor: 24_482_926,
    serviceCreditMinor: 757_437,
    taxMinor: 2_372_572,
    payableMinor: 26_098_061,
    sharesMinor: { wayfare: 1_470_018, harbour: 611_970, blueline: 22_400_938 },
    recourseMinor: { blueline: 606_115, wayfare: 151_322 },
    credited: 427,
    atMinimum: 45,
    atMaximum: 17,
  };

  it("come to the published totals, in exactly the published form", async () => {
    const { json, status } = await home.run(["rate", flights, ...express, "--json"]);
    expect(status).toBe(0);
    expect(json).toEqual({ schema: "eco/v1", ok: true, result: totals, warnings: [] });
  });

  it("come to the same without a flag for the columns that are named like a measure", async () => {
    const { json, stderr } = await home.run([
      "rate",
      flights,
      "--product",
      "express-leg",
      "--map",
      "startedAt=departed_at",
      "--map",
      "usage.arrivalDelayMinutes=delay_minutes",
      "--json",
    ]);
    expect(json.result).toEqual(totals);
    expect(stderr).toContain("distance_miles as usage.distanceMiles");
  });

  it("are shown to people with the parties' shares", async () => {
    const { stdout } = await home.run(["rate", flights, ...express]);
    expect(stdout).toContain("244,829.26");
    expect(stdout).toMatch(/blueline +224,009\.38 +6,061\.15/);
  });
});

it("counts two equal rows of one file as two deliveries", async () => {
  const row = "2001-01-01T06:55:00,-19,1797";
  const { json } = await home.run([
    "rate",
    await file("twins.csv", `${header}\n${row}\n${row}\n`),
    ...express,
    "--json",
  ]);
  expect(json.result).toMatchObject({ deliveries: 2, rejected: 0, netMinor: 2 * 25_611 });
});

it("rates the rows that can be rated, lists the others with their line, and exits with 2", async () => {
  const path = await file(
    "bad.csv",
    [
      header,
      "2001-01-01T06:55:00,-19,1797",
      "yesterday,0,100",
      "2001-01-01T08:00:00,0,far",
      "2001-01-01T08:00:00,0",
      "2001-01-01T08:00:00,0,",
      "2001-01-01T11:45:00,20,920",
    ].join("\n"),
  );
  const { json, stderr, status } = await home.run(["rate", path, ...express, "--json"]);
  expect(status).toBe(2);
  expect(json).toMatchObject({
    ok: false,
    error: { code: "ECO_ROWS_REJECTED" },
    result: { deliveries: 2, rejected: 4, netMinor: 25_611 + 14_431 },
  });
  expect(stderr).toContain(":3: departed_at is `yesterday`, not a time");
  expect(stderr).toContain(":4: distance_miles is `far`, not a number");
  expect(stderr).toContain(":5: 2 cells, the header has 3");
  expect(stderr).toContain(":6: distance_miles is empty");
});

it.each([
  {
    name: "NDJSON",
    args: ["--format", "ndjson"],
    text: '{"departed_at":"2001-01-01T06:55:00","distance_miles":1797,"delay_minutes":-19}\n',
  },
  {
    name: "a JSON array",
    args: [],
    text: '[{"departed_at":"2001-01-01T06:55:00","distance_miles":"1797","delay_minutes":-19}]',
  },
  {
    name: "semicolons and a byte order mark",
    args: [],
    text: "\ufeffdeparted_at;delay_minutes;distance_miles\r\n2001-01-01 06:55;-19;1797\r\n",
  },
])("reads $name from stdin", async ({ args, text }) => {
  const { json } = await home.run(["rate", "-", ...express, "--customer", "nordic-apps", ...args, "--json"], {
    stdin: text,
  });
  expect(json.result).toMatchObject({
    deliveries: 1,
    netMinor: 25_611,
    sharesMinor: { wayfare: 1_537, harbour: 640, blueline: 23_434 },
  });
});

it("rates deliveries in their own words without any mapping", async () => {
  const delivery = {
    id: "leg-1",
    product: "express-leg",
    customer: "nordic-apps",
    startedAt: "2001-01-01T11:45:00",
    usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
  };
  const path = await file("own.json", JSON.stringify({ deliveries: [delivery] }));
  const { json } = await home.run(["rate", path, "--json"]);
  expect(json.result).toMatchObject({
    netMinor: 14_431,
    serviceCreditMinor: 1_443,
    taxMinor: 1_299,
    recourseMinor: { blueline: 1_155, wayfare: 288 },
  });
});

it.each([
  {
    name: "an unknown product",
    args: ["--product", "expres-leg"],
    code: "ECO_PRODUCT_UNKNOWN",
    says: "express-leg",
  },
  {
    name: "a column that is not there",
    args: ["--product", "express-leg", "--map", "startedAt=departd_at"],
    code: "ECO_USAGE",
    says: "departed_at",
  },
  {
    name: "a measure that no price knows",
    args: ["--product", "express-leg", "--map", "distance=distance_miles"],
    code: "ECO_USAGE",
    says: "distanceMiles",
  },
  {
    name: "a mapping without =",
    args: ["--product", "express-leg", "--map", "startedAt"],
    code: "ECO_USAGE",
    says: "field=column",
  },
])("refuses $name and says what there is", async ({ args, code, says }) => {
  const { json, status } = await home.run(["rate", flights, ...args, "--json"]);
  expect(status).toBe(2);
  expect(json.error.code).toBe(code);
  expect(json.error.fix).toContain(says);
});

it.each([
  { name: "a file that is not there", args: ["nowhere.csv"], code: "ECO_FILE_UNREADABLE" },
  { name: "no file", args: [], code: "ECO_USAGE" },
])("says of $name what is wrong", async ({ args, code }) => {
  const { json, status } = await home.run(["rate", ...args, "--product", "express-leg", "--json"]);
  expect(status).toBe(2);
  expect(json.error.code).toBe(code);
});

describe("vectors", () => {
  it("all pass", async () => {
    const { stdout, status } = await home.run(["rate", "--vectors", vectors]);
    expect({ stdout, status }).toEqual({ stdout: "101 passed, 0 failed\n", status: 0 });
  });

  it("that fail are listed with what was wanted, and the exit status is 3", async () => {
    const wrong = {
      id: "w1",
      source: "here",
      kind: "rounding",
      mode: "half-even",
      decimals: "0",
      value: "2.5",
      expect: { value: "3" },
    };
    const path = await file("wrong.json", JSON.stringify({ format: "rating-vectors/9", vectors: [wrong] }));
    const text = await home.run(["rate", "--vectors", path]);
    expect(text).toMatchObject({ status: 3, stdout: "0 passed, 1 failed\n" });
    expect(text.stderr).toContain("w1");
    const { json, status } = await home.run(["rate", "--vectors", path, "--json"]);
    expect(status).toBe(3);
    expect(json).toMatchObject({
      ok: false,
      error: { code: "ECO_VECTORS_FAILED" },
      result: { passed: 0, failed: 1 },
      warnings: [expect.stringContaining('its format is "rating-vectors/9"')],
    });
  });
});
