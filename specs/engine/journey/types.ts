import type { Validators } from "../catalog/schemas/schema-validator.ts";
import type { Catalog } from "../catalog/types.ts";
import type { MessageExchange, StepMessage } from "./messages.ts";

export interface RunOptions {
  readonly catalog: Catalog;
  readonly workflowId: string;
  /** Path of the Arazzo document, where two of them have a workflow of this id. */
  readonly document?: string;
  /** Values for the workflow's inputs; its JSON Schema gives defaults for the rest. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly fetch: (request: Request) => Promise<Response>;
  /**
   * Where operations are called. A text is an origin: the operation's whole path is appended. A map goes from the path
   * of an OpenAPI document to the URL that stands for its server: only the path template is appended.
   */
  readonly baseUrls: string | Readonly<Record<string, string>>;
  /** Waits before a retry; by default a timer. Give one that advances a virtual clock to run without waiting. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Milliseconds from any start; for the durations in the report. Default `performance.now`. */
  readonly clock?: () => number;
  /** With validators each answer is checked against its operation, and a step with an invalid one fails. */
  readonly validators?: Validators;
  readonly observer?: JourneyObserver;
  /** For event steps. Default: the operation that lists events is asked, with the credentials of the step before. */
  readonly messages?: MessageExchange;
  /** Headers for every request, such as an access token; a step's own parameters win. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Steps in all, retries and nested workflows included, before the run is given up. Default 1,000. */
  readonly maxSteps?: number;
  /** For one request. Default 30,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Hears of each step as it goes; what it throws ends the run. */
export interface JourneyObserver {
  workflowStarted?(workflow: {
    readonly id: string;
    readonly inputs: Readonly<Record<string, unknown>>;
  }): void;
  stepStarted?(step: {
    readonly workflowId: string;
    readonly stepId: string;
    readonly attempt: number;
  }): void;
  stepFinished?(step: StepRun): void;
  workflowFinished?(run: JourneyRun): void;
}

export interface JourneyRun {
  readonly workflowId: string;
  readonly document: string;
  /** `failed` when the last attempt of any step failed, as with other runners of Arazzo. */
  readonly outcome: "passed" | "failed";
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** In the order of execution: a step that was tried twice is there twice. */
  readonly steps: readonly StepRun[];
  /** The workflow that a `goto` left this one for; its outcome is this one's too. */
  readonly followedBy?: JourneyRun;
  /** Why the run ended early, where that isn't said by a step. */
  readonly error?: string;
  readonly durationMs: number;
}

export interface StepRun {
  readonly workflowId: string;
  readonly stepId: string;
  readonly description: string;
  /** From 1. */
  readonly attempt: number;
  readonly outcome: "passed" | "failed";
  readonly operationId?: string;
  readonly request?: StepRequest;
  readonly response?: StepResponse;
  /** What an event step sent or received. */
  readonly message?: StepMessage;
  readonly criteria: readonly CriterionResult[];
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The success or failure action that was taken. */
  readonly action?: TakenAction;
  /** The run of the workflow that the step calls. */
  readonly nested?: JourneyRun;
  readonly durationMs: number;
}

export interface StepRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Before it is written as text. */
  readonly body?: unknown;
}

export interface StepResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON, else text; absent where there is none. */
  readonly body?: unknown;
}

export interface CriterionResult {
  /** `criterion` is the step's own; the others are what every answer must meet. */
  readonly kind:
    | "criterion"
    | "status"
    | "content-type"
    | "schema"
    | "output"
    | "network"
    | "message"
    | "step";
  /** The condition as it is written, or what was checked. */
  readonly condition: string;
  readonly passed: boolean;
  /** What came instead, for a reader. */
  readonly detail?: string;
  /** The values of the expressions in a simple condition. */
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface TakenAction {
  readonly name: string;
  readonly type: "end" | "goto" | "retry";
  readonly stepId?: string;
  readonly workflowId?: string;
  /** Handed to that workflow. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Before a retry. */
  readonly waitMs?: number;
}
