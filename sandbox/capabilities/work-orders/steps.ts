import type { JsonObject, RecordWrite } from "../../store/store.ts";
import { isOrchestrator } from "../access.ts";
import type { Capability, Decision, DecisionContext, DomainEvent, Refusal } from "../capability.ts";
import { joinChanges } from "../changes.ts";
import { answer, define, objectAt, optional, optionalText, pick, refuse, required, text } from "../define.ts";
import { refuseLeaver } from "../parties/records.ts";
import { collections } from "../records.ts";
import { minutesBetween, plusMilliseconds, toUtc } from "../time.ts";
import { tellBuild } from "../webhooks/build-notices.ts";
import { completeWorkOrder } from "./completion.ts";
import { CANCEL, MOVE } from "./fulfilment-calls.ts";
import { passOn, settleAttempt } from "./offers.ts";
import { findOrder, finish, orderInput, TAKEN } from "./outcomes.ts";
import {
  type StoredWorkOrder,
  viewWorkOrder,
  type WorkOrderRecord,
  type WorkOrderStatus,
  workOrderEvent,
  workOrderWrite,
} from "./records.ts";

const UNFINISHED: readonly WorkOrderStatus[] = ["offered", ...TAKEN];

interface Rule {
  readonly from: readonly WorkOrderStatus[];
  /** Who may, besides the orchestrator. */
  readonly by: (order: WorkOrderRecord) => readonly string[];
}

const byProvider = (order: WorkOrderRecord) => [order.provider];
const byThoseConcerned = (order: WorkOrderRecord) => [order.provider, order.customer, order.createdBy];

/** The order if it may make this step now, by this caller. */
async function stepOf(
  input: JsonObject,
  context: DecisionContext,
  rule: Rule,
): Promise<StoredWorkOrder | Refusal> {
  const order = await findOrder(input, context);
  if ("kind" in order) return order;
  const { caller, catalog } = context;
  if (!isOrchestrator(catalog, caller) && !rule.by(order.value).includes(caller?.party ?? "")) {
    return refuse("ECO_FORBIDDEN", `It is not your turn: the work order is with ${order.value.provider}.`);
  }
  return rule.from.includes(order.value.status)
    ? order
    : refuse(
        "ECO_STATE_TRANSITION",
        `The work order is ${order.value.status}; this takes one that is ${rule.from.join(" or ")}.`,
      );
}

export const accept = define({
  name: "work-orders.accept",
  summary: "The provider takes the order.",
  input: { ...orderInput, note: optional("text", "Words for the customer.") },
  events: ["work-order.accepted"],
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: ["offered"], by: byProvider });
    if ("kind" in stored) return stored;
    const { provider } = stored.value;
    const refused = await refuseLeaver(
      { ...context, caller: { party: provider } },
      "takes no new work orders",
    );
    if (refused !== undefined) return refused;
    const order: WorkOrderRecord = {
      ...settleAttempt(stored.value, "accepted", context.now),
      ...pick(input, ["note"]),
      status: "accepted",
    };
    return changed(order, stored, [workOrderEvent("accepted", order, context)], context);
  },
});

export const decline = define({
  name: "work-orders.decline",
  summary: "The provider refuses; the next substitute is asked in the same moment.",
  input: { ...orderInput, reason: required("text", "Why.") },
  events: ["work-order.declined", "work-order.reassigned", "work-order.offered", "work-order.accepted"],
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: ["offered"], by: byProvider });
    if ("kind" in stored) return stored;
    const offering = await passOn(stored.value, "declined", text(input, "reason"), context);
    return finish(offering, stored.version, context);
  },
});

