import { fullFormats } from "ajv-formats/dist/formats.js";
import { boundedPattern } from "../patterns/bounded-pattern.ts";
import { isPlainObject } from "../pointer.ts";
import type { Keyword, KeywordContext } from "./keyword.ts";
import { sameJson, twinsIn } from "./same-json.ts";
import { LAZY_REFERENCE } from "./schema-closure.ts";

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isObject = isPlainObject;

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  number: isNumber,
  integer: (value) => isNumber(value) && value % 1 === 0,
  string: isText,
  array: isList,
  object: isObject,
};

const listOf = (value: unknown): readonly unknown[] => (isList(value) ? value : [value]);
const mapOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isObject(value) ? Object.entries(value) : [];

/** A keyword that compares a number of the value with what it says. */
function limit(
  on: Keyword["on"],
  sizeOf: (value: never) => number,
  holds: (size: number, says: number) => boolean,
  words: (says: number) => string,
): Keyword {
  return {
    ...(on === undefined ? {} : { on }),
    check({ says, value, fail }) {
      if (isNumber(says) && !holds(sizeOf(value as never), says)) fail(words(says), { limit: says });
    },
  };
}

const own = (value: number): number => value;
const letters = (value: string): number => {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
};
const items = (value: readonly unknown[]): number => value.length;
const members = (value: object): number => Object.keys(value).length;
const atMost = (size: number, says: number): boolean => size <= says;
const atLeast = (size: number, says: number): boolean => size >= says;
const more = (what: string) => (says: number) => `must NOT have more than ${says} ${what}`;
const fewer = (what: string) => (says: number) => `must NOT have fewer than ${says} ${what}`;

/** Every alternative on its own; what each fitting one has looked at counts. */
function alternatives(context: KeywordContext) {
  const outcomes = listOf(context.says).map((one, at) => context.against(one, { at }));
  const fitting = outcomes.filter(({ errors }) => errors.length === 0);
  return { outcomes, fitting };
}

/** Compiled once: patterns are looked at before they run, which takes longer than they do. */
const expressions = new Map<string, RegExp>();
function expressionOf(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (expression === undefined) {
    expression = boundedPattern(pattern, "u");
    expressions.set(pattern, expression);
  }
  return expression;
}

const declared = (schema: KeywordContext["schema"], name: string): boolean =>
  (isObject(schema["properties"]) && Object.hasOwn(schema["properties"], name)) ||
  mapOf(schema["patternProperties"]).some(([pattern]) => expressionOf(pattern).test(name));

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

function required({ says, value, fail }: KeywordContext): void {
  for (const name of listOf(says))
    if (isText(name) && isObject(value) && !Object.hasOwn(value, name))
      fail(`must have required property '${name}'`, { missingProperty: name });
}

function dependent({ says, value, fail, take, against }: KeywordContext): void {
  for (const [name, wanted] of mapOf(says)) {
    if (!isObject(value) || !Object.hasOwn(value, name)) continue;
    if (!isList(wanted)) take(against(wanted, { at: name }));
    else if (wanted.some((one) => isText(one) && !Object.hasOwn(value, one)))
      for (const one of wanted.filter((it) => isText(it) && !Object.hasOwn(value, it)))
        fail(
          `must have ${wanted.length === 1 ? "property" : "properties"} ${wanted.join(", ")} when property ${name} is present`,
          { property: name, missingProperty: one },
        );
  }
}

const reference: Keyword = { check: ({ says, take, againstUnit }) => take(againstUnit(String(says))) };

/**
 * The keywords of JSON Schema 2020-12 in the order in which Ajv asks them, with its words. What isn't here says nothing
 * about a value.
 */
