import { differenceOf, isBooked, type LedgerTransaction, type LegTransaction } from "../ledger/index.ts";
import type { Citation, Leg, Rated } from "../rating/index.ts";
import type { JsonObject } from "../store/store.ts";
import { changedStandingWrite, type FormerStanding, legsOf } from "./bookings.ts";
import type { DecisionContext, DomainEvent } from "./capability.ts";
import { type Changes, noChanges } from "./changes.ts";
import { pick } from "./define.ts";
import { participantsOf } from "./delivery-parties.ts";
import {
  type DeliveryInternals,
  type DeliveryRecord,
  type DeliveryRequest,
  type DeliveryStatus,
  deliveryWrite,
  type RatingBasis,
  type StoredDelivery,
} from "./delivery-records.ts";
import { chargeToJson, legToJson } from "./money.ts";
import { openPeriod } from "./periods.ts";

/** A delivery as it shall stand, and why. */
export interface Restatement {
  /** As it stands; absent for a new one. */
  readonly stored?: StoredDelivery;
  readonly delivery: DeliveryRecord;
  /** Its legs from now on; none for a cancelled one. */
  readonly legs: readonly Leg[];
  readonly kind: LedgerTransaction["kind"];
  readonly events: readonly DomainEvent[];
}

/** What has to be written and booked so that a delivery stands as wanted: new minus old, into the first open period. */
export async function restate(
  restatement: Restatement,
  context: DecisionContext,
): Promise<{ delivery: DeliveryRecord; changes: Changes }> {
  const { stored, kind, events } = restatement;
  const { internal } = restatement.delivery;
  const { period, expects } = await openPeriod(context.read, internal.period);
  const before = stored === undefined ? [] : await legsOf(stored.value, context.read);
  const legs = stored === undefined ? restatement.legs : differenceOf(before, restatement.legs);
  const former = stored?.value.internal;
  if (!legs.some(isBooked)) {
    const bookedIn = former?.bookedIn ?? period;
    const delivery = standing(restatement, { bookedIn, lastBooking: former?.lastBooking });
    return {
      delivery,
      changes: { ...noChanges, writes: [deliveryWrite(delivery, stored?.version ?? 0)], events },
    };
  }
  const id = context.newId("txn");
  const delivery = standing(restatement, { bookedIn: period, lastBooking: id });
  const transaction: LegTransaction = {
    ...{ id, kind, bookedAt: context.now, period, deliveryId: delivery.id, legs },
    agreementId: String(delivery.agreement["id"]),
    day: delivery.startedAt.slice(0, 10),
  };
  const writes = [deliveryWrite(delivery, stored?.version ?? 0)];
  if (stored !== undefined && former?.lastBooking !== undefined)
    writes.push(
      changedStandingWrite(id, {
        previous: former.lastBooking,
        former: formerStanding(stored.value, before),
      }),
    );
  return { delivery, changes: { writes, expects, events, transactions: [transaction] } };
}

/** The delivery with where it was booked. Of a new one the booking holds the legs whole. */
function standing(
  { delivery, legs, stored }: Restatement,
  { bookedIn, lastBooking }: { readonly bookedIn: string; readonly lastBooking: string | undefined },
): DeliveryRecord {
  const { legs: _, ...internal } = delivery.internal;
  const ownLegs = stored === undefined && lastBooking !== undefined ? {} : { legs: legs.map(legToJson) };
  return {
    ...delivery,
    internal: { ...internal, bookedIn, ...(lastBooking === undefined ? {} : { lastBooking }), ...ownLegs },
  };
}

/** How the delivery stood until now, with the secret of its fingerprint: the next rating has another one. */
const formerStanding = ({ fingerprint, internal }: DeliveryRecord, legs: readonly Leg[]): FormerStanding => ({
  fingerprint,
  secret: internal.secret,
  legs: legs.map(legToJson),
});

/** What is known of a delivery beside its rating. */
export type Known = Pick<
  DeliveryInternals,
  "contentDigest" | "submittedBy" | "order" | "credits" | "secret"
> &
  RatingBasis;

/** The record of a delivery that was just rated. */
export function recordOf(
  rated: Rated,
  request: DeliveryRequest,
  status: DeliveryStatus,
  { contentDigest, submittedBy, order, credits = [], secret, ruleBook, priors, unbound }: Known,
  providerOfCard: string | undefined,
  context: DecisionContext,
): DeliveryRecord {
  const provider = request.provider ?? providerOfCard;
  return {
    ...pick(request, shownFields),
    id: request.id,
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
    internal: {
      contentDigest,
      submittedBy,
      order,
      secret,
      ...(ruleBook === undefined ? {} : { ruleBook }),
      ...(priors === undefined ? {} : { priors }),
      ...(unbound === undefined ? {} : { unbound }),
      ...(credits.length === 0 ? {} : { credits }),
      ...(request.provider === undefined ? { providerOfCard: true as const } : {}),
      counters: rated.counters.map(({ key, quantity }) => ({ key, quantity })),
      participants: [...new Set([request.customer, ...namedIn(request), ...participantsOf(rated)])],
      serviceLevels: rated.serviceLevels.map((level) => ({
        ...level,
        creditMinor: Number(level.creditMinor),
      })),
      period: rated.startedAt.slice(0, 7),
      bookedIn: "",
    },
  };
}

/** Of those that a request may have; the others are set anew. */
const shownFields = ["parties", "beneficiary", "parent", "parts"];

function namedIn(request: DeliveryRequest): string[] {
  return [
    ...(request.provider === undefined ? [] : [request.provider]),
    ...Object.values(request.parties ?? {}),
  ];
}
