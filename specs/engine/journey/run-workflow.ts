import type { PlainObject } from "../catalog/pointer.ts";
import { isEventStep } from "../catalog/read/asyncapi-channels.ts";
import { EcoError } from "../errors/index.ts";
import { chooseAction } from "./actions.ts";
import { findReferredWorkflow, findWorkflow, type WorkflowPlace } from "./documents.ts";
import { callChannel } from "./event-step.ts";
import type { Scope } from "./expression.ts";
import { completeInputs } from "./inputs.ts";
import { type CallResult, readOutputs } from "./judge-step.ts";
import { callOperation } from "./operation-step.ts";
import { type Frame, hasRun, openFrame, type Run, scopeOf, startRun, type Values } from "./run.ts";
import { missingDependency } from "./step-order.ts";
import type { JourneyRun, RunOptions, StepRun, TakenAction } from "./types.ts";
import { callWorkflow, type WorkflowStepParts } from "./workflow-step.ts";

/**
 * Runs a workflow of Arazzo 1.0 or 1.1 against a fetch. A step that fails is a failed run, not an error.
 * @throws EcoError `ECO_WORKFLOW_UNKNOWN`, `ECO_INPUT_MISSING`, `ECO_INPUT_INVALID` before anything is sent
 */
export async function runWorkflow(options: RunOptions): Promise<JourneyRun> {
  const run = startRun(options);
  const place = findWorkflow(options.catalog, options.workflowId, options.document);
  return await runPlace(run, place, options.inputs ?? {});
}

async function runPlace(run: Run, place: WorkflowPlace, given: Values): Promise<JourneyRun> {
  const key = `${place.document.path}#${place.id}`;
  if (run.stack.includes(key)) {
    throw new EcoError(
      "ECO_JOURNEY_FAILED",
      `The workflow ${place.id} calls itself: ${[...run.stack, key].join(" → ")}.`,
    );
  }
  const inputs = completeInputs(place, given);
  const startedAt = run.clock();
  run.stack.push(key);
  run.options.observer?.workflowStarted?.({ id: place.id, inputs });
  try {
    const frame = await openFrame(place, inputs);
    const error = (await runDependencies(run, place)) ?? (await runSteps(run, frame));
    const { outputs, unresolved } = readOutputs(place.node["outputs"], scopeOf(run, frame));
    const failed = error ?? failureOf(frame.done) ?? unresolved[0]?.detail;
    run.workflows[place.id] = { inputs, outputs };
    const result: JourneyRun = {
      workflowId: place.id,
      document: place.document.path,
      outcome: failed === undefined ? "passed" : "failed",
      inputs,
      outputs,
      steps: frame.done,
      ...(failed === undefined ? {} : { error: failed }),
      durationMs: run.clock() - startedAt,
    };
    run.options.observer?.workflowFinished?.(result);
    return result;
  } finally {
    run.stack.pop();
  }
}

/** The workflows that must have passed before; what went wrong, or undefined. */
async function runDependencies(run: Run, place: WorkflowPlace): Promise<string | undefined> {
  const list = place.node["dependsOn"];
  for (const reference of Array.isArray(list) ? list : []) {
    const target = findReferredWorkflow(run.options.catalog, String(reference), place);
    if (run.workflows[target.id] !== undefined) continue;
    const result = await runPlace(run, target, {});
    if (result.outcome === "failed")
      return `The workflow ${target.id}, on which it depends, failed: ${result.error ?? ""}`;
  }
  return undefined;
}

/** A failure counts when no later attempt of the same step mended it. */
function failureOf(steps: readonly StepRun[]): string | undefined {
  const last = new Map(steps.map((step) => [step.stepId, step]));
  const failed = [...last.values()].find((step) => step.outcome === "failed");
  if (failed === undefined) return undefined;
  const criterion = failed.criteria.find((candidate) => !candidate.passed);
  const why =
    criterion === undefined
      ? ""
      : `: ${criterion.condition}${criterion.detail === undefined ? "" : ` (${criterion.detail})`}`;
  return `Step ${failed.stepId} failed${why}`;
}

