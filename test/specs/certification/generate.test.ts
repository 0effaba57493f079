import { Ajv2020 } from "ajv/dist/2020.js";
import formatsPlugin from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { invalidVariations } from "../../../specs/engine/certification/generate/invalid.ts";
import { textMatching } from "../../../specs/engine/certification/generate/pattern.ts";
import { type SampleOptions, sample } from "../../../specs/engine/certification/generate/sample.ts";
import { createSchemaReader } from "../../../specs/engine/certification/generate/schema.ts";
import { shrink } from "../../../specs/engine/certification/generate/shrink.ts";
import { validVariations } from "../../../specs/engine/certification/generate/valid.ts";
import { createRandom } from "../../../specs/engine/certification/random.ts";

const ajv = new Ajv2020({ strict: false, allErrors: true });
formatsPlugin.default(ajv);

function setUp(schema: object, seed = "1") {
  const validate = ajv.compile(schema);
  const options: SampleOptions = {
    reader: createSchemaReader(schema),
    random: createRandom(seed),
    full: true,
    direction: "request",
  };
  const isValid = (value: unknown): boolean => validate(value);
  return { options, isValid, base: sample(schema, options) };
}

const booking = {
  type: "object",
  additionalProperties: false,
  required: ["room", "people"],
  properties: {
    room: { type: "string", pattern: "^[a-z]{2,8}-[0-9]{1,3}$" },
    people: { type: "integer", minimum: 1, maximum: 40 },
    from: { type: "string", format: "date-time" },
    catering: { $ref: "#/$defs/catering" },
    tags: { type: "array", items: { type: "string", minLength: 1 }, maxItems: 3, uniqueItems: true },
    pay: { oneOf: [{ $ref: "#/$defs/card" }, { $ref: "#/$defs/invoice" }] },
    note: { type: ["string", "null"], maxLength: 20 },
  },
  $defs: {
    catering: { enum: ["none", "coffee", "lunch"] },
    card: {
      type: "object",
      required: ["kind", "last"],
      properties: { kind: { const: "card" }, last: { type: "string", minLength: 4, maxLength: 4 } },
    },
    invoice: {
      type: "object",
      required: ["kind"],
      properties: { kind: { const: "invoice" }, reference: { type: "string" } },
    },
  },
};

describe("valid variations", () => {
  const { options, isValid, base } = setUp(booking);
  const found = validVariations(booking, base, options, isValid);
  const at = (pointer: string): string[] =>
    found.filter((one) => one.pointer === pointer).map((one) => one.label);

  it("start from a valid base with every optional property", () => {
    expect(isValid(base)).toBe(true);
    expect(Object.keys(base as object).sort()).toEqual(Object.keys(booking.properties).sort());
  });

  it("are all valid", () => {
    expect(found.every((one) => isValid(one.value))).toBe(true);
  });

  it.each([
    ["/people", "at its lower bound"],
    ["/people", "at its upper bound"],
    ["/catering", "without the optional property"],
    ["/catering", 'as "lunch"'],
    ["/pay", "as its branch 2"],
    ["/note", "as null"],
    ["/tags", "with as many items as allowed"],
    ["", "with its required properties only"],
  ])("have %s %s", (pointer, label) => {
    expect(at(pointer)).toContain(label);
  });
});

describe("invalid variations", () => {
  const { options, isValid, base } = setUp(booking);
  const found = invalidVariations(booking, base, options, isValid);

  it("are all invalid", () => {
    expect(found.length).toBeGreaterThan(15);
    expect(found.some((one) => isValid(one.value))).toBe(false);
  });

  it.each([
    ["/room", "pattern"],
    ["/room", "required"],
    ["/people", "minimum"],
    ["/people", "maximum"],
    ["/people", "type"],
    ["/from", "format"],
    ["/catering", "enum"],
    ["/tags", "maxItems"],
    ["/tags", "uniqueItems"],
    ["/note", "maxLength"],
    ["/pay", "oneOf"],
    ["", "additionalProperties"],
  ])("violate %s by %s", (pointer, keyword) => {
    expect(found.map((one) => `${one.pointer} ${one.keyword}`)).toContain(`${pointer} ${keyword}`);
  });
});

describe("patterns", () => {
  it.each([
    "^[A-Za-z0-9][A-Za-z0-9._:-]*$",
    "^(open|closed)-\\d{4}$",
    "^[^aeiou]{3}$",
    "^\\w+@\\w+\\.(fi|com)$",
    "^(?:ab)+c?$",
    "^[\\x21-\\x7e]+$",
  ])("are met by what is made from them: %s", (pattern) => {
    const random = createRandom(pattern);
    const text = textMatching(pattern, random);
    // Escapes beyond the generator are left out, never got wrong.
    if (text !== undefined) expect(text).toMatch(new RegExp(pattern, "u"));
    else expect(pattern).toContain("\\x");
  });

  it("give nothing for look-behind", () => {
    expect(textMatching("^(?<=a)b$", createRandom("x"))).toBeUndefined();
  });
});

/** Schemas of the kinds that APIs are made of. */
const { schema: anySchema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      type: fc.constant("integer"),
      minimum: fc.integer({ min: -50, max: 0 }),
      maximum: fc.integer({ min: 1, max: 50 }),
    }),
    fc.record({
      type: fc.constant("string"),
      minLength: fc.integer({ min: 0, max: 3 }),
      maxLength: fc.integer({ min: 4, max: 9 }),
    }),
    fc.record({ type: fc.constant("boolean") }),
    fc.record({ enum: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }) }),
    fc.record({ type: fc.constant("array"), items: tie("schema"), maxItems: fc.integer({ min: 1, max: 4 }) }),
    fc
      .tuple(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie("schema"), { maxKeys: 4 }),
        fc.integer({ min: 0, max: 3 }),
      )
      .map(([properties, required]) => ({
        type: "object",
        additionalProperties: false,
        properties,
        required: Object.keys(properties).slice(0, required),
      })),
  ),
}));

describe("for any schema", () => {
  it("samples, valid and invalid variations are what they claim to be, and the seed decides them", () => {
    fc.assert(
      fc.property(anySchema, fc.string(), (schema, seed) => {
        const one = setUp(schema, seed);
        expect(one.isValid(one.base)).toBe(true);
        const all = [...validVariations(schema, one.base, one.options, () => true)];
        for (const variation of all) expect(one.isValid(variation.value)).toBe(true);
        const other = setUp(schema, seed);
        expect(other.base).toEqual(one.base);
        const broken = invalidVariations(schema, one.base, one.options, one.isValid);
        expect(broken.length).toBeGreaterThan(0);
        for (const variation of broken) expect(one.isValid(variation.value)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe("shrinking", () => {
  it.each([
    [
      "a property that matters",
      { keep: "x".repeat(50), drop: [1, 2, 3], also: { deep: true } },
      { keep: "x" },
    ],
    ["a list", { keep: "abc", list: Array.from({ length: 30 }, (_, index) => index) }, { keep: "a" }],
  ])("leaves only %s", async (_name, failing, want) => {
    const fails = async (value: unknown): Promise<boolean> => (value as { keep?: string }).keep !== undefined;
    const small = await shrink(failing, fails, (value) => (value as { keep?: string }).keep !== "");
    expect(small).toEqual(want);
  });

  it("asks no more often than it may", async () => {
    let asked = 0;
    await shrink(
      Array.from({ length: 500 }, (_, index) => `item ${index}`),
      async () => {
        asked += 1;
        return asked % 2 === 0;
      },
      () => true,
      25,
    );
    expect(asked).toBeLessThanOrEqual(25);
  });
});
