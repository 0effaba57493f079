import type { Catalog } from "../catalog/types.ts";
import type { SpecChange, SubjectKind } from "../difference/change.ts";
import { documentsOfPartners } from "./definitions.ts";
import type { CheckDefinition, Part } from "./model.ts";

export type Change = "added" | "removed" | "changed";

export interface ChangedThing {
  readonly kind: "operation" | "message" | "workflow" | "agreement" | "rate-card" | "check";
  readonly id: string;
  readonly change: Change;
}

/** Who really uses what, from recorded traffic or from the partners' manifests. */
export interface PartnerTraffic {
  readonly partner: string;
  /** Operation ids that the partner called. */
  readonly calls: readonly string[];
  /** Operation ids of the partner's own API that the ecosystem called. */
  readonly implements: readonly string[];
  /** Message types that the partner received. */
  readonly receives: readonly string[];
  /** Agreements and rate cards that its deliveries were rated by. */
  readonly documents: readonly string[];
}

/** The spec sets before and after a change; the same one twice where only one is at hand. */
export interface SpecSets {
  readonly from: Catalog;
  readonly to: Catalog;
}

const KINDS: Partial<Record<SubjectKind, ChangedThing["kind"]>> = {
  operation: "operation",
  message: "message",
  workflow: "workflow",
  agreement: "agreement",
  "rate-card": "rate-card",
  check: "check",
};

/** What of a spec set changes touch in what they ask for, prose left out; by kind, then by id. */
export function thingsTouched(changes: readonly SpecChange[]): ChangedThing[] {
  const things = new Map<string, ChangedThing>();
  for (const { rule, reaches } of changes) {
    for (const { kind: subject, id, where, level } of reaches) {
      const kind = KINDS[subject];
      if (kind === undefined || level === "text") continue;
      const change =
        where === "" && rule === `${kind}.added`
          ? "added"
          : where === "" && rule === `${kind}.removed`
            ? "removed"
            : "changed";
      things.set(`${kind} ${id}`, { kind, id, change });
    }
  }
  const order = Object.keys(KINDS);
  return [...things.values()].sort(
    (one, other) =>
      order.indexOf(one.kind) - order.indexOf(other.kind) || one.id.localeCompare(other.id, "en"),
  );
}

/** The parts that a change touches. Operations are the client's or the provider's, by who implements their document. */
export function partsOf(thing: ChangedThing, sets: SpecSets): Part[] {
  switch (thing.kind) {
    case "operation": {
      const operation = [...sets.to.operations, ...sets.from.operations].find((one) => one.id === thing.id);
      const provided = [...documentsOfPartners(sets.to), ...documentsOfPartners(sets.from)];
      return operation !== undefined && provided.includes(operation.document) ? ["provider"] : ["client"];
    }
    case "message":
      return ["receiver"];
    case "workflow":
      return ["journeys"];
    case "check":
      return [thing.id.split(".")[0] as Part];
    default:
      return ["money"];
  }
}

/** Whether a change touches what a partner uses. */
export function concerns(thing: ChangedThing, traffic: PartnerTraffic, sets: SpecSets): boolean {
  // What is new can't be used yet; a partner meets it when it chooses to.
  if (thing.change === "added" && thing.kind !== "check") return false;
  switch (thing.kind) {
    case "operation":
      return traffic.calls.includes(thing.id) || traffic.implements.includes(thing.id);
    case "message":
      return traffic.receives.includes(thing.id);
    case "workflow": {
      const workflow = sets.to.workflows.find((one) => one.id === thing.id);
      return workflow?.operations.some((id) => traffic.calls.includes(id)) ?? false;
    }
    case "check":
      return thing.change !== "removed" && partsInUse(traffic).includes(thing.id.split(".")[0] as Part);
    default:
      return traffic.documents.includes(thing.id);
  }
}

function partsInUse(traffic: PartnerTraffic): Part[] {
  const used: Part[] = ["governance"];
  if (traffic.calls.length > 0) used.push("client", "journeys");
  if (traffic.implements.length > 0) used.push("provider");
  if (traffic.receives.length > 0) used.push("receiver");
  if (traffic.documents.length > 0) used.push("money");
  return used;
}

/** Ids of the checks that look at something that changed, or that changed themselves. */
export function checksFor(
  things: readonly ChangedThing[],
  sets: SpecSets,
  definitions: readonly CheckDefinition[],
): string[] {
  const named = new Set(things.filter((one) => one.kind === "check").map((one) => one.id));
  const parts = new Set(things.filter((one) => one.kind !== "check").flatMap((one) => partsOf(one, sets)));
  return definitions.filter((one) => named.has(one.id) || parts.has(one.part)).map((one) => one.id);
}
