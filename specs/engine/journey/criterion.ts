import { patternProblem } from "../catalog/patterns/pattern-guard.ts";
import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import { reasonOf } from "../errors/reason.ts";
import { evaluateCondition, referencesIn } from "./condition.ts";
import { evaluateExpression, type Scope, withEmbedded } from "./expression.ts";
import { loadJsonPath, tooLongFor } from "./json-path.ts";
import type { CriterionResult } from "./types.ts";

/** Checks one criterion; a malformed one fails and says why. */
export async function checkCriterion(criterion: PlainObject, scope: Scope): Promise<CriterionResult> {
  const condition = String(criterion["condition"] ?? "");
  try {
    return { kind: "criterion", condition, ...(await decide(criterion, condition, scope)) };
  } catch (cause) {
    const detail = reasonOf(cause);
    return { kind: "criterion", condition, passed: false, detail };
  }
}

/** As it is written, plainly or with the version of its language. */
export function typeOfCriterion({ type }: PlainObject): unknown {
  return isPlainObject(type) ? type["type"] : (type ?? "simple");
}

type Verdict = Pick<CriterionResult, "passed" | "detail" | "values">;

async function decide(criterion: PlainObject, condition: string, scope: Scope): Promise<Verdict> {
  const type = typeOfCriterion(criterion);
  if (type === "simple") return simple(condition, scope);
  const { context } = criterion;
  if (typeof context !== "string")
    return { passed: false, detail: `A ${String(type)} criterion needs a context.` };
  const value = evaluateExpression(context, scope);
  if (type === "regex") return regex(withEmbedded(condition, scope), value);
  if (type === "jsonpath") return await jsonPath(withEmbedded(condition, scope), value);
  return {
    passed: false,
    detail: `Criteria of type ${String(type)} are not supported; use simple, regex or jsonpath.`,
  };
}

function simple(condition: string, scope: Scope): Verdict {
  const values: Record<string, unknown> = {};
  for (const reference of referencesIn(condition)) values[reference] = evaluateExpression(reference, scope);
  const passed = evaluateCondition(condition, (expression) => values[expression]);
  return { passed, values, ...(passed ? {} : { detail: show(values) }) };
}

function show(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(
      ([expression, value]) =>
        `${expression} is ${value === undefined ? "missing" : shorten(JSON.stringify(value))}`,
    )
    .join("; ");
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function regex(condition: string, value: unknown): Verdict {
  const problem = patternProblem(condition);
  if (problem !== undefined && "message" in problem) return { passed: false, detail: problem.message };
  const pattern = problem === undefined ? condition : problem.rewritten;
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  const refusal = tooLongFor(pattern, text);
  if (refusal !== undefined) return { passed: false, detail: refusal };
  const passed = new RegExp(pattern, "u").test(text);
  return passed ? { passed } : { passed, detail: `The context is ${shorten(text)}` };
}

async function jsonPath(condition: string, value: unknown): Promise<Verdict> {
  if (typeof value !== "object" || value === null) {
    return {
      passed: false,
      detail: `The context is ${value === undefined ? "missing" : JSON.stringify(value)}, not JSON with members.`,
    };
  }
  const query = await loadJsonPath();
  // Arazzo's own examples filter an object by `$[?…]` as a whole, which RFC 9535 does only for the items of a list.
  const found =
    query(condition, value).length > 0 || (!Array.isArray(value) && query(condition, [value]).length > 0);
  return found
    ? { passed: true }
    : { passed: false, detail: `Nothing matches in ${shorten(JSON.stringify(value))}` };
}
