import type { ErrorObject, ValidateFunction } from "ajv";
import type { Ajv2020 } from "ajv/dist/2020.js";
import { EcoError } from "../../errors/index.ts";
import { reasonOf } from "../../errors/reason.ts";
import { patternLimit } from "../patterns/bounded-pattern.ts";
import type { Catalog, SchemaRef } from "../types.ts";
import { addLazyReferences, addUnits, createAjv, Outcomes } from "./ajv.ts";
import { type Direction, parseUnitId, schemaClosure, unitId } from "./schema-closure.ts";
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

const VALID: readonly Violation[] = [];

const known = new WeakMap<Catalog, Validators>();

/**
 * The validators of a catalogue, over Ajv, compiled in the process. Made once: a test suite with a sandbox for each test
 * would compile the same schemas again and again. A page with a strict CSP uses modules made by `standalone.ts`.
 */
export function validatorsOf(catalog: Catalog): Validators {
  let validators = known.get(catalog);
  if (validators === undefined) {
    validators = compilingOf(catalog);
    known.set(catalog, validators);
  }
  return validators;
}

function compilingOf(catalog: Catalog): Validators {
  const compiled = new Map<string, ValidateFunction>();
  const wrapped = new Map<string, Validate>();
  // A schema's id costs more to make than the check of a small value: who asks again, asks with the same reference.
  const byReference = new Map<Direction | undefined, WeakMap<SchemaRef, Validate>>([
    [undefined, new WeakMap()],
    ["request", new WeakMap()],
    ["response", new WeakMap()],
  ]);
  const outcomes = new Outcomes();
  const instance = (ownProperties: boolean): Ajv2020 => {
    const ajv = createAjv({ ownProperties });
    addLazyReferences(ajv, compileUnit, outcomes);
    return ajv;
  };
  // Asking for own properties has a price at each of them: only schemas that need it pay.
  const plain = instance(false);
  let careful: Ajv2020 | undefined;

  function compileUnit(id: string): ValidateFunction {
    let validate = compiled.get(id);
    if (validate !== undefined) return validate;
    const { ref, direction } = parseUnitId(id);
    const closure = schemaClosure(catalog, ref, direction, "leaves");
    let ajv = plain;
    if (closure.some((unit) => unit.inheritedNames)) {
      careful ??= instance(true);
      ajv = careful;
    }
    addUnits(ajv, closure);
    validate = compile(() => ajv.getSchema(id), ref);
    compiled.set(id, validate);
    return validate;
  }

  function byId(id: string): Validate {
    let validate = wrapped.get(id);
    if (validate === undefined) {
      validate = wrap(compileUnit(id), outcomes);
      wrapped.set(id, validate);
    }
    return validate;
  }

  return {
    get(ref, direction) {
      const references = byReference.get(direction);
      let validate = references?.get(ref);
      if (validate === undefined) {
        validate = byId(unitId(ref, direction));
        references?.set(ref, validate);
      }
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
    const message = reasonOf(cause);
    throw new EcoError(
      "ECO_SPEC_INVALID",
      `The schema ${ref.document}#${ref.pointer} can't be compiled: ${message}.`,
      {
        cause,
      },
    );
  }
}

function wrap(validate: ValidateFunction, outcomes: Outcomes): Validate {
  return (value) => {
    outcomes.clear();
    if (validate(value)) return VALID;
    const errors: readonly ErrorObject[] = validate.errors ?? [];
    return toViolations(errors, patternLimit);
  };
}

export type { Violation } from "./violation.ts";
