import { isPlainObject, type PlainObject } from "../pointer.ts";
import { partsOf } from "./schema-parts.ts";

/** What texts have to be turned into to meet a schema: its types and, for lists and objects, those inside. */
export interface SchemaShape {
  readonly types: ReadonlySet<string>;
  readonly items?: SchemaShape;
  readonly properties: Readonly<Record<string, SchemaShape>>;
  /** Of properties that no name is given for; undefined where the schema says nothing of such. */
  readonly others?: SchemaShape;
}

const anything: SchemaShape = { types: new Set(), properties: {} };

/** The shape of a schema, gathered through references and combinators. Stops at recursion and at a depth of 4. */
export function shapeOf(document: unknown, schema: unknown, depth = 0): SchemaShape {
  if (depth > 4) return anything;
  const types = new Set<string>();
  const properties: Record<string, SchemaShape> = {};
  let items: SchemaShape | undefined;
  let others: SchemaShape | undefined;
  for (const part of partsOf(document, [schema])) {
    for (const type of typesOf(part)) types.add(type);
    if (isPlainObject(part["properties"])) {
      for (const [name, property] of Object.entries(part["properties"])) {
        properties[name] = shapeOf(document, property, depth + 1);
      }
    }
    if (part["items"] !== undefined) items = shapeOf(document, part["items"], depth + 1);
    const further = part["additionalProperties"];
    if (further !== undefined && further !== false) others = shapeOf(document, further, depth + 1);
  }
  return {
    types,
    properties,
    ...(items === undefined ? {} : { items }),
    ...(others === undefined ? {} : { others }),
  };
}

/** The types that a schema names, or those of the values that it lists. */
export function typesOf(schema: PlainObject): string[] {
  const { type } = schema;
  if (typeof type === "string") return [type];
  if (Array.isArray(type)) return type.filter((name) => typeof name === "string");
  const values = Array.isArray(schema["enum"]) ? schema["enum"] : "const" in schema ? [schema["const"]] : [];
  if (values.length === 0 && isPlainObject(schema["properties"])) return ["object"];
  return values.map((value) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value));
}

const NUMERIC = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Text becomes a number, a boolean or null only where the schema wants one and no text; the validator says the rest. */
export function coerceText(text: string, shape: SchemaShape): unknown {
  const { types } = shape;
  if (types.size === 0 || types.has("string")) return text;
  if ((types.has("number") || types.has("integer")) && NUMERIC.test(text)) return Number(text);
  if (types.has("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.has("null") && (text === "" || text === "null")) return null;
  return text;
}

/**
 * What else a text of a parameter may stand for where its schema takes several types: a number though texts are taken
 * too (`anyOf` of an integer and a UUID), one value though lists are.
 */
export function otherReadings(value: unknown, shape: SchemaShape): unknown[] {
  const { types } = shape;
  if (types.size < 2) return [];
  if (Array.isArray(value)) {
    const [only, second]: readonly unknown[] = value;
    const single = without(types, "array", "object");
    if (only === undefined || second !== undefined || single.size === 0) return [];
    return [only, ...otherReadings(only, { ...shape, types: single })];
  }
  if (typeof value !== "string") return [];
  const other = coerceText(value, { ...shape, types: without(types, "string") });
  return other === value ? [] : [other];
}

/** The first reading of a value that its schema takes, or the value itself where it takes none. */
export function fittingReading(
  value: unknown,
  shape: SchemaShape,
  fits: (reading: unknown) => boolean,
): unknown {
  const readings = otherReadings(value, shape);
  return readings.length === 0 || fits(value) ? value : (readings.find(fits) ?? value);
}

const without = (types: ReadonlySet<string>, ...names: readonly string[]): ReadonlySet<string> =>
  new Set([...types].filter((name) => !names.includes(name)));
