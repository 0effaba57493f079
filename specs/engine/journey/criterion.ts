import { patternProblem } from "../catalog/patterns/pattern-guard.ts";
import type { PlainObject } from "../catalog/pointer.ts";
import { reasonOf } from "../errors/reason.ts";
import { evaluateCondition, referencesIn } from "./condition.ts";
import { evaluateExpression, type Scope, withEmbedded } from "./expression.ts";
import { loadJsonPath, tooLongFor } from "./json-path.ts";
import { draftProblem, languageOf, type NamedLanguage, versionProblem } from "./selector-languages.ts";
import type { CriterionResult } from "./types.ts";
import { loadXPath } from "./xpath.ts";

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

/** The language of a criterion, written plainly or with its version. */
export function languageOfCriterion({ type }: PlainObject): NamedLanguage {
  return languageOf(type ?? "simple");
}

type Verdict = Pick<CriterionResult, "passed" | "detail" | "values">;

async function decide(criterion: PlainObject, condition: string, scope: Scope): Promise<Verdict> {
  const language = languageOfCriterion(criterion);
  const { kind } = language;
  if (kind === "simple") return simple(condition, scope);
  const { context } = criterion;
  if (typeof context !== "string") return { passed: false, detail: `A ${kind} criterion needs a context.` };
  const query = withEmbedded(condition, scope);
  const problem = versionProblem(language) ?? draftProblem(query, language);
  if (problem !== undefined) return { passed: false, detail: problem };
  const value = evaluateExpression(context, scope);
  // What isn't there is nothing to look into, whatever the pattern or query may make of it.
  if (value === undefined || value === null)
    return { passed: false, detail: `The context ${context} is ${value === null ? "null" : "missing"}` };
  if (kind === "regex") return regex(query, value);
  if (kind === "jsonpath") return await jsonPath(query, value);
  if (kind === "xpath") return await xPath(query, value);
  return {
    passed: false,
    detail: `There are no criteria of type ${kind}; use simple, regex, jsonpath or xpath.`,
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
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const refusal = tooLongFor(pattern, text);
  if (refusal !== undefined) return { passed: false, detail: refusal };
  const passed = new RegExp(pattern, "u").test(text);
  return passed ? { passed } : { passed, detail: `The context is ${shorten(text)}` };
}

async function jsonPath(query: string, value: unknown): Promise<Verdict> {
  if (typeof value !== "object" || value === null)
    return { passed: false, detail: `The context is ${JSON.stringify(value)}, not JSON with members.` };
  const { values } = await loadJsonPath();
  // Arazzo's own examples filter an object by `$[?…]` as a whole, which RFC 9535 does only for what is in it.
  const asWhole = /^\s*\$\s*\[\s*\?/.test(query) && !Array.isArray(value);
  const found = values(query, value).length > 0 || (asWhole && values(query, [value]).length > 0);
  return found
    ? { passed: true }
    : { passed: false, detail: `Nothing matches in ${shorten(JSON.stringify(value))}` };
}

async function xPath(query: string, value: unknown): Promise<Verdict> {
  const { holds } = await loadXPath();
  return holds(query, value)
    ? { passed: true }
    : { passed: false, detail: `It is false in ${shorten(String(value))}` };
}
