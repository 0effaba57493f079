import {
  concerns,
  entriesOf,
  type IssuedDocument,
  type IssuedLine,
  lineOf,
  type Standing,
  type StatementEntry,
} from "../../ledger/index.ts";
import type { JsonObject, Reader } from "../../store/store.ts";
import {
  type Booking,
  bookingOf,
  type FormerStanding,
  legsOf,
  type StoredBooking,
} from "../deliveries/bookings.ts";
import type { DeliveryRecord } from "../deliveries/records.ts";
import { legFromJson } from "../money.ts";
import { collections } from "../records.ts";
import type { CommitmentRecord } from "../settlements/commitment-records.ts";
import { bookingsOf, stretchFrom } from "../settlements/period-books.ts";
import { OriginalDocuments } from "./original-documents.ts";
import type { StatementRecord } from "./records.ts";

/** A place among the lines of a statement: a stretch of bookings, and how many of it are behind. */
interface Place {
  readonly stretch: number;
  readonly bookings: number;
}

export const firstPlace: Place = { stretch: 0, bookings: 0 };

export interface LinePage {
  readonly lines: readonly JsonObject[];
  /** Where the next page begins; absent after the last one. */
  readonly next?: string;
}

/** A place that {@link readLines} gave. */
export function parsePlace(place: string): Place | undefined {
  const found = /^([0-9a-z]{1,6})-([0-9a-z]{1,4})$/.exec(place);
  if (found === null) return undefined;
  const [stretch, bookings] = [found[1] ?? "", found[2] ?? ""].map((part) => Number.parseInt(part, 36));
  return { stretch: stretch ?? 0, bookings: bookings ?? 0 };
}

const textOf = ({ stretch, bookings }: Place): string => `${stretch.toString(36)}-${bookings.toString(36)}`;

/**
 * Lines of a statement, made from the bookings of its period: at least `limit` where there are as many, up to the end of a
 * booking. They are the same whenever one asks, whatever was corrected since.
 */
export async function readLines(
  statement: StatementRecord,
  from: Place,
  limit: number,
  read: Reader,
): Promise<LinePage> {
  const { stretches, ownLines } = statement.internal;
  const documents = statement.documents as object as readonly IssuedDocument[];
  const originals = new OriginalDocuments(statement.period, read);
  const lines: JsonObject[] = [];
  let place = from;
  while (place.stretch < stretches.length) {
    const bookings = await stretchFrom(statement.period, stretches[place.stretch] ?? "", read);
    for (const booking of bookings.slice(place.bookings)) {
      if (lines.length >= limit) return { lines, next: textOf(place) };
      place = { ...place, bookings: place.bookings + 1 };
      for (const entry of await entriesOfBooking(booking, statement, originals, read))
        lines.push(toJson(lineOf(entry, statement.party, documents)));
    }
    place = { stretch: place.stretch + 1, bookings: 0 };
  }
  if (lines.length >= limit && ownLines.length > 0) return { lines, next: textOf(place) };
  return { lines: [...lines, ...ownLines] };
}

/** All lines of a statement. */
export async function everyLine(statement: StatementRecord, read: Reader): Promise<JsonObject[]> {
  return [...(await readLines(statement, firstPlace, Number.POSITIVE_INFINITY, read)).lines];
}

/** Whose lines, and in which currency: a party has a statement for each of its currencies. */
type Account = Pick<StatementRecord, "party" | "currency">;

/** How many bookings of others are passed over for one page: what a long month costs is spread over several requests. */
const SCANNED_AT_ONCE = 5_000;

/**
 * Lines that would stand on a party's statement if its month were closed now: no document has a number yet, and the tax that is
 * settled with an authority isn't known before the close. They come as {@link readLines} gives them; a page may be short of
 * `limit` before the last one.
 * @param after sequence of the last booking that was looked at
 * @returns with `next`, the sequence to go on after
 */
export async function readOpenLines(
  { period, ...account }: Account & Pick<StatementRecord, "period">,
  after: number,
  limit: number,
  read: Reader,
): Promise<{ readonly lines: readonly JsonObject[]; readonly next?: number }> {
  const originals = new OriginalDocuments(period, read);
  const lines: JsonObject[] = [];
  let scanned = 0;
  let place = after;
  for await (const booking of bookingsOf(period, read, after)) {
    if (lines.length >= limit || scanned >= SCANNED_AT_ONCE) return { lines, next: place };
    for (const entry of await entriesOfBooking(booking, account, originals, read))
      lines.push(toJson(lineOf(entry, account.party, [])));
    place = booking.sequence;
    scanned += 1;
  }
  return { lines };
}

/** The legs of a booking that concern the party, each with its proofs and the document that it changes. */
async function entriesOfBooking(
  booking: Booking,
  { party, currency }: Account,
  originals: OriginalDocuments,
  read: Reader,
): Promise<StatementEntry[]> {
  const legs = booking.legs.filter((leg) => leg.currency === currency && concerns(leg, party));
  if (legs.length === 0) return [];
  const before = booking.former === undefined ? undefined : standingOf(booking.former);
  const after = await standingAfter(booking, read);
  const made = entriesOf({
    legs,
    booking: booking.kind,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
  const entries: StatementEntry[] = [];
  for (const entry of made) {
    const corrects = await originals.changedBy(booking, entry.leg);
    entries.push(corrects === undefined ? entry : { ...entry, corrects });
  }
  return entries;
}

/** How a delivery stood after a booking: as it stands now, or as the next booking found it. */
async function standingAfter(booking: Booking, read: Reader): Promise<Standing | undefined> {
  const current =
    booking.kind === "commitment"
      ? await currentCommitment(booking.deliveryId, read)
      : await currentDelivery(booking.deliveryId, read);
  let later = current?.lastBooking;
  if (current !== undefined && later === booking.id) return current.standing();
  while (later !== undefined) {
    const next: StoredBooking | undefined = await bookingOf(later, read);
    if (next?.previous === booking.id) return next.former && standingOf(next.former);
    later = next?.previous;
  }
  return undefined;
}

/** How something stands now, and by which booking it came to. */
interface Current {
  readonly lastBooking: string | undefined;
  standing(): Promise<Standing>;
}

async function currentDelivery(id: string, read: Reader): Promise<Current | undefined> {
  const delivery = await read.get<DeliveryRecord>(collections.deliveries, id);
  if (delivery === undefined) return undefined;
  const { fingerprint, internal } = delivery.value;
  const { lastBooking, secret } = internal;
  return {
    lastBooking,
    standing: async () => ({ fingerprint, secret, legs: await legsOf(delivery.value, read) }),
  };
}

async function currentCommitment(id: string, read: Reader): Promise<Current | undefined> {
  const commitment = await read.get<CommitmentRecord>(collections.commitments, id);
  if (commitment === undefined) return undefined;
  const { fingerprint, internal } = commitment.value;
  const { lastBooking, legs, secret } = internal;
  return { lastBooking, standing: async () => standingOf({ fingerprint, secret, legs }) };
}

const standingOf = ({ fingerprint, secret, legs }: FormerStanding): Standing => ({
  fingerprint,
  secret,
  legs: legs.map(legFromJson),
});

/** A line is plain JSON already; its interface says more than JSON has to know. */
const toJson = (line: IssuedLine): JsonObject => line as object as JsonObject;
