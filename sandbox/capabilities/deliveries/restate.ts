import { differenceOf, isBooked, type LedgerTransaction, type LegTransaction } from "../../ledger/index.ts";
import type { Citation, Leg, Rated, Rating } from "../../rating/index.ts";
import type { Expectation, JsonObject } from "../../store/store.ts";
import type { DecisionContext, DomainEvent } from "../capability.ts";
import { type Changes, noChanges } from "../changes.ts";
import { pick } from "../define.ts";
import { chargeToJson, legToJson } from "../money.ts";
import { type OpenPeriod, openPeriod } from "../settlements/periods.ts";
import { changedStandingWrite, type FormerStanding, legsOf } from "./bookings.ts";
import { addNew } from "./parties.ts";
import {
  type DeliveryInternals,
  type DeliveryRecord,
  type DeliveryRequest,
  type DeliveryStatus,
  deliveryWrite,
  type RatingBasis,
  SHOWN_OF_REQUEST,
  type StoredDelivery,
  type Submitted,
} from "./records.ts";

/** A delivery as it shall stand, and why. */
export interface Restatement {
  /** As it stands; absent for a new one. */
  readonly stored?: StoredDelivery | undefined;
  readonly delivery: DeliveryRecord;
  /** Its legs from now on; none for a cancelled one. */
  readonly legs: readonly Leg[];
  readonly kind: LedgerTransaction["kind"];
  readonly events: readonly DomainEvent[];
}

/** What has to be written and booked so that a delivery stands as wanted: new minus old, into the first open period. */
export async function restate(
  { stored, delivery, legs, kind, events }: Restatement,
  context: DecisionContext,
): Promise<{ delivery: DeliveryRecord; changes: Changes }> {
  const { legs: _, ...internal } = delivery.internal;
  const open = await openPeriod(context.read, internal.period);
  const before = stored === undefined ? [] : await legsOf(stored.value, context.read);
  const planned = planBooking(stored, before, legs, open, context);
  const restated = { ...delivery, internal: { ...internal, ...planned.standing } };
  return {
    delivery: restated,
    changes: changesOf(planned, { stored, delivery: restated, kind, events }, context),
  };
}

/** Where a delivery is booked, as its record keeps it. Of a new one the booking holds the legs whole. */
type Standing = Pick<DeliveryInternals, "bookedIn" | "lastBooking" | "legs">;

/** New minus old of a delivery, and where it goes. */
export interface PlannedBooking {
  /** Undefined where there is nothing to book. */
  readonly id: string | undefined;
  readonly period: string;
  readonly expects: readonly Expectation[];
  readonly legs: readonly Leg[];
  /** How they stood until now. */
  readonly before: readonly Leg[];
  readonly standing: Standing;
}

/**
 * Plans the booking of what changes into an open period.
 *
 * @param stored the delivery as it stands, undefined for a new one
 * @param before its legs until now
 * @param legs its legs from now on
 */
export function planBooking(
  stored: StoredDelivery | undefined,
  before: readonly Leg[],
  legs: readonly Leg[],
  { period, expects }: OpenPeriod,
  { newId }: DecisionContext,
): PlannedBooking {
  const former = stored?.value.internal;
  const moved = stored === undefined ? legs : differenceOf(before, legs);
  const id = moved.some(isBooked) ? newId("txn") : undefined;
  const bookedIn = id === undefined ? (former?.bookedIn ?? period) : period;
  const lastBooking = id ?? former?.lastBooking;
  const isWholeInBooking = stored === undefined && id !== undefined;
  const standing: Standing = {
    bookedIn,
    ...(lastBooking === undefined ? {} : { lastBooking }),
    ...(isWholeInBooking ? {} : { legs: legs.map(legToJson) }),
  };
  return { id, period, expects, legs: moved, before, standing };
}

/** The changes that make a planned booking. */
export function changesOf(
  { id, period, expects, legs, before }: PlannedBooking,
  { stored, delivery, kind, events }: Omit<Restatement, "legs">,
  { now }: DecisionContext,
): Changes {
  const writes = [deliveryWrite(delivery, stored?.version ?? 0)];
  if (id === undefined) return { ...noChanges, writes, events };
  const transaction: LegTransaction = {
    id,
    kind,
    bookedAt: now,
    period,
    deliveryId: delivery.id,
    legs,
    agreementId: String(delivery.agreement["id"]),
    day: delivery.startedAt.slice(0, 10),
  };
  const previous = stored?.value.internal.lastBooking;
  if (stored !== undefined && previous !== undefined)
    writes.push(changedStandingWrite(id, { previous, former: formerStanding(stored.value, before) }));
  return { writes, expects, events, transactions: [transaction] };
}

