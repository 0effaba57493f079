import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { play, readScenario, type Scenario, scenarioNames } from "./scenario.ts";

const worked = readFileSync(new URL("scenarios.md", import.meta.url), "utf8");
/** The part of the document that works a scenario; its heading links to the scenario's file. */
const sections = new Map(
  worked.split(/^## /m).map((text) => [/\((?<name>[a-z-]+)\.yaml\)/.exec(text)?.groups?.["name"], text]),
);

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const schemaOf = (kind: string): ReturnType<typeof ajv.compile> =>
  ajv.compile(
    JSON.parse(
      readFileSync(new URL(`../../../../specs/schemas/${kind}.schema.json`, import.meta.url), "utf8"),
    ),
  );
const rateCard = schemaOf("rate-card");
const agreement = schemaOf("agreement");

const decimal = /^-?\d+(\.\d+)?$/;

/** Every amount that a scenario wants, wherever it stands. */
function amountsIn(value: unknown): string[] {
  if (typeof value === "string") return decimal.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(amountsIn) : [];
}

describe.each(scenarioNames)("%s", (name) => {
  const scenario: Scenario = readScenario(name);
  const { want } = scenario;
  const got = play(scenario);

  it("comes to the charges worked by hand", () => expect(got.charges).toEqual(want.charges));

  it("leaves every party with its position, and all of them with nothing", () => {
    expect(got.positions).toEqual(want.positions);
    const sum = Object.values(want.positions).reduce(
      (total, text) => total + BigInt(text.replace(".", "")),
      0n,
    );
    expect(sum).toBe(0n);
  });

  it("has the legs, bookings, ends of months and refusals worked by hand", () => {
    for (const leg of want.legs ?? []) expect(got.legs).toContainEqual(leg);
    if (want.bookings !== undefined) expect(got.bookings).toEqual(want.bookings);
    expect(got.closes).toEqual(want.closes ?? []);
    expect(got.refused).toEqual(want.refused ?? []);
  });

  it("is by documents that their schemas accept", () => {
    for (const content of scenario.rateCards)
      expect([rateCard(content), rateCard.errors]).toEqual([true, null]);
    for (const content of scenario.agreements)
      expect([agreement(content), agreement.errors]).toEqual([true, null]);
  });

  it("is worked in the document, with every figure that is wanted here", () => {
    const section = sections.get(name) ?? "";
    const figures = new Set(section.replaceAll("−", "-").match(/-?\d+(,\d{3})*(\.\d+)?/g));
    const missing = amountsIn(want).filter((amount) => Number(amount) !== 0 && !figures.has(amount));
    expect([...new Set(missing)]).toEqual([]);
  });
});
