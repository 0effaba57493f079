import type { AnySchema, ErrorObject, ValidateFunction } from "ajv";
import { EcoError } from "../errors/index.ts";
import { createAjv } from "./ajv.ts";
import { type Direction, schemaClosure, unitId } from "./schema-closure.ts";
import type { Catalog, SchemaRef } from "./types.ts";
import { type RawError, toViolations, type Violation } from "./violation.ts";

/** Checks a value; an empty list means that it is valid. At most `maxViolations` are listed. */
export type Validate = (value: unknown) => readonly Violation[];

export interface Validators {
  /**
   * The validator of a schema, compiled at the first call and kept. With a direction, `required` leaves out what the
   * other side sets (`readOnly` in a request, `writeOnly` in a response).
   * @throws EcoError `ECO_SPEC_INVALID` when the schema can't be compiled
   */
  get(ref: SchemaRef, direction?: Direction): Validate;
}

const valid: readonly Violation[] = [];

/** Validators over Ajv, compiled in the process. A page with a strict CSP uses modules made by `standalone.ts`. */
export function createValidators(catalog: Catalog): Validators {
  const ajv = createAjv();
  const compiled = new Map<string, Validate>();
  const added = new Set<string>();
  return {
    get(ref, direction) {
      const id = unitId(ref, direction);
      const known = compiled.get(id);
      if (known !== undefined) return known;
      for (const unit of schemaClosure(catalog, ref, direction)) {
        if (added.has(unit.id)) continue;
        added.add(unit.id);
        ajv.addSchema(unit.schema as AnySchema, unit.id);
        // Without it, errors inside a referenced schema would name their place from that schema's root only.
        const environment = ajv.schemas[unit.id];
        if (environment !== undefined) environment.schemaPath = unit.id;
      }
      const validate = wrap(compile(() => ajv.getSchema(id), ref));
      compiled.set(id, validate);
      return validate;
    },
  };
}

function compile(get: () => ValidateFunction | undefined, ref: SchemaRef): ValidateFunction {
  try {
    const validate = get();
    if (validate !== undefined) return validate;
    throw new Error("the schema is missing");
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new EcoError(
      "ECO_SPEC_INVALID",
      `The schema ${ref.document}#${ref.pointer} can't be compiled: ${message}.`,
      {
        cause,
      },
    );
  }
}

function wrap(validate: ValidateFunction): Validate {
  return (value) => {
    if (validate(value)) return valid;
    return toViolations((validate.errors ?? []).map(rawError));
  };
}

function rawError(error: ErrorObject): RawError {
  return error;
}

export type { Violation } from "./violation.ts";
