import { compileResponseValidator } from "../catalog/exchange/validate-response.ts";
import type { PlainObject } from "../catalog/pointer.ts";
import { findStepOperation } from "../catalog/read/arazzo-sources.ts";
import type { Operation } from "../catalog/types.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { EcoError } from "../errors/index.ts";
import { resolveList, type WorkflowPlace } from "./documents.ts";
import type { Scope } from "./expression.ts";
import { type CallResult, failedCall, judgeStep, schemaCriteria } from "./judge-step.ts";
import { buildRequest } from "./request.ts";
import { send } from "./send.ts";
import type { CriterionResult, RunOptions, StepRequest, StepResponse } from "./types.ts";

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
    const built = await buildRequest(
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

async function judge(
  { validators }: RunOptions,
  operation: Operation,
  step: PlainObject,
  scope: Scope & { readonly request: StepRequest; readonly response: StepResponse },
): Promise<CallResult> {
  const { request, response } = scope;
  // Without criteria of its own a step wants what an author expects of a call: that it isn't refused.
  const answered = objectsOf(step["successCriteria"]).length === 0 ? [notRefused(response)] : [];
  const declared =
    validators === undefined
      ? []
      : schemaCriteria(
          `the answer is as ${operation.id} declares it`,
          compileResponseValidator(validators, operation)(response),
        );
  const judgement = await judgeStep(step, scope, { after: [...answered, ...declared] });
  return { operationId: operation.id, request, response, ...judgement };
}

function notRefused({ status }: StepResponse): CriterionResult {
  const passed = status < 400;
  return {
    kind: "status",
    condition: "$statusCode < 400",
    passed,
    ...(passed ? {} : { detail: `The status is ${status}` }),
  };
}
