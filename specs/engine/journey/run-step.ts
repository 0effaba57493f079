import { findStepOperation } from "../catalog/arazzo-sources.ts";
import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import type { Operation } from "../catalog/types.ts";
import { compileResponseValidator } from "../catalog/validate-response.ts";
import { EcoError } from "../errors/index.ts";
import { checkCriterion } from "./criterion.ts";
import { resolveList, type WorkflowPlace } from "./documents.ts";
import { evaluateValue, type Scope } from "./expression.ts";
import type { StepMessage } from "./messages.ts";
import { buildRequest } from "./request.ts";
import { send } from "./send.ts";
import type { CriterionResult, RunOptions, StepRequest, StepResponse } from "./types.ts";

/** What one call of an operation brought. */
export interface CallResult {
  readonly operationId?: string;
  readonly request?: StepRequest;
  readonly response?: StepResponse;
  readonly message?: StepMessage;
  readonly criteria: readonly CriterionResult[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly passed: boolean;
}

/** Calls the operation of a step and judges the answer. Whatever goes wrong becomes a failed criterion. */
export async function callOperation(
  options: RunOptions,
  place: WorkflowPlace,
  step: PlainObject,
  scope: Scope,
): Promise<CallResult> {
  let operation: Operation | undefined;
  let request: StepRequest | undefined;
  try {
    operation = findStepOperation(step, place.sources, options.catalog.operations);
    if (operation === undefined) {
      const name = String(step["operationId"] ?? step["operationPath"]);
      throw new EcoError(
        "ECO_OPERATION_UNKNOWN",
        `No source description of ${place.document.path} declares ${name}.`,
      );
    }
    const built = buildRequest(
      {
        operation,
        baseUrl: baseUrlOf(operation, options.baseUrls),
        parameters: [
          ...resolveList(place.node["parameters"], place),
          ...resolveList(step["parameters"], place),
        ],
        requestBody: step["requestBody"],
        headers: options.headers ?? {},
      },
      scope,
    );
    request = built.seen;
    const response = await send(built, {
      fetch: options.fetch,
      timeoutMs: typeof step["timeout"] === "number" ? step["timeout"] : (options.timeoutMs ?? 30_000),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    return await judge(options, operation, step, { ...scope, request, response });
  } catch (cause) {
    return {
      ...(operation === undefined ? {} : { operationId: operation.id }),
      ...(request === undefined ? {} : { request }),
      ...failedCall(cause, operation?.id ?? "the operation"),
    };
  }
}

/** A call that came to nothing, with the reason as its only criterion. */
export function failedCall(cause: unknown, what: string): CallResult {
  const kind = cause instanceof EcoError ? "step" : "network";
  return {
    criteria: [{ kind, condition: `call ${what}`, passed: false, detail: describe(cause) }],
    outputs: {},
    passed: false,
  };
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause instanceof Error ? ` (${cause.cause.message})` : "";
  return `${cause.message}${inner}`;
}

/** Where an operation is served, without its path template. */
export function baseUrlOf(operation: Operation, baseUrls: RunOptions["baseUrls"]): string {
  const base = operation.path.slice(0, operation.path.length - operation.template.length);
  if (typeof baseUrls === "string") return baseUrls.replace(/\/+$/, "") + base;
  const url = baseUrls[operation.document];
  if (url !== undefined) return url.replace(/\/+$/, "");
  throw new EcoError("ECO_INPUT_MISSING", `No base URL is given for ${operation.document}.`, {
    fix: `Say where the operations of ${operation.document} are served.`,
  });
}

type AnsweredScope = Scope & { readonly request: StepRequest; readonly response: StepResponse };

async function judge(
  options: RunOptions,
  operation: Operation,
  step: PlainObject,
  scope: AnsweredScope,
): Promise<CallResult> {
  const criteria: CriterionResult[] = [];
  const declared = Array.isArray(step["successCriteria"])
    ? step["successCriteria"].filter(isPlainObject)
    : [];
  for (const criterion of declared) criteria.push(await checkCriterion(criterion, scope));
  const { status } = scope.response;
  if (declared.length === 0) {
    // Without criteria of its own a step wants what an author expects of a call: that it isn't refused.
    const passed = status < 400;
    criteria.push({
      kind: "status",
      condition: "$statusCode < 400",
      passed,
      ...(passed ? {} : { detail: `The status is ${status}` }),
    });
  }
  criteria.push(...checkAnswer(options, operation, scope.response));
  const { outputs, unresolved } = readOutputs(step["outputs"], scope);
  const passedSoFar = criteria.every((criterion) => criterion.passed);
  // After a failure its outputs are often missing too; that adds nothing.
  if (passedSoFar) criteria.push(...unresolved);
  return {
    operationId: operation.id,
    request: scope.request,
    response: scope.response,
    criteria,
    outputs,
    passed: criteria.every((criterion) => criterion.passed),
  };
}

function checkAnswer(options: RunOptions, operation: Operation, response: StepResponse): CriterionResult[] {
  if (options.validators === undefined) return [];
  const violations = compileResponseValidator(options.validators, operation)(response);
  if (violations.length === 0) {
    return [{ kind: "schema", condition: `the answer is as ${operation.id} declares it`, passed: true }];
  }
  return violations.slice(0, 20).map((violation) => ({
    kind: violation.part === "status" || violation.part === "content-type" ? violation.part : "schema",
    condition: violation.schemaPointer,
    passed: false,
    detail: `${violation.pointer} ${violation.message}`,
  }));
}

/**
 * Named outputs, evaluated; those without a value come back as failed criteria. A header that didn't come is no
 * failure: most are optional, and whoever needs the output will say so.
 */
export function readOutputs(
  node: unknown,
  scope: Scope,
): { readonly outputs: Record<string, unknown>; readonly unresolved: CriterionResult[] } {
  const outputs: Record<string, unknown> = {};
  const unresolved: CriterionResult[] = [];
  for (const [name, expression] of isPlainObject(node) ? Object.entries(node) : []) {
    try {
      const value = evaluateValue(expression, scope);
      if (value !== undefined) {
        outputs[name] = value;
        continue;
      }
      if (/^\$(request|response|message)\.header\./.test(String(expression))) continue;
      unresolved.push({
        kind: "output",
        condition: String(expression),
        passed: false,
        detail: `The output ${name} has no value`,
      });
    } catch (cause) {
      unresolved.push({
        kind: "output",
        condition: String(expression),
        passed: false,
        detail: describe(cause),
      });
    }
  }
  return { outputs, unresolved };
}
