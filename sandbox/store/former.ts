import type { LedgerTransaction } from "../ledger/types.ts";
import type { Leg } from "../rating/types.ts";
import { type Row, recordOf, text } from "./rows.ts";
import type { JsonObject, Listing, StoredRecord } from "./store.ts";

/**
 * What databases of the first version held, in the form that it has now. There a rated delivery was stored several times:
 * its legs in the delivery, in the record of each booking and as postings, its charges as records of their own.
 */

/** Looks up the value of a record of the former version. */
export type LookUp = (collection: string, id: string) => JsonObject | undefined;

/** A booking of the former version, made of legs. */
interface FormerBooking extends JsonObject {
  readonly deliveryId: string;
  readonly agreementId?: string;
  readonly day?: string;
  readonly legs: readonly JsonObject[];
  readonly previous?: string;
  readonly former?: JsonObject;
}

const DELIVERIES = "deliveries";
/** Collections whose content is found elsewhere now: in the deliveries, and in the transactions. */
const MOVED = new Set(["charges", "bookings"]);
const PARTY = "party:";

/** Whether a row of `records` is still a record. */
export const isRecord = (row: Row): boolean => !MOVED.has(text(row, "collection"));

/** A row of `records`, which `isRecord`. */
export function formerRecord(row: Row, lookUp: LookUp): StoredRecord & Listing {
  const record = recordOf(row, text(row, "collection"));
  const keys = JSON.parse(text(row, "keys")) as string[];
  if (record.collection !== DELIVERIES) return { ...record, keys, parties: [] };
  return {
    ...record,
    value: formerDelivery(record.id, record.value, lookUp),
    keys: keys.filter((key) => key.startsWith("counter:")),
    parties: keys.filter((key) => key.startsWith(PARTY)).map((key) => key.slice(PARTY.length)),
  };
}

/** A delivery knows how it stood after each of its bookings; the legs of a first rating stand in its transaction. */
function formerDelivery(id: string, value: JsonObject, lookUp: LookUp): JsonObject {
  const { legs, bookings: _, lastBooking, ...internal } = objectAt(value, "internal");
  const { secret = "" } = lookUp("traces", id) ?? {};
  const chain = bookingsBack(lastBooking, lookUp);
  const [only] = chain;
  const former = chain.slice(1).flatMap(({ booking }, at) => {
    const before = chain[at]?.id;
    return booking.former === undefined || before === undefined
      ? []
      : [{ booking: before, ...booking.former }];
  });
  const isFirst = chain.length === 1 && JSON.stringify(only?.booking.legs) === JSON.stringify(legs);
  return {
    ...value,
    internal: {
      ...internal,
      secret,
      ...(typeof lastBooking === "string" ? { booking: lastBooking } : {}),
      ...(isFirst || legs === undefined ? {} : { legs }),
      ...(former.length === 0 ? {} : { former }),
    },
  };
}

/** The bookings of a delivery, the first one first. */
function bookingsBack(
  last: unknown,
  lookUp: LookUp,
): { readonly id: string; readonly booking: FormerBooking }[] {
  const chain: { readonly id: string; readonly booking: FormerBooking }[] = [];
  for (let id = last; typeof id === "string"; ) {
    const booking = lookUp("bookings", id) as FormerBooking | undefined;
    if (booking === undefined) break;
    chain.unshift({ id, booking });
    id = booking.previous;
  }
  return chain;
}

/** A row of `transactions`, with its rows of `postings` where it wasn't made of legs. */
export function formerTransaction(
  row: Row,
  lookUp: LookUp,
  postings: () => readonly Row[],
): LedgerTransaction {
  const head = {
    id: text(row, "id"),
    kind: text(row, "kind") as LedgerTransaction["kind"],
    bookedAt: text(row, "booked_at"),
    period: text(row, "period"),
  };
  const booking = lookUp("bookings", head.id) as FormerBooking | undefined;
  if (booking !== undefined)
    return {
      ...head,
      deliveryId: booking.deliveryId,
      ...(booking.agreementId === undefined ? {} : { agreementId: booking.agreementId }),
      ...(booking.day === undefined ? {} : { day: booking.day }),
      legs: booking.legs.map(formerLeg),
    };
  return {
    ...head,
    postings: postings().map((posting) => ({
      account: text(posting, "account"),
      currency: text(posting, "currency"),
      amountMinor: BigInt(text(posting, "amount_minor")),
      ...(posting["delivery_id"] == null ? {} : { deliveryId: text(posting, "delivery_id") }),
      ...(posting["charge_id"] == null ? {} : { chargeId: text(posting, "charge_id") }),
    })),
  };
}

/** The first version wrote every field; an authority that wasn't there was the empty text. */
function formerLeg(json: JsonObject): Leg {
  const { taxAuthority, ...leg } = json as unknown as Leg;
  return {
    ...leg,
    netMinor: BigInt(leg.netMinor),
    creditMinor: BigInt(leg.creditMinor),
    taxMinor: BigInt(leg.taxMinor),
    payableMinor: BigInt(leg.payableMinor),
    ...(taxAuthority === undefined || taxAuthority === "" ? {} : { taxAuthority }),
  };
}

function objectAt(value: JsonObject, name: string): JsonObject {
  const part = value[name];
  return typeof part === "object" && part !== null && !Array.isArray(part) ? (part as JsonObject) : {};
}
