import type { AnySchema } from "ajv";
import { Ajv2020, type Options } from "ajv/dist/2020.js";
import type { DataValidationCxt } from "ajv/dist/types/index.js";
import { callRef } from "ajv/dist/vocabularies/core/ref.js";
import addFormats from "ajv-formats";
import { boundedPattern } from "../patterns/bounded-pattern.ts";
import { isPlainDateTime } from "./date-time.ts";
import { LAZY_REFERENCE, type SchemaUnit } from "./schema-closure.ts";
import { addUniqueItems } from "./unique-items.ts";
import { MAX_VIOLATIONS } from "./violation.ts";

/**
 * Ajv for JSON Schema 2020-12 as OpenAPI 3.1 uses it: all errors, formats checked, keywords it doesn't know ignored.
 * Patterns were looked at by the loader (`pattern-guard.ts`) before they come here.
 */
export function createAjv(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    // 0.07 is a multiple of 0.01, though its binary fraction isn't quite.
    multipleOfPrecision: 6,
    // The loader checks what a validator needs; the meta-schema would refuse documents for slips that do no harm.
    validateSchema: false,
    meta: false,
    addUsedSchema: false,
    logger: false,
    ...options,
    // Making the code tidier takes a third of the time that making it takes, and makes no check quicker.
    code: {
      optimize: false,
      ...options.code,
      regExp: Object.assign(boundedPattern, { code: "boundedPattern" }),
    },
  });
  addFormats.default(ajv);
  shortenDateTime(ajv);
  addUniqueItems(ajv);
  return ajv;
}

interface DateTimeFormat {
  validate(text: string): boolean;
  compare(left: string, right: string): number | undefined;
}

/** The format stays the library's: only times that are written in the usual way needn't be taken apart to be known as such. */
function shortenDateTime(ajv: Ajv2020): void {
  // Its types say of each format only that it is one.
  const library = addFormats.default.get("date-time") as DateTimeFormat;
  ajv.addFormat("date-time", {
    ...library,
    validate: (text: string) => isPlainDateTime(text) || library.validate(text),
  });
}

interface LazyValidate {
  (value: unknown, context?: DataValidationCxt): unknown;
  errors?: unknown[] | null | undefined;
  evaluated?: object | undefined;
}

/** What a lazy reference came to, at one place of the value. */
interface Outcome {
  readonly place: string;
  readonly valid: unknown;
  readonly errors: readonly unknown[] | null | undefined;
  readonly evaluated: object;
}

const NOTHING_ASKED = { valid: true, errors: null, evaluated: {} } as const;

/** Calls of lazy references that a value may take before what they come to is written down: writing costs time too. */
const CALLS_UNWRITTEN = 500;

/**
 * What lazy references came to while one value is checked. All alternatives of a schema are tried, and where two of them
 * go on to the same schema below (a filter of filters), a value of 60 levels would be looked at 2^60 times.
 */
export class Outcomes {
  #calls = 0;
  readonly #known = new Map<string, Map<unknown, Outcome>>();

  /** Another value is about to be checked. */
  clear(): void {
    this.#calls = 0;
    if (this.#known.size > 0) this.#known.clear();
  }

  /** Whether there have been so many calls that each is worth knowing. */
  count(): boolean {
    this.#calls += 1;
    return this.#calls > CALLS_UNWRITTEN;
  }

  find(id: string, place: string, value: unknown): Outcome | undefined {
    const outcome = this.#known.get(id)?.get(value);
    // One value may stand in two places, and errors say where.
    return outcome?.place === place ? outcome : undefined;
  }

  keep(id: string, value: unknown, outcome: Outcome): void {
    let known = this.#known.get(id);
    if (known === undefined) {
      known = new Map();
      this.#known.set(id, known);
    }
    known.set(value, outcome);
  }
}

/**
 * Teaches an instance the lazy reference: the schema named is compiled when the first value reaches it. To the code
 * around it, it looks like the validator of any `$ref`.
 */
export function addLazyReferences(
  ajv: Ajv2020,
  compile: (id: string) => LazyValidate,
  outcomes: Outcomes,
): void {
  const known = new Map<string, LazyValidate>();
  const lazy = (id: string): LazyValidate => {
    let wrapper = known.get(id);
    if (wrapper === undefined) {
      let real: LazyValidate | undefined;
      const validate: LazyValidate = (value, context) => {
        real ??= compile(id);
        const place = outcomes.count() ? (context?.instancePath ?? "") : undefined;
        const known = place === undefined ? undefined : outcomes.find(id, place, value);
        if (known !== undefined) {
          validate.errors = known.errors && [...known.errors];
          validate.evaluated = known.evaluated;
          return known.valid;
        }
        // A schema that comes back to itself at the same place, as one that refers to nothing but itself, asks for no more.
        if (place !== undefined) outcomes.keep(id, value, { place, ...NOTHING_ASKED });
        const valid = real(value, context);
        validate.errors = firstOf(real.errors);
        validate.evaluated = real.evaluated;
        if (place !== undefined)
          outcomes.keep(id, value, {
            place,
            valid,
            // The code around it goes on writing into the list.
            errors: validate.errors && [...validate.errors],
            evaluated: { ...real.evaluated },
          });
        return valid;
      };
      // Read before the first call where nothing has been evaluated yet.
      validate.evaluated = {};
      wrapper = validate;
      known.set(id, wrapper);
    }
    return wrapper;
  };
  ajv.addKeyword({
    keyword: LAZY_REFERENCE,
    schemaType: "string",
    code: (context) =>
      callRef(context, context.gen.scopeValue("func", { ref: lazy(String(context.schema)) })),
  });
}

/** Those below would double with each pair of alternatives on the way up, and no more are told of. */
const firstOf = (errors: LazyValidate["errors"]): LazyValidate["errors"] =>
  errors && errors.length > MAX_VIOLATIONS ? errors.slice(0, MAX_VIOLATIONS) : errors;

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
