import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { EcoError } from "../errors/index.ts";
import { checkCriterion } from "./criterion.ts";
import { evaluateValue, type Scope } from "./expression.ts";
import type { CriterionResult, StepRun } from "./types.ts";

/** What one call of a step brought, and what it is worth. */
export type CallResult = Judgement &
  Pick<StepRun, "operationId" | "request" | "response" | "message" | "nested">;

export interface Judgement {
  readonly criteria: readonly CriterionResult[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly passed: boolean;
}

/** What must hold besides a step's own criteria: listed before them, or after. */
interface Beside {
  readonly before?: readonly CriterionResult[];
  readonly after?: readonly CriterionResult[];
}

/** Judges a step by its own criteria and by what must hold beside them, and reads its outputs. */
export async function judgeStep(
  step: PlainObject,
  scope: Scope,
  { before = [], after = [] }: Beside,
): Promise<Judgement> {
  const criteria = [...before];
  for (const criterion of objectsOf(step["successCriteria"])) {
    criteria.push(await checkCriterion(criterion, scope));
  }
  criteria.push(...after);
  const { outputs, unresolved } = readOutputs(step["outputs"], scope);
  // After a failure its outputs are often missing too; that adds nothing.
  if (criteria.every(({ passed }) => passed)) criteria.push(...unresolved);
  return { criteria, outputs, passed: criteria.every(({ passed }) => passed) };
}

/** More than so many criteria about one value are no help to a reader. */
const MOST_VIOLATIONS = 20;

interface SchemaViolation {
  readonly part?: "status" | "content-type" | "header" | "body";
  readonly pointer: string;
  readonly schemaPointer: string;
  readonly message: string;
}

/**
 * One criterion that passed, or one for each way in which a value differs from what is declared.
 * @param what that it is as declared, for a reader: "the answer is as getParty declares it"
 */
export function schemaCriteria(what: string, violations: readonly SchemaViolation[]): CriterionResult[] {
  if (violations.length === 0) return [{ kind: "schema", condition: what, passed: true }];
  return violations.slice(0, MOST_VIOLATIONS).map(({ part, pointer, schemaPointer, message }) => ({
    kind: part === "status" || part === "content-type" ? part : "schema",
    condition: schemaPointer,
    passed: false,
    detail: `${pointer} ${message}`,
  }));
}

/** A call that came to nothing, with the reason as its only criterion. */
export function failedCall(cause: unknown, what: string): CallResult {
  const kind = cause instanceof EcoError ? "step" : "network";
  return {
    criteria: [{ kind, condition: `call ${what}`, passed: false, detail: describe(cause) }],
    outputs: {},
    passed: false,
  };
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause instanceof Error ? ` (${cause.cause.message})` : "";
  return `${cause.message}${inner}`;
}

/**
 * Named outputs, evaluated; those without a value come back as failed criteria. A header that didn't come is no
 * failure: most are optional, and whoever needs the output will say so.
 * @param isDue whether an expression must have a value
 */
export function readOutputs(
  node: unknown,
  scope: Scope,
  isDue: (expression: unknown) => boolean = () => true,
): { readonly outputs: Record<string, unknown>; readonly unresolved: CriterionResult[] } {
  const outputs: Record<string, unknown> = {};
  const unresolved: CriterionResult[] = [];
  const fail = (expression: unknown, detail: string): void => {
    if (!isDue(expression)) return;
    const condition = typeof expression === "string" ? expression : JSON.stringify(expression);
    unresolved.push({ kind: "output", condition, passed: false, detail });
  };
  for (const [name, expression] of isPlainObject(node) ? Object.entries(node) : []) {
    try {
      const value = evaluateValue(expression, scope);
      if (value !== undefined) outputs[name] = value;
      else if (!/^\$(request|response|message)\.header\./.test(String(expression))) {
        fail(expression, `The output ${name} has no value`);
      }
    } catch (cause) {
      fail(expression, describe(cause));
    }
  }
  return { outputs, unresolved };
}
