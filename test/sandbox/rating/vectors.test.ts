import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runVectors } from "../../../sandbox/rating/index.ts";
import { charge, rounding, split } from "./vector-kinds.ts";

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
    expect(report.passed).toBe(196);
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
      "an expectation by another name",
      { ...charge({ model: "unit" }, { quantity: "1" }, "0"), expect: { amout: "0" } },
      "`expect` asks for `amout`; a charge has amount",
    ],
  ])("a vector with %s fails, and says what is wrong", (_, vector, reason) => {
    const [result] = runVectors({ vectors: [vector] }).results;
    expect(result).toMatchObject({ passed: false, error: expect.stringContaining(reason) });
  });

  it("a file without vectors is refused", () => {
    expect(() => runVectors({ hello: 1 })).toThrow(TypeError);
  });
});
