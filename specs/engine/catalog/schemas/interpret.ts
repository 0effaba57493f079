import { isPlainObject } from "../pointer.ts";
import { keywords } from "./interpreted-keywords.ts";
import type { Looked, Outcome } from "./keyword.ts";
import type { RawError } from "./violation.ts";

/** One run over a value. */
export interface Run {
  /** The schema of a unit. */
  unit(id: string): unknown;
  /** What units came to at a place: where alternatives lead to each other, each is looked at once. */
  readonly known: Map<string, { readonly value: unknown; readonly outcome: Outcome }>;
}

/** Where a run is: in the value, and in the schemas. */
interface Place {
  readonly instancePath: string;
  readonly schemaPath: string;
}

const nothing = (): Looked => ({ names: new Set(), items: new Set() });

/** What a unit says of a value. */
export function againstUnit(run: Run, id: string, value: unknown, instancePath = ""): Outcome {
  const key = `${id} ${instancePath}`;
  const known = run.known.get(key);
  if (known !== undefined && Object.is(known.value, value)) return known.outcome;
  // A schema that comes back to itself at the same place, as one that refers to nothing but itself, asks for no more.
  run.known.set(key, { value, outcome: { errors: [], looked: nothing() } });
  const outcome = evaluate(run, run.unit(id), value, { instancePath, schemaPath: id });
  run.known.set(key, { value, outcome });
  return outcome;
}

function evaluate(run: Run, schema: unknown, value: unknown, at: Place): Outcome {
  const errors: RawError[] = [];
  const looked = nothing();
  if (schema === false)
    errors.push({ ...at, keyword: "false schema", params: {}, message: "boolean schema is false" });
  if (!isPlainObject(schema)) return { errors, looked };
  for (const [keyword, { on, check }] of keywords) {
    if (!Object.hasOwn(schema, keyword) || !(on === undefined || on(value))) continue;
    const schemaPath = `${at.schemaPath}/${keyword}`;
    check({
      schema,
      says: schema[keyword],
      value,
      looked,
      fail: (message, params = {}) =>
        errors.push({ instancePath: at.instancePath, schemaPath, keyword, params, message }),
      against(inner, { at: step, keyword: other = keyword, below } = {}) {
        const within = {
          instancePath: at.instancePath + (below === undefined ? "" : `/${escaped(below.step)}`),
          schemaPath: `${at.schemaPath}/${other}${step === undefined ? "" : `/${escaped(step)}`}`,
        };
        return evaluate(run, inner, below === undefined ? value : below.value, within);
      },
      againstUnit: (id) => againstUnit(run, id, value, at.instancePath),
      take(outcome) {
        for (const error of outcome.errors) errors.push(error);
        if (outcome.errors.length === 0) merge(looked, outcome.looked);
      },
      looksAt: (outcome) => merge(looked, outcome.looked),
    });
  }
  return { errors, looked };
}

function merge(into: Looked, from: Looked): void {
  for (const name of from.names) into.names.add(name);
  for (const item of from.items) into.items.add(item);
}

const escaped = (step: string | number): string => String(step).replaceAll("~", "~0").replaceAll("/", "~1");
