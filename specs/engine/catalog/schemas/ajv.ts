import type { AnySchema } from "ajv";
import { Ajv2020, type Options } from "ajv/dist/2020.js";
import type { DataValidationCxt } from "ajv/dist/types/index.js";
import { callRef } from "ajv/dist/vocabularies/core/ref.js";
import addFormats from "ajv-formats";
import { boundedPattern } from "../patterns/bounded-pattern.ts";
import { isPlainDateTime } from "./date-time.ts";
import { LAZY_REFERENCE, type SchemaUnit } from "./schema-closure.ts";
import { addUniqueItems } from "./unique-items.ts";

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
    code: { ...options.code, regExp: Object.assign(boundedPattern, { code: "boundedPattern" }) },
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
  errors?: unknown;
  evaluated?: unknown;
}

/**
 * Teaches an instance the lazy reference: the schema named is compiled when the first value reaches it. To the code
 * around it, it looks like the validator of any `$ref`.
 */
export function addLazyReferences(ajv: Ajv2020, compile: (id: string) => LazyValidate): void {
  const known = new Map<string, LazyValidate>();
  const lazy = (id: string): LazyValidate => {
    let wrapper = known.get(id);
    if (wrapper === undefined) {
      let real: LazyValidate | undefined;
      const validate: LazyValidate = (value, context) => {
        real ??= compile(id);
        const valid = real(value, context);
        validate.errors = real.errors;
        validate.evaluated = real.evaluated;
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
