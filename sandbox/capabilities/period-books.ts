import { LegSums } from "../ledger/index.ts";
import type { Reader, StoredRecord } from "../store/store.ts";
import type { BookingRecord } from "./delivery-records.ts";
import { legFromJson } from "./money.ts";
import { OriginalDocuments } from "./original-documents.ts";
import { collections } from "./records.ts";

/** How many bookings lie between two places that a statement remembers: one page of the store. */
const stretchLength = 500;

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
  async add(booking: BookingRecord): Promise<void> {
    if (this.#bookings % stretchLength === 0) this.#stretch = booking.id;
    this.#bookings += 1;
    for (const json of booking.legs) {
      const leg = legFromJson(json);
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

/** Every booking of a period, a page at a time: of a long one, only a page is ever held. */
export async function* bookingsOf(period: string, read: Reader): AsyncGenerator<BookingRecord> {
  for (let after = 0; ; ) {
    const page = await stretchAfter(period, after, read);
    for (const { value } of page) yield value;
    const last = page.at(-1);
    if (last === undefined || page.length < stretchLength) return;
    after = last.sequence;
  }
}

/** The stretch of a period's bookings that begins with one of them; empty where there is none of that id. */
export async function stretchFrom(
  period: string,
  bookingId: string,
  read: Reader,
): Promise<readonly StoredRecord<BookingRecord>[]> {
  const first = await read.get<BookingRecord>(collections.bookings, bookingId);
  return first === undefined ? [] : stretchAfter(period, first.sequence - 1, read);
}

const stretchAfter = (
  period: string,
  after: number,
  read: Reader,
): Promise<readonly StoredRecord<BookingRecord>[]> =>
  read.list<BookingRecord>({
    collection: collections.bookings,
    key: `period:${period}`,
    after,
    limit: stretchLength,
  });
