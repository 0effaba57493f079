import type { JsonObject, RecordWrite } from "../../store/store.ts";
import type { DecisionContext, DomainEvent } from "../capability.ts";
import { type Changes, joinChanges } from "../changes.ts";
import { pick } from "../define.ts";
import { audienceOf } from "../deliveries/events.ts";
import { type DeliveryRecord, type DeliveryStatus, deliveryWrite } from "../deliveries/records.ts";
import { disputeRules } from "../manifest.ts";
import { collections, partyKey } from "../records.ts";
import { plusDuration } from "../time.ts";

/** `disputes/DISPUTEID` */
export interface DisputeRecord extends JsonObject {
  readonly id: string;
  readonly deliveryId: string;
  readonly openedBy: string;
  readonly reason: string;
  /** Of claim and credit: the delivery's. Disputes that an older eco kept say none. */
  readonly currency?: string;
  readonly status: "open" | "resolved";
  readonly dueAt: string;
  readonly openedAt: string;
  /** Everybody in the delivery's chain. */
  readonly participants: readonly string[];
  /** How the delivery stood before. */
  readonly formerStatus: DeliveryStatus;
}

/** Whether a decision at an instant came by the day that the rules promise. */
export const isDecidedInTime = ({ dueAt }: DisputeRecord, at: string): boolean =>
  Date.parse(at) <= Date.parse(dueAt);

export function viewDispute(dispute: DisputeRecord): JsonObject {
  const { participants: _participants, formerStatus: _former, ...view } = dispute;
  return view;
}

export function disputeWrite(dispute: DisputeRecord, expectedVersion: number): RecordWrite {
  return {
    collection: collections.disputes,
    id: dispute.id,
    value: dispute,
    expectedVersion,
    keys: [...dispute.participants.map(partyKey), `delivery:${dispute.deliveryId}`],
  };
}

export function disputeEvent(
  name: string,
  dispute: DisputeRecord,
  delivery: DeliveryRecord,
  context: DecisionContext,
): DomainEvent {
  return {
    name: `dispute.${name}`,
    subject: dispute.id,
    audience: audienceOf(delivery, context),
    data: {
      disputeId: dispute.id,
      ...pick(dispute, ["deliveryId", "openedBy", "status", "reason", "dueAt", "outcome"]),
    },
  };
}

/** Opens a dispute about a delivery: also what a test value of the manifest does. */
export function openDispute(
  delivery: DeliveryRecord,
  expectedVersion: number,
  claim: { readonly openedBy: string; readonly reason: string; readonly claimMinor?: number },
  context: DecisionContext,
): { dispute: DisputeRecord; delivery: DeliveryRecord; changes: Changes } {
  const { catalog, now } = context;
  const { dueWithin } = disputeRules(catalog);
  const dispute: DisputeRecord = {
    id: context.newId("dsp"),
    deliveryId: delivery.id,
    openedBy: claim.openedBy,
    reason: claim.reason,
    ...(claim.claimMinor === undefined ? {} : { claimMinor: claim.claimMinor }),
    currency: delivery.currency,
    status: "open",
    dueAt: plusDuration(now, dueWithin, catalog.ecosystem.timeZone) ?? now,
    openedAt: now,
    participants: delivery.internal.participants,
    formerStatus: delivery.status,
  };
  const disputed: DeliveryRecord = { ...delivery, status: "disputed" };
  const changes = joinChanges({
    writes: [disputeWrite(dispute, 0), deliveryWrite(disputed, expectedVersion)],
    events: [disputeEvent("opened", dispute, disputed, context)],
  });
  return { dispute, delivery: disputed, changes };
}