/** How the delivery stood until now, with the secret of its fingerprint: the next rating has another one. */
const formerStanding = ({ fingerprint, internal }: DeliveryRecord, legs: readonly Leg[]): FormerStanding => ({
  fingerprint,
  secret: internal.secret,
  legs: legs.map(legToJson),
});

/** What is known of a delivery beside its rating. */
export interface Known extends Pick<DeliveryInternals, "submittedBy" | "order" | "secret"> {
  readonly credits: DeliveryInternals["credits"];
  readonly amended: boolean;
  /** Left out for a new one. */
  readonly submitted: Submitted | undefined;
  /** Everybody that the rating gave a part in it. */
  readonly participants: readonly string[];
  readonly basis: RatingBasis;
}

/** The record of a delivery that was just rated. */
export function recordOf(
  rated: Rated,
  request: DeliveryRequest,
  status: DeliveryStatus,
  known: Known,
  standing: Standing,
  { rating, context }: { readonly rating: Rating; readonly context: DecisionContext },
): DeliveryRecord {
  const provider = request.provider ?? rating.describe(request.product)?.provider;
  return {
    id: request.id,
    ...pick(request, SHOWN_OF_REQUEST),
    product: request.product,
    customer: request.customer,
    ...(provider === undefined ? {} : { provider }),
    usage: request.usage as JsonObject,
    // With the offsets that the zone had: stored, so that new zone data changes no replay.
    startedAt: rated.startedAt,
    ...(rated.endedAt === undefined ? {} : { endedAt: rated.endedAt }),
    status,
    charges: rated.charges.map(chargeToJson),
    currency: rated.currency,
    netMinor: Number(rated.netMinor),
    serviceCreditMinor: Number(rated.serviceCreditMinor),
    taxMinor: Number(rated.taxMinor),
    payableMinor: Number(rated.payableMinor),
    agreement: rated.agreement as Citation & JsonObject,
    rateCard: rated.rateCard as Citation & JsonObject,
    fingerprint: rated.fingerprint ?? "",
    ratedAt: context.now,
    internal: internalsOf(rated, request, known, standing),
  };
}

function internalsOf(
  { counters, serviceLevels, startedAt, endedAt }: Rated,
  request: DeliveryRequest,
  {
    submitted = submittedBeside(request, startedAt, endedAt),
    submittedBy,
    order,
    secret,
    basis,
    credits = [],
    amended,
    participants,
  }: Known,
  standing: Standing,
): DeliveryInternals {
  return {
    ...submitted,
    submittedBy,
    order,
    secret,
    ...basis,
    ...(credits.length === 0 ? {} : { credits }),
    ...(amended ? { amended } : {}),
    ...(request.provider === undefined ? { providerOfCard: true as const } : {}),
    counters: counters.length === 0 ? NO_COUNTERS : counters.map(({ key, quantity }) => ({ key, quantity })),
    participants: everybodyIn(request, participants),
    serviceLevels: serviceLevels.map((level) => ({ ...level, creditMinor: Number(level.creditMinor) })),
    period: startedAt.slice(0, 7),
    ...standing,
  };
}

/** What the record of a new delivery doesn't say of its content. */
function submittedBeside(
  { startedAt, endedAt }: DeliveryRequest,
  resolvedStart: string,
  resolvedEnd: string | undefined,
): Submitted {
  if (startedAt === resolvedStart && endedAt === resolvedEnd) return AS_RECORDED;
  return { submittedTimes: { startedAt, ...(endedAt === undefined ? {} : { endedAt }) } };
}

const AS_RECORDED: Submitted = {};

/** Nearly every delivery fills none, and each is kept. */
const NO_COUNTERS: DeliveryInternals["counters"] = [];

/** Who is named in it comes before whom the rating brought in. */
function everybodyIn(
  { customer, provider, parties = {} }: DeliveryRequest,
  participants: readonly string[],
): string[] {
  const everybody = [customer];
  if (provider !== undefined) addNew(everybody, provider);
  for (const party of Object.values(parties)) addNew(everybody, party);
  for (const party of participants) addNew(everybody, party);
  return everybody;
}
