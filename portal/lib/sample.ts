import type { SchemaRef } from "../../specs/engine/catalog/types.ts";
import { isObject, list, localPointer, object, texts } from "./json.ts";
import type { SchemaSource } from "./schema.ts";

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "2025-03-11T08:30:00Z",
  date: "2025-03-11",
  time: "08:30:00Z",
  duration: "PT2H",
  email: "someone@example.com",
  uri: "https://example.com/",
  uuid: "7f0c1d7e-4e0a-4b57-9a0e-2f8a1f2b6c11",
  hostname: "example.com",
};

/** Levels, references included, after which optional parts and array items are left out. */
const DEEPEST = 8;

/**
 * A value that fits a schema, for documents that give no example: the schema's own example, default or first allowed value
 * where it has one, else the smallest honest value of its type. Recursion ends.
 */
export function sampleOf(ref: SchemaRef, source: SchemaSource): unknown {
  return sample(source.resolve(ref), ref.document, source, 0);
}

function sample(schema: unknown, document: string, source: SchemaSource, depth: number): unknown {
  if (!isObject(schema)) return null;
  const pointer = localPointer(schema["$ref"]);
  if (pointer !== undefined) {
    return depth > DEEPEST
      ? null
      : sample(source.resolve({ document, pointer }), document, source, depth + 1);
  }
  for (const given of [schema["example"], list(schema["examples"])[0], schema["default"], schema["const"]]) {
    if (given !== undefined) return given;
  }
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  const branch = list(schema["oneOf"] ?? schema["anyOf"])[0];
  if (branch !== undefined) return sample(branch, document, source, depth + 1);
  const parts = list(schema["allOf"]).map((part) => sample(part, document, source, depth + 1));
  const merged = Object.assign({}, ...parts.filter(isObject)) as Record<string, unknown>;
  return ofType(schema, merged, document, source, depth);
}

function ofType(
  schema: { readonly [key: string]: unknown },
  merged: Record<string, unknown>,
  document: string,
  source: SchemaSource,
  depth: number,
): unknown {
  const type = Array.isArray(schema["type"]) ? schema["type"][0] : schema["type"];
  if (type === "object" || schema["properties"] !== undefined || Object.keys(merged).length > 0) {
    const wanted = new Set(texts(schema["required"]));
    const properties = Object.entries(object(schema["properties"]));
    const chosen = depth === 0 ? properties : properties.filter(([name]) => wanted.has(name));
    for (const [name, property] of chosen) merged[name] = sample(property, document, source, depth + 1);
    return merged;
  }
  if (type === "array")
    return depth > DEEPEST - 3 ? [] : [sample(schema["items"], document, source, depth + 1)];
  if (type === "integer" || type === "number") return schema["minimum"] ?? 1;
  if (type === "boolean") return true;
  if (type === "null") return null;
  return FORMATS[String(schema["format"])] ?? "text";
}
