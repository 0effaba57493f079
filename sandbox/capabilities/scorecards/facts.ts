import type { MeasuredData } from "../../../specs/engine/catalog/measures.ts";
import type { DeliveryFact, Fact, Whose } from "../../measures/facts.ts";
import type { JsonObject, Months, StoredRecord } from "../../store/store.ts";
import { oneByOne } from "../../values/pages.ts";
import type { DecisionContext } from "../capability.ts";
import type { CertificationRecord } from "../certifications/records.ts";
import type { DeliveryRecord } from "../deliveries/records.ts";
import type { CaseRecord } from "../disputes/case-records.ts";
import { type DisputeRecord, isDecidedInTime } from "../disputes/records.ts";
import type { FeedbackRecord } from "../feedback/records.ts";
import { type IncidentRecord, incidentParties } from "../incidents/records.ts";
import { collections, partyKey } from "../records.ts";
import type { WorkOrderRecord } from "../work-orders/records.ts";
import { readDispatches } from "./dispatches.ts";
import { readCertifications, readFirstDeliveries } from "./partners.ts";
import { isWithin, monthsAround } from "./period.ts";
import { ProviderCounts } from "./providers.ts";
import type { ReadFacts, Reading } from "./reading.ts";

/** The records of a collection, of one party where the reading is narrowed to it. */
export function recordsOf<T extends JsonObject>(
  collection: string,
  { context, party }: Pick<Reading, "context" | "party">,
  from = 0,
): AsyncGenerator<StoredRecord<T>> {
  const own = party === undefined ? {} : { key: partyKey(party) };
  return oneByOne((page) => context.read.list<T>({ collection, ...own, ...page }), from);
}

/** The facts of one kind of data, in the order in which their records were created, after one of them. */
export function readFacts(data: MeasuredData, reading: Reading, from = 0): AsyncGenerator<ReadFacts> {
  return READERS[data](reading, from);
}

/** Those that began or ended in some months. Deliveries are found by who takes part: they have no keys of parties. */
export function deliveriesOf(
  { context, party }: Pick<Reading, "context" | "party">,
  months: Months,
  from = 0,
): AsyncGenerator<StoredRecord<DeliveryRecord>> {
  const asked = { collection: collections.deliveries, months, ...(party === undefined ? {} : { party }) };
  return oneByOne((page) => context.read.list({ ...asked, ...page }), from);
}

async function* readDeliveries(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  const { context, period } = reading;
  const substituted = await substitutedDeliveries(reading);
  for await (const { value, sequence } of deliveriesOf(reading, monthsAround(period), from)) {
    if (value.status === "cancelled" || !isWithin(period, value.startedAt, value.internal.period)) continue;
    yield { sequence, facts: [deliveryFact(value, substituted.has(value.id), context)] };
  }
}

function deliveryFact(
  delivery: DeliveryRecord,
  substituted: boolean,
  { catalog }: DecisionContext,
): DeliveryFact {
  const { internal } = delivery;
  const whose: Whose = {
    // What nobody else is named for, the orchestrator renders itself.
    provider: delivery.provider ?? catalog.ecosystem.orchestrator,
    customer: delivery.customer,
    participants: internal.participants,
  };
  return {
    kind: "delivery",
    id: delivery.id,
    at: delivery.startedAt,
    whose,
    product: delivery.product,
    // What is excused is held against nobody.
    serviceLevels: internal.serviceLevels
      .filter(({ excused }) => excused === undefined)
      .map(({ id, breached }) => ({ id: String(id), breached: breached === true })),
    currency: delivery.currency,
    netMinor: BigInt(delivery.netMinor),
    serviceCreditMinor: BigInt(delivery.serviceCreditMinor),
    amended: internal.amended === true,
    substituted,
    disputes: [
      ...(delivery.status === "disputed" ? ["open"] : []),
      ...(internal.credits ?? []).map(({ outcome }) => outcome ?? "upheld"),
    ],
  };
}

/** The deliveries that a substitute rendered: few, so that they can be kept at hand. */
async function substitutedDeliveries(reading: Reading): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (!reading.withSubstitutes) return found;
  for await (const { value } of recordsOf<WorkOrderRecord>(collections.workOrders, reading)) {
    const { attempts, deliveryId } = value;
    if (attempts.length > 1 && typeof deliveryId === "string") found.add(deliveryId);
  }
  return found;
}

