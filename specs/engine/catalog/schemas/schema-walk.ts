import { isPlainObject, pointerOf } from "../pointer.ts";

/** Keywords of JSON Schema 2020-12 (and its forerunners) whose value is one schema. */
const SINGLE = new Set([
  "items",
  "additionalItems",
  "unevaluatedItems",
  "contains",
  "additionalProperties",
  "unevaluatedProperties",
  "propertyNames",
  "not",
  "if",
  "then",
  "else",
  "contentSchema",
]);
const LISTS = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const MAPS = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"]);

export interface Subschema {
  readonly schema: unknown;
  /** From the parent schema: `/properties/name`. */
  readonly pointer: string;
}

/** The schemas directly inside a schema. `items` as a list (before 2020-12) counts too. */
export function* subschemas(schema: unknown): Generator<Subschema> {
  if (!isPlainObject(schema)) return;
  for (const [keyword, value] of Object.entries(schema)) {
    if (SINGLE.has(keyword) && !Array.isArray(value)) {
      yield { schema: value, pointer: pointerOf(keyword) };
    } else if ((LISTS.has(keyword) || keyword === "items") && Array.isArray(value)) {
      for (const [index, item] of value.entries()) yield { schema: item, pointer: pointerOf(keyword, index) };
    } else if (MAPS.has(keyword) && isPlainObject(value)) {
      for (const [name, item] of Object.entries(value)) {
        yield { schema: item, pointer: pointerOf(keyword, name) };
      }
    }
  }
}

/** A schema and all schemas inside it, parents first. `$ref` is not followed. */
export function* allSchemas(schema: unknown, pointer = ""): Generator<Subschema> {
  const stack: Subschema[] = [{ schema, pointer }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    yield item;
    for (const inner of subschemas(item.schema)) {
      stack.push({ schema: inner.schema, pointer: item.pointer + inner.pointer });
    }
  }
}
