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
  ])("makes a text that matches %s, the same one from the same seed", (pattern) => {
    const text = textMatching(pattern, numbersFrom("seed"));
    expect(text).toMatch(new RegExp(pattern, "u"));
    expect(textMatching(pattern, numbersFrom("seed"))).toBe(text);
  });

  it.each(["(?=a)b", "(a)\\1", "[^a]b", "(unclosed", "^\\p{Lu}$", "\\bword"])("gives up on %s", (pattern) => {
    expect(textMatching(pattern, numbersFrom("seed"))).toBeUndefined();
  });
});
