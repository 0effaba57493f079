import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import { objectsOf } from "../catalog/untyped.ts";
import type { RetryCounts } from "./actions.ts";
import type { WorkflowPlace } from "./documents.ts";
import type { Scope } from "./expression.ts";
import { type JsonPath, loadJsonPath } from "./json-path.ts";
import { type MessageExchange, polledMessages } from "./messages.ts";
import { baseUrlOf } from "./operation-step.ts";
import { inOrder } from "./step-order.ts";
import type { RunOptions, StepRun } from "./types.ts";

export type Values = Readonly<Record<string, unknown>>;

/** What all workflows of one run share. */
export interface Run {
  readonly options: RunOptions;
  /** Milliseconds from any start. */
  readonly clock: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Finished workflows by id, for `$workflows.…`. */
  readonly workflows: Record<string, { inputs: Values; outputs: Values }>;
  readonly messages: MessageExchange;
  /** Ids of the messages that a step took already. */
  readonly taken: Set<string>;
  /** Ids that the platform gave to the requests of the run. */
  readonly causes: string[];
  /** Headers of the latest request. */
  headers: Readonly<Record<string, string>>;
  /** Workflows that are being run, innermost last: one that calls itself would never end. */
  readonly stack: string[];
  /** Of all workflows together, each attempt counted. */
  readonly maxSteps: number;
  stepsLeft: number;
}

/** One workflow while it runs. */
export interface Frame {
  readonly place: WorkflowPlace;
  readonly inputs: Values;
  /** In the order in which they run, unless an action leads elsewhere. */
  readonly steps: readonly PlainObject[];
  readonly results: Record<string, { outputs: Values }>;
  readonly done: StepRun[];
  readonly attempts: Map<string, number>;
  readonly retries: Map<string, RetryCounts>;
  readonly jsonPath?: JsonPath;
}

export function startRun(options: RunOptions): Run {
  const maxSteps = options.maxSteps ?? 1_000;
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
    maxSteps,
    stepsLeft: maxSteps,
  };
  return run;
}

export async function openFrame(place: WorkflowPlace, inputs: Values): Promise<Frame> {
  return {
    place,
    inputs,
    steps: inOrder(objectsOf(place.node["steps"])),
    ...(selectsByPath(place) ? { jsonPath: await loadJsonPath() } : {}),
    results: {},
    done: [],
    attempts: new Map(),
    retries: new Map(),
  };
}

const selects = new WeakMap<PlainObject, boolean>();

/** Whether a workflow's document may select by JSONPath anywhere: only then is that library worth its loading. */
function selectsByPath({ document }: WorkflowPlace): boolean {
  let known = selects.get(document.content);
  if (known === undefined) {
    known = /"selector":.*"jsonpath"|"jsonpath".*"selector":/.test(JSON.stringify(document.content));
    selects.set(document.content, known);
  }
  return known;
}

/** Whether a step has been run: `stepId`, or `$workflows.ID.steps.STEP` of a workflow that was run before. */
export function hasRun(run: Run, frame: Frame, reference: string): boolean {
  const [, workflow] = /^\$(?:workflows|sourceDescriptions\.[^.]+)\.([^.]+)\.steps\./.exec(reference) ?? [];
  return workflow === undefined ? reference in frame.results : workflow in run.workflows;
}

/** What the expressions of a workflow see at this moment. */
export function scopeOf(run: Run, frame: Frame): Scope {
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
