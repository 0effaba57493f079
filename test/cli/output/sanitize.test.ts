import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toJsonLine } from "../../../cli/output/envelope.ts";
import { sanitize, sanitizeLine, sanitizePainted } from "../../../cli/output/sanitize.ts";

const ESC = "\u001b";
const dangerous = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u;
const plainColor = new RegExp(`${ESC}\\[(?:0|1|2|22|39|3[0-7])m`, "g");

/** Texts in which what a terminal acts on is frequent. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ESC,
        "[",
        "]",
        "P",
        "\\",
        "31m",
        "0;",
        "c",
        "\u0007",
        "\u009b",
        "\u009c",
        "\u009d",
        "\u202e",
        "\r",
      ),
      fc.string({ unit: "binary" }),
    ),
  )
  .map((pieces) => pieces.join(""));

describe("text for a terminal", () => {
  it("holds nothing that a terminal acts on, whatever it was made of", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(sanitize(text)).not.toMatch(dangerous);
        expect(sanitizeLine(text)).not.toMatch(/[\n\t]/);
        expect(sanitizePainted(text).replace(plainColor, "")).not.toMatch(dangerous);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["a window title", `a${ESC}]0;title\u0007b`, "ab"],
    ["a link", `${ESC}]8;;http://x${ESC}\\here${ESC}]8;;${ESC}\\`, "here"],
    ["a question to the terminal", `a${ESC}P+q544e${ESC}\\b`, "ab"],
    ["its spelling in one character", "a\u009d0;title\u009cb", "ab"],
    ["a string that never ends", `a${ESC}]52;c;Zm9v`, "a"],
    ["colours and the cursor", `${ESC}[1;31mred${ESC}[0m${ESC}[2J\u009b5Aup`, "redup"],
    ["letters in another order", "a\u202eb\u2066c\u200fd", "abcd"],
    ["a line that writes over itself", "paid\rowed\b\b", "paidowed"],
    ["tabs and line breaks, which stay", "a\tb\nc", "a\tb\nc"],
    ["letters of any language", "Ærø 日本 שלום 🎈", "Ærø 日本 שלום 🎈"],
  ])("loses %s", (_what, text, want) => {
    expect(sanitize(text)).toBe(want);
  });

  it("keeps plain colours where they are eco's own, and no others", () => {
    expect(sanitizePainted(`${ESC}[31mred${ESC}[39m ${ESC}[8mhidden${ESC}[0m`)).toBe(
      `${ESC}[31mred${ESC}[39m hidden${ESC}[0m`,
    );
  });
});

it("JSON for a terminal says the same and holds nothing that a terminal acts on", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const line = toJsonLine({ [text]: text });
      expect(line).not.toMatch(/[\n\t]|[\p{Cc}\p{Bidi_Control}]/u);
      expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify({ [text]: text })));
    }),
    { numRuns: 1_000 },
  );
});
