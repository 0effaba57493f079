import { describe, expect, it } from "vitest";
import { testRating } from "./cards.ts";
import { rated } from "./harbour.ts";

describe("the measures of a product", () => {
  it("are all that its prices, windows and conditions read, and those that it can't do without are required", () => {
    const rating = testRating({
      entry: {
        price: {
          components: [
            { model: "unit", measure: "units", unitAmount: "1" },
            {
              model: "unit",
              measure: "extras",
              unitAmount: "2",
              when: [{ measure: "express", equals: true }],
            },
          ],
        },
        discounts: [{ id: "d", percent: "5", when: [{ measure: "season", equals: "winter" }] }],
      },
    });
    const measures = rating.describe("thing")?.measures;
    expect(measures?.map(({ name, type, required }) => [name, type, required])).toEqual([
      ["units", "number", true],
      ["extras", "number", false],
      ["express", "boolean", false],
      ["season", "text", false],
    ]);
    const usage = { units: 3, extras: 2, express: true, season: "winter" };
    expect(rated({ product: "thing", customer: "member", usage }, {}, rating).netMinor).toBe(665n);
  });
});
