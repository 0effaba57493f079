import { EcoError } from "../errors/index.ts";
import { findReferredWorkflow, findWorkflow, type WorkflowPlace } from "./documents.ts";
import { completeInputs } from "./inputs.ts";
import { readOutputs } from "./judge-step.ts";
import { type Frame, keyOf, openFrame, type Run, scopeOf, startRun, type Values } from "./run.ts";
import { runStep } from "./run-step.ts";
import { readsOf } from "./step-order.ts";
import type { JourneyRun, RunOptions, StepRun, TakenAction } from "./types.ts";

/**
 * Runs a workflow of Arazzo 1.0 or 1.1 against a fetch. A step that fails is a failed run, not an error.
 * @throws EcoError `ECO_WORKFLOW_UNKNOWN`, `ECO_INPUT_MISSING`, `ECO_INPUT_INVALID` before anything is sent
 */
export async function runWorkflow(options: RunOptions): Promise<JourneyRun> {
  const run = startRun(options);
  const place = findWorkflow(options.catalog, options.workflowId, options.document);
  return await runPlace(run, place, completeInputs(place, options.inputs ?? {}, options.validators));
}

/** Another workflow of the same run; a text says why it can't be run. */
async function runOther(
  run: Run,
  reference: string,
  from: WorkflowPlace,
  given: Values,
): Promise<JourneyRun | string> {
  const place = locate(run, reference, from);
  if (typeof place === "string") return place;
  const key = keyOf(place);
  if (run.stack.includes(key))
    return `The workflow ${place.id} calls itself: ${[...run.stack, key].join(" → ")}.`;
  const inputs = textOfError(() => completeInputs(place, given, run.options.validators));
  return typeof inputs === "string" ? inputs : await runPlace(run, place, inputs);
}

const locate = (run: Run, reference: string, from: WorkflowPlace): WorkflowPlace | string =>
  textOfError(() => findReferredWorkflow(run.options.catalog, reference, from));

/** What an attempt comes to, or what is wrong in the documents. */
function textOfError<T>(attempt: () => T): T | string {
  try {
    return attempt();
  } catch (cause) {
    if (cause instanceof EcoError) return cause.message;
    throw cause;
  }
}

async function runPlace(run: Run, place: WorkflowPlace, inputs: Values): Promise<JourneyRun> {
  const key = keyOf(place);
  const startedAt = run.clock();
  run.stack.push(key);
  run.options.observer?.workflowStarted?.({ id: place.id, inputs });
  const frame = await openFrame(place, inputs);
  let ending: Ending;
  try {
    const missing = await runDependencies(run, place);
    ending = missing === undefined ? await runSteps(run, frame) : { error: missing };
  } finally {
    run.stack.pop();
  }
  const followedBy = ending.transfer && (await transferTo(run, place, ending.transfer));
  const { outputs, unresolved } = readOutputs(
    place.node["outputs"],
    scopeOf(run, frame),
    // Of a workflow that ended early, or was left, those outputs are missing that come of steps that it didn't reach.
    (expression) => !readsOf(expression).some((step) => !Object.hasOwn(frame.results, step)),
  );
  const lacking = unresolved[0];
  const error =
    ending.error ??
    failureOf(frame.done) ??
    (typeof followedBy === "string" ? followedBy : failureOfOther(followedBy)) ??
    (lacking && `${lacking.detail ?? lacking.condition} (${lacking.condition})`);
  run.finished.set(key, { place, inputs, outputs, error });
  const result: JourneyRun = {
    workflowId: place.id,
    document: place.document.path,
    outcome: error === undefined ? "passed" : "failed",
    inputs,
    outputs,
    steps: frame.done,
    ...(typeof followedBy === "object" ? { followedBy } : {}),
    ...(error === undefined ? {} : { error }),
    durationMs: run.clock() - startedAt,
  };
  run.options.observer?.workflowFinished?.(result);
  return result;
}

/** Control doesn't come back from there, so a workflow may be left for one that it came from. */
async function transferTo(run: Run, from: WorkflowPlace, action: TakenAction): Promise<JourneyRun | string> {
  const target = await runOther(run, action.workflowId ?? "", from, action.inputs ?? {});
  return typeof target === "string" ? `The action ${action.name} leads nowhere. ${target}` : target;
}

function failureOfOther(run: JourneyRun | undefined): string | undefined {
  return run?.outcome === "failed" ? `The workflow ${run.workflowId} failed: ${run.error ?? ""}` : undefined;
}

/** The workflows that must have passed before; what went wrong, or undefined. */
async function runDependencies(run: Run, place: WorkflowPlace): Promise<string | undefined> {
  const list = place.node["dependsOn"];
  for (const item of Array.isArray(list) ? list : []) {
    const reference = String(item);
    const target = locate(run, reference, place);
    const known = typeof target === "string" ? undefined : run.finished.get(keyOf(target));
    const result = known ?? (await runOther(run, reference, place, {}));
    const error = typeof result === "string" ? result : result.error;
    if (error !== undefined) return `The workflow ${reference}, on which it depends, failed: ${error}`;
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

/** How the steps of a workflow came to their end: by themselves, by an error, or by leaving for another workflow. */
interface Ending {
  readonly error?: string;
  readonly transfer?: TakenAction;
}

async function runSteps(run: Run, frame: Frame): Promise<Ending> {
  let index = 0;
  while (index < frame.steps.length) {
    const step = frame.steps[index];
    if (step === undefined) break;
    const action = await runStep(run, frame, step, runOther);
    if (typeof action === "string") return { error: action };
    if (action === undefined) {
      if (frame.done.at(-1)?.outcome === "failed") return {};
      index += 1;
    } else if (action.type === "end") return {};
    else if (action.type === "retry") {
      const error = await prepareRetry(run, frame, action);
      if (error !== undefined) return { error };
    } else if (action.workflowId !== undefined) return { transfer: action };
    else {
      index = frame.steps.findIndex((candidate) => candidate["stepId"] === action.stepId);
      if (index === -1) return { error: noSuchStep(action) };
    }
  }
  return {};
}

const noSuchStep = ({ name, stepId }: TakenAction): string =>
  `The action ${name} leads to the step ${String(stepId)}, which doesn't exist.`;

/** Waits, and runs what the action wants to have run before the step is tried again. */
async function prepareRetry(run: Run, frame: Frame, action: TakenAction): Promise<string | undefined> {
  if (action.waitMs !== undefined && action.waitMs > 0) await run.sleep(action.waitMs);
  if (action.workflowId !== undefined) {
    const result = await runOther(run, action.workflowId, frame.place, action.inputs ?? {});
    if (typeof result === "string") return `The action ${action.name} leads nowhere. ${result}`;
  } else if (action.stepId !== undefined) {
    const step = frame.steps.find((candidate) => candidate["stepId"] === action.stepId);
    if (step === undefined) return noSuchStep(action);
    const outcome = await runStep(run, frame, step, runOther);
    if (typeof outcome === "string") return outcome;
  }
  return undefined;
}
