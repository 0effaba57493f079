import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMinor, minorUnits, readableMinor } from "../../../sandbox/rating/currency.ts";

describe("amounts in minor units", () => {
  it.each([
    [25611n, 2, "256.11", "256.11"],
    [5n, 2, "0.05", "0.05"],
    [-5, 2, "-0.05", "−0.05"],
    [24_482_926n, 2, "244829.26", "244,829.26"],
    [-100_000, 2, "-1000.00", "−1,000.00"],
    [1500, 0, "1500", "1,500"],
    [1500, 3, "1.500", "1.500"],
    [12_345_678, 4, "1234.5678", "1,234.5678"],
  ])("%s with scale %s is %s to a machine and %s to a person", (amount, scale, plain, readable) => {
    expect([formatMinor(amount, scale), readableMinor(amount, scale)]).toEqual([plain, readable]);
  });

  it("say exactly the amount, however large it is", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 4 }), (amount, scale) => {
        const digits = readableMinor(amount, scale).replace("−", "-").replace(/[,.]/g, "");
        expect(BigInt(digits)).toBe(amount);
      }),
    );
  });

  // Where what is customary at the till differs from ISO 4217, the books follow the standard.
  it.each([
    ["EUR", 2],
    ["HUF", 2],
    ["IDR", 2],
    ["IQD", 3],
    ["JPY", 0],
    ["CLF", 4],
  ])("%s has %i decimals", (currency, decimals) => {
    expect(minorUnits(currency)).toBe(decimals);
  });
});
