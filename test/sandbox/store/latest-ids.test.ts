import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LatestIds } from "../../../sandbox/store/memory/latest-ids.ts";

describe("the latest ids", () => {
  it("say of an id what a look among all of them would say, or nothing", () => {
    // Sooner or later, in any order, and some of them twice.
    const ids = fc.array(fc.nat(6_000), { minLength: 3_000, maxLength: 5_000 });
    fc.assert(
      fc.property(ids, fc.boolean(), (numbers, sorted) => {
        const latest = new LatestIds();
        const all = new Set<string>();
        for (const number of sorted ? numbers.sort((a, b) => a - b) : numbers) {
          const id = `evt_${number}`;
          expect(latest.has(id) ?? all.has(id)).toBe(all.has(id));
          if (all.has(id)) continue;
          all.add(id);
          latest.add(id);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("know of each that is greater than those before, however many there were", () => {
    const latest = new LatestIds();
    for (let at = 10_000; at < 20_000; at++) {
      expect(latest.has(`evt_${at}`)).toBe(false);
      latest.add(`evt_${at}`);
    }
    expect(latest.has("evt_19000")).toBe(true);
    expect(latest.has("evt_10000")).toBeUndefined();
  });
});
