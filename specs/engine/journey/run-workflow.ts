import { isEventStep } from "../catalog/asyncapi-channels.ts";
import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import { EcoError } from "../errors/index.ts";
import { chooseAction, type RetryCounts } from "./actions.ts";
import { checkCriterion } from "./criterion.ts";
import { findReferredWorkflow, findWorkflow, resolveList, type WorkflowPlace } from "./documents.ts";
import { callChannel } from "./event-step.ts";
import { evaluateValue, type Scope } from "./expression.ts";
import { completeInputs } from "./inputs.ts";
import { type JsonPath, loadJsonPath } from "./json-path.ts";
import { type MessageExchange, polledMessages } from "./messages.ts";
import { baseUrlOf, type CallResult, callOperation, readOutputs } from "./run-step.ts";
import { inOrder, missingDependency } from "./step-order.ts";
import type { CriterionResult, JourneyRun, RunOptions, StepRun, TakenAction } from "./types.ts";

type Values = Readonly<Record<string, unknown>>;

/** What all workflows of one run share. */
interface Run {
  readonly options: RunOptions;
  readonly clock: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Finished workflows by id, for `$workflows.…`. */
  readonly workflows: Record<string, { inputs: Values; outputs: Values }>;
  readonly messages: MessageExchange;
  readonly taken: Set<string>;
  /** Ids that the platform gave to the requests of the run. */
  readonly causes: string[];
  /** Headers of the latest request. */
  headers: Readonly<Record<string, string>>;
  /** Workflows that are being run, innermost last: one that calls itself would never end. */
  readonly stack: string[];
  stepsLeft: number;
}

/** One workflow while it runs. */
interface Frame {
  readonly place: WorkflowPlace;
  readonly inputs: Values;
  readonly steps: readonly PlainObject[];
  readonly results: Record<string, { outputs: Values }>;
  readonly done: StepRun[];
  readonly attempts: Map<string, number>;
  readonly retries: Map<string, RetryCounts>;
  readonly jsonPath?: JsonPath;
}

/**
 * Runs a workflow of Arazzo 1.0 or 1.1 against a fetch. A step that fails is a failed run, not an error.
 * @throws EcoError `ECO_WORKFLOW_UNKNOWN`, `ECO_INPUT_MISSING`, `ECO_INPUT_INVALID` before anything is sent
 */
export async function runWorkflow(options: RunOptions): Promise<JourneyRun> {
  const run: Run = {
    options,
    clock: options.clock ?? (() => performance.now()),
    sleep: options.sleep ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
    messages:
      options.messages ??
      polledMessages({
        catalog: options.catalog,
        fetch: options.fetch,
        baseUrlOf: (operation) => baseUrlOf(operation, options.baseUrls),
        headers: () => run.headers,
      }),
    taken: new Set(),
    causes: [],
    headers: options.headers ?? {},
    workflows: {},
    stack: [],
    stepsLeft: options.maxSteps ?? 1_000,
  };
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
    const steps = Array.isArray(place.node["steps"]) ? place.node["steps"].filter(isPlainObject) : [];
    const frame: Frame = {
      place,
      inputs,
      steps: inOrder(steps),
      ...(selectsByPath(place) ? { jsonPath: await loadJsonPath() } : {}),
      results: {},
      done: [],
      attempts: new Map(),
      retries: new Map(),
    };
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
  if (run.stepsLeft <= 0) return `The run was given up after ${run.options.maxSteps ?? 1_000} steps.`;
  run.stepsLeft -= 1;
  const attempt = (frame.attempts.get(stepId) ?? 0) + 1;
  frame.attempts.set(stepId, attempt);
  run.options.observer?.stepStarted?.({ workflowId: frame.place.id, stepId, attempt });
  const startedAt = run.clock();
  const before = scopeOf(run, frame);
  const call: CallResult & { readonly nested?: JourneyRun } =
    typeof step["workflowId"] === "string"
      ? await callWorkflow(run, frame, step, step["workflowId"], before)
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

/** `stepId`, or `$workflows.ID.steps.STEP` of a workflow that was run before. */
function hasRun(run: Run, frame: Frame, reference: string): boolean {
  const [, workflow] = /^\$(?:workflows|sourceDescriptions\.[^.]+)\.([^.]+)\.steps\./.exec(reference) ?? [];
  return workflow === undefined ? reference in frame.results : workflow in run.workflows;
}

const selects = new WeakMap<PlainObject, boolean>();

/** Whether a workflow's document may select by JSONPath anywhere. */
function selectsByPath({ document }: WorkflowPlace): boolean {
  let known = selects.get(document.content);
  if (known === undefined) {
    known = /"selector":.*"jsonpath"|"jsonpath".*"selector":/.test(JSON.stringify(document.content));
    selects.set(document.content, known);
  }
  return known;
}

async function callWorkflow(
  run: Run,
  frame: Frame,
  step: PlainObject,
  reference: string,
  scope: Scope,
): Promise<CallResult & { readonly nested?: JourneyRun }> {
  try {
    const inputs: Record<string, unknown> = {};
    for (const { name, value } of resolveList(step["parameters"], frame.place)) {
      if (typeof name === "string") inputs[name] = evaluateValue(value, scope);
    }
    const nested = await runPlace(
      run,
      findReferredWorkflow(run.options.catalog, reference, frame.place),
      inputs,
    );
    const inner: Scope = { ...scope, outputs: nested.outputs, workflows: run.workflows };
    const criteria: CriterionResult[] = [
      {
        kind: "step",
        condition: `workflow ${nested.workflowId} passes`,
        passed: nested.outcome === "passed",
        ...(nested.error === undefined ? {} : { detail: nested.error }),
      },
    ];
    const declared = Array.isArray(step["successCriteria"])
      ? step["successCriteria"].filter(isPlainObject)
      : [];
    for (const criterion of declared) criteria.push(await checkCriterion(criterion, inner));
    const { outputs, unresolved } = readOutputs(step["outputs"], inner);
    if (nested.outcome === "passed") criteria.push(...unresolved);
    const passed = criteria.every((criterion) => criterion.passed);
    return { nested, criteria, passed, outputs: step["outputs"] === undefined ? nested.outputs : outputs };
  } catch (cause) {
    if (!(cause instanceof EcoError)) throw cause;
    const failure = {
      kind: "step",
      condition: `workflow ${reference}`,
      passed: false,
      detail: cause.message,
    } as const;
    return { criteria: [failure], outputs: {}, passed: false };
  }
}

function scopeOf(run: Run, frame: Frame): Scope {
  const { place, inputs, results, jsonPath } = frame;
  const { components, $self: self } = place.document.content;
  return {
    ...(jsonPath === undefined ? {} : { jsonPath }),
    ...(typeof self === "string" ? { self } : {}),
    inputs,
    outputs: {},
    steps: results,
    workflows: run.workflows,
    sourceDescriptions: Object.fromEntries([...place.sources].map(([name, path]) => [name, { url: path }])),
    components: isPlainObject(components) ? components : {},
  };
}
