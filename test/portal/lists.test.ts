import { describe, expect, it } from "vitest";
import { cutCode } from "../../portal/lib/code.ts";
import { subjectsByPath } from "../../portal/lib/subjects.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";

function catalogOf(paths: readonly string[], tags: readonly string[] = []): Catalog {
  const operations = paths.map((path, index) => ({ id: `op-${index}`, document: "api.json", path, tags }));
  return { operations } as unknown as Catalog;
}

describe("the subjects of an API that tags nothing", () => {
  const paths = ["/v1/tax_rates", "/v1/tax_rates/{id}", ...Array.from({ length: 10 }, () => "/v1/refunds")];

  it("are the first segments in which its paths differ", () => {
    const subjects = subjectsByPath(catalogOf(paths));
    expect([...new Set(subjects.values())]).toEqual(["Tax rates", "Refunds"]);
  });

  it.each([
    ["it has tags", catalogOf(paths, ["Money"])],
    ["it is short", catalogOf(paths.slice(0, 5))],
    ["paths begin with a parameter", catalogOf(Array.from({ length: 12 }, (_, one) => `/{id-${one}}/x`))],
    ["it has one path only", catalogOf(Array.from({ length: 12 }, () => "/v1"))],
  ])("are left to its title where %s", (_, catalog) => {
    expect(subjectsByPath(catalog).size).toBe(0);
  });
});

describe("code on a page", () => {
  it("is shown whole up to a length, and says how much more there is beyond", () => {
    expect(cutCode("a\nb")).toEqual({ shown: "a\nb", left: 0 });
    const long = cutCode(Array.from({ length: 300 }, (_, line) => `line ${line}`).join("\n"));
    expect([long.shown.split("\n").length, long.left]).toEqual([250, 50]);
  });

  it("is cut by its size too, also within a line", () => {
    const wide = cutCode(Array.from({ length: 10 }, () => "x".repeat(5_000)).join("\n"));
    expect([wide.shown.length, wide.left]).toEqual([10_001, 8]);
    expect(cutCode("x".repeat(20_000)).shown).toHaveLength(12_002);
  });
});
