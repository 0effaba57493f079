import { describe, expect, it } from "vitest";
import { tryThing, usage } from "./cards.ts";

describe("a delivery that can't be rated says why, and where", () => {
  it.each([
    [{ usage: {} }, "USAGE_INVALID", "/usage/units"],
    [{ usage: { units: "-1" } }, "USAGE_INVALID", "/usage/units"],
    [{ usage: { units: "a lot" } }, "USAGE_INVALID", "/usage/units"],
    [{ usage: { units: Number.POSITIVE_INFINITY } }, "USAGE_INVALID", "/usage/units"],
    [{ usage: { units: [1, 2] } }, "USAGE_INVALID", "/usage/units"],
    [{ product: "nothing" }, "PRODUCT_UNKNOWN", "/product"],
    [{ startedAt: "yesterday" }, "USAGE_INVALID", "/startedAt"],
    [{ startedAt: "2025-02-29T10:00:00" }, "USAGE_INVALID", "/startedAt"],
    [{ ...usage(1), endedAt: "2025-13-01" }, "USAGE_INVALID", "/endedAt"],
    [{ usage: JSON.parse('{"__proto__": 3}') as Record<string, number> }, "USAGE_INVALID", "/usage/units"],
  ])("%j", (delivery, code, pointer) => {
    expect(tryThing({ entry: {} }, delivery)).toMatchObject({
      kind: "unrated",
      code,
      pointer,
      fix: expect.stringMatching(/.+/),
    });
  });

  it("an end before its start", () => {
    const price = { model: "time-rate", intervals: [{ amount: "1" }] };
    expect(tryThing({ entry: { price } }, { endedAt: "2025-03-11T09:00:00" })).toMatchObject({
      code: "USAGE_INVALID",
      pointer: "/endedAt",
    });
    expect(tryThing({ entry: { price } })).toMatchObject({ code: "USAGE_INVALID", pointer: "/endedAt" });
  });
});
