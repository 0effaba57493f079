import { differenceOf, postingsOf } from "../ledger/index.ts";
import type { LedgerTransaction } from "../ledger/types.ts";
import type { Leg, Rated } from "../rating/index.ts";
import type { JsonObject, RecordWrite } from "../store/store.ts";
import type { DecisionContext, DomainEvent } from "./capability.ts";
import { type Changes, joinChanges } from "./changes.ts";
import { pick } from "./define.ts";
import { participantsOf } from "./delivery-parties.ts";
import {
  type BookingRecord,
  chargeParties,
  type DeliveryInternals,
  type DeliveryRecord,
  type DeliveryRequest,
  type DeliveryStatus,
  deliveryWrite,
  type FormerStanding,
  type StoredDelivery,
  type TraceRecord,
} from "./delivery-records.ts";

import { type ChargeJson, chargeToJson, legFromJson, legToJson } from "./money.ts";
import { openPeriod } from "./periods.ts";
import { collections, partyKey } from "./records.ts";

/** A delivery as it shall stand, and why. */
export interface Restatement {
  /** As it stands; absent for a new one. */
  readonly stored?: StoredDelivery;
  readonly delivery: DeliveryRecord;
  /** Its legs from now on; none for a cancelled one. */
  readonly legs: readonly Leg[];
  readonly kind: LedgerTransaction["kind"];
  readonly trace?: { readonly trace: JsonObject; readonly secret: string };
  readonly events: readonly DomainEvent[];
}

/** What has to be written and booked so that a delivery stands as wanted: new minus old, into the first open period. */
export async function restate(
  restatement: Restatement,
  context: DecisionContext,
): Promise<{ delivery: DeliveryRecord; changes: Changes }> {
  const { stored, legs, kind, events } = restatement;
  const { internal } = restatement.delivery;
  const differences = differenceOf(stored?.value.internal.legs.map(legFromJson) ?? [], legs);
  const postings = postingsOf(differences);
  const bookings = (stored?.value.internal.bookings ?? 0) + (postings.length === 0 ? 0 : 1);
  const { period, expects } = await openPeriod(context.read, internal.period);
  const id = postings.length === 0 ? undefined : context.newId("txn");
  const former = stored?.value.internal;
  const lastBooking = id ?? former?.lastBooking;
  const delivery: DeliveryRecord = {
    ...restatement.delivery,
    internal: {
      ...internal,
      legs: legs.map(legToJson),
      bookings,
      bookedIn: id === undefined ? (former?.bookedIn ?? period) : period,
      ...(lastBooking === undefined ? {} : { lastBooking }),
    },
  };
  const writes = [
    deliveryWrite(delivery, stored?.version ?? 0),
    ...(await chargeWrites(stored, delivery.charges, context)),
    ...(await traceWrites(restatement, context)),
  ];
  if (id === undefined) return { delivery, changes: joinChanges({ writes, events }) };
  const transaction: LedgerTransaction = { id, kind, bookedAt: context.now, period, postings };
  const booking = bookingWrite({
    id,
    deliveryId: delivery.id,
    kind,
    period,
    agreementId: String(delivery.agreement["id"]),
    day: delivery.startedAt.slice(0, 10),
    legs: differences.map(legToJson),
    ...(former?.lastBooking === undefined ? {} : { previous: former.lastBooking }),
    ...(stored === undefined ? {} : await formerStanding(stored, context)),
  });
  return {
    delivery,
    changes: joinChanges({ writes: [...writes, booking], expects, events, transactions: [transaction] }),
  };
}

/** How the delivery stands until now, with the secret of its fingerprint: the next rating has another one. */
async function formerStanding(
  stored: StoredDelivery,
  context: DecisionContext,
): Promise<{ former?: FormerStanding }> {
  const trace = await context.read.get<TraceRecord>(collections.traces, stored.id);
  if (trace === undefined) return {};
  const { fingerprint, secret } = trace.value;
  return { former: { fingerprint, secret, legs: stored.value.internal.legs } };
}

