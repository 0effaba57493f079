import type { PlainObject } from "../catalog/pointer.ts";
import { EcoError } from "../errors/index.ts";
import { resolveList, type WorkflowPlace } from "./documents.ts";
import type { Scope } from "./expression.ts";
import { workflowInputs } from "./inputs.ts";
import { type CallResult, judgeStep } from "./judge-step.ts";
import type { CriterionResult, JourneyRun } from "./types.ts";

/**
 * Runs the workflow that a step calls, with the parameters of the workflow that the step is in and its own as inputs. A
 * step that names no outputs hands on those of the workflow; a workflow that can't be found, or be given what it needs,
 * is a failed criterion.
 * @param run runs it; a text says why it can't be run
 * @param reference to the workflow, as the step's document names it
 */
export async function callWorkflow(
  run: (inputs: Readonly<Record<string, unknown>>) => Promise<JourneyRun | string>,
  place: WorkflowPlace,
  step: PlainObject,
  reference: string,
  scope: Scope,
): Promise<CallResult> {
  try {
    const parameters = [
      ...resolveList(place.node["parameters"], place),
      ...resolveList(step["parameters"], place),
    ];
    const nested = await run(workflowInputs(parameters, scope));
    if (typeof nested === "string") return unfit(reference, nested);
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
    return unfit(reference, cause.message);
  }
}

function unfit(reference: string, detail: string): CallResult {
  const failure: CriterionResult = {
    kind: "step",
    condition: `workflow ${reference}`,
    passed: false,
    detail,
  };
  return { criteria: [failure], outputs: {}, passed: false };
}
