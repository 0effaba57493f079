import { patternProblem } from "../catalog/patterns/pattern-guard.ts";
import type { PlainObject } from "../catalog/pointer.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { reasonOf } from "../errors/reason.ts";
import { someOf } from "../suggest.ts";
import { checkExpression, checkValue } from "./check-expressions.ts";
import { referencesIn } from "./condition.ts";
import { languageOfCriterion } from "./criterion.ts";
import { placeReferred } from "./documents.ts";
import { draftProblem, type SelectorLanguages, versionProblem } from "./selector-languages.ts";
import { component, type WorkflowCheck } from "./workflow-check.ts";

/**
 * The success or failure actions of a step or a workflow; only on failure may one try again.
 * @param at their pointer: its last token says which they are
 */
export function checkActions(check: WorkflowCheck, list: unknown, at: string): void {
  const failure = at.endsWith("Failure") || at.endsWith("failureActions");
  const names = new Set<unknown>();
  for (const [index, item] of objectsOf(list).entries()) {
    const pointer = `${at}/${index}`;
    const action = component(check, item, pointer, failure ? "failureActions" : "successActions");
    if (action === undefined) continue;
    const { name, type } = action;
    const report = (message: string, fix: string): void =>
      check.report.error(pointer, "spec.arazzo.action", message, fix);
    if (names.has(name))
      report(`There are two actions ${String(name)} here.`, "Give each a name of its own.");
    names.add(name);
    if (type !== "end" && type !== "goto" && !(type === "retry" && failure)) {
      report(
        `There is no action of type ${String(type)} here.`,
        `Use end or goto${failure ? ", or retry" : ""}.`,
      );
    }
    checkTarget(check, action, report);
    checkCriteria(check, action["criteria"], `${pointer}/criteria`);
    checkValue(check, action["parameters"], `${pointer}/parameters`);
  }
}

/** Where an action leads. */
function checkTarget(
  check: WorkflowCheck,
  { type, stepId, workflowId }: PlainObject,
  report: (message: string, fix: string) => void,
): void {
  const targets = [stepId, workflowId].filter((target) => target !== undefined).length;
  if (targets > 1 || (type === "goto" && targets === 0))
    report(`A ${String(type)} needs either a stepId or a workflowId.`, "Give one of them.");
  if (typeof stepId === "string" && !check.steps.has(stepId))
    report(`The workflow has no step ${stepId}.`, `Use one of ${someOf([...check.steps.keys()])}.`);
  if (typeof workflowId === "string" && placeReferred(check.catalog, workflowId, check) === undefined)
    report(
      `The action leads to the workflow ${workflowId}, which doesn't exist.`,
      "Correct the id, or name its document under sourceDescriptions.",
    );
}

/** What can be told of criteria before any answer: their types, contexts, patterns, queries and expressions. */
export function checkCriteria(check: WorkflowCheck, list: unknown, at: string): void {
  for (const [index, criterion] of objectsOf(list).entries()) {
    const pointer = `${at}/${index}`;
    const report = (place: string, message: string, fix: string): void =>
      check.report.error(pointer + place, "spec.arazzo.criterion", message, fix);
    const { condition, context } = criterion;
    const language = languageOfCriterion(criterion);
    const { kind } = language;
    const problem = versionProblem(language);
    if (typeof condition !== "string") report("", "A criterion needs a condition.", "Give one.");
    else if (kind === "simple") checkCondition(check, condition, pointer);
    else if (!["regex", "jsonpath", "xpath"].includes(kind))
      report("/type", `There are no criteria of type ${kind}.`, "Use simple, regex, jsonpath or xpath.");
    else if (problem !== undefined) report("/type", problem, "Name another version, or none.");
    else if (typeof context !== "string")
      report("", `A ${kind} criterion needs a context.`, "Say what it looks at.");
    else {
      checkExpression(check, context, `${pointer}/context`);
      checkValue(check, condition, `${pointer}/condition`);
      const slow = kind === "regex" && !embeds(condition) ? patternProblem(condition) : undefined;
      if (slow !== undefined && "message" in slow)
        check.report.error(`${pointer}/condition`, slow.code, slow.message, slow.fix);
      const unread = draftProblem(condition, language) ?? queryProblem(kind, condition, check.languages);
      if (unread !== undefined)
        report("/condition", `The ${kind} ${condition} can't be read: ${unread}`, "Correct the query.");
    }
  }
}

/** What expressions make of a query is known only when it runs. */
const embeds = (query: string): boolean => query.includes("{$");

/** Why a query can't be read, as far as that can be told. */
function queryProblem(
  kind: string,
  query: string,
  { jsonPath, xPath }: SelectorLanguages,
): string | undefined {
  if (embeds(query)) return undefined;
  if (kind === "jsonpath") return jsonPath?.problem(query);
  return kind === "xpath" ? xPath?.problem(query) : undefined;
}

function checkCondition(check: WorkflowCheck, condition: string, at: string): void {
  try {
    for (const reference of referencesIn(condition)) checkExpression(check, reference, `${at}/condition`);
  } catch (cause) {
    const message = reasonOf(cause);
    const fix = "Write it as `$statusCode == 200`.";
    check.report.error(`${at}/condition`, "spec.arazzo.criterion", message, fix);
  }
}