async function runSteps(run: Run, frame: Frame): Promise<string | undefined> {
  let index = 0;
  while (index < frame.steps.length) {
    const step = frame.steps[index];
    if (step === undefined) break;
    const action = await runStep(run, frame, step);
    if (typeof action === "string") return action;
    if (action === undefined) {
      if (frame.done.at(-1)?.outcome === "failed") return undefined;
      index += 1;
    } else if (action.type === "end") return undefined;
    else if (action.type === "retry") {
      const error = await prepareRetry(run, frame, action);
      if (error !== undefined) return error;
    } else if (action.workflowId !== undefined) {
      // Control doesn't come back from another workflow, so its outcome is this one's.
      const target = findReferredWorkflow(run.options.catalog, action.workflowId, frame.place);
      const result = await runPlace(run, target, {});
      return result.outcome === "failed"
        ? `The workflow ${target.id} failed: ${result.error ?? ""}`
        : undefined;
    } else {
      index = frame.steps.findIndex((candidate) => candidate["stepId"] === action.stepId);
      if (index === -1)
        return `The action ${action.name} leads to the step ${String(action.stepId)}, which doesn't exist.`;
    }
  }
  return undefined;
}

/** Waits, and runs what the action wants to have run before the step is tried again. */
async function prepareRetry(run: Run, frame: Frame, action: TakenAction): Promise<string | undefined> {
  if (action.waitMs !== undefined && action.waitMs > 0) await run.sleep(action.waitMs);
  if (action.workflowId !== undefined) {
    await runPlace(run, findReferredWorkflow(run.options.catalog, action.workflowId, frame.place), {});
  } else if (action.stepId !== undefined) {
    const step = frame.steps.find((candidate) => candidate["stepId"] === action.stepId);
    if (step === undefined)
      return `The action ${action.name} leads to the step ${action.stepId}, which doesn't exist.`;
    const outcome = await runStep(run, frame, step);
    if (typeof outcome === "string") return outcome;
  }
  return undefined;
}

/** One attempt of a step; the action that follows it, or why the whole run must end. */
async function runStep(run: Run, frame: Frame, step: PlainObject): Promise<TakenAction | string | undefined> {
  const stepId = String(step["stepId"] ?? "");
  if (run.options.signal?.aborted === true) return "The run was stopped.";
  if (run.stepsLeft <= 0) return `The run was given up after ${run.maxSteps} steps.`;
  run.stepsLeft -= 1;
  const attempt = (frame.attempts.get(stepId) ?? 0) + 1;
  frame.attempts.set(stepId, attempt);
  run.options.observer?.stepStarted?.({ workflowId: frame.place.id, stepId, attempt });
  const startedAt = run.clock();
  const before = scopeOf(run, frame);
  const { workflowId } = step;
  const call =
    typeof workflowId === "string"
      ? await callWorkflow(nesting(run), frame.place, step, workflowId, before)
      : await callApi(run, frame, step, before);
  const { passed, ...report } = call;
  frame.results[stepId] = { outputs: call.outputs };
  const after: Scope = {
    ...scopeOf(run, frame),
    ...(call.request === undefined ? {} : { request: call.request }),
    ...(call.response === undefined ? {} : { response: call.response }),
    ...(call.message === undefined ? {} : { message: call.message }),
    ...(call.nested === undefined ? {} : { outputs: call.nested.outputs }),
  };
  const retries = frame.retries.get(stepId) ?? new Map<number, number>();
  frame.retries.set(stepId, retries);
  const action = await chooseAction(passed ? "success" : "failure", frame.place, step, after, retries);
  const result: StepRun = {
    workflowId: frame.place.id,
    stepId,
    description: typeof step["description"] === "string" ? step["description"] : "",
    attempt,
    outcome: passed ? "passed" : "failed",
    ...report,
    ...(action === undefined ? {} : { action }),
    durationMs: run.clock() - startedAt,
  };
  frame.done.push(result);
  run.options.observer?.stepFinished?.(result);
  return action;
}

const nesting = (run: Run): WorkflowStepParts => ({
  catalog: run.options.catalog,
  runNested: (place, inputs) => runPlace(run, place, inputs),
});

/** Calls an operation, or sends or receives a message. */
async function callApi(run: Run, frame: Frame, step: PlainObject, scope: Scope): Promise<CallResult> {
  const { options, messages, sleep, taken, causes } = run;
  const missing = missingDependency(step, (reference) => hasRun(run, frame, reference));
  if (missing !== undefined) {
    const condition = `after ${missing}`;
    const detail = "The step that it depends on has not been run";
    return { criteria: [{ kind: "step", condition, passed: false, detail }], outputs: {}, passed: false };
  }
  if (isEventStep(step)) {
    return callChannel({ options, messages, sleep, taken, causes }, frame.place, step, scope);
  }
  const call = await callOperation(options, frame.place, step, scope);
  if (call.request !== undefined) run.headers = call.request.headers;
  const id = call.response?.headers["eco-request-id"];
  if (id !== undefined) causes.push(id);
  return call;
}
