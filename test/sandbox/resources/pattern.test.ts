import { describe, expect, it } from "vitest";
import { textMatching } from "../../../sandbox/resources/pattern.ts";
import { numbersFrom } from "../../../sandbox/values/ids.ts";

describe("textMatching", () => {
  it.each([
    "^[A-Z]{2}[0-9]{2}[A-Z0-9]{4,30}$",
    "^(GET|POST)$",
    "^\\d{3}-\\w+\\.json$",
    "^[a-z0-9]+(?:-[a-z0-9]+)*$",
    "^\\+?[1-9]\\d{1,14}$",
    "^[\\w.-]+@example\\.com$",
    "^#[0-9a-fA-F]{6}$",
    "a?b*c+d{2}",
    "^[A-Za-z0-9][A-Za-z0-9._:-]*$",
    "^[^\\s@]+@\\S+$",
    "^\\p{Lu}\\p{L}*$",
    "^[\\p{Script=Cyrillic}]$",
    "^(?!.*--)[a-z-]{3,10}$",
    "^(?=.*[A-Z])(?=.*\\d).{8,}$",
    "(?<!a)b$",
    "^(?<year>\\d{4})$",
    "^\\u0041\\x42\\u{43}$",
    "^[\\]\\-a]$",
  ])("makes a text that matches %s, the same one from the same seed", (pattern) => {
    const text = textMatching(pattern, numbersFrom("seed"));
    expect(text).toMatch(new RegExp(pattern, "u"));
    expect(textMatching(pattern, numbersFrom("seed"))).toBe(text);
  });

  it.each([
    ["^[A-Z0-9]+$", { least: 20, most: 40 }],
    ["^a*$", { least: 6, most: 6 }],
    ["^.{2,}$", { least: 30, most: 30 }],
  ])("keeps to the length beside %s", (pattern, length) => {
    const text = textMatching(pattern, numbersFrom("seed"), length) ?? "";
    expect(text).toMatch(new RegExp(pattern, "u"));
    expect(text.length >= length.least && text.length <= length.most).toBe(true);
  });

  it.each(["(?=a)b", "(a)\\1", "(unclosed", "\\bword"])("gives up on %s", (pattern) => {
    expect(textMatching(pattern, numbersFrom("seed"))).toBeUndefined();
  });
});
