import { EcoError } from "../../errors/index.ts";
import { unitId } from "./schema-closure.ts";
import type { Validate, Validators } from "./schema-validator.ts";
import { type RawError, toViolations } from "./violation.ts";

/** A validator as a compiled module exports it. */
export interface CompiledValidate {
  (value: unknown): boolean;
  errors?: readonly RawError[] | null;
}

/** What a module made by `emitValidators` exports. */
export interface CompiledModule {
  readonly validators: Readonly<Record<string, CompiledValidate>>;
  /** Of the patterns that are only tried on short texts. */
  readonly patternLimits?: Readonly<Record<string, number>>;
}

/**
 * Validators over modules that were compiled ahead: nothing is evaluated at run time. A schema without a direction of
 * its own in the modules is checked by its plain form.
 * @throws EcoError `ECO_SPEC_INVALID` from `get`, for a schema that none of the modules has
 */
export function precompiledValidators(...modules: readonly CompiledModule[]): Validators {
  const known = new Map<string, Validate>();
  for (const { validators, patternLimits = {} } of modules) {
    const limitOf = (pattern: string): number => patternLimits[pattern] ?? Number.POSITIVE_INFINITY;
    for (const [id, validate] of Object.entries(validators)) known.set(id, wrap(validate, limitOf));
  }
  return {
    get(ref, direction) {
      const validate = known.get(unitId(ref, direction)) ?? known.get(unitId(ref, undefined));
      if (validate !== undefined) return validate;
      throw new EcoError(
        "ECO_SPEC_INVALID",
        `No validator was compiled for ${ref.document}#${ref.pointer}.`,
        {
          fix: "Add the schema to those that the build compiles.",
        },
      );
    },
  };
}

const VALID: ReturnType<Validate> = [];

function wrap(validate: CompiledValidate, limitOf: (pattern: string) => number): Validate {
  return (value) => (validate(value) ? VALID : toViolations(validate.errors ?? [], limitOf));
}
