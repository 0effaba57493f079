import { expect, it } from "vitest";
import { describeResult, selftest } from "./selftest.ts";

it("catches every mutant by the check that it breaks, and finds nothing on the healthy partner", async () => {
  const result = await selftest();
  const summary = describeResult(result);
  expect(result.missed, summary).toEqual([]);
  expect(result.untested, summary).toEqual([]);
  expect(result.falseAlarms, summary).toEqual([]);
  expect(result.checks).toBeGreaterThanOrEqual(60);
}, 300_000);
