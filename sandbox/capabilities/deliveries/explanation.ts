import type { Json, JsonObject } from "../../store/store.ts";
import { viewpoint } from "../access.ts";
import type { DecisionContext } from "../capability.ts";
import { isObject, objectsIn, pick } from "../define.ts";
import { type FeedbackRecord, viewFeedback } from "../feedback/records.ts";
import type { IncidentRecord } from "../incidents/records.ts";
import { feedbackRules } from "../manifest.ts";
import type { ChainLink } from "./attribution/chain.ts";
import { attributionLines } from "./attribution/lines.ts";
import { attributionOf } from "./attribution/view.ts";
import { chargeLines } from "./trace-lines.ts";

/** What came of a delivery. */
export interface Circumstances {
  readonly chain: ChainLink;
  readonly feedback: FeedbackRecord | undefined;
  /** Those into which it fell, as far as they may be seen. */
  readonly incidents: readonly IncidentRecord[];
}

/**
 * A delivery's trace, in words and as data, and who caused and bears which part of what went wrong. A party gets its own part of it: the charges that concern it, of their
 * split and recourse its own share, and its own legs.
 */
export function explainDelivery(
  whole: JsonObject,
  { chain, feedback, incidents }: Circumstances,
  context: DecisionContext,
): JsonObject {
  const { delivery } = chain;
  const party = viewpoint(context);
  const trace = ownPart(whole, party);
  const charges = objectsIn(trace["charges"]);
  const attribution = attributionOf(chain, feedback, feedbackRules(context.catalog).scale, party);
  return {
    deliveryId: delivery.id,
    fingerprint: delivery.fingerprint,
    lines: [
      `${delivery.product} for ${delivery.customer}, started ${delivery.startedAt}: ${delivery.status}.`,
      ...charges.flatMap((charge) => chargeLines(charge, textAt(trace, "currency"), scaleOf(trace))),
      ...objectsIn(trace["disputes"]).map(disputeLine),
      ...attributionLines(attribution, scaleOf(trace)),
      ...incidents.map(incidentLine),
    ],
    attribution,
    ...(feedback === undefined ? {} : { feedback: viewFeedback(feedback) }),
    ...(incidents.length === 0
      ? {}
      : { incidents: incidents.map((incident) => pick(incident, OF_INCIDENTS)) }),
    trace,
  };
}

/** What a party may see of a trace; all of it where no party is named. */
export function ownPart(trace: JsonObject, party: string | undefined): JsonObject {
  if (party === undefined) return trace;
  const charges = objectsIn(trace["charges"])
    .filter((charge) => concerns(charge, party))
    .map((charge) => (charge["payee"] === party ? charge : ownCharge(charge, party)));
  const legs = objectsIn(trace["legs"]).filter((leg) => leg["payer"] === party || leg["payee"] === party);
  return { ...trace, charges, legs };
}

/** As `chargeParties`: who only bears recourse for the sale finds it on its own purchase, not the customer's price. */
function concerns(charge: JsonObject, party: string): boolean {
  return charge["payer"] === party || charge["payee"] === party || holders(charge["split"]).includes(party);
}

/** Parties that a part of a trace names, however deep it nests. */
function holders(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(holders);
  if (!isObject(value)) return [];
  const own = ["party", "to"].map((name) => value[name]).filter((party) => typeof party === "string");
  return [...own, ...Object.values(value).flatMap(holders)];
}

function ownCharge(charge: JsonObject, party: string): JsonObject {
  const { split, serviceLevels: _levels, ...rest } = charge;
  const levels = objectsIn(charge["serviceLevels"]).map((level) => ({
    ...level,
    recourse: objectsIn(level["recourse"]).filter((recourse) => holders(recourse).includes(party)),
  }));
  return {
    ...rest,
    ...(isObject(split) ? { split: { ...split, shares: ownShares(objectsIn(split["shares"]), party) } } : {}),
    ...(levels.length === 0 ? {} : { serviceLevels: levels }),
  };
}

/** The shares that lead down to the party's own, without those beside them; what it passes on itself it sees whole. */
function ownShares(shares: readonly JsonObject[], party: string): JsonObject[] {
  return shares
    .filter((share) => holders(share).includes(party))
    .map((share) =>
      share["party"] === party || share["split"] === undefined
        ? share
        : { ...share, split: ownShares(objectsIn(share["split"]), party) },
    );
}

function disputeLine(dispute: JsonObject): string {
  const what = dispute["kind"] === "recourse" ? "of recourse taken off" : "given back, leg by leg";
  return `Dispute ${String(dispute["id"])}: ${String(dispute["creditMinor"])} minor units ${what}.`;
}

const OF_INCIDENTS = ["id", "title", "severity", "status", "owner", "since", "until", "cause"];

function incidentLine({ id, title, severity, since, until }: IncidentRecord): string {
  const span = until === undefined ? `since ${since}` : `from ${since} until ${until}`;
  return `In the time and scope of incident ${id} (${severity}, ${span}): ${title}`;
}

const textAt = (value: JsonObject, name: string): string => String(value[name] ?? "");
const scaleOf = (trace: JsonObject): number => (typeof trace["scale"] === "number" ? trace["scale"] : 2);
