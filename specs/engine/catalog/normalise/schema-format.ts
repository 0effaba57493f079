import { isPlainObject } from "../pointer.ts";

/**
 * The format of a schema that an AsyncAPI document gives together with its format, where it is none of JSON Schema:
 * Avro, Protobuf, RAML, … Undefined for all others.
 */
export function foreignFormat(schema: unknown): string | undefined {
  if (!isPlainObject(schema) || schema["schema"] === undefined) return undefined;
  const format = schema["schemaFormat"];
  if (typeof format !== "string") return undefined;
  return /schema\+json|schema\+yaml|aai\.asyncapi|vnd\.oai\.openapi/.test(format) ? undefined : format;
}
