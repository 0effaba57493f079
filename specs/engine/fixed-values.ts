import { defineMember, isPlainObject } from "./catalog/pointer.ts";
import type { Catalog, SchemaRef } from "./catalog/types.ts";
import {
  type FlatSchema,
  openSchema,
  propertiesOf,
  requiredOf,
  type SchemaReader,
} from "./certification/generate/schema.ts";

/**
 * What a schema leaves no choice about: members that it requires and whose value it fixes, by `const` or an `enum` of one,
 * as `object: {const: invoice}` does. Nobody has to bind those.
 */
export interface FixedValues {
  /** Members by name, with their only value. */
  readonly own: readonly (readonly [name: string, value: unknown])[];
  /** What is fixed inside of members. */
  readonly inner: readonly (readonly [name: string, fixed: FixedValues, isRequired: boolean])[];
  /** In each item, where the value is a list. */
  readonly items?: FixedValues;
}

/**
 * What the schema of a value fixes; undefined where it is nothing.
 * @param within names that lead to a member of the value, whose own fixed values are wanted
 */
export function fixedValuesOf(
  catalog: Catalog,
  ref: SchemaRef,
  within: readonly string[] = [],
): FixedValues | undefined {
  const { schema, reader } = openSchema(catalog, ref);
  const inner = within.reduce<unknown>((outer, name) => propertiesOf(reader.flat(outer))[name], schema);
  return read(inner, reader, new Set());
}

/** @param above schemas around this one: one that holds itself is read once */
function read(schema: unknown, reader: SchemaReader, above: ReadonlySet<unknown>): FixedValues | undefined {
  const place = isPlainObject(schema) ? (schema["$ref"] ?? schema) : schema;
  if (above.has(place)) return undefined;
  const around = new Set(above).add(place);
  const flat = reader.flat(schema);
  const required = new Set(requiredOf(flat));
  const own: [string, unknown][] = [];
  const inner: [string, FixedValues, boolean][] = [];
  for (const [name, member] of Object.entries(propertiesOf(flat))) {
    const only = onlyValue(reader.flat(member));
    if (only !== undefined) {
      if (required.has(name)) own.push([name, only.value]);
      continue;
    }
    const fixed = read(member, reader, around);
    if (fixed !== undefined) inner.push([name, fixed, required.has(name)]);
  }
  const items = flat["items"] === undefined ? undefined : read(flat["items"], reader, around);
  if (own.length + inner.length === 0 && items === undefined) return undefined;
  return { own, inner, ...(items === undefined ? {} : { items }) };
}

/** The one value that a schema allows, where it is one. */
export function onlyValue(schema: FlatSchema): { readonly value: unknown } | undefined {
  if ("const" in schema) return { value: schema["const"] };
  const { enum: values } = schema;
  return Array.isArray(values) && values.length === 1 ? { value: values[0] } : undefined;
}

/** The value with what is fixed wherever it is missing; the same value where nothing is. */
export function withFixedValues(value: unknown, fixed: FixedValues): unknown {
  if (Array.isArray(value)) {
    const { items } = fixed;
    return items === undefined ? value : value.map((item) => withFixedValues(item, items));
  }
  if (!isPlainObject(value)) return value;
  const filled: Record<string, unknown> = { ...value };
  for (const [name, only] of fixed.own) if (!Object.hasOwn(filled, name)) defineMember(filled, name, only);
  for (const [name, inside, isRequired] of fixed.inner) {
    const isThere = Object.hasOwn(filled, name);
    // Without the member there is nothing to fix, but in one that has to be there.
    if (isThere || (isRequired && inside.own.length > 0))
      defineMember(filled, name, withFixedValues(isThere ? filled[name] : {}, inside));
  }
  return filled;
}
