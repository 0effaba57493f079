import type { MeasuredData } from "../../specs/engine/catalog/measures.ts";
import type { PartyId } from "../rating/types.ts";
import type {
  CertificationFact,
  DeliveryFact,
  Fact,
  FeedbackFact,
  IncidentFact,
  ProviderFact,
  ReviewFact,
  Whose,
} from "./facts.ts";
import type { Measure } from "./metric.ts";

/** What one record says to one metric. */
export interface Observation {
  readonly record: Fact["kind"];
  readonly id: string;
  readonly at: string;
  /** Whose part it is. */
  readonly parties: readonly PartyId[];
  /** What counts of `of`: deliveries, minor units, checks; milliseconds of a time, deliveries of a provider. */
  readonly part: bigint;
  readonly of: bigint;
}

/** Which measures look at a fact. */
const DATA_OF: Readonly<Record<Fact["kind"], MeasuredData>> = {
  delivery: "deliveries",
  case: "cases",
  "work-order": "offers",
  dispute: "disputes",
  feedback: "feedback",
  incident: "incidents",
  review: "reviews",
  party: "first-deliveries",
  provider: "providers",
  certification: "certifications",
  dispatch: "dispatches",
};

/** Undefined where the metric isn't about the record. @param currency of the ecosystem: others can't be summed with it */
export function observe(measure: Measure, fact: Fact, currency: string): Observation | undefined {
  if (measure.definition.data !== DATA_OF[fact.kind]) return undefined;
  const seen = see(measure, fact, currency);
  if (seen === undefined) return undefined;
  const parties = partiesOf(fact.whose, measure.party);
  return { record: fact.kind, id: fact.id, at: fact.at, parties, ...seen };
}

/** Customer and participants may be several parts; a provider's parts, or a customer's, make up the whole. */
function partiesOf(whose: Whose, party: Measure["party"]): readonly PartyId[] {
  if (party === "participant") return whose.participants;
  return party === "customer" ? [whose.customer] : [whose.provider];
}

type Seen = Pick<Observation, "part" | "of">;

const ONE: Seen = { part: 1n, of: 1n };
const NONE: Seen = { part: 0n, of: 1n };
const whether = (counts: boolean): Seen => (counts ? ONE : NONE);
const lasting = (ms: number): Seen => ({ part: BigInt(ms), of: 1n });

function see(measure: Measure, fact: Fact, currency: string): Seen | undefined {
  switch (fact.kind) {
    case "delivery":
      return seeDelivery(measure, fact, currency);
    case "case":
      return whether(fact.firstContact);
    case "work-order":
      return isAbout(measure, fact.product) ? whether(fact.accepted) : undefined;
    case "dispute":
      return measure.kind === "disputes-in-time" ? whether(fact.inTime) : lasting(fact.openMs);
    case "review":
      return seeReview(measure, fact);
    case "feedback":
      return seeFeedback(measure, fact);
    case "incident":
      return seeIncident(measure, fact);
    case "party":
      return lasting(fact.waitedMs);
    case "provider":
      return seeProvider(measure, fact);
    case "certification":
      return seeChecks(measure, fact);
    case "dispatch":
      return whether(fact.arrived);
  }
}

const isAbout = ({ products }: Measure, product: string): boolean =>
  products.length === 0 || products.includes(product);

function seeDelivery(measure: Measure, fact: DeliveryFact, currency: string): Seen | undefined {
  if (!isAbout(measure, fact.product)) return undefined;
  switch (measure.kind) {
    case "service-levels-kept":
      return seeServiceLevels(measure, fact);
    case "delivered-first-time":
      return whether(!fact.amended && !fact.substituted && fact.disputes.length === 0);
    case "deliveries-credited":
      return whether(fact.serviceCreditMinor > 0n);
    case "revenue-kept":
      return fact.currency === currency
        ? { part: fact.netMinor - fact.serviceCreditMinor, of: fact.netMinor }
        : undefined;
    case "deliveries-disputed":
      return whether(fact.disputes.some((outcome) => measure.outcomes.includes(outcome)));
    default:
      return undefined;
  }
}

function seeServiceLevels({ serviceLevels }: Measure, fact: DeliveryFact): Seen | undefined {
  const promised =
    serviceLevels.length === 0
      ? fact.serviceLevels
      : fact.serviceLevels.filter(({ id }) => serviceLevels.includes(id));
  return promised.length === 0 ? undefined : whether(promised.every(({ breached }) => !breached));
}

function seeFeedback(measure: Measure, { product, score }: FeedbackFact): Seen | undefined {
  if (measure.products.length > 0 && (product === undefined || !isAbout(measure, product))) return undefined;
  return measure.kind === "customers-satisfied"
    ? whether(score >= measure.score)
    : { part: BigInt(score), of: 1n };
}

function seeIncident({ kind, severities }: Measure, fact: IncidentFact): Seen | undefined {
  if (severities.length > 0 && !severities.includes(fact.severity)) return undefined;
  const ms = kind === "time-to-acknowledge" ? fact.acknowledgedMs : fact.resolvedMs;
  return ms === undefined ? undefined : lasting(ms);
}

/** A refusal is no certificate that somebody waited for. */
function seeReview({ kind }: Measure, { issued, waitedMs }: ReviewFact): Seen | undefined {
  if (kind === "certifications-passed") return whether(issued);
  return issued ? lasting(waitedMs) : undefined;
}

function seeProvider(measure: Measure, fact: ProviderFact): Seen | undefined {
  let deliveries = 0;
  for (const [product, count] of fact.deliveries) if (isAbout(measure, product)) deliveries += count;
  if (deliveries === 0) return undefined;
  if (measure.kind !== "providers-certified") return { part: BigInt(deliveries), of: 1n };
  return fact.certified === undefined ? undefined : whether(fact.certified);
}

function seeChecks({ checks }: Measure, fact: CertificationFact): Seen | undefined {
  const applied = fact.checks.filter(({ id }) => checks.length === 0 || checks.some((one) => fits(one, id)));
  if (applied.length === 0) return undefined;
  const passed = applied.filter(({ passed }) => passed).length;
  return { part: BigInt(passed), of: BigInt(applied.length) };
}

/** `provider.security.*` stands for all that begin so. */
const fits = (pattern: string, id: string): boolean =>
  pattern.endsWith("*") ? id.startsWith(pattern.slice(0, -1)) : pattern === id;
