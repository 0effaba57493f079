import type { JsonObject, RecordWrite, StoredRecord } from "../../store/store.ts";
import type { DecisionContext, DomainEvent } from "../capability.ts";
import { pick } from "../define.ts";
import { collections, partyKey } from "../records.ts";
import { finderOf } from "../visible.ts";

/** `cases/CASEID`: a member's request, on its way to who can resolve it. */
export interface CaseRecord extends JsonObject {
  readonly id: string;
  readonly intent: string;
  readonly customer: string;
  readonly subject: string;
  readonly status: "open" | "routed" | "resolved";
  readonly openedAt: string;
  /** Everybody who had it on the list, in order. */
  readonly assignees: readonly string[];
}

export type StoredCase = StoredRecord<CaseRecord>;

export const caseParties = (each: CaseRecord): string[] => [...new Set([each.customer, ...each.assignees])];

export const visibleCase = finderOf<CaseRecord>({
  collection: collections.cases,
  what: "case",
  field: "caseId",
  parties: caseParties,
});

export function viewCase({ assignees, ...view }: CaseRecord): JsonObject {
  const assignee = assignees.at(-1);
  return assignee === undefined ? view : { ...view, assignee };
}

export function caseWrite(each: CaseRecord, expectedVersion: number): RecordWrite {
  return {
    collection: collections.cases,
    id: each.id,
    value: each,
    expectedVersion,
    keys: caseParties(each).map(partyKey),
  };
}

export function caseEvent(name: string, each: CaseRecord, context: DecisionContext): DomainEvent {
  return {
    name: `case.${name}`,
    subject: each.id,
    audience: [...new Set([...caseParties(each), context.catalog.ecosystem.orchestrator])],
    data: {
      caseId: each.id,
      ...pick(viewCase(each), ["intent", "customer", "status", "assignee", "firstContact", "deliveryId"]),
    },
  };
}

/** What the member is told on the way. */
export function notification(each: CaseRecord, words: string, context: DecisionContext): RecordWrite {
  const id = context.newId("ntf");
  return {
    collection: collections.notifications,
    id,
    value: { id, caseId: each.id, to: each.customer, text: words, sentAt: context.now },
    expectedVersion: 0,
    keys: [`case:${each.id}`],
  };
}
