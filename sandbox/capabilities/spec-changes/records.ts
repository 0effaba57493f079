import type { Level, SubjectKind } from "../../../specs/engine/difference/change.ts";
import type { JsonObject, RecordWrite, StoredRecord } from "../../store/store.ts";
import { isOrchestrator, maySee } from "../access.ts";
import type { DecisionContext, DomainEvent, Refusal } from "../capability.ts";
import { notFound, pick, text } from "../define.ts";
import { everyRecord } from "../page.ts";
import { collections } from "../records.ts";

export type ChangeStatus = "proposed" | "announced" | "rejected" | "withdrawn" | "in-effect";

/** What an affected party has against a change, and what the orchestrator says to it. */
export type Objection = {
  readonly id: string;
  readonly party: string;
  readonly reason: string;
  readonly objectedAt: string;
  readonly answer?: string;
  readonly answeredAt?: string;
};

/** `spec-changes/CHANGEID`: a change of the specs, from its proposal until it holds. */
export interface SpecChangeRecord extends JsonObject {
  readonly id: string;
  readonly title: string;
  readonly status: ChangeStatus;
  readonly proposedBy: string;
  readonly proposedAt: string;
  /** Digests of the spec sets before and after. */
  readonly from: string;
  readonly to: string;
  /** The gravest of its changes. */
  readonly level: Level;
  readonly counts: { readonly [level in Level]: number };
  readonly objectionsUntil: string;
  readonly effectiveAt: string;
  /** Ids of the workflows that it touches, and of the checks that look at it. */
  readonly journeys: readonly string[];
  readonly checks: readonly string[];
  /** How many parties it affects. */
  readonly affectedCount: number;
  /** At most one of each affected party. */
  readonly objections: readonly Objection[];
  readonly announcedAt?: string;
  /** The first instant at which it may hold by the notice that rules and agreements promise, from its announcement on. */
  readonly earliestAt?: string;
  /** Why it was decided so, or withdrawn. */
  readonly reason?: string;
}

export type StoredChange = StoredRecord<SpecChangeRecord>;

/** Why a change concerns a party. */
export type Because = {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly level: Level;
  /** `calls`, `implements`, `receives`, `rated-by` where it was told so; `may-call`, `subscribed`, `agreed`, `certified`, `takes-part` where the sandbox knows it. */
  readonly how: string;
};

/** `spec-change-effects/CHANGEID~PARTY`: what a change is to a party that it affects. */
export interface EffectRecord extends JsonObject {
  readonly changeId: string;
  readonly party: string;
  readonly level: Level;
  /** The gravest first; no more than can be shown. */
  readonly because: readonly Because[];
  /** How many reasons there are in all. */
  readonly reasons: number;
  /** Ids of the checks that its certifications have to pass again. */
  readonly checks: readonly string[];
}

export const effectId = (changeId: string, party: string): string => `${changeId}~${party}`;

/** The key under which what belongs to a change is listed. */
export const changeKey = (id: string): string => `change:${id}`;

export const changeWrite = (
  change: SpecChangeRecord,
  expectedVersion: number,
  parties: readonly string[],
): RecordWrite => ({
  collection: collections.specChanges,
  id: change.id,
  value: change,
  expectedVersion,
  parties,
});

export async function affectedBy(id: string, { read }: Pick<DecisionContext, "read">): Promise<string[]> {
  const effects = everyRecord<EffectRecord>(read, collections.specChangeEffects, changeKey(id));
  return (await Array.fromAsync(effects)).map(({ value }) => value.party);
}

/** Everybody of the ecosystem may read a change: whom it doesn't affect has nothing to hide from it. */
export async function findChange(
  input: JsonObject,
  context: DecisionContext,
): Promise<StoredChange | Refusal> {
  const id = text(input, "changeId");
  const stored = await context.read.get<SpecChangeRecord>(collections.specChanges, id);
  return stored === undefined || context.caller === undefined ? notFound("change", id) : stored;
}

export const effectOn = (
  changeId: string,
  party: string,
  { read }: Pick<DecisionContext, "read">,
): Promise<StoredRecord<EffectRecord> | undefined> =>
  read.get<EffectRecord>(collections.specChangeEffects, effectId(changeId, party));

/** Whether the caller sees whom else a change affects. */
export const seesAllAffected = (context: DecisionContext): boolean =>
  isOrchestrator(context.catalog, context.caller) || maySee(context, []);

const EVENT_FIELDS = ["title", "status", "level", "effectiveAt", "objectionsUntil", "reason"] as const;

/** Tells everybody whom the change affects, and the orchestrator. */
export function changeEvent(
  name: "proposed" | "objected" | "decided" | "withdrawn" | "in-effect",
  change: SpecChangeRecord,
  affected: readonly string[],
  { catalog }: DecisionContext,
  more: JsonObject = {},
): DomainEvent {
  return {
    name: `change.${name}`,
    subject: change.id,
    audience: [...new Set([...affected, change.proposedBy, catalog.ecosystem.orchestrator])],
    data: { changeId: change.id, ...pick(change, EVENT_FIELDS), ...more },
  };
}
