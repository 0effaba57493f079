import { describe, expect, it } from "vitest";
import { patternProblem } from "../../../specs/engine/catalog/patterns/pattern-guard.ts";
import { regexRisk } from "../../../specs/engine/catalog/patterns/regex-ambiguity.ts";
import { longestText } from "../../../specs/engine/catalog/patterns/regex-growth.ts";

describe("patterns that may take for ever", () => {
  it.each([
    "^(a+)+$",
    "(a|a)*$",
    "(a*)*$",
    "(a|aa)+$",
    "^(\\w+\\s?)*$",
    "^([a-z]+-?)*$",
    "(x+x+)+y",
    "(.*a){20}",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+$",
    "(?=(a+)+b)c",
    "^(?:\\d{1,20}){1,20}$",
    "^(é|[^a-z])*$",
  ])("are found: %s", (pattern) => {
    expect(regexRisk(pattern)).toBe("exponential");
    expect(patternProblem(pattern)).toMatchObject({ code: "spec.pattern.slow" });
  });

  it("are suspected where nothing can be proven", () => {
    expect(regexRisk("^(a|b)\\1*$")).toBe("unknown");
    expect(patternProblem(`^${"(a|b)?".repeat(1000)}$`)).toMatchObject({ code: "spec.pattern.slow" });
  });

  it("really do: the engine's time doubles with each character", () => {
    // A pattern that the guard refuses, on inputs small enough to end.
    const time = (length: number): number => {
      const startedAt = performance.now();
      /^(a+)+$/.test(`${"a".repeat(length)}!`);
      return performance.now() - startedAt;
    };
    time(18);
    expect(time(24)).toBeGreaterThan(time(16) * 4);
  });
});

describe("patterns that are fine", () => {
  it.each([
    "^[a-z0-9]+(?:-[a-z0-9]+)*$",
    "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)?$",
    "^([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}$",
    "^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}$",
    "^[\\p{L}]+( [\\p{L}]+)*$",
    "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    "^[^@]+@[^@]+\\.[^@]+$",
    "^([a-z]{1,63}\\.){1,8}[a-z]{2,63}$",
    "^(?!-)[a-z-]{1,63}(?<!-)$",
    "^(?<year>\\d{4})[-/.](?<rest>.*)$",
    "^[\\]\\[(){}]$",
    "^\\u{1F600}|[^\\x00-\\x1f]$",
    "",
  ])("pass: %s", (pattern) => {
    expect(patternProblem(pattern)).toBeUndefined();
  });
});

it.each([
  ["(", "spec.pattern.invalid"],
  ["a{2,1}", "spec.pattern.invalid"],
  [5, "spec.pattern.invalid"],
  ["x".repeat(6000), "spec.pattern.slow"],
  [`^${".*".repeat(5)}x$`, "spec.pattern.slow"],
])("refuses %s", (pattern, code) => {
  expect(patternProblem(pattern)).toMatchObject({ code });
});

it.each([
  ["^\\_a$", "^_a$"],
  ["^[a\\-z]\\-$", "^[a\\x2dz]\\x2d$"],
  ["a\\@b\\/c", "a@b\\/c"],
  ["\\\\\\_", "\\\\_"],
])("rewrites %s, which the u flag forbids", (pattern, rewritten) => {
  expect(patternProblem(pattern)).toEqual({ rewritten });
});

describe("the longest text that a pattern is tried on", () => {
  it.each([
    ["^[a-z0-9]+(?:-[a-z0-9]+)*$", Number.POSITIVE_INFINITY],
    ["^[A-Za-z0-9+/=]*$", Number.POSITIVE_INFINITY],
    ["\\S+", Number.POSITIVE_INFINITY],
    ["foo|bar", Number.POSITIVE_INFINITY],
    ["^[^\\s]+\\s+[^\\s]+$", Number.POSITIVE_INFINITY],
    ["^https://.*$", Number.POSITIVE_INFINITY],
    [".+@.+", 4_000],
    ["\\s+$", 4_000],
    ["^.*foo.*$", 4_000],
    ["^(?=.*a).*b", 4_000],
    ["^.*a.*b.*c$", 500],
    ["^a*a*a*$", 500],
    ["^a*a*a*a*$", 140],
    ["^a*a*a*a*a*$", 0],
    [`^${"a*".repeat(200)}b$`, 0],
  ])("for %s is %s", (pattern, want) => {
    expect(longestText(pattern)).toBe(want);
  });
});
