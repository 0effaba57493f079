import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStrictJson } from "../../specs/engine/strict-json.ts";

describe("parseStrictJson", () => {
  it.each([
    ["an object", '{"a":{"b":[1,"x:y",{"c":null}]},"d":"\\"{:"}'],
    ["the same key in different objects", '[{"a":1},{"a":2}]'],
    ["escaped quotes and backslashes", '{"a\\\\":"\\\\\\"","b":":"}'],
    ["a surrogate pair by escapes", '"\\ud83d\\ude00"'],
    ["a key named __proto__", '{"__proto__":{"polluted":true}}'],
  ])("reads %s as JSON.parse does", (_, text) => {
    expect(parseStrictJson(text, 10)).toEqual({ kind: "parsed", value: JSON.parse(text) });
  });

  it.each([
    ["half a text", '{"a":"b', /not JSON/],
    ["nothing", "", /not JSON/],
    ["a byte order mark", "\ufeff{}", /not JSON/],
    ["a key given twice", '{"a":1,"b":2,"a":3}', /same key twice/],
    ["a key given twice, once by an escape", '{"a":1,"\\u0061":3}', /same key twice/],
    ["a key given twice, deep down", '[[{"x":{"a":1,"a":1}}]]', /same key twice/],
    ["half of a surrogate pair", '{"a":"\\ud83d"}', /surrogate/],
    ["half of a surrogate pair in a key", '{"\\ud83d":1}', /surrogate/],
    ["nesting beyond the limit", "[".repeat(11) + "]".repeat(11), /11 levels/],
    ["a bomb of brackets", "[".repeat(1_000_000), /1000000 levels/],
  ])("refuses %s", (_, text, detail) => {
    const parsed = parseStrictJson(text, 10);
    expect(parsed).toMatchObject({ kind: "refused", detail: expect.stringMatching(detail) });
  });

  it("reads whatever JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const parsed = parseStrictJson(text, 64);
        // JSON.stringify escapes lone surrogates, the one thing of it that is refused.
        if (parsed.kind === "refused") expect(parsed.detail).toMatch(/surrogate/);
        else expect(parsed.value).toEqual(JSON.parse(text));
      }),
    );
  });
});
