import type { Catalog } from "../catalog/types.ts";
import { compareSpecs } from "../difference/index.ts";
import { checkDefinitions } from "./definitions.ts";
import type { Part } from "./model.ts";
import {
  type Change,
  type ChangedThing,
  checksFor,
  concerns,
  type PartnerTraffic,
  partsOf,
  thingsTouched,
} from "./touched.ts";

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

/** Everything that differs between two spec sets in what it asks for, prose left out; by kind, in the order of the set. */
export const changesBetween = (from: Catalog, to: Catalog): ChangedThing[] =>
  thingsTouched(compareSpecs(from, to).changes);

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
