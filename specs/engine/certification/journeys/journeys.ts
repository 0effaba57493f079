import { isPlainObject, resolvePointer } from "../../catalog/pointer.ts";
import type { WorkflowRef } from "../../catalog/types.ts";
import { EcoError } from "../../errors/index.ts";
import { reasonOf } from "../../errors/reason.ts";
import { runWorkflow } from "../../journey/index.ts";
import type { JourneyRun, StepRun } from "../../journey/types.ts";
import {
  bindChecks,
  type CheckTable,
  held,
  type Observation,
  type PreparedPart,
  type RunContext,
  skipped,
  violated,
} from "../check.ts";
import type { Exchange } from "../model.ts";
import type { SandboxTarget } from "../options.ts";

interface JourneyContext {
  readonly run: RunContext;
  readonly workflows: readonly WorkflowRef[];
  /** Each workflow is run once; the checks look at the same run. */
  runOf(workflow: WorkflowRef): Promise<JourneyRun | string | undefined>;
}

function text(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

function exchangeOf(step: StepRun, atMs: number): Exchange | undefined {
  const { request, response } = step;
  if (request === undefined) return undefined;
  const { method, url, headers, body } = request;
  const sent = { method, url, headers, ...(body === undefined ? {} : { body: text(body) }) };
  const head = { atMs, durationMs: Math.round(step.durationMs), request: sent };
  if (response === undefined)
    return { ...head, failure: { kind: "closed", detail: "The step got no answer." } };
  const answer = {
    status: response.status,
    headers: response.headers,
    body: response.body === undefined ? "" : text(response.body),
  };
  return { ...head, response: { ...answer, truncated: false } };
}

/** The steps of a run with those of the workflows that it calls, in the order of execution. */
function allSteps(run: JourneyRun): StepRun[] {
  return run.steps.flatMap((step) => (step.nested === undefined ? [step] : [...allSteps(step.nested), step]));
}

function exchangesOf(run: JourneyRun): Exchange[] {
  let atMs = 0;
  return allSteps(run).flatMap((step) => {
    const exchange = exchangeOf(step, Math.round(atMs));
    atMs += step.nested === undefined ? step.durationMs : 0;
    return exchange === undefined ? [] : [exchange];
  });
}

function about(workflow: WorkflowRef): { subject: string; pointer: string } {
  return { subject: workflow.id, pointer: `${workflow.document}#${workflow.pointer}` };
}

function whyFailed(run: JourneyRun): string {
  const step = allSteps(run).findLast((one) => one.outcome === "failed");
  if (step === undefined) return run.error ?? "The journey failed.";
  const criterion = step.criteria.find((one) => !one.passed);
  const detail = criterion?.detail === undefined ? "" : ` (${criterion.detail})`;
  const what = criterion === undefined ? (run.error ?? "it failed") : `${criterion.condition}${detail}`;
  return `Step ${step.stepId} of ${step.workflowId}: ${what}.`;
}

/** An output of a step without a value fails the step, and with it the journey. */
function stepWithoutOutput(run: JourneyRun): string | undefined {
  const step = allSteps(run).findLast((one) => one.outcome === "failed");
  const criterion = step?.criteria.find((one) => !one.passed);
  if (step === undefined || criterion?.kind !== "output") return undefined;
  return `Step ${step.stepId} of ${step.workflowId} has no value for ${criterion.condition}.`;
}

function success(run: JourneyRun): Observation {
  const steps = allSteps(run);
  const more = { evidence: exchangesOf(run), cases: steps.length };
  return run.outcome === "passed"
    ? held(`${steps.length} steps passed.`, more)
    : violated(whyFailed(run), more);
}

function declaredOutputs(workflow: WorkflowRef, context: RunContext): string[] {
  const document = context.catalog.documents.find((one) => one.path === workflow.document);
  const definition = resolvePointer(document?.content, workflow.pointer);
  const outputs = isPlainObject(definition) ? definition["outputs"] : undefined;
  return isPlainObject(outputs) ? Object.keys(outputs) : [];
}

async function* perWorkflow(
  context: JourneyContext,
  judge: (run: JourneyRun, workflow: WorkflowRef) => Observation | undefined,
): AsyncGenerator<Observation> {
  for (const workflow of context.workflows) {
    const run = await context.runOf(workflow);
    const observation =
      run === undefined ? noStep : typeof run === "string" ? violated(run) : judge(run, workflow);
    if (observation !== undefined) yield { ...about(workflow), ...observation };
  }
}

const noStep = skipped("not-applicable", "No step of this journey is the partner's.");

export const journeyChecks: CheckTable<JourneyContext> = {
  "journeys.workflow.succeeds": (context) => perWorkflow(context, success),

  "journeys.workflow.outputs": (context) =>
    perWorkflow(context, (run, workflow) => {
      const names = declaredOutputs(workflow, context.run);
      if (names.length === 0) return undefined;
      const lacking = stepWithoutOutput(run);
      if (lacking !== undefined) return violated(lacking);
      if (run.outcome === "failed") return skipped("not-applicable", "The journey didn't come to its end.");
      const missing = names.filter((name) => run.outputs[name] === undefined);
      const cases = names.length;
      if (missing.length > 0) return violated(`Without a value: ${missing.join(", ")}.`, { cases });
      return held(`${cases} outputs have a value.`, { cases });
    }),
};

function start(context: RunContext, sandbox: SandboxTarget, workflow: WorkflowRef): Promise<JourneyRun> {
  const { options } = context;
  return runWorkflow({
    catalog: context.catalog,
    workflowId: workflow.id,
    document: workflow.document,
    inputs: sandbox.inputs?.[workflow.id] ?? {},
    fetch: (request) => options.fetch(request),
    baseUrls: sandbox.url,
    sleep: context.sleep,
    validators: context.validators,
    ...(sandbox.headers === undefined ? {} : { headers: sandbox.headers }),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

/** The journeys part: each workflow of the specs against the sandbox. */
export async function prepareJourneys(run: RunContext): Promise<PreparedPart> {
  const { sandbox, partner, signal } = run.options;
  if (sandbox === undefined)
    throw new EcoError("ECO_INPUT_MISSING", "The journeys part needs the URL of a sandbox.");
  const wanted = partner?.workflows;
  const workflows = run.catalog.workflows.filter((one) => wanted === undefined || wanted.includes(one.id));
  const runs = new Map<string, Promise<JourneyRun | string | undefined>>();
  const context: JourneyContext = {
    run,
    workflows,
    runOf(workflow) {
      if (sandbox.conducted !== undefined) return sandbox.conducted(workflow);
      const key = `${workflow.document}#${workflow.id}`;
      // What the runner throws (an input that is missing) is the workflow's fault, not the end of the run.
      const known =
        runs.get(key) ??
        start(run, sandbox, workflow).catch((error: unknown) => {
          signal?.throwIfAborted();
          return reasonOf(error);
        });
      runs.set(key, known);
      return known;
    },
  };
  return { checks: bindChecks(journeyChecks, context) };
}
