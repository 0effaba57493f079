import { LegSums } from "../ledger/index.ts";
import type { Reader, StoredRecord } from "../store/store.ts";
import type { BookingRecord } from "./delivery-records.ts";
import { legFromJson } from "./money.ts";
import { OriginalDocuments } from "./original-documents.ts";
import { collections } from "./records.ts";

/** How many bookings lie between two places that a statement remembers: one page of the store. */
export const stretchLength = 500;

/** Everything booked into a period, as sums, and where in it each party's lines are. */
export interface PeriodBooks {
  readonly sums: LegSums;
  /** By `party, currency`: the first booking of each stretch that has lines of it. */
  readonly stretches: ReadonlyMap<string, readonly string[]>;
  /** Of the last posting when the reading began. */
  readonly lastSequence: number;
}

/** Reads a period once, a page at a time: what is kept grows with the parties, not with the bookings. */
export async function readPeriodBooks(
  period: string,
  read: Reader,
  visit: (booking: BookingRecord) => void | Promise<void> = () => {},
): Promise<PeriodBooks> {
  const lastSequence = await read.lastPosting(period);
  const originals = new OriginalDocuments(period, read);
  const sums = new LegSums();
  const stretches = new Map<string, string[]>();
  const mark = (party: string, currency: string, stretch: string): void => {
    const key = `${party}\n${currency}`;
    const own = stretches.get(key);
    if (own === undefined) stretches.set(key, [stretch]);
    else if (own.at(-1) !== stretch) own.push(stretch);
  };
  for await (const page of pagesOf(period, read)) {
    const stretch = page[0]?.id ?? "";
    for (const { value } of page) {
      await visit(value);
      for (const json of value.legs) {
        const leg = legFromJson(json);
        sums.add(leg, await originals.changedBy(value, leg));
        if (leg.payer === leg.payee) continue;
        mark(leg.payer, leg.currency, stretch);
        mark(leg.payee, leg.currency, stretch);
      }
    }
  }
  return { sums, stretches, lastSequence };
}

async function* pagesOf(
  period: string,
  read: Reader,
): AsyncGenerator<readonly StoredRecord<BookingRecord>[]> {
  for (let after = 0; ; ) {
    const page = await bookingsAfter(period, after, read);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < stretchLength) return;
    after = last.sequence;
  }
}

/** The next stretch of a period's bookings. */
export const bookingsAfter = (
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
