import { LegSums } from "../../ledger/index.ts";
import type { Reader } from "../../store/store.ts";
import { type Booking, bookingOf, bookingsAfter, type StoredBooking } from "../deliveries/bookings.ts";
import { OriginalDocuments } from "../statements/original-documents.ts";

/** How many bookings lie between two places that a statement remembers: one page of the store. */
const STRETCH_LENGTH = 500;

/** Everything booked into a period, as sums, and where in it each party's lines are. */
export class PeriodBooks {
  readonly sums = new LegSums();
  readonly #stretches = new Map<string, string[]>();
  readonly #originals: OriginalDocuments;
  #bookings = 0;
  #stretch = "";

  constructor(period: string, read: Reader) {
    this.#originals = new OriginalDocuments(period, read);
  }

  /** By `party, currency`: the first booking of each stretch of the period that has lines of it. */
  get stretches(): ReadonlyMap<string, readonly string[]> {
    return this.#stretches;
  }

  /** Bookings come in the order in which the period holds them. */
  async add(booking: Booking): Promise<void> {
    if (this.#bookings % STRETCH_LENGTH === 0) this.#stretch = booking.id;
    this.#bookings += 1;
    for (const leg of booking.legs) {
      const corrects =
        booking.previous === undefined ? undefined : await this.#originals.changedBy(booking, leg);
      this.sums.add(leg, corrects);
      if (leg.payer === leg.payee) continue;
      this.#mark(`${leg.payer}\n${leg.currency}`);
      this.#mark(`${leg.payee}\n${leg.currency}`);
    }
  }

  #mark(key: string): void {
    const own = this.#stretches.get(key);
    if (own === undefined) this.#stretches.set(key, [this.#stretch]);
    else if (own.at(-1) !== this.#stretch) own.push(this.#stretch);
  }
}

/**
 * Every booking of a period, a page at a time: of a long one, only a page is ever held.
 * @param after sequence of the booking to go on after
 */
export async function* bookingsOf(period: string, read: Reader, after = 0): AsyncGenerator<StoredBooking> {
  for (let place = after; ; ) {
    const page = await bookingsAfter(period, place, STRETCH_LENGTH, read);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < STRETCH_LENGTH) return;
    place = last.sequence;
  }
}

/** The stretch of a period's bookings that begins with one of them; empty where there is none of that id. */
export async function stretchFrom(
  period: string,
  bookingId: string,
  read: Reader,
): Promise<readonly StoredBooking[]> {
  const first = await bookingOf(bookingId, read);
  return first === undefined ? [] : bookingsAfter(period, first.sequence - 1, STRETCH_LENGTH, read);
}
