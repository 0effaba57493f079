import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runVectors } from "../../../sandbox/rating/index.ts";
import { charge, proration, rounding, split } from "./vector-kinds.ts";

const published = JSON.parse(
  readFileSync(new URL("../../fixtures/vectors/rating.json", import.meta.url), "utf8"),
) as { vectors: { id: string }[] };

describe("the published rating vectors", () => {
  const report = runVectors(published);

  it("all pass, and there are 101 of them", () => {
    expect(report.results.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.passed).toBe(101);
  });

  it("fail one by one when what they expect is changed", () => {
    const off = published.vectors.map((vector) =>
      JSON.parse(JSON.stringify(vector).replace(/("expect":.*?)(\d)(?=["\]}])/, "$17$2")),
    );
    expect(runVectors({ vectors: off }).passed).toBe(0);
  });
});

describe("vectors of the corners, each worked with exact fractions by another program", () => {
  const corners = JSON.parse(
    readFileSync(new URL("../../fixtures/vectors/corners.json", import.meta.url), "utf8"),
  ) as { vectors: { id: string }[] };

  it("all pass", () => {
    const report = runVectors(corners);
    expect(report.results.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.passed).toBe(219);
  });
});

describe("what can't be run as a vector", () => {
  it.each<[string, unknown]>([
    ["an unknown kind", { kind: "auction", expect: { amount: "1" } }],
    ["no expectation", { kind: "charge", price: { model: "unit" }, usage: { quantity: "1" } }],
    ["an unknown model", charge({ model: "auction" }, { quantity: "1" }, "1")],
    ["an unknown rounding mode", rounding("sideways", "1", "1")],
    ["shares that don't sum", split("10", [{ percent: "50" }, { percent: "30" }], ["5", "5"])],
    ["not even an object", 7],
    ["nothing", null],
  ])("a vector with %s counts as failed, with the reason", (_, vector) => {
    const report = runVectors({ vectors: [vector] });
    expect(report).toMatchObject({ passed: 0, failed: 1 });
    expect(report.results[0]?.error).toBeTruthy();
  });

  it.each<[string, object, string]>([
    [
      "a price without its tiers",
      charge({ model: "graduated" }, { quantity: "1" }, "1"),
      "`tiers` is missing",
    ],
    [
      "a tier that is nothing",
      charge({ model: "volume", tiers: [null] }, { quantity: "1" }, "1"),
      "each of `tiers` is an object",
    ],
    [
      "intervals that are no list",
      charge({ model: "time-rate", intervals: 5 }, { seconds: "1" }, "1"),
      "`intervals` is missing, or no list",
    ],
    [
      "transactions that are no list",
      charge({ model: "percentage", rate: "1" }, { transactions: "9" }, "1"),
      "`transactions` is missing, or no list",
    ],
    [
      "a quantity in words",
      charge({ model: "unit" }, { quantity: "one" }, "1"),
      '"one" is not a decimal number',
    ],
    ["no usage", charge({ model: "unit" }, {}, "1"), "`usage` needs a quantity, seconds or transactions"],
    [
      "half a cent to split",
      split("1.5", [{ remaining: true }], ["1"]),
      "`amount` is a whole number, and says 1.5",
    ],
    [
      "half a cent as a share",
      split("9", [{ fixed: "0.5" }, { remaining: true }], ["0", "9"]),
      "`fixed` is a whole number",
    ],
    ["a share without a rule", split("9", [{ party: "a" }], ["9"]), "a share needs percent, ratio, fraction"],
    [
      "more decimals than anybody computes",
      { ...rounding("floor", "1", "1"), decimals: 1e9 },
      "`decimals` lies between -100 and 100",
    ],
    [
      "an operation that is none",
      {
        kind: "quantity",
        conversion: { operation: "add", factor: "2" },
        usage: { quantity: "1" },
        expect: { quantity: "3" },
      },
      "a conversion multiplies or divides",
    ],
    [
      "a word where a number belongs",
      charge({ model: "unit", unitAmount: true }, { quantity: "1" }, "1"),
      "`unitAmount` is a number written as text, and is true",
    ],
    [
      "a package without its size",
      charge({ model: "package", packageAmount: "1" }, { quantity: "1" }, "1"),
      "`packageSize` is missing",
    ],
    [
      "a conversion that is no object",
      charge({ model: "unit", conversion: "x" }, { quantity: "1" }, "1"),
      '`conversion` is an object, and is "x"',
    ],
    [
      "a number that JSON has cut",
      charge({ model: "unit" }, { quantity: 2 ** 60 + 1 }, "1"),
      "`quantity` has more digits than a JSON number keeps: write it as text",
    ],
    [
      "a tier that ends below zero",
      charge({ model: "graduated", tiers: [{ upTo: "-5" }, { upTo: null }] }, { quantity: "1" }, "1"),
      "tier 1 ends below zero",
    ],
    [
      "two shares that have the rest",
      split("100", [{ remaining: true }, { percent: "10" }, { remaining: true }], ["45", "10", "45"]),
      "only one share may be the remaining one",
    ],
    [
      "a share below zero beside a fixed one",
      split("100", [{ ratio: "-1" }, { ratio: "2" }, { fixed: "10" }], ["-90", "180", "10"]),
      "a share can't be negative",
    ],
    [
      "a share that follows two rules",
      split("100", [{ fixed: "50", maximum: "20" }, { remaining: true }], ["20", "80"]),
      "a share follows one rule, and one here says fixed and maximum",
    ],
    [
      "one number where parts are wanted",
      { ...split("9", [{ remaining: true }], ["9"]), expect: { parts: "9" } },
      '`parts` is a list of numbers, and is "9"',
    ],
    [
      "a prepaid balance below zero",
      { ...charge({ model: "unit" }, { quantity: "1" }, "1"), kind: "credits", credits: ["-5"] },
      "one of `credits` is below zero",
    ],
    [
      "a start after the end of its month",
      proration("actual-days", "2025-03-05", "2025-03-01", "0"),
      "`start` lies after `nextBillingDate`",
    ],
    [
      "an expectation by another name",
      { ...charge({ model: "unit" }, { quantity: "1" }, "0"), expect: { amout: "0" } },
      "`expect` asks for `amout`; a charge has amount",
    ],
  ])("a vector with %s fails, and says what is wrong", (_, vector, reason) => {
    const [result] = runVectors({ vectors: [vector] }).results;
    expect(result).toMatchObject({ passed: false, error: expect.stringContaining(reason) });
  });

  it("what the format doesn't know is told where a vector fails, and only there", () => {
    const price = {
      model: "volume",
      maxAmount: "1",
      conversion: { operation: "multiply", factor: "1", places: "2" },
      tiers: [{ upTo: null, unitAmount: "2", step: "1" }],
    };
    const vector = (amount: string): object => ({
      ...charge(price, { quantity: "1" }, amount),
      inclusive: true,
    });
    const [right, wrong] = runVectors([vector("2"), vector("1")]).results;
    expect(right).not.toHaveProperty("unknown");
    expect(wrong?.unknown).toEqual([
      "inclusive",
      "price.maxAmount",
      "price.conversion.places",
      "price.tiers[0].step",
    ]);
  });

  it("one that can't be run hides no other", () => {
    const good = charge({ model: "unit", unitAmount: "2" }, { quantity: "1" }, "2");
    const { passed, failed, results } = runVectors([good, null, { kind: "auction" }, good, good]);
    expect({ passed, failed }).toEqual({ passed: 3, failed: 2 });
    expect(results.map(({ id }) => id)).toEqual(["#1", "#2", "#3", "#4", "#5"]);
  });

  it("a file without vectors is refused", () => {
    expect(() => runVectors({ hello: 1 })).toThrow(TypeError);
  });
});
