import { type LegTransaction, movesMoney } from "../../ledger/index.ts";
import type { Leg } from "../../rating/index.ts";
import type { JsonObject, Reader, RecordWrite, StoredTransaction } from "../../store/store.ts";
import { type LegJson, legFromJson } from "../money.ts";
import { collections } from "../records.ts";
import type { DeliveryRecord } from "./records.ts";

/** A ledger transaction made of legs, new minus old, with what it changed: the lines of statements are made of these. */
export type Booking = LegTransaction & { readonly previous?: string; readonly former?: FormerStanding };

/** A booking with its place in the books: that of its last posting. */
export type StoredBooking = Booking & { readonly sequence: number };

/** `bookings/TRANSACTIONID`, of those bookings that aren't the first of their delivery. */
export interface ChangedStanding extends JsonObject {
  /** The delivery's booking before this one. */
  readonly previous: string;
  /** How the delivery stood before this booking, so that statements can prove both sides of the difference. */
  readonly former: FormerStanding;
}

/** All legs of a delivery as they once stood, with what their fingerprint was made of. */
export interface FormerStanding extends JsonObject {
  readonly fingerprint: string;
  readonly secret: string;
  readonly legs: readonly LegJson[];
}

export const changedStandingWrite = (bookingId: string, value: ChangedStanding): RecordWrite => ({
  collection: collections.bookings,
  id: bookingId,
  value,
  expectedVersion: 0,
});

/** So many bookings of a period after a place, in order; fewer at its end. */
export async function bookingsAfter(
  period: string,
  after: number,
  limit: number,
  read: Reader,
): Promise<readonly StoredBooking[]> {
  const found: StoredBooking[] = [];
  for (let place = after; ; ) {
    const wanted = limit - found.length;
    const transactions = await read.transactions({ period, after: place, limit: wanted });
    for (const transaction of transactions)
      if (isOfLegs(transaction)) found.push(await bookingFrom(transaction, read));
    const last = transactions.at(-1);
    // Others, such as payments, may have been among them.
    if (last === undefined || transactions.length < wanted || found.length === limit) return found;
    place = last.sequence;
  }
}

export async function bookingOf(id: string, read: Reader): Promise<StoredBooking | undefined> {
  const transaction = await legTransaction(id, read);
  return transaction && bookingFrom(transaction, read);
}

/** The legs of a delivery as they stand. */
export async function legsOf({ internal }: DeliveryRecord, read: Reader): Promise<readonly Leg[]> {
  if (internal.legs !== undefined) return internal.legs.map(legFromJson);
  if (internal.lastBooking === undefined) return [];
  return (await legTransaction(internal.lastBooking, read))?.legs ?? [];
}

type StoredLegTransaction = LegTransaction & { readonly sequence: number };

const isOfLegs = (transaction: StoredTransaction): transaction is StoredLegTransaction =>
  "legs" in transaction;

async function legTransaction(id: string, read: Reader): Promise<StoredLegTransaction | undefined> {
  const [transaction] = await read.transactions({ transactionId: id, limit: 1 });
  return transaction !== undefined && isOfLegs(transaction) ? transaction : undefined;
}

async function bookingFrom(transaction: StoredLegTransaction, read: Reader): Promise<StoredBooking> {
  const booking = { ...transaction, legs: transaction.legs.filter(movesMoney) };
  // A first rating has changed nothing.
  if (transaction.kind === "rating") return booking;
  const changed = await read.get<ChangedStanding>(collections.bookings, transaction.id);
  if (changed === undefined) return booking;
  const { previous, former } = changed.value;
  return { ...booking, previous, former };
}
