import type { PlainObject } from "../catalog/pointer.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { checkCriterion } from "./criterion.ts";
import { resolveList, type WorkflowPlace } from "./documents.ts";
import type { Scope } from "./expression.ts";
import type { StepResponse, TakenAction } from "./types.ts";

/** How often each failure action of a step was used, by its place in the list. */
export type RetryCounts = Map<number, number>;

/**
 * The first action whose criteria all hold. A retry that has used up its limit is passed over; the step's own list
 * takes the place of the workflow's.
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
  const actions = resolveList(step[own] ?? place.node[shared], place);
  for (const [index, action] of actions.entries()) {
    if (!(await applies(action, scope))) continue;
    const taken = readAction(action, kind);
    if (taken === undefined) continue;
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

/** `Retry-After` of the answer, in seconds, overrules the action's own `retryAfter`. */
function waitMs(action: PlainObject, response: StepResponse | undefined): number {
  const header = response?.headers["retry-after"];
  const seconds =
    header !== undefined && /^\d+(\.\d+)?$/.test(header) ? Number(header) : numberOr(action["retryAfter"], 0);
  return Math.round(seconds * 1000);
}
