import { documentOf, type IssuedDocument } from "../../ledger/index.ts";
import type { Leg } from "../../rating/index.ts";
import type { Reader, StoredRecord } from "../../store/store.ts";
import { type Booking, bookingOf } from "../deliveries/bookings.ts";
import { collections, type PeriodRecord } from "../records.ts";
import type { SettlementRecord } from "../settlements/records.ts";
import type { StatementRecord } from "./records.ts";

/**
 * Finds the document of an earlier period that a booking changes. Each earlier statement is read once. Earlier is what was closed
 * before the period was, whenever one asks: the lines of a statement name the same documents for ever.
 */
export class OriginalDocuments {
  readonly #period: string;
  readonly #read: Reader;
  /** Settlements of the periods that were closed before; undefined for the others. */
  readonly #settlements = new Map<string, Promise<SettlementRecord | undefined>>();
  /** By `period, payee`. */
  readonly #documents = new Map<string, Promise<readonly IssuedDocument[]>>();
  #closed: Promise<StoredRecord<PeriodRecord> | undefined> | undefined;

  constructor(period: string, read: Reader) {
    this.#period = period;
    this.#read = read;
  }

  /** Number of the document on which the leg was first billed, if that was in a period that was closed before. */
  async changedBy(booking: Booking, leg: Leg): Promise<string | undefined> {
    let found: string | undefined;
    let id = booking.previous;
    while (id !== undefined) {
      const earlier = await bookingOf(id, this.#read);
      if (earlier === undefined) return found;
      const { legs, period, previous } = earlier;
      const billed = legs.some(
        (each) => each.id === leg.id && each.payer === leg.payer && each.payee === leg.payee,
      );
      if (billed && period !== this.#period) found = (await this.#documentOf(leg, period)) ?? found;
      id = previous;
    }
    return found;
  }

  async #documentOf(leg: Leg, period: string): Promise<string | undefined> {
    const key = `${period}\n${leg.payee}\n${leg.currency}`;
    const known = this.#documents.get(key) ?? this.#readDocuments(period, leg);
    this.#documents.set(key, known);
    return documentOf(await known, leg, undefined);
  }

  async #readDocuments(period: string, { payee, currency }: Leg): Promise<readonly IssuedDocument[]> {
    const settlement = await this.#settlementOf(period);
    for (const { id, party } of settlement?.issued ?? []) {
      if (party !== payee) continue;
      const statement = await this.#read.get<StatementRecord>(collections.statements, id);
      if (statement?.value.currency === currency)
        return statement.value.documents as object as readonly IssuedDocument[];
    }
    return [];
  }

  #settlementOf(period: string): Promise<SettlementRecord | undefined> {
    const known = this.#settlements.get(period) ?? this.#readSettlement(period);
    this.#settlements.set(period, known);
    return known;
  }

  async #readSettlement(period: string): Promise<SettlementRecord | undefined> {
    const closed = await this.#read.get<PeriodRecord>(collections.periods, period);
    if (closed === undefined) return undefined;
    this.#closed ??= this.#read.get<PeriodRecord>(collections.periods, this.#period);
    const own = await this.#closed;
    if (own !== undefined && own.sequence < closed.sequence) return undefined;
    const id = closed.value.settlementId;
    return (await this.#read.get<SettlementRecord>(collections.settlements, id))?.value;
  }
}
