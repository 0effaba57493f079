import type { ErrorObject, ValidateFunction } from "ajv";
import { EcoError } from "../errors/index.ts";
import { addUnits, createAjv } from "./ajv.ts";
import { type Direction, schemaClosure, unitId } from "./schema-closure.ts";
import type { Catalog, SchemaRef } from "./types.ts";
import { toViolations, type Violation } from "./violation.ts";

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
  // Asking for own properties has a price at each of them: only schemas that need it pay.
  const plain = createAjv();
  let strict: ReturnType<typeof createAjv> | undefined;
  const compiled = new Map<string, Validate>();
  return {
    get(ref, direction) {
      const id = unitId(ref, direction);
      const known = compiled.get(id);
      if (known !== undefined) return known;
      const units = schemaClosure(catalog, ref, direction);
      let ajv = plain;
      if (units.some((unit) => unit.inheritedNames)) {
        strict ??= createAjv({ ownProperties: true });
        ajv = strict;
      }
      addUnits(ajv, units);
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
    const errors: readonly ErrorObject[] = validate.errors ?? [];
    return toViolations(errors);
  };
}

export type { Violation } from "./violation.ts";
