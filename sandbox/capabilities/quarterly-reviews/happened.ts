import type { JsonObject } from "../../store/store.ts";
import { roleSeesAll } from "../access.ts";
import type { DecisionContext } from "../capability.ts";
import type { CertificationRecord, CertificationStatus } from "../certifications/records.ts";
import { optionalText, pick } from "../define.ts";
import type { DeliveryRecord } from "../deliveries/records.ts";
import { type DisputeRecord, isDecidedInTime } from "../disputes/records.ts";
import type { FeedbackRecord } from "../feedback/records.ts";
import type { IncidentRecord } from "../incidents/records.ts";
import { everyRecord } from "../page.ts";
import { collections, type PartyRecord } from "../records.ts";
import { readFacts, recordsOf } from "../scorecards/facts.ts";
import { isWithin } from "../scorecards/period.ts";
import type { SpecChangeRecord } from "../spec-changes/records.ts";
import { minutesBetween } from "../time.ts";
import { Counts } from "./counts.ts";
import type { Quarter } from "./quarter.ts";

/** What a review looks at, and of whom. */
export interface ReviewReading {
  readonly context: DecisionContext;
  /** Only what this party takes part in. */
  readonly party?: string | undefined;
  readonly quarter: Quarter;
  readonly before: Quarter;
  /** By whose end certificates are told to expire. */
  readonly next: Quarter;
}

/** How much a section lists. All of it is counted. */
const LISTED = 50;

const listed = (items: JsonObject[], item: JsonObject): void => {
  if (items.length < LISTED) items.push(item);
};

/** Certificates given, refused and ended, and those that end before the next review. */
export async function certifications(reading: ReviewReading): Promise<JsonObject> {
  const counts = new Counts<CertificationStatus>(reading, [
    "submitted",
    "issued",
    "refused",
    "revoked",
    "lapsed",
  ]);
  const expiring: JsonObject[] = [];
  for await (const { value } of recordsOf<CertificationRecord>(collections.certifications, reading)) {
    const { status, submittedAt, issuedAt, endedAt, expiresAt } = value;
    counts.add("submitted", submittedAt);
    counts.add("issued", issuedAt);
    counts.add(status, endedAt);
    if (status === "issued" && expiresAt !== undefined && expiresAt < reading.next.until)
      listed(expiring, pick(value, ["id", "party", "level", "expiresAt"]));
  }
  return { ...counts.byName(), expiring };
}

/** Disputes with what was given back, in the currencies of their deliveries. */
export async function disputes(reading: ReviewReading): Promise<JsonObject> {
  const { read } = reading.context;
  const counts = new Counts(reading, ["opened", "resolved", "resolvedInTime"]);
  const credits = new Counts(reading);
  for await (const { value } of recordsOf<DisputeRecord>(collections.disputes, reading)) {
    const { openedAt, resolvedAt, creditMinor, deliveryId } = value;
    counts.add("opened", openedAt);
    if (typeof resolvedAt !== "string") continue;
    counts.add("resolved", resolvedAt);
    if (isDecidedInTime(value, resolvedAt)) counts.add("resolvedInTime", resolvedAt);
    if (typeof creditMinor !== "number") continue;
    const delivery = await read.get<DeliveryRecord>(collections.deliveries, deliveryId);
    if (delivery !== undefined) credits.add(delivery.value.currency, resolvedAt, creditMinor);
  }
  return { ...counts.byName(), credits: credits.rows("currency") };
}

export async function incidents(reading: ReviewReading): Promise<JsonObject> {
  const counts = new Counts(reading, ["opened", "resolved", "missedDeadline"]);
  const severities = new Counts(reading);
  for await (const { value } of recordsOf<IncidentRecord>(collections.incidents, reading)) {
    const { openedAt, resolvedAt, severity, overdue } = value;
    counts.add("opened", openedAt);
    counts.add("resolved", resolvedAt);
    if (overdue.length > 0) counts.add("missedDeadline", openedAt);
    severities.add(severity, openedAt);
  }
  return { ...counts.byName(), severities: severities.rows("severity") };
}

/** What customers said, as often as they said it. What was withdrawn counts nowhere. */
export async function feedback(reading: ReviewReading): Promise<JsonObject> {
  const counts = new Counts(reading, ["given"]);
  const scores = new Counts<number>(reading);
  for await (const { value } of recordsOf<FeedbackRecord>(collections.feedback, reading)) {
    const { score, createdAt } = value;
    if (score === undefined) continue;
    counts.add("given", createdAt);
    scores.add(score, createdAt);
  }
  return { ...counts.byName(), scores: scores.rows("score") };
}

/** Changes of the specs, and how long before they hold they were announced. Of a party those that affect it. */
export async function changes(reading: ReviewReading): Promise<JsonObject> {
  const { context, party, quarter } = reading;
  const counts = new Counts(reading, ["proposed", "announced", "rejected", "withdrawn", "inEffect"]);
  const announced: JsonObject[] = [];
  const whose = party === undefined ? undefined : { party };
  const all = everyRecord<SpecChangeRecord>(context.read, collections.specChanges, whose);
  for await (const { value } of all) {
    const { proposedAt, status, announcedAt, effectiveAt } = value;
    const [decidedAt, withdrawnAt, inEffectAt] = ["decidedAt", "withdrawnAt", "inEffectAt"].map((name) =>
      optionalText(value, name),
    );
    counts.add("proposed", proposedAt);
    counts.add("announced", announcedAt);
    if (status === "rejected") counts.add("rejected", decidedAt);
    counts.add("withdrawn", withdrawnAt);
    counts.add("inEffect", inEffectAt);
    if (announcedAt === undefined || !isWithin(quarter.period, announcedAt)) continue;
    const noticeDays = Math.floor(minutesBetween(announcedAt, effectiveAt) / MINUTES_A_DAY);
    listed(announced, { ...pick(value, ["id", "title", "level", "announcedAt", "effectiveAt"]), noticeDays });
  }
  return { ...counts.byName(), announcedChanges: announced };
}

const MINUTES_A_DAY = 24 * 60;

/** Who registered, and how long those took that came to their first rated delivery. */
export async function onboarding(reading: ReviewReading): Promise<JsonObject> {
  const { quarter, before } = reading;
  const counts = new Counts(reading, ["registered", "delivered"]);
  for await (const { value } of recordsOf<PartyRecord>(collections.parties, reading))
    if (value.status !== "stand-in" && !roleSeesAll(value.role)) counts.add("registered", value.createdAt);
  const firstDeliveries: JsonObject[] = [];
  for (const each of [quarter, before]) {
    const look = { ...reading, period: each.period, withSubstitutes: false };
    for await (const { facts } of readFacts("first-deliveries", look)) {
      for (const fact of facts) {
        if (fact.kind !== "party") continue;
        counts.add("delivered", fact.at);
        if (each !== quarter) continue;
        const { id: party, at, waitedMs } = fact;
        listed(firstDeliveries, { party, at, waitedMinutes: Math.floor(waitedMs / 60_000) });
      }
    }
  }
  return { ...counts.byName(), firstDeliveries };
}

/** Who began to leave, and whether it is out by now. */
export async function exits(reading: ReviewReading): Promise<JsonObject> {
  const counts = new Counts(reading, ["begun"]);
  const parties: JsonObject[] = [];
  for await (const { value } of recordsOf<PartyRecord>(collections.parties, reading)) {
    const { id: party, leftAt, status } = value;
    counts.add("begun", leftAt);
    if (leftAt !== undefined && isWithin(reading.quarter.period, leftAt))
      listed(parties, { party, leftAt, status });
  }
  return { ...counts.byName(), parties };
}
