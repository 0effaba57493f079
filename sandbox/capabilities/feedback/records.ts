import type { JsonObject, Reader, RecordWrite, StoredRecord } from "../../store/store.ts";
import type { DecisionContext, DomainEvent } from "../capability.ts";
import { pick } from "../define.ts";
import type { StoredDelivery } from "../deliveries/records.ts";
import { digestJson } from "../digest.ts";
import { caseParties, type StoredCase } from "../disputes/case-records.ts";
import { collections, partyKey } from "../records.ts";
import { finderOf } from "../visible.ts";

/** `feedback/FEEDBACKID`: what a customer says about a delivery, or about a case that was resolved. */
export interface FeedbackRecord extends JsonObject {
  readonly id: string;
  readonly deliveryId?: string;
  readonly caseId?: string;
  readonly customer: string;
  /** Whose opinion it is: the customer's, or that of the beneficiary for whom it speaks. */
  readonly givenBy: "customer" | "beneficiary";
  readonly status: "given" | "withdrawn";
  /** On the ecosystem's scale. Gone with the comment once it is withdrawn. */
  readonly score?: number;
  readonly comment?: string;
  readonly createdAt: string;
  readonly changeableUntil: string;
  readonly changedAt?: string;
  readonly withdrawnAt?: string;
  readonly product?: string;
  /** Who answers for what was judged. Not shown: the delivery, or the case, tells it to those who may know. */
  readonly provider: string;
  readonly participants: readonly string[];
}

export type StoredFeedback = StoredRecord<FeedbackRecord>;

/** What feedback is about, and whose it is. */
export interface Judged {
  readonly kind: "delivery" | "case";
  readonly id: string;
  readonly customer: string;
  readonly provider: string;
  readonly participants: readonly string[];
  readonly product?: string;
  readonly beneficiary?: string;
  /** Since when it can be judged. */
  readonly doneAt: string;
}

export function judgedDelivery({ value }: StoredDelivery, context: DecisionContext): Judged {
  return {
    kind: "delivery",
    ...(pick(value, ["id", "customer", "product", "beneficiary"]) as Pick<Judged, "id" | "customer">),
    provider: value.provider ?? context.catalog.ecosystem.orchestrator,
    participants: value.internal.participants,
    doneAt: value.ratedAt,
  };
}

export function judgedCase({ value }: StoredCase, context: DecisionContext): Judged {
  return {
    kind: "case",
    ...(pick(value, ["id", "customer", "beneficiary"]) as Pick<Judged, "id" | "customer">),
    provider: value.assignees.at(-1) ?? context.catalog.ecosystem.orchestrator,
    participants: caseParties(value),
    doneAt: String(value["resolvedAt"]),
  };
}

/** A customer has one word on each thing, so its id follows from the two: a second one can't slip in beside it. */
export const feedbackId = ({ kind, id, customer }: Pick<Judged, "kind" | "id" | "customer">): string =>
  `fbk_${digestJson([kind, id, customer]).slice("sha256:".length).slice(0, 20)}`;

/** What the customer of a delivery says of it; undefined where it says nothing, or no more. */
export async function feedbackOn(
  delivery: Pick<Judged, "id" | "customer">,
  read: Reader,
): Promise<FeedbackRecord | undefined> {
  const id = feedbackId({ kind: "delivery", ...delivery });
  const stored = await read.get<FeedbackRecord>(collections.feedback, id);
  return stored?.value.status === "given" ? stored.value : undefined;
}

export function viewFeedback(feedback: FeedbackRecord): JsonObject {
  const { participants: _participants, provider: _provider, ...view } = feedback;
  return view;
}

export const visibleFeedback = finderOf<FeedbackRecord>({
  collection: collections.feedback,
  what: "feedback",
  field: "feedbackId",
  parties: ({ participants }) => participants,
});

/** By what it is about, all that is said of that is found. */
export const subjectKey = ({ deliveryId, caseId }: Pick<FeedbackRecord, "deliveryId" | "caseId">): string =>
  deliveryId === undefined ? `case:${caseId ?? ""}` : `delivery:${deliveryId}`;

export function feedbackWrite(feedback: FeedbackRecord, expectedVersion: number): RecordWrite {
  return {
    collection: collections.feedback,
    id: feedback.id,
    value: feedback,
    expectedVersion,
    keys: [...feedback.participants.map(partyKey), subjectKey(feedback)],
  };
}

/** Everybody who took part is told the score; the words are read by those who may. */
export function feedbackEvent(name: string, feedback: FeedbackRecord, context: DecisionContext): DomainEvent {
  const { orchestrator } = context.catalog.ecosystem;
  return {
    name: `feedback.${name}`,
    subject: feedback.id,
    audience: [...new Set([...feedback.participants, orchestrator])],
    data: {
      feedbackId: feedback.id,
      ...pick(feedback, ["deliveryId", "caseId", "product", "customer", "givenBy", "score", "status"]),
    },
  };
}
