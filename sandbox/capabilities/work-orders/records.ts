import type { Json, JsonObject, RecordWrite, StoredRecord } from "../../store/store.ts";
import { maySee } from "../access.ts";
import type { DecisionContext, DomainEvent } from "../capability.ts";
import { isObject } from "../define.ts";
import { collections, partyKey } from "../records.ts";

export type WorkOrderStatus =
  | "offered"
  | "accepted"
  | "rescheduled"
  | "in-progress"
  | "completed"
  | "cancelled"
  | "unfulfilled";

/** One provider's turn: what it made of the offer, and when. */
export interface Attempt extends JsonObject {
  readonly provider: string;
  readonly outcome: "offered" | "accepted" | "declined" | "silent";
  readonly at: string;
}

/** `work-orders/WORKORDERID`: a service asked for, on its way to the party that will render it. */
export interface WorkOrderRecord extends JsonObject {
  readonly id: string;
  readonly product: string;
  readonly customer: string;
  /** Whose turn it is. */
  readonly provider: string;
  /** Who comes next when the provider declines or stays silent, in order. */
  readonly substitutes: readonly string[];
  readonly parties: { readonly [role: string]: string };
  readonly scheduledFor: string;
  readonly usage: JsonObject;
  /** By when the provider must have answered, on the virtual clock. */
  readonly respondBy: string;
  /** How long each provider is given, in milliseconds. */
  readonly respondWithinMs: number;
  readonly status: WorkOrderStatus;
  readonly attempts: readonly Attempt[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type StoredWorkOrder = StoredRecord<WorkOrderRecord>;

/** Everybody who had to do with it so far. Substitutes don't see it before it is their turn. */
export function workOrderParties(order: WorkOrderRecord): string[] {
  return [
    ...new Set([
      order.customer,
      order.createdBy,
      ...order.attempts.map((attempt) => attempt.provider),
      ...Object.values(order.parties),
    ]),
  ];
}

export function workOrderWrite(order: WorkOrderRecord, expectedVersion: number): RecordWrite {
  return {
    collection: collections.workOrders,
    id: order.id,
    value: order,
    expectedVersion,
    keys: workOrderParties(order).map(partyKey),
  };
}

/** The order as a caller sees it: who would come next is for those who placed it. */
export function viewWorkOrder(order: WorkOrderRecord, context: DecisionContext): JsonObject {
  const { createdBy, respondWithinMs: _window, ...view } = order;
  const mayKnow = maySee(context, [createdBy, order.customer]);
  return mayKnow ? view : { ...view, substitutes: [] };
}

export function workOrderEvent(
  name: string,
  order: WorkOrderRecord,
  context: DecisionContext,
  more: JsonObject = {},
): DomainEvent {
  return {
    name: `work-order.${name}`,
    subject: order.id,
    audience: [...new Set([...workOrderParties(order), context.catalog.ecosystem.orchestrator])],
    data: {
      workOrderId: order.id,
      product: order.product,
      customer: order.customer,
      provider: order.provider,
      status: order.status,
      scheduledFor: order.scheduledFor,
      ...more,
    },
  };
}

export function textMap(value: Json | undefined): { readonly [name: string]: string } {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, entry]) => (typeof entry === "string" ? [[name, entry]] : [])),
  );
}
