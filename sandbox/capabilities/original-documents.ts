import type { Leg } from "../rating/index.ts";
import type { Reader, StoredRecord } from "../store/store.ts";
import type { BookingRecord } from "./delivery-records.ts";
import { collections, type PeriodRecord } from "./records.ts";
import type { SettlementRecord } from "./settlement-records.ts";
import type { StatementRecord } from "./statement-records.ts";

/** Finds the document of an earlier period that a booking changes. Each earlier statement is read once. */
export class OriginalDocuments {
  readonly #period: string;
  readonly #read: Reader;
  /** Settlement of a closed period; undefined where it is open. */
  readonly #settlements = new Map<string, Promise<SettlementRecord | undefined>>();
  /** By `period, payee`: document number by delivery, leg and payer. */
  readonly #documents = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(period: string, read: Reader) {
    this.#period = period;
    this.#read = read;
  }

  /** Number of the document on which the leg was first billed, if that was in a period that is closed by now. */
  async changedBy(booking: BookingRecord, leg: Leg): Promise<string | undefined> {
    let found: string | undefined;
    let id = booking.previous;
    while (id !== undefined) {
      const earlier: StoredRecord<BookingRecord> | undefined = await this.#read.get(collections.bookings, id);
      if (earlier === undefined) return found;
      const { legs, period, previous } = earlier.value;
      const billed = legs.some(
        (each) => each.id === leg.id && each.payer === leg.payer && each.payee === leg.payee,
      );
      if (billed && period !== this.#period) found = (await this.#documentOf(leg, period)) ?? found;
      id = previous;
    }
    return found;
  }

  async #documentOf(leg: Leg, period: string): Promise<string | undefined> {
    const key = `${period}\n${leg.payee}`;
    const known = this.#documents.get(key) ?? this.#readDocuments(period, leg.payee);
    this.#documents.set(key, known);
    return (await known).get(lineKey(leg.deliveryId, leg.id, leg.payer));
  }

  async #readDocuments(period: string, payee: string): Promise<ReadonlyMap<string, string>> {
    const documents = new Map<string, string>();
    const settlement = await this.#settlementOf(period);
    for (const { id, party } of settlement?.issued ?? []) {
      if (party !== payee) continue;
      const statement = await this.#read.get<StatementRecord>(collections.statements, id);
      for (const { deliveryId, legId, counterparty, direction, document, corrects } of statement?.value
        .lines ?? []) {
        if (direction !== "receivable" || typeof document !== "string" || corrects !== undefined) continue;
        documents.set(lineKey(String(deliveryId), String(legId), String(counterparty)), document);
      }
    }
    return documents;
  }

  #settlementOf(period: string): Promise<SettlementRecord | undefined> {
    const known = this.#settlements.get(period) ?? this.#readSettlement(period);
    this.#settlements.set(period, known);
    return known;
  }

  async #readSettlement(period: string): Promise<SettlementRecord | undefined> {
    const closed = await this.#read.get<PeriodRecord>(collections.periods, period);
    if (closed === undefined) return undefined;
    const id = closed.value.settlementId;
    return (await this.#read.get<SettlementRecord>(collections.settlements, id))?.value;
  }
}

const lineKey = (deliveryId: string, legId: string, payer: string): string =>
  `${deliveryId}\n${legId}\n${payer}`;
