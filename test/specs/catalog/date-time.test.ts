import formats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAjv } from "../../../specs/engine/catalog/schemas/ajv.ts";
import { isPlainDateTime } from "../../../specs/engine/catalog/schemas/date-time.ts";

const library = formats.default.get("date-time") as { validate(text: string): boolean };
const validate = createAjv().compile<string>({ type: "string", format: "date-time" });

const number = (max: number, length: number) =>
  fc.integer({ min: 0, max }).map((value) => String(value).padStart(length, "0"));
const fraction = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 0, max: 999_999_999 }).map((digits) => `.${digits}`),
);
const zone = fc.oneof(
  fc.constantFrom("", "Z", "z", "+", "+02", "+0200", "Z ", "UTC"),
  fc.tuple(fc.constantFrom("+", "-"), number(29, 2), number(69, 2)).map(([sign, h, m]) => `${sign}${h}:${m}`),
);
/** Times, some of which don't exist. */
const written = fc
  .tuple(
    fc.tuple(number(9_999, 4), number(14, 2), number(33, 2)),
    fc.constantFrom("T", "t", " "),
    fc.tuple(number(25, 2), number(61, 2), number(61, 2)),
    fraction,
    zone,
  )
  .map(([date, separator, time, rest, at]) => `${date.join("-")}${separator}${time.join(":")}${rest}${at}`);
/** The same with one character in another's place. */
const spoilt = fc
  .tuple(written, fc.nat(), fc.constantFrom(..."0123456789-:.TZ+ /;", "٣", "\n", ""))
  .map(([text, at, letter]) => {
    const place = at % text.length;
    return text.slice(0, place) + letter + text.slice(place + 1);
  });

describe("a date-time", () => {
  it.each([
    ["2025-03-11T08:30:00Z", true],
    ["2025-03-11T08:30:00.000Z", true],
    ["2025-03-11T08:30:00.123456789+02:00", true],
    ["2025-03-11T08:30:00-23:59", true],
    ["2025-02-28T00:00:00Z", true],
    ["2025-04-31T00:00:00Z", false],
    ["2025-00-10T00:00:00Z", false],
    ["2025-13-10T00:00:00Z", false],
    ["2025-03-11T24:00:00Z", false],
    ["2025-03-11T08:30:00.Z", false],
    ["2025-03-11T08:30:00+24:00", false],
    ["2025-03-11T08:30:00", false],
    ["2025-03-11T08:30:00Z ", false],
  ])("%j is written plainly: %j", (text, plain) => {
    expect(isPlainDateTime(text)).toBe(plain);
    expect(library.validate(text)).toBe(plain);
  });

  it.each(["2024-02-29T00:00:00Z", "2016-12-31T23:59:60Z", "2025-03-11t08:30:00z", "2025-03-11 08:30:00+02"])(
    "%j is left to the library, which takes it",
    (text) => {
      expect(isPlainDateTime(text)).toBe(false);
      expect(validate(text)).toBe(true);
    },
  );

  it("is valid where the library's own format says so, and nowhere else", () => {
    fc.assert(
      fc.property(fc.oneof(written, spoilt, fc.string()), (text) => {
        expect(validate(text)).toBe(library.validate(text));
      }),
      { numRuns: 5_000 },
    );
  });
});
