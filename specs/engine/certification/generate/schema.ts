import { isPlainObject, type PlainObject, resolvePointer } from "../../catalog/pointer.ts";
import type { Catalog, Schema, SchemaRef } from "../../catalog/types.ts";
import { textsOf } from "../../catalog/untyped.ts";

/** A schema without `$ref` and `allOf` at its top, so that its keywords can be read directly. */
export type FlatSchema = { readonly [keyword: string]: unknown };

/** Reads schemas of one document. */
export interface SchemaReader {
  /** Follows references and merges `allOf`; `false` becomes `{not: {}}`. */
  flat(schema: unknown): FlatSchema;
}

const MAX_HOPS = 32;

function mergeInto(target: Record<string, unknown>, part: FlatSchema): void {
  for (const [key, value] of Object.entries(part)) {
    const held = target[key];
    if (key === "properties" && isPlainObject(held) && isPlainObject(value)) {
      target[key] = { ...held, ...value };
    } else if (key === "required" && Array.isArray(held) && Array.isArray(value)) {
      target[key] = [...new Set([...held, ...value])];
    } else if ((key === "minimum" || key === "minLength" || key === "minItems") && typeof held === "number") {
      target[key] = Math.max(held, Number(value));
    } else if ((key === "maximum" || key === "maxLength" || key === "maxItems") && typeof held === "number") {
      target[key] = Math.min(held, Number(value));
    } else {
      target[key] = value;
    }
  }
}

export function createSchemaReader(document: unknown): SchemaReader {
  const flat = (schema: unknown, hops = 0): FlatSchema => {
    if (schema === false) return { not: {} };
    if (!isPlainObject(schema) || hops > MAX_HOPS) return {};
    const { $ref: reference, allOf, ...own } = schema;
    const merged: Record<string, unknown> = {};
    if (typeof reference === "string") mergeInto(merged, flat(resolvePointer(document, reference), hops + 1));
    if (Array.isArray(allOf)) for (const part of allOf) mergeInto(merged, flat(part, hops + 1));
    mergeInto(merged, own);
    return merged;
  };
  return { flat: (schema) => flat(schema) };
}

/** The schema that a reference names, with a reader for the references inside it. */
export function openSchema(catalog: Catalog, ref: SchemaRef): { schema: Schema; reader: SchemaReader } {
  const content: PlainObject = catalog.documents.find((one) => one.path === ref.document)?.content ?? {};
  const schema = resolvePointer(content, ref.pointer);
  return {
    schema: isPlainObject(schema) || typeof schema === "boolean" ? schema : true,
    reader: createSchemaReader(content),
  };
}

/** The types that a schema allows; guessed from its keywords where it doesn't say. */
export function typesOf(schema: FlatSchema): string[] {
  const { type } = schema;
  if (typeof type === "string") return [type];
  if (Array.isArray(type)) return type.filter((one) => typeof one === "string");
  if (schema["properties"] !== undefined || schema["required"] !== undefined) return ["object"];
  if (schema["items"] !== undefined || schema["prefixItems"] !== undefined) return ["array"];
  if (
    schema["pattern"] !== undefined ||
    schema["maxLength"] !== undefined ||
    schema["format"] !== undefined
  ) {
    return ["string"];
  }
  if (schema["minimum"] !== undefined || schema["maximum"] !== undefined) return ["number"];
  return [];
}

export function propertiesOf(schema: FlatSchema): PlainObject {
  return isPlainObject(schema["properties"]) ? schema["properties"] : {};
}

export function requiredOf(schema: FlatSchema): string[] {
  return textsOf(schema["required"]);
}

/** The branches of `oneOf` or `anyOf`, each merged with what stands beside them. */
export function branchesOf(schema: FlatSchema, reader: SchemaReader): FlatSchema[] {
  const { oneOf, anyOf, discriminator: _unused, ...beside } = schema;
  const branches = Array.isArray(oneOf) ? oneOf : Array.isArray(anyOf) ? anyOf : [];
  return branches.map((branch) => reader.flat({ allOf: [beside, branch] }));
}

export function numberAt(schema: FlatSchema, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === "number" ? value : undefined;
}