export const keywords: readonly (readonly [name: string, keyword: Keyword])[] = [
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
  [
    "not",
    {
      check({ says, against, fail }) {
        if (against(says).errors.length === 0) fail("must NOT be valid");
      },
    },
  ],
  [
    "anyOf",
    {
      check(context) {
        const { outcomes, fitting } = alternatives(context);
        for (const outcome of fitting) context.looksAt(outcome);
        if (fitting.length > 0) return;
        for (const outcome of outcomes) context.take(outcome);
        context.fail("must match a schema in anyOf");
      },
    },
  ],
  [
    "oneOf",
    {
      check(context) {
        const { outcomes, fitting } = alternatives(context);
        if (fitting.length === 1) return fitting.forEach(context.looksAt);
        if (fitting.length === 0) for (const outcome of outcomes) context.take(outcome);
        context.fail("must match exactly one schema in oneOf");
      },
    },
  ],
  [
    "allOf",
    {
      check({ says, against, take }) {
        for (const [at, one] of listOf(says).entries()) take(against(one, { at }));
      },
    },
  ],
  [
    "if",
    {
      check({ schema, says, against, take, looksAt, fail }) {
        const condition = against(says);
        const holds = condition.errors.length === 0;
        if (holds) looksAt(condition);
        const branch = holds ? "then" : "else";
        if (!Object.hasOwn(schema, branch)) return;
        const outcome = against(schema[branch], { keyword: branch });
        take(outcome);
        if (outcome.errors.length > 0) fail(`must match "${branch}" schema`, { failingKeyword: branch });
      },
    },
  ],
  ["maxItems", limit(isList, items, atMost, more("items"))],
  ["minItems", limit(isList, items, atLeast, fewer("items"))],
  [
    "uniqueItems",
    {
      on: isList,
      check({ says, value, fail }) {
        const twins = says === true && isList(value) ? twinsIn(value) : undefined;
        if (twins === undefined) return;
        const [j, i] = twins;
        fail(`must NOT have duplicate items (items ## ${j} and ${i} are identical)`, { i, j });
      },
    },
  ],
  [
    "prefixItems",
    {
      on: isList,
      check({ says, value, against, take, looked }) {
        for (const [index, one] of listOf(says).entries()) {
          if (!isList(value) || index >= value.length) continue;
          take(against(one, { at: index, below: { value: value[index], step: index } }));
          looked.items.add(index);
        }
      },
    },
  ],
  [
    "items",
    {
      on: isList,
      check({ schema, says, value, against, take, looked, fail }) {
        if (!isList(value)) return;
        const from = isList(schema["prefixItems"]) ? schema["prefixItems"].length : 0;
        if (says === false && from > 0) {
          if (value.length > from) fail(`must NOT have more than ${from} items`, { limit: from });
          return;
        }
        for (let index = from; index < value.length; index += 1) {
          take(against(says, { below: { value: value[index], step: index } }));
          looked.items.add(index);
        }
      },
    },
  ],
  [
    "contains",
    {
      on: isList,
      check({ schema, says, value, against, looked, fail }) {
        if (!isList(value)) return;
        const { minContains: least = 1, maxContains: most } = schema;
        let count = 0;
        for (const [index, item] of value.entries()) {
          if (against(says, { below: { value: item, step: index } }).errors.length > 0) continue;
          count += 1;
          looked.items.add(index);
        }
        if (count >= Number(least) && !(most !== undefined && count > Number(most))) return;
        const upTo = most === undefined ? "" : ` and no more than ${most}`;
        fail(`must contain at least ${least}${upTo} valid item(s)`);
      },
    },
  ],
  ["maxProperties", limit(isObject, members, atMost, more("properties"))],
  ["minProperties", limit(isObject, members, atLeast, fewer("properties"))],
  ["required", { on: isObject, check: required }],
  ["dependentRequired", { on: isObject, check: dependent }],
  ["dependentSchemas", { on: isObject, check: dependent }],
  ["dependencies", { on: isObject, check: dependent }],
  [
    "propertyNames",
    {
      on: isObject,
      check({ says, value, against, fail }) {
        for (const [name] of mapOf(value))
          if (against(says, { below: { value: name, step: name } }).errors.length > 0)
            fail("property name must be valid", { propertyName: name });
      },
    },
  ],
  [
    "additionalProperties",
    {
      on: isObject,
      check({ schema, says, value, against, take, looked, fail }) {
        for (const [name, member] of mapOf(value)) {
          if (declared(schema, name)) continue;
          if (says === false) fail("must NOT have additional properties", { additionalProperty: name });
          else take(against(says, { below: { value: member, step: name } }));
          looked.names.add(name);
        }
      },
    },
  ],
  [
    "properties",
    {
      on: isObject,
      check({ says, value, against, take, looked }) {
        for (const [name, one] of mapOf(says)) {
          if (!isObject(value) || !Object.hasOwn(value, name)) continue;
          take(against(one, { at: name, below: { value: value[name], step: name } }));
          looked.names.add(name);
        }
      },
    },
  ],
  [
    "patternProperties",
    {
      on: isObject,
      check({ says, value, against, take, looked }) {
        for (const [pattern, one] of mapOf(says))
          for (const [name, member] of mapOf(value)) {
            if (!expressionOf(pattern).test(name)) continue;
            take(against(one, { at: pattern, below: { value: member, step: name } }));
            looked.names.add(name);
          }
      },
    },
  ],
  [
    "unevaluatedItems",
    {
      on: isList,
      check({ says, value, against, take, looked, fail }) {
        if (!isList(value)) return;
        const rest = value.flatMap((item, index) => (looked.items.has(index) ? [] : [{ item, index }]));
        if (says === false && rest.length > 0)
          fail(`must NOT have more than ${value.length - rest.length} items`);
        else for (const { item, index } of rest) take(against(says, { below: { value: item, step: index } }));
        for (const { index } of rest) looked.items.add(index);
      },
    },
  ],
  [
    "unevaluatedProperties",
    {
      on: isObject,
      check({ says, value, against, take, looked, fail }) {
        for (const [name, member] of mapOf(value)) {
          if (looked.names.has(name)) continue;
          if (says === false) fail("must NOT have unevaluated properties", { unevaluatedProperty: name });
          else take(against(says, { below: { value: member, step: name } }));
          looked.names.add(name);
        }
      },
    },
  ],
];
