import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Keyword, NamedKeyword } from "../keyword.ts";
import { sameJson } from "../same-json.ts";
import { LAZY_REFERENCE } from "../schema-closure.ts";
import { expressionOf } from "./expressions.ts";
import { isList, isNumber, isObject, isText, listOf } from "./kinds.ts";
import { atLeast, atMost, fewer, limit, more } from "./limit.ts";

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  number: isNumber,
  integer: (value) => isNumber(value) && value % 1 === 0,
  string: isText,
  array: isList,
  object: isObject,
};

const own = (value: number): number => value;
const letters = (value: string): number => {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
};

function formatHolds(format: unknown, value: unknown): boolean {
  if (!isText(format) || !Object.hasOwn(fullFormats, format)) return true;
  const known: unknown = fullFormats[format as keyof typeof fullFormats];
  if (known instanceof RegExp) return !isText(value) || known.test(value);
  if (typeof known === "function") return !isText(value) || known(value) === true;
  if (!isObject(known)) return true;
  const { type = "string", validate } = known;
  if (typeof value !== type) return true;
  if (validate instanceof RegExp) return validate.test(String(value));
  return typeof validate !== "function" || validate(value) === true;
}

const reference: Keyword = { check: ({ says, take, againstUnit }) => take(againstUnit(String(says))) };

/** What a value is by itself: where it is described, its type, its size, its text, or which one it is. */
export const scalarKeywords: readonly NamedKeyword[] = [
  ["$ref", reference],
  [LAZY_REFERENCE, reference],
  [
    "type",
    {
      check({ says, value, fail }) {
        const types = listOf(says).filter(isText);
        if (!types.some((type) => TYPES[type]?.(value))) fail(`must be ${types.join(",")}`, { type: says });
      },
    },
  ],
  ["maximum", limit(isNumber, own, atMost, (says) => `must be <= ${says}`)],
  ["minimum", limit(isNumber, own, atLeast, (says) => `must be >= ${says}`)],
  [
    "exclusiveMaximum",
    limit(
      isNumber,
      own,
      (size, says) => size < says,
      (says) => `must be < ${says}`,
    ),
  ],
  [
    "exclusiveMinimum",
    limit(
      isNumber,
      own,
      (size, says) => size > says,
      (says) => `must be > ${says}`,
    ),
  ],
  [
    "multipleOf",
    limit(
      isNumber,
      own,
      // 0.07 is a multiple of 0.01, though its binary fraction isn't quite.
      (size, says) => Math.abs(Math.round(size / says) - size / says) <= 1e-6,
      (says) => `must be multiple of ${says}`,
    ),
  ],
  ["maxLength", limit(isText, letters, atMost, more("characters"))],
  ["minLength", limit(isText, letters, atLeast, fewer("characters"))],
  [
    "pattern",
    {
      on: isText,
      check({ says, value, fail }) {
        if (isText(says) && isText(value) && !expressionOf(says).test(value))
          fail(`must match pattern "${says}"`, { pattern: says });
      },
    },
  ],
  [
    "format",
    {
      check({ says, value, fail }) {
        if (!formatHolds(says, value)) fail(`must match format "${String(says)}"`, { format: says });
      },
    },
  ],
  [
    "const",
    {
      check({ says, value, fail }) {
        if (!sameJson(says, value)) fail("must be equal to constant", { allowedValue: says });
      },
    },
  ],
  [
    "enum",
    {
      check({ says, value, fail }) {
        if (!listOf(says).some((one) => sameJson(one, value)))
          fail("must be equal to one of the allowed values", { allowedValues: says });
      },
    },
  ],
];
