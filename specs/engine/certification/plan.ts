import { isPlainObject, resolvePointer } from "../catalog/pointer.ts";
import type { Catalog, DocumentKind } from "../catalog/types.ts";
import { digestOf } from "./build-report.ts";
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

/** Words for people don't change what a partner has to implement. */
const PROSE = new Set(["description", "summary", "title", "example", "examples", "tags", "externalDocs"]);

/** A value with its references resolved and without prose: equal for equal behaviour. Cycles end at the second visit. */
function substance(value: unknown, document: unknown, visiting: ReadonlySet<string> = new Set()): unknown {
  if (Array.isArray(value)) return value.map((item) => substance(item, document, visiting));
  if (!isPlainObject(value)) return value;
  const { $ref: reference } = value;
  if (typeof reference === "string" && reference.startsWith("#")) {
    if (visiting.has(reference)) return { $cycle: reference };
    return substance(resolvePointer(document, reference), document, new Set([...visiting, reference]));
  }
  // The keys of `properties` are names, not keywords: a field may well be called "title".
  const entries = Object.entries(value).filter(([key]) => !PROSE.has(key) || visiting.has("properties"));
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, substance(inner, document, marked(visiting, key === "properties"))]),
  );
}

/** Remembers whether the next keys are names of properties. */
function marked(visiting: ReadonlySet<string>, names: boolean): ReadonlySet<string> {
  if (names === visiting.has("properties")) return visiting;
  const next = new Set(visiting);
  if (names) next.add("properties");
  else next.delete("properties");
  return next;
}

type Fingerprints = ReadonlyMap<string, string>;

function fingerprint(catalog: Catalog, document: string, pointer: string): string {
  const content = catalog.documents.find((one) => one.path === document)?.content;
  return digestOf(substance(resolvePointer(content, pointer), content));
}

function prints(catalog: Catalog, kind: ChangedThing["kind"]): Fingerprints {
  const entry = (id: string, digest: string): [string, string] => [id, digest];
  switch (kind) {
    case "operation":
      return new Map(
        catalog.operations.map((one) => entry(one.id, fingerprint(catalog, one.document, one.pointer))),
      );
    case "message":
      return new Map(
        catalog.messages.map((one) => entry(one.type, fingerprint(catalog, one.document, one.pointer))),
      );
    case "workflow":
      return new Map(
        catalog.workflows.map((one) => entry(one.id, fingerprint(catalog, one.document, one.pointer))),
      );
    case "check":
      return new Map(checkDefinitions(catalog).map((one) => entry(one.id, String(one.version))));
    default:
      return new Map(ownDocuments(catalog, kind));
  }
}

function ownDocuments(catalog: Catalog, kind: DocumentKind): [string, string][] {
  const own = catalog.documents.filter((one) => one.kind === kind);
  return own.map((one) => [
    String(one.content["id"] ?? one.path),
    digestOf(substance(one.content, one.content)),
  ]);
}

function compare(kind: ChangedThing["kind"], from: Fingerprints, to: Fingerprints): ChangedThing[] {
  const out: ChangedThing[] = [];
  for (const [id, digest] of to) {
    if (!from.has(id)) out.push({ kind, id, change: "added" });
    else if (from.get(id) !== digest) out.push({ kind, id, change: "changed" });
  }
  for (const id of from.keys()) if (!to.has(id)) out.push({ kind, id, change: "removed" });
  return out;
}

const KINDS = ["operation", "message", "workflow", "agreement", "rate-card", "check"] as const;

/** Everything that differs between two spec sets in what it asks for, prose left out. */
export function changesBetween(from: Catalog, to: Catalog): ChangedThing[] {
  return KINDS.flatMap((kind) => compare(kind, prints(from, kind), prints(to, kind)));
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
