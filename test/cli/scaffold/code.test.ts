import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identifier, inComment, inMarkdown, literal, member } from "../../../cli/scaffold/code.ts";

/** What a spec set may say, and what would be code if it were put into code as it is. */
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(
      fc.constantFrom("*/", "/*", "\n", "\r", "\u2028", "`", "${", '"', "\\", "//", "throw 1", "\0", "x"),
    )
    .map((parts) => parts.join("")),
);

describe("what a spec set says stays what it is in the code of a starter", () => {
  it("as a comment, which it can't end", () => {
    fc.assert(
      fc.property(text, (said) => {
        expect(runInNewContext(`/** ${inComment(said)} */ "code"`)).toBe("code");
      }),
    );
  });

  it("as a value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(text, text), (value, named) => {
        for (const one of [value, named, { named, __own: [named] }])
          expect(JSON.parse(JSON.stringify(runInNewContext(`(${literal(one, 4)})`)))).toEqual(
            JSON.parse(JSON.stringify(one)),
          );
      }),
    );
  });

  it("as a member, `__proto__` among them", () => {
    const own = JSON.parse('{"__proto__": 1}') as object;
    expect(Object.hasOwn(runInNewContext(`(${literal(own)})`), "__proto__")).toBe(true);
    fc.assert(
      fc.property(text, (name) => {
        expect(runInNewContext(`of${member(name)}`, { of: { [name]: "found" } })).toBe("found");
      }),
    );
  });

  it("as a line of Markdown, which it marks up in no way", () => {
    expect(inMarkdown("# A [link](https://x.example)\n<b>`code`</b> | cell")).toBe(
      "\\# A \\[link\\](https://x.example) \\<b\\>\\`code\\`\\</b\\> \\| cell",
    );
  });
});

it.each([
  ["partner-api", "partnerApiClient"],
  ["openapi", "openapiClient"],
  ["delete", "deleteClient"],
  ["3-d", "api3DClient"],
  ["käse", "kSeClient"],
  ["--", "apiClient"],
])("a document called %s has the client %s", (name, want) => {
  expect(identifier(name, "Client")).toBe(want);
  expect(runInNewContext(`const ${want} = 1; ${want}`)).toBe(1);
});
