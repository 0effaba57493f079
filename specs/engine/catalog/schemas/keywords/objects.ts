import type { KeywordContext, NamedKeyword } from "../keyword.ts";
import { expressionOf } from "./expressions.ts";
import { isList, isObject, isText, listOf, mapOf } from "./kinds.ts";
import { atLeast, atMost, fewer, limit, more } from "./limit.ts";

const members = (value: object): number => Object.keys(value).length;

const declared = (schema: KeywordContext["schema"], name: string): boolean =>
  (isObject(schema["properties"]) && Object.hasOwn(schema["properties"], name)) ||
  mapOf(schema["patternProperties"]).some(([pattern]) => expressionOf(pattern).test(name));

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

/** What is left over comes last: it is known once all others have looked. */
export const objectKeywords: readonly NamedKeyword[] = [
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
