import type { PlainObject } from "../catalog/pointer.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { checkCriterion } from "./criterion.ts";
import { resolveList, type WorkflowPlace } from "./documents.ts";
import type { Scope } from "./expression.ts";
import { workflowInputs } from "./inputs.ts";
import type { StepResponse, TakenAction } from "./types.ts";

/** How often each failure action of a step was used, by its place in the list. */
export type RetryCounts = Map<number, number>;

/**
 * The first action whose criteria all hold: of the step's own, then of the workflow's, but for those that an own one of
 * the same name overrides. A retry that has used up its limit is passed over.
 * @throws EcoError `ECO_EXPRESSION_INVALID` where an action refers to what isn't there
 */
export async function chooseAction(
  kind: "success" | "failure",
  place: WorkflowPlace,
  step: PlainObject,
  scope: Scope,
  retries: RetryCounts,
): Promise<TakenAction | undefined> {
  const [own, shared] =
    kind === "success" ? ["onSuccess", "successActions"] : ["onFailure", "failureActions"];
  const ofStep = resolveList(step[own], place);
  const overridden = new Set(ofStep.map(({ name }) => name));
  const ofWorkflow = resolveList(place.node[shared], place).filter(({ name }) => !overridden.has(name));
  const actions = [...ofStep, ...ofWorkflow];
  for (const [index, action] of actions.entries()) {
    if (!(await applies(action, scope))) continue;
    const read = readAction(action, kind);
    if (read === undefined) continue;
    const parameters = resolveList(action["parameters"], place);
    const taken = parameters.length === 0 ? read : { ...read, inputs: workflowInputs(parameters, scope) };
    if (taken.type !== "retry") return taken;
    const used = retries.get(index) ?? 0;
    if (used >= numberOr(action["retryLimit"], 1)) continue;
    retries.set(index, used + 1);
    return { ...taken, waitMs: waitMs(action, scope.response) };
  }
  return undefined;
}

async function applies(action: PlainObject, scope: Scope): Promise<boolean> {
  for (const criterion of objectsOf(action["criteria"])) {
    if (!(await checkCriterion(criterion, scope)).passed) return false;
  }
  return true;
}

function readAction(action: PlainObject, kind: "success" | "failure"): TakenAction | undefined {
  const { type, name, stepId, workflowId } = action;
  if (type !== "end" && type !== "goto" && !(type === "retry" && kind === "failure")) return undefined;
  return {
    name: typeof name === "string" ? name : type,
    type,
    ...(typeof stepId === "string" ? { stepId } : {}),
    ...(typeof workflowId === "string" ? { workflowId } : {}),
  };
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : otherwise;
}

/** `Retry-After` of the answer, in seconds or as a date, overrules the action's own `retryAfter`. */
function waitMs(action: PlainObject, response: StepResponse | undefined): number {
  const told = retryAfterMs(response?.headers ?? {});
  return Math.round(told ?? numberOr(action["retryAfter"], 0) * 1000);
}

function retryAfterMs(headers: StepResponse["headers"]): number | undefined {
  const header = headers["retry-after"]?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header) * 1000;
  const until = Date.parse(header);
  if (Number.isNaN(until)) return undefined;
  // By the clock of whoever says it, where that is known.
  const now = Date.parse(headers["date"] ?? "");
  return Math.max(0, until - (Number.isNaN(now) ? Date.now() : now));
}
