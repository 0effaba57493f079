import { patternProblem } from "../catalog/patterns/pattern-guard.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { reasonOf } from "../errors/reason.ts";
import { checkExpression } from "./check-expressions.ts";
import { referencesIn } from "./condition.ts";
import { typeOfCriterion } from "./criterion.ts";
import { component, type WorkflowCheck } from "./workflow-check.ts";

/**
 * The success or failure actions of a step or a workflow; only on failure may one try again.
 * @param at their pointer: its last token says which they are
 */
export function checkActions(check: WorkflowCheck, list: unknown, at: string): void {
  for (const [index, item] of objectsOf(list).entries()) {
    const pointer = `${at}/${index}`;
    const action = component(check, item, pointer);
    if (action === undefined) continue;
    const { type, stepId, workflowId } = action;
    const report = (message: string, fix: string): void =>
      check.report.error(pointer, "spec.arazzo.action", message, fix);
    const failure = at.endsWith("Failure") || at.endsWith("failureActions");
    if (type !== "end" && type !== "goto" && !(type === "retry" && failure)) {
      report(
        `There is no action of type ${String(type)} here.`,
        `Use end or goto${failure ? ", or retry" : ""}.`,
      );
    }
    if (type === "goto" && (stepId === undefined) === (workflowId === undefined)) {
      report("A goto needs either a stepId or a workflowId.", "Give one of them.");
    }
    if (typeof stepId === "string" && !check.steps.has(stepId)) {
      report(`The workflow has no step ${stepId}.`, `Use one of ${[...check.steps.keys()].join(", ")}.`);
    }
    checkCriteria(check, action["criteria"], `${pointer}/criteria`);
  }
}

/** What can be told of criteria before any answer: their types, contexts, patterns and expressions. */
export function checkCriteria(check: WorkflowCheck, list: unknown, at: string): void {
  const { report } = check;
  for (const [index, criterion] of objectsOf(list).entries()) {
    const pointer = `${at}/${index}`;
    const condition = criterion["condition"];
    const type = typeOfCriterion(criterion);
    if (typeof condition !== "string") {
      report.error(pointer, "spec.arazzo.criterion", "A criterion needs a condition.", "Give one.");
    } else if (type === "simple") checkCondition(check, condition, pointer);
    else if (type !== "regex" && type !== "jsonpath") {
      const fix = "Use simple, regex or jsonpath.";
      report.error(
        `${pointer}/type`,
        "spec.arazzo.criterion",
        `Criteria of type ${String(type)} are not supported.`,
        fix,
      );
    } else if (typeof criterion["context"] !== "string") {
      report.error(
        pointer,
        "spec.arazzo.criterion",
        `A ${type} criterion needs a context.`,
        "Say what it looks at.",
      );
    } else {
      checkExpression(check, criterion["context"], `${pointer}/context`);
      const problem = type === "regex" ? patternProblem(condition) : undefined;
      if (problem !== undefined && "message" in problem) {
        report.error(`${pointer}/condition`, problem.code, problem.message, problem.fix);
      }
    }
  }
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