const reschedule = define({
  name: "work-orders.reschedule",
  summary: "Moves an order that hasn't ended to another time.",
  input: {
    ...orderInput,
    scheduledFor: required("text", "The new time."),
    reason: required("text", "Why."),
  },
  events: ["work-order.rescheduled"],
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: UNFINISHED, by: byThoseConcerned });
    if ("kind" in stored) return stored;
    const zone = context.catalog.ecosystem.timeZone;
    const former = toUtc(stored.value.scheduledFor, zone);
    const target = toUtc(text(input, "scheduledFor"), zone);
    if (target === undefined || former === undefined) {
      return refuse("ECO_REQUEST_INVALID", "The work order can't be moved there.", [
        { pointer: "#/scheduledFor", detail: "must be RFC 3339, or a local time of the ecosystem's zone" },
      ]);
    }
    const { status } = stored.value;
    const order: WorkOrderRecord = {
      ...stored.value,
      scheduledFor: text(input, "scheduledFor"),
      // An offer stays an offer: the provider answers to the new time.
      status: status === "offered" ? "offered" : "rescheduled",
      updatedAt: context.now,
    };
    const reason = text(input, "reason");
    const event = workOrderEvent("rescheduled", order, context, { reason });
    const moved = await moveCompletion(stored.value, minutesBetween(former, target), context);
    const { scheduledFor } = order;
    const told = await tellBuild(stored, MOVE, { scheduledFor, reason }, context);
    return changed(order, stored, [event], context, [...moved, ...told]);
  },
});

/** A stand-in that accepted renders the service at the new time. */
async function moveCompletion(order: WorkOrderRecord, minutes: number, context: DecisionContext) {
  const id = `${order.id}/completes/${order.attempts.length}`;
  const timer = await context.read.get<JsonObject & { dueAt: string }>(collections.timers, id);
  if (timer === undefined) return [];
  const value = { ...timer.value, dueAt: plusMilliseconds(timer.value.dueAt, minutes * 60_000) };
  return [{ collection: collections.timers, id, value, expectedVersion: timer.version }];
}

const cancel = define({
  name: "work-orders.cancel",
  summary: "Calls an order off that hasn't ended; nothing is rated.",
  input: { ...orderInput, reason: required("text", "Why.") },
  events: ["work-order.cancelled"],
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: UNFINISHED, by: byThoseConcerned });
    if ("kind" in stored) return stored;
    const order: WorkOrderRecord = { ...stored.value, status: "cancelled", updatedAt: context.now };
    const reason = text(input, "reason");
    const event = workOrderEvent("cancelled", order, context, { reason });
    return changed(order, stored, [event], context, await tellBuild(stored, CANCEL, { reason }, context));
  },
});

const report = define({
  name: "work-orders.report",
  summary: "The provider says how far it is.",
  input: {
    ...orderInput,
    note: required("text", "How far it is."),
    expectedAt: optional("text", "When it expects to be there."),
  },
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: TAKEN, by: byProvider });
    if ("kind" in stored) return stored;
    const order: WorkOrderRecord = {
      ...stored.value,
      ...pick(input, ["note", "expectedAt"]),
      status: "in-progress",
      updatedAt: context.now,
    };
    return changed(order, stored, [], context);
  },
});

function changed(
  order: WorkOrderRecord,
  stored: StoredWorkOrder,
  events: readonly DomainEvent[],
  context: DecisionContext,
  writes: readonly RecordWrite[] = [],
): Decision {
  const changes = joinChanges({ writes: [workOrderWrite(order, stored.version), ...writes], events });
  return answer(viewWorkOrder(order, context), { ...changes });
}

export const complete = define({
  name: "work-orders.complete",
  summary: "The provider says what it rendered and when; the delivery is rated at once.",
  input: {
    ...orderInput,
    startedAt: optional("text", "When it was there; now where left out."),
    endedAt: optional("text", "When it ended."),
    usage: optional("object", "Measures, laid over those of the order."),
    note: optional("text", "Words for the customer."),
  },
  events: ["work-order.completed", "delivery.rated", "service-level.breached"],
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: TAKEN, by: byProvider });
    if ("kind" in stored) return stored;
    const startedAt = optionalText(input, "startedAt");
    const endedAt = optionalText(input, "endedAt");
    const completed = await completeWorkOrder(
      { ...stored.value, ...pick(input, ["note"]) },
      {
        at: startedAt ?? context.now,
        ...(startedAt === undefined ? {} : { startedAt }),
        ...(endedAt === undefined ? {} : { endedAt }),
        usage: objectAt(input, "usage"),
      },
      context,
    );
    if (completed.kind === "refused") return completed;
    const changes = joinChanges(
      { writes: [workOrderWrite(completed.order, stored.version)] },
      completed.changes,
    );
    return answer(viewWorkOrder(completed.order, context), { ...changes });
  },
});

export const workOrderSteps: readonly Capability[] = [accept, decline, reschedule, cancel, report, complete];
