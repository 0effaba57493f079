import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { pause } from "../pause.ts";
import type { RetryCounts } from "./actions.ts";
import type { WorkflowPlace } from "./documents.ts";
import type { Scope } from "./expression.ts";
import { type MessageExchange, polledMessages } from "./messages.ts";
import { baseUrlOf } from "./operation-step.ts";
import { languagesIn, type SelectorLanguages } from "./selector-languages.ts";
import { inOrder } from "./step-order.ts";
import type { RunOptions, StepRun } from "./types.ts";

export type Values = Readonly<Record<string, unknown>>;

/** What all workflows of one run share. */
export interface Run {
  readonly options: RunOptions;
  /** Milliseconds from any start. */
  readonly clock: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Workflows that came to their end, by their keys. */
  readonly finished: Map<string, FinishedWorkflow>;
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

export interface FinishedWorkflow {
  readonly place: WorkflowPlace;
  readonly inputs: Values;
  readonly outputs: Values;
  /** Why it failed; undefined where it passed. */
  readonly error: string | undefined;
}

/** Two documents may have workflows of one id. */
export const keyOf = ({ document, id }: WorkflowPlace): string => `${document.path}#${id}`;

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
  readonly languages: SelectorLanguages;
}

export function startRun(options: RunOptions): Run {
  const maxSteps = options.maxSteps ?? 1_000;
  const run: Run = {
    options,
    clock: options.clock ?? (() => performance.now()),
    sleep: options.sleep ?? ((milliseconds) => pause(milliseconds, options.signal)),
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
    finished: new Map(),
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
    languages: await languagesIn(place.document.content),
    results: {},
    done: [],
    attempts: new Map(),
    retries: new Map(),
  };
}

/** Whether a step has been run: `stepId`, or `$workflows.ID.steps.STEP` of a workflow that was run before. */
export function hasRun(run: Run, frame: Frame, reference: string): boolean {
  const [, workflow] = /^\$(?:workflows|sourceDescriptions\.[^.]+)\.([^.]+)\.steps\./.exec(reference) ?? [];
  if (workflow === undefined) return Object.hasOwn(frame.results, reference);
  return [...run.finished.values()].some(({ place }) => place.id === workflow);
}

/** What the expressions of a workflow see at this moment. */
export function scopeOf(run: Run, frame: Frame): Scope {
  const { place, inputs, results, languages } = frame;
  const { components, sourceDescriptions, $self: self } = place.document.content;
  return {
    languages,
    ...(typeof self === "string" ? { self } : {}),
    inputs,
    outputs: {},
    steps: results,
    workflows: workflowsSeen(run, frame),
    sourceDescriptions: Object.fromEntries(
      objectsOf(sourceDescriptions).map((source) => [String(source["name"]), source]),
    ),
    components: isPlainObject(components) ? components : {},
  };
}

/** By id: those that ended, and the one that runs. Of two with one id, that of the same document is meant. */
function workflowsSeen(run: Run, { place, inputs }: Frame): Scope["workflows"] {
  const seen: Record<string, { inputs: Values; outputs: Values }> = {};
  const ended = [...run.finished.values()];
  const isOwn = (one: FinishedWorkflow): boolean => one.place.document.path === place.document.path;
  for (const one of [...ended.filter((other) => !isOwn(other)), ...ended.filter(isOwn)])
    seen[one.place.id] = { inputs: one.inputs, outputs: one.outputs };
  seen[place.id] = { inputs, outputs: seen[place.id]?.outputs ?? {} };
  return seen;
}
