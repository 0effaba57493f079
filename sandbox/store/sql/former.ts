import type { LedgerTransaction } from "../../ledger/types.ts";
import type { Leg } from "../../rating/types.ts";
import { BLOCK, DATED } from "../months.ts";
import type { JsonObject, Listing, StoredRecord } from "../store.ts";
import { type Row, recordOf, text } from "./rows.ts";

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
const BOOKINGS = "bookings";
const PARTY = "party:";

/** Whether a row of `records` is still a record: charges are found in the deliveries, first bookings in the transactions. */
export function isRecord(row: Row): boolean {
  const collection = text(row, "collection");
  if (collection === BOOKINGS) return "previous" in (JSON.parse(text(row, "value")) as FormerBooking);
  return collection !== "charges";
}

/** A row of `records`, which `isRecord`. */
export function formerRecord(row: Row, lookUp: LookUp): StoredRecord & Listing {
  const record = recordOf(row, text(row, "collection"));
  const keys = JSON.parse(text(row, "keys")) as string[];
  if (record.collection === BOOKINGS) {
    const { previous = "", former = {} } = record.value as FormerBooking;
    return { ...record, value: { previous, former }, keys: [], parties: [] };
  }
  if (record.collection !== DELIVERIES) return { ...record, keys, parties: [] };
  return {
    ...record,
    value: formerDelivery(record.id, record.value, lookUp),
    keys: keys.filter((key) => key.startsWith("counter:")),
    parties: keys.filter((key) => key.startsWith(PARTY)).map((key) => key.slice(PARTY.length)),
  };
}

/** The legs of a first rating stand in its transaction; what was asked for stands in the delivery itself. */
function formerDelivery(id: string, value: JsonObject, lookUp: LookUp): JsonObject {
  const { legs, bookings: _, request, ...internal } = objectAt(value, "internal");
  const { secret = "" } = lookUp("traces", id) ?? {};
  const last = internal["lastBooking"];
  const booking =
    typeof last === "string" ? (lookUp(BOOKINGS, last) as FormerBooking | undefined) : undefined;
  const isBooked = JSON.stringify(booking?.legs) === JSON.stringify(legs);
  const isOwnProvider = "provider" in (request as JsonObject);
  return {
    ...value,
    internal: {
      ...internal,
      secret,
      ...(isOwnProvider ? {} : { providerOfCard: true }),
      ...(isBooked || legs === undefined ? {} : { legs }),
    },
  };
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
  const booking = lookUp(BOOKINGS, head.id) as FormerBooking | undefined;
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

/**
 * Statements that note for all records where those of each month are.
 *
 * @param textOf the SQL of a member of the records' values, which go by `x`
 */
export const notesOfMonths = (schema: string, textOf: (member: string) => string): string[] =>
  Object.entries(DATED).flatMap(([collection, { from, to }]) =>
    [from, to].map(
      (member) => `INSERT INTO ${schema}record_months (tenant, collection, month, block)
        SELECT DISTINCT x.tenant, x.collection, substr(${textOf(member)}, 1, 7), x.sequence / ${BLOCK}
        FROM ${schema}records x WHERE x.collection = '${collection}' AND ${textOf(member)} IS NOT NULL
        ON CONFLICT DO NOTHING`,
    ),
  );
