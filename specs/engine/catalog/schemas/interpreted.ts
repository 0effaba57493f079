import { patternLimit } from "../patterns/bounded-pattern.ts";
import type { Catalog } from "../types.ts";
import { againstUnit } from "./interpret.ts";
import { parseUnitId, schemaClosure, unitId } from "./schema-closure.ts";
import type { Validate, Validators } from "./schema-validator.ts";
import { toViolations } from "./violation.ts";

/**
 * Validators that walk the schemas of a catalogue with each value instead of compiling them: a page's policy forbids to
 * evaluate text as code, and this needs nothing that was made ahead. They say the same as the compiled ones, more slowly.
 */
export function interpretingValidators(catalog: Catalog): Validators {
  const units = new Map<string, unknown>();
  const unit = (id: string): unknown => {
    if (!units.has(id)) {
      const { ref, direction } = parseUnitId(id);
      for (const one of schemaClosure(catalog, ref, direction, "leaves")) units.set(one.id, one.schema);
    }
    return units.get(id);
  };
  const known = new Map<string, Validate>();
  return {
    get(ref, direction) {
      const id = unitId(ref, direction);
      let validate = known.get(id);
      if (validate === undefined) {
        validate = (value) =>
          toViolations(againstUnit({ unit, known: new Map() }, id, value).errors, patternLimit);
        known.set(id, validate);
      }
      return validate;
    },
  };
}
