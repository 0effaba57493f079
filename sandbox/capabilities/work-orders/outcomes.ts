import type { JsonObject } from "../../store/store.ts";
import { maySee } from "../access.ts";
import type { Decision, DecisionContext, Refusal } from "../capability.ts";
import { joinChanges, noChanges } from "../changes.ts";
import { answer, notFound, required, text } from "../define.ts";
import { collections } from "../records.ts";
import { type Completed, completeWorkOrder } from "./completion.ts";
import type { Offering } from "./offers.ts";
import {
  type StoredWorkOrder,
  viewWorkOrder,
  type WorkOrderRecord,
  type WorkOrderStatus,
  workOrderParties,
  workOrderWrite,
} from "./records.ts";

/** What every step of a work order takes. */
export const orderInput = { workOrderId: required("text", "The work order.") };
/** A provider has it. */
export const TAKEN: readonly WorkOrderStatus[] = ["accepted", "rescheduled", "in-progress"];

/** Stores what an offer came to, and answers with the order. */
export async function finish(
  offering: Offering,
  expectedVersion: number,
  context: DecisionContext,
  status = 200,
): Promise<Decision> {
  const { order, changes } = await settleOffering(offering, expectedVersion, context);
  return answer(viewWorkOrder(order, context), { status, ...changes });
}

/** What an offer came to; a stand-in that is done already completes the order in the same decision. */
export async function settleOffering(
  { order: offered, writes, events, completeAt }: Offering,
  expectedVersion: number,
  context: DecisionContext,
): Promise<Pick<Completed, "order" | "changes">> {
  const { order, changes } =
    completeAt === undefined
      ? { order: offered, changes: noChanges }
      : await standInCompletion(offered, completeAt, context);
  const write = workOrderWrite(order, expectedVersion);
  return { order, changes: joinChanges({ writes: [write] }, { writes, events }, changes) };
}

/** What a stand-in can't complete stays accepted, with the reason on it, for whoever tests to complete. */
export async function standInCompletion(
  order: WorkOrderRecord,
  at: string,
  context: DecisionContext,
): Promise<Pick<Completed, "order" | "changes">> {
  const completed = await completeWorkOrder(order, { at, usage: {} }, context);
  if (completed.kind === "completed") return completed;
  return {
    order: { ...order, note: `The stand-in can't complete it: ${completed.detail}`, updatedAt: context.now },
    changes: noChanges,
  };
}

/** The order that the caller names and may see. */
export async function findOrder(
  input: JsonObject,
  context: DecisionContext,
): Promise<StoredWorkOrder | Refusal> {
  const id = text(input, "workOrderId");
  const order = await context.read.get<WorkOrderRecord>(collections.workOrders, id);
  return order === undefined || !maySee(context, workOrderParties(order.value))
    ? notFound("work order", id)
    : order;
}
