import type { PlainObject } from "../catalog/pointer.ts";
import type { Catalog } from "../catalog/types.ts";
import { EcoError } from "../errors/index.ts";
import { findReferredWorkflow, resolveList, type WorkflowPlace } from "./documents.ts";
import { evaluateValue, type Scope } from "./expression.ts";
import { type CallResult, judgeStep } from "./judge-step.ts";
import type { CriterionResult, JourneyRun } from "./types.ts";

export interface WorkflowStepParts {
  readonly catalog: Catalog;
  /** Runs another workflow of the same run to its end. */
  readonly runNested: (
    place: WorkflowPlace,
    inputs: Readonly<Record<string, unknown>>,
  ) => Promise<JourneyRun>;
}

/**
 * Runs the workflow that a step calls. A step that names no outputs hands on those of the workflow; a workflow that can't
 * be found, or be given what it needs, is a failed criterion.
 * @param reference to the workflow, as the step's document names it
 */
export async function callWorkflow(
  { catalog, runNested }: WorkflowStepParts,
  place: WorkflowPlace,
  step: PlainObject,
  reference: string,
  scope: Scope,
): Promise<CallResult> {
  try {
    const inputs: Record<string, unknown> = {};
    for (const { name, value } of resolveList(step["parameters"], place)) {
      if (typeof name === "string") inputs[name] = evaluateValue(value, scope);
    }
    const nested = await runNested(findReferredWorkflow(catalog, reference, place), inputs);
    const { outcome, error, workflowId } = nested;
    const ended: CriterionResult = {
      kind: "step",
      condition: `workflow ${workflowId} passes`,
      passed: outcome === "passed",
      ...(error === undefined ? {} : { detail: error }),
    };
    const judgement = await judgeStep(step, { ...scope, outputs: nested.outputs }, { before: [ended] });
    return {
      nested,
      ...judgement,
      outputs: step["outputs"] === undefined ? nested.outputs : judgement.outputs,
    };
  } catch (cause) {
    if (!(cause instanceof EcoError)) throw cause;
    const condition = `workflow ${reference}`;
    const failure: CriterionResult = { kind: "step", condition, passed: false, detail: cause.message };
    return { criteria: [failure], outputs: {}, passed: false };
  }
}
