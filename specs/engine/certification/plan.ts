import type { Catalog } from "../catalog/types.ts";
import type { SubjectKind } from "../difference/change.ts";
import { compareSpecs } from "../difference/index.ts";
import { checkDefinitions, documentsOfPartners } from "./definitions.ts";
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

export interface PartnerPlan {
  readonly partner: string;
  readonly parts: readonly Part[];
  /** Ids of the checks that have to run again. */
  readonly checks: readonly string[];
  /** Why, one sentence each. */
  readonly because: readonly string[];
  /** RFC 3339: by when. */
  readonly dueAt: string;
}

export interface RecertificationPlan {
  readonly from: string;
  readonly to: string;
  readonly changes: readonly ChangedThing[];
  /** Checks that look at something that changed, or that changed themselves. */
  readonly checks: readonly string[];
  readonly partners: readonly PartnerPlan[];
}

export interface PlanOptions {
  readonly from: Catalog;
  readonly to: Catalog;
  readonly traffic: readonly PartnerTraffic[];
  readonly announcedAt: Date;
  /** Days that partners have after the announcement; 30 where left out. */
  readonly noticeDays?: number;
}

const KINDS: Partial<Record<SubjectKind, ChangedThing["kind"]>> = {
  operation: "operation",
  message: "message",
  workflow: "workflow",
  agreement: "agreement",
  "rate-card": "rate-card",
  check: "check",
};

/** Everything that differs between two spec sets in what it asks for, prose left out; by kind, in the order of the set. */
export function changesBetween(from: Catalog, to: Catalog): ChangedThing[] {
  const things = new Map<string, ChangedThing>();
  for (const { rule, reaches } of compareSpecs(from, to).changes) {
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
function partsOf(thing: ChangedThing, options: PlanOptions): Part[] {
  switch (thing.kind) {
    case "operation": {
      const operation = [...options.to.operations, ...options.from.operations].find(
        (one) => one.id === thing.id,
      );
      const provided = [...documentsOfPartners(options.to), ...documentsOfPartners(options.from)];
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

function concerns(thing: ChangedThing, traffic: PartnerTraffic, options: PlanOptions): boolean {
  // What is new can't be used yet; a partner meets it when it chooses to.
  if (thing.change === "added" && thing.kind !== "check") return false;
  switch (thing.kind) {
    case "operation":
      return traffic.calls.includes(thing.id) || traffic.implements.includes(thing.id);
    case "message":
      return traffic.receives.includes(thing.id);
    case "workflow": {
      const workflow = options.to.workflows.find((one) => one.id === thing.id);
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

function checksFor(
  things: readonly ChangedThing[],
  options: PlanOptions,
  definitions: readonly CheckDefinition[],
): string[] {
  const named = new Set(things.filter((one) => one.kind === "check").map((one) => one.id));
  const parts = new Set(things.filter((one) => one.kind !== "check").flatMap((one) => partsOf(one, options)));
  return definitions.filter((one) => named.has(one.id) || parts.has(one.part)).map((one) => one.id);
}

const WORDS: Readonly<Record<Change, string>> = {
  added: "is new",
  removed: "was removed",
  changed: "changed",
};

/** Which checks have to run again after a change of the specs, by which partners, why and by when. */
export function planRecertification(options: PlanOptions): RecertificationPlan {
  const changes = changesBetween(options.from, options.to);
  const definitions = checkDefinitions(options.to);
  const dueAt = new Date(
    options.announcedAt.getTime() + (options.noticeDays ?? 30) * 86_400_000,
  ).toISOString();
  const partners = options.traffic.flatMap((traffic) => {
    const touching = changes.filter((one) => concerns(one, traffic, options));
    const checks = checksFor(touching, options, definitions);
    if (touching.length === 0 || checks.length === 0) return [];
    const parts = [...new Set(touching.flatMap((one) => partsOf(one, options)))];
    const because = touching.map((one) => `The ${one.kind} ${one.id} ${WORDS[one.change]}.`);
    return [{ partner: traffic.partner, parts, checks, because, dueAt }];
  });
  return {
    from: options.from.digest,
    to: options.to.digest,
    changes,
    checks: checksFor(changes, options, definitions),
    partners,
  };
}
