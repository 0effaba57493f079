import type { JsonObject, RecordWrite } from "../../store/store.ts";
import type { DecisionContext, DomainEvent } from "../capability.ts";
import { behaviourOf, parseBehaviour } from "../controls/stand-ins.ts";
import { findParty, takesPart } from "../parties/records.ts";
import { collections, type PartyRecord } from "../records.ts";
import { isBefore, plusMilliseconds, toUtc } from "../time.ts";
import { forwardedOffer, forwardOf } from "../webhooks/forward-records.ts";
import { type Attempt, type WorkOrderRecord, workOrderEvent } from "./records.ts";

/** Names of the capabilities that timers call; no operation is bound to them. */
export const RESPOND_BY_TIMER = "work-orders.respond-by";
export const STAND_IN_TIMER = "work-orders.stand-in-completes";

/** An order on its way through offers, with what has to be written and told about it. */
export interface Offering {
  readonly order: WorkOrderRecord;
  readonly writes: readonly RecordWrite[];
  readonly events: readonly DomainEvent[];
  /** A stand-in took the order and its appointed time has passed already: complete it now, at this time. */
  readonly completeAt?: string;
}

/**
 * Puts the order before its provider. A partner is given until `respondBy`, and so is a stand-in's own build; a stand-in
 * that the sandbox plays answers at once by its behaviour, and when it declines, the next substitute's turn comes within
 * the same decision.
 */
export async function offer(order: WorkOrderRecord, context: DecisionContext): Promise<Offering> {
  const offered = addAttempt(order, { provider: order.provider, outcome: "offered", at: context.now });
  const event = workOrderEvent("offered", offered, context, { respondBy: offered.respondBy });
  const forward = await forwardOf(order.provider, context.read);
  if (forward !== undefined) {
    return {
      order: offered,
      writes: [respondBy(offered), forwardedOffer(offered, forward)],
      events: [event],
    };
  }
  const answered = await standInAnswer(offered, context);
  if (answered === undefined) return { order: offered, writes: [respondBy(offered)], events: [event] };
  return { ...answered, events: [event, ...answered.events] };
}

/** What a stand-in that the sandbox plays makes of its offer; undefined for a partner, and for one that keeps silent. */
export async function standInAnswer(
  offered: WorkOrderRecord,
  context: DecisionContext,
): Promise<Offering | undefined> {
  const behaviour = await standInBehaviour(offered.provider, context);
  if (behaviour === undefined || behaviour.kind === "silent") return undefined;
  if (behaviour.kind === "decline") return passOn(offered, "declined", "The stand-in declines.", context);
  const accepted = settleAttempt({ ...offered, status: "accepted" }, "accepted", context.now);
  const events = [workOrderEvent("accepted", accepted, context)];
  // An appointed time without an offset is a local time; whoever placed or moved the order has had it checked.
  const scheduledAt = toUtc(accepted.scheduledFor, context.catalog.ecosystem.timeZone) ?? context.now;
  const completeAt = plusMilliseconds(scheduledAt, behaviour.lateMinutes * 60_000);
  if (!isBefore(context.now, completeAt)) return { order: accepted, writes: [], events, completeAt };
  return { order: accepted, writes: [standInCompletes(accepted, completeAt)], events };
}

/**
 * The provider didn't take it: the next substitute's turn, or the order stays unfulfilled. Substitutes that take part in
 * nothing new any more are passed over: the order may have waited since before they left.
 */
export async function passOn(
  order: WorkOrderRecord,
  outcome: "declined" | "silent",
  reason: string,
  context: DecisionContext,
): Promise<Offering> {
  const takers = await takersAmong(order.substitutes, context);
  const [next, ...substitutes] = takers;
  const former = settleAttempt(order, outcome, context.now, reason);
  const refused = workOrderEvent("declined", former, context, { reason, outcome });
  if (next === undefined) {
    const order: WorkOrderRecord = { ...former, status: "unfulfilled", updatedAt: context.now };
    return { order, writes: [], events: [{ ...refused, data: { ...refused.data, status: order.status } }] };
  }
  const reassigned: WorkOrderRecord = {
    ...former,
    provider: next,
    substitutes,
    status: "offered",
    respondBy: plusMilliseconds(context.now, order.respondWithinMs),
    updatedAt: context.now,
  };
  const offering = await offer(reassigned, context);
  const event = workOrderEvent("reassigned", { ...offering.order, provider: next }, context, {
    from: order.provider,
    to: next,
    reason,
  });
  return { ...offering, events: [refused, event, ...offering.events] };
}

/** Those of some parties to whom something new can be offered. */
export async function takersAmong(
  parties: readonly string[],
  { read }: Pick<DecisionContext, "read">,
): Promise<string[]> {
  const found = await read.getAll<PartyRecord>(collections.parties, parties);
  return parties.filter((_, index) => {
    const record = found[index];
    return record !== undefined && takesPart(record.value);
  });
}

export function addAttempt(order: WorkOrderRecord, attempt: Attempt): WorkOrderRecord {
  return { ...order, attempts: [...order.attempts, attempt] };
}

/** Writes the outcome into the provider's own attempt, the last one. */
export function settleAttempt(
  order: WorkOrderRecord,
  outcome: Attempt["outcome"],
  at: string,
  reason?: string,
): WorkOrderRecord {
  const attempts = order.attempts.map((attempt, index) =>
    index === order.attempts.length - 1
      ? { ...attempt, outcome, at, ...(reason === undefined ? {} : { reason }) }
      : attempt,
  );
  return { ...order, attempts, updatedAt: at };
}

/** Why the provider hasn't answered so far, in its own attempt. */
export function explainAttempt(order: WorkOrderRecord, reason: string, at: string): WorkOrderRecord {
  const attempts = order.attempts.map((attempt, index) =>
    index === order.attempts.length - 1 ? { ...attempt, reason } : attempt,
  );
  return { ...order, attempts, updatedAt: at };
}

async function standInBehaviour(provider: string, context: DecisionContext) {
  const party = await findParty(context.read, provider);
  return party?.value.status === "stand-in"
    ? parseBehaviour(await behaviourOf(provider, context))
    : undefined;
}

const respondBy = (order: WorkOrderRecord): RecordWrite =>
  timer(`${order.id}/respond-by/${order.attempts.length}`, order.respondBy, RESPOND_BY_TIMER, {
    workOrderId: order.id,
    attempt: order.attempts.length,
  });

const standInCompletes = (order: WorkOrderRecord, dueAt: string): RecordWrite =>
  timer(`${order.id}/completes/${order.attempts.length}`, dueAt, STAND_IN_TIMER, {
    workOrderId: order.id,
    attempt: order.attempts.length,
  });

function timer(id: string, dueAt: string, capability: string, input: JsonObject): RecordWrite {
  return {
    collection: collections.timers,
    id,
    value: { dueAt, capability, input },
    expectedVersion: 0,
  };
}