async function* readCases(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  for await (const { value, sequence } of recordsOf<CaseRecord>(collections.cases, reading, from)) {
    const { id, customer, assignees, resolvedAt: at, firstContact } = value;
    if (typeof at !== "string" || !isWithin(reading.period, at)) continue;
    const provider = assignees.at(-1) ?? reading.context.catalog.ecosystem.orchestrator;
    const whose = { provider, customer, participants: [...new Set([customer, ...assignees])] };
    yield { sequence, facts: [{ kind: "case", id, at, whose, firstContact: firstContact === true }] };
  }
}

async function* readOffers(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  for await (const { value, sequence } of recordsOf<WorkOrderRecord>(collections.workOrders, reading, from)) {
    const { id, product, customer, attempts } = value;
    const facts = attempts
      .filter(({ outcome, at }) => outcome !== "offered" && isWithin(reading.period, at))
      .map(({ provider, outcome, at }): Fact => {
        const whose = { provider, customer, participants: [provider, customer] };
        return { kind: "work-order", id, at, whose, product, accepted: outcome === "accepted" };
      });
    if (facts.length > 0) yield { sequence, facts };
  }
}

async function* readDisputes(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  for await (const { value, sequence } of recordsOf<DisputeRecord>(collections.disputes, reading, from)) {
    const { id, openedAt, openedBy, participants, resolvedAt: at } = value;
    if (typeof at !== "string" || !isWithin(reading.period, at)) continue;
    // On a clock that was moved back meanwhile it took no time, and not less than none.
    const openMs = Math.max(0, Date.parse(at) - Date.parse(openedAt));
    const whose = { provider: openedBy, customer: openedBy, participants };
    const inTime = isDecidedInTime(value, at);
    yield { sequence, facts: [{ kind: "dispute", id, at, whose, openMs, inTime }] };
  }
}

async function* readReviews(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  const all = recordsOf<CertificationRecord>(collections.certifications, reading, from);
  for await (const { value, sequence } of all) {
    const { id, party, issuedAt, reviews = [], submittedAt } = value;
    const at = issuedAt ?? reviews.findLast(({ decision }) => decision === "refused")?.at;
    if (at === undefined || !isWithin(reading.period, at)) continue;
    const whose = { provider: party, customer: party, participants: [party] };
    const waitedMs = Math.max(0, Date.parse(at) - Date.parse(submittedAt));
    yield {
      sequence,
      facts: [{ kind: "review", id, at, whose, issued: issuedAt !== undefined, waitedMs }],
    };
  }
}

async function* readIncidents(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  for await (const { value, sequence } of recordsOf<IncidentRecord>(collections.incidents, reading, from)) {
    const { id, openedAt: at, severity, owner, reportedBy, acknowledgedAt, resolvedAt } = value;
    if (!isWithin(reading.period, at)) continue;
    const whose = { provider: owner, customer: reportedBy, participants: incidentParties(value) };
    const [acknowledgedMs, resolvedMs] = [acknowledgedAt, resolvedAt].map((end) =>
      end === undefined ? undefined : Math.max(0, Date.parse(end) - Date.parse(at)),
    );
    yield { sequence, facts: [{ kind: "incident", id, at, whose, severity, acknowledgedMs, resolvedMs }] };
  }
}

async function* readFeedback(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  for await (const { value, sequence } of recordsOf<FeedbackRecord>(collections.feedback, reading, from)) {
    const { id, score, createdAt: at, customer, provider, participants, product } = value;
    if (score === undefined || !isWithin(reading.period, at)) continue;
    const whose = { provider, customer, participants };
    yield { sequence, facts: [{ kind: "feedback", id, at, whose, product, score }] };
  }
}

/** Of those who rendered something, so the deliveries are read for it. */
async function* readProviders(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  const counts = new ProviderCounts();
  for await (const { facts } of readDeliveries(reading, 0)) counts.add(facts);
  for (const [index, fact] of (await counts.facts(reading)).entries())
    if (index >= from) yield { sequence: index + 1, facts: [fact] };
}

const READERS: Readonly<Record<MeasuredData, (reading: Reading, from: number) => AsyncGenerator<ReadFacts>>> =
  {
    deliveries: readDeliveries,
    cases: readCases,
    offers: readOffers,
    disputes: readDisputes,
    feedback: readFeedback,
    incidents: readIncidents,
    reviews: readReviews,
    "first-deliveries": readFirstDeliveries,
    providers: readProviders,
    certifications: readCertifications,
    dispatches: readDispatches,
  };
