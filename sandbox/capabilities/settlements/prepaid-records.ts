import type { PeriodTerms, PrepaidTerm } from "../../rating/index.ts";
import { formatDay } from "../../rating/timing/moment.ts";
import type { JsonObject, Reader, RecordWrite, StoredRecord } from "../../store/store.ts";
import { toMinor } from "../money.ts";
import { collections, partyKey } from "../records.ts";

/**
 * `prepaid/AGREEMENT:BALANCE:PAYER`, keys `party:…` of payer and payee and `agreement:…`: what a payer has paid ahead and not used
 * yet. Made when it is first topped up, or when the first month is closed in which the agreement says that something is on it.
 */
export interface PrepaidRecord extends JsonObject {
  readonly id: string;
  readonly agreementId: string;
  readonly balanceId: string;
  readonly payer: string;
  readonly payee: string;
  readonly currency: string;
  /** It pays for what was delivered on these days. */
  readonly validFor: { readonly start?: string; readonly end?: string };
  readonly status: "open" | "expired";
  readonly leftMinor: number;
  /** All in all, since it began. */
  readonly paidInMinor: number;
  readonly drawnMinor: number;
  readonly expiredMinor: number;
  readonly refundedMinor: number;
  readonly updatedAt: string;
  /** Since the payer's last statement. */
  readonly internal: { readonly carriedMinor: number; readonly paidInMinor: number };
}

export type StoredBalance = StoredRecord<PrepaidRecord>;

export const balanceIdOf = (terms: PeriodTerms, term: PrepaidTerm, payer: string): string =>
  [terms.agreement.id, term.id, payer].join(":");

/** A balance as the agreement has it begin, for a payer. */
export function newBalance(terms: PeriodTerms, term: PrepaidTerm, payer: string, now: string): PrepaidRecord {
  const openingMinor = term.named.includes(payer) ? toMinor(term.openingMinor) : 0;
  return {
    id: balanceIdOf(terms, term, payer),
    agreementId: terms.agreement.id,
    balanceId: term.id,
    ...(term.title === undefined ? {} : { title: term.title }),
    payer,
    payee: term.payee,
    currency: terms.currency,
    validFor: {
      ...(Number.isFinite(term.firstDay) ? { start: formatDay(term.firstDay) } : {}),
      ...(Number.isFinite(term.lastDay) ? { end: formatDay(term.lastDay) } : {}),
    },
    status: "open",
    leftMinor: openingMinor,
    paidInMinor: openingMinor,
    drawnMinor: 0,
    expiredMinor: 0,
    refundedMinor: 0,
    updatedAt: now,
    internal: { carriedMinor: 0, paidInMinor: openingMinor },
  };
}

export const findBalance = (read: Reader, id: string): Promise<StoredBalance | undefined> =>
  read.get<PrepaidRecord>(collections.prepaid, id);

/** Under which the balances of an agreement are found. */
export const agreementKey = (agreementId: string): string => `agreement:${agreementId}`;

export const balanceWrite = (balance: PrepaidRecord, expectedVersion: number): RecordWrite => ({
  collection: collections.prepaid,
  id: balance.id,
  value: balance,
  expectedVersion,
  keys: [...new Set([balance.payer, balance.payee])].map(partyKey).concat(agreementKey(balance.agreementId)),
});

export function viewBalance({ internal: _, ...shown }: PrepaidRecord): JsonObject {
  return shown;
}

/** `prepaid-drawings/AGREEMENT:PAYER:MONTH`: what was owed for the deliveries of a month, and what of it balances have paid. */
export interface DrawingRecord extends JsonObject {
  /** What is owed after tax, by day. */
  readonly payableMinorByDay: { readonly [day: string]: number };
  readonly drawnMinorByBalance: { readonly [balance: string]: number };
}
