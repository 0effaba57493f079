import type { AnySchema } from "ajv";
import { Ajv2020, type Options } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { SchemaUnit } from "./schema-closure.ts";

/**
 * Ajv for JSON Schema 2020-12 as OpenAPI 3.1 uses it: all errors, formats checked, keywords it doesn't know ignored.
 * Patterns were looked at by the loader (`pattern-guard.ts`) before they come here.
 */
export function createAjv(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    // The loader checks what a validator needs; the meta-schema would refuse documents for slips that do no harm.
    validateSchema: false,
    addUsedSchema: false,
    logger: false,
    ...options,
  });
  addFormats.default(ajv);
  return ajv;
}

/** Adds units that an instance doesn't have yet. */
export function addUnits(ajv: Ajv2020, units: readonly SchemaUnit[]): void {
  for (const unit of units) {
    if (ajv.schemas[unit.id] !== undefined) continue;
    ajv.addSchema(unit.schema as AnySchema, unit.id);
    // Without it, errors inside a referenced schema would name their place from that schema's root only.
    const environment = ajv.schemas[unit.id];
    if (environment !== undefined) environment.schemaPath = unit.id;
  }
}