/** What a transaction booked, leg by leg: the lines of statements are made of these. */
export function bookingWrite(value: BookingRecord): RecordWrite {
  return {
    collection: collections.bookings,
    id: value.id,
    value,
    expectedVersion: 0,
    keys: [`period:${value.period}`],
  };
}

/** The record of a delivery that was just rated. */
export function recordOf(
  rated: Rated,
  request: DeliveryRequest,
  status: DeliveryStatus,
  internals: Pick<DeliveryInternals, "contentDigest" | "submittedBy" | "order" | "credits">,
  provider: string | undefined,
  context: DecisionContext,
): DeliveryRecord {
  const shown = pick(request, [
    "id",
    "product",
    "customer",
    "provider",
    "parties",
    "beneficiary",
    "parent",
    "usage",
    "parts",
  ]);
  return {
    ...shown,
    id: request.id,
    product: request.product,
    customer: request.customer,
    ...(provider === undefined ? {} : { provider }),
    usage: request.usage as JsonObject,
    ...resolvedTimes(rated),
    status,
    charges: rated.charges.map(chargeToJson),
    currency: rated.currency,
    netMinor: Number(rated.netMinor),
    serviceCreditMinor: Number(rated.serviceCreditMinor),
    taxMinor: Number(rated.taxMinor),
    payableMinor: Number(rated.payableMinor),
    agreement: { ...rated.agreement },
    rateCard: { ...rated.rateCard },
    fingerprint: rated.fingerprint ?? "",
    ratedAt: context.now,
    internal: {
      contentDigest: internals.contentDigest,
      submittedBy: internals.submittedBy,
      order: internals.order,
      ...(internals.credits === undefined ? {} : { credits: internals.credits }),
      request: { ...request, ...resolvedTimes(rated) } as DeliveryRequest,
      legs: rated.legs.map(legToJson),
      counters: rated.counters.map(({ key, quantity }) => ({ key, quantity })),
      participants: [...new Set([request.customer, ...namedIn(request), ...participantsOf(rated)])],
      serviceLevels: rated.serviceLevels.map((level) => ({
        ...level,
        creditMinor: Number(level.creditMinor),
      })),
      period: rated.startedAt.slice(0, 7),
      bookings: 0,
      bookedIn: "",
    },
  };
}

/** With the offsets that the zone had: stored, so that new zone data changes no replay. */
const resolvedTimes = ({ startedAt, endedAt }: Rated) => ({
  startedAt,
  ...(endedAt === undefined ? {} : { endedAt }),
});

function namedIn(request: DeliveryRequest): string[] {
  return [
    ...(request.provider === undefined ? [] : [request.provider]),
    ...Object.values(request.parties ?? {}),
  ];
}

async function chargeWrites(
  stored: StoredDelivery | undefined,
  charges: readonly ChargeJson[],
  context: DecisionContext,
): Promise<RecordWrite[]> {
  const writes: RecordWrite[] = [];
  for (const charge of charges) {
    const known = stored?.value.charges.some((former) => former.id === charge.id) === true;
    const former = known ? await context.read.get(collections.charges, charge.id) : undefined;
    writes.push({
      collection: collections.charges,
      id: charge.id,
      value: charge,
      expectedVersion: former?.version ?? 0,
      keys: [...chargeParties(charge).map(partyKey), `delivery:${charge.deliveryId}`],
    });
  }
  for (const former of stored?.value.charges ?? []) {
    if (charges.some((charge) => charge.id === former.id)) continue;
    const record = await context.read.get(collections.charges, former.id);
    if (record === undefined) continue;
    writes.push({
      collection: collections.charges,
      id: former.id,
      value: null,
      expectedVersion: record.version,
    });
  }
  return writes;
}

async function traceWrites(
  { trace, delivery }: Restatement,
  context: DecisionContext,
): Promise<RecordWrite[]> {
  if (trace === undefined) return [];
  const former = await context.read.get(collections.traces, delivery.id);
  const value: TraceRecord = { deliveryId: delivery.id, fingerprint: delivery.fingerprint, ...trace };
  return [{ collection: collections.traces, id: delivery.id, value, expectedVersion: former?.version ?? 0 }];
}
