import type { PlainObject } from "../catalog/pointer.ts";
import { isEventStep } from "../catalog/read/asyncapi-channels.ts";
import { EcoError } from "../errors/index.ts";
import { chooseAction } from "./actions.ts";
import type { WorkflowPlace } from "./documents.ts";
import { callChannel } from "./event-step.ts";
import type { Scope } from "./expression.ts";
import type { CallResult } from "./judge-step.ts";
import { callOperation } from "./operation-step.ts";
import { type Frame, hasRun, type Run, scopeOf, type Values } from "./run.ts";
import { missingDependency } from "./step-order.ts";
import type { JourneyRun, StepRun, TakenAction } from "./types.ts";
import { callWorkflow } from "./workflow-step.ts";

/** Runs another workflow of the same run to its end; a text says why it can't be run. */
type RunOther = (
  run: Run,
  reference: string,
  from: WorkflowPlace,
  inputs: Values,
) => Promise<JourneyRun | string>;

/** One attempt of a step; the action that follows it, or why the whole run must end. */
export async function runStep(
  run: Run,
  frame: Frame,
  step: PlainObject,
  runOther: RunOther,
): Promise<TakenAction | string | undefined> {
  const stepId = String(step["stepId"] ?? "");
  if (run.options.signal?.aborted === true) return "The run was stopped.";
  if (run.stepsLeft <= 0) return `The run was given up after ${run.maxSteps} steps.`;
  run.stepsLeft -= 1;
  const attempt = (frame.attempts.get(stepId) ?? 0) + 1;
  frame.attempts.set(stepId, attempt);
  run.options.observer?.stepStarted?.({ workflowId: frame.place.id, stepId, attempt });
  const startedAt = run.clock();
  const call = await callStep(run, frame, step, runOther);
  const { passed, ...report } = call;
  frame.results[stepId] = { outputs: call.outputs };
  const after: Scope = {
    ...scopeOf(run, frame),
    ...(call.request === undefined ? {} : { request: call.request }),
    ...(call.response === undefined ? {} : { response: call.response }),
    ...(call.message === undefined ? {} : { message: call.message }),
    ...(call.nested === undefined ? {} : { outputs: call.nested.outputs }),
  };
  const action = await actionAfter(frame, step, after, passed);
  const result: StepRun = {
    workflowId: frame.place.id,
    stepId,
    description: typeof step["description"] === "string" ? step["description"] : "",
    attempt,
    outcome: passed ? "passed" : "failed",
    ...report,
    ...(typeof action === "object" ? { action } : {}),
    durationMs: run.clock() - startedAt,
  };
  frame.done.push(result);
  run.options.observer?.stepFinished?.(result);
  return action;
}

/** The action that follows an attempt; a text where one of the list can't be read. */
async function actionAfter(
  frame: Frame,
  step: PlainObject,
  scope: Scope,
  passed: boolean,
): Promise<TakenAction | string | undefined> {
  const stepId = String(step["stepId"] ?? "");
  const retries = frame.retries.get(stepId) ?? new Map<number, number>();
  // A step that passed and is come to again starts anew.
  if (passed) retries.clear();
  frame.retries.set(stepId, retries);
  try {
    return await chooseAction(passed ? "success" : "failure", frame.place, step, scope, retries);
  } catch (cause) {
    if (!(cause instanceof EcoError)) throw cause;
    return `The actions of the step ${stepId} can't be read. ${cause.message}`;
  }
}

/** Calls a workflow or an operation, or sends or receives a message. */
async function callStep(run: Run, frame: Frame, step: PlainObject, runOther: RunOther): Promise<CallResult> {
  const scope = scopeOf(run, frame);
  const { options, messages, sleep, taken, causes } = run;
  const missing = missingDependency(step, (reference) => hasRun(run, frame, reference));
  if (missing !== undefined) {
    const condition = `after ${missing}`;
    const detail = "The step that it depends on has not been run";
    return { criteria: [{ kind: "step", condition, passed: false, detail }], outputs: {}, passed: false };
  }
  const { workflowId } = step;
  if (typeof workflowId === "string") {
    const nested = (inputs: Values): Promise<JourneyRun | string> =>
      runOther(run, workflowId, frame.place, inputs);
    return callWorkflow(nested, frame.place, step, workflowId, scope);
  }
  if (isEventStep(step))
    return callChannel({ options, messages, sleep, taken, causes }, frame.place, step, scope);
  const call = await callOperation(options, frame.place, step, scope);
  if (call.request !== undefined) run.headers = call.request.headers;
  const id = call.response?.headers["eco-request-id"];
  if (id !== undefined) causes.push(id);
  return call;
}
