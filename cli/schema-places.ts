import type { ErrorObject } from "ajv";

/**
 * Every place of a value that breaks a JSON Schema, in words: `/traffic/0/late must be <= 1`.
 * @param whole how the value itself is called
 */
export function schemaPlaces(errors: readonly ErrorObject[] | null | undefined, whole: string): string {
  return (errors ?? [])
    .map(({ instancePath, message, params, keyword }) => {
      const extra = keyword === "additionalProperties" ? ` (${String(params["additionalProperty"])})` : "";
      return `${instancePath === "" ? whole : instancePath} ${message ?? "is invalid"}${extra}`;
    })
    .join("; ");
}
