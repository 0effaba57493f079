import type { LegProof } from "../rating/fingerprint.ts";
import type { Leg, PartyId } from "../rating/types.ts";
import type { LedgerTransaction } from "./types.ts";

/** A statement as it is issued, stored and sent: plain JSON, amounts as integers in minor units. */
export interface IssuedStatement extends Totals {
  readonly id: string;
  /** Gapless per party: `nordic-apps-000001`. */
  readonly number: string;
  readonly party: PartyId;
  /** The calendar month, `2025-03`. */
  readonly period: string;
  readonly currency: string;
  readonly documents?: readonly IssuedDocument[];
  readonly lines: readonly IssuedLine[];
  /** How many lines it has in all, where the issuer says so. */
  readonly lineCount?: number;
  /** The party's prepaid balances that something happened to since its last statement. */
  readonly prepaid?: readonly PrepaidMovement[];
  /** The cursor to the lines that aren't here; absent where all are. */
  readonly nextLines?: string;
  readonly settlementId?: string;
  /** RFC 3339, UTC. */
  readonly issuedAt?: string;
}

export interface Totals {
  readonly netMinor: number;
  readonly serviceCreditMinor: number;
  readonly taxMinor: number;
  /** net − service credit + tax. */
  readonly payableMinor: number;
}

/** An invoice of one party to another, or a note that changes one. It stands on the statements of both. */
export interface IssuedDocument extends Totals {
  /** Of its supplier's series, without gaps: `fjord-catering-000001/1`. */
  readonly number: string;
  /** A note changes an invoice of an earlier period: a credit note takes off, a debit note adds. */
  readonly type: "invoice" | "credit-note" | "debit-note";
  readonly supplier: PartyId;
  readonly customer: PartyId;
  readonly issuedBy: PartyId;
  /** Issued by someone else in the supplier's name. */
  readonly selfBilled: boolean;
  /** Number of the document that it changes. */
  readonly corrects?: string;
  readonly currency: string;
  readonly taxes: readonly TaxSum[];
}

/** What of a document falls under one rate. The base is net less service credit. */
export interface TaxSum {
  readonly taxCode: string;
  readonly taxPercent: string;
  readonly baseMinor: number;
  readonly taxMinor: number;
}

/** A prepaid balance from one statement to the next: carried + paid in − drawn − expired − refunded = left. */
export interface PrepaidMovement {
  readonly id: string;
  readonly title?: string;
  /** Who was paid ahead. */
  readonly payee: PartyId;
  readonly carriedMinor: number;
  readonly paidInMinor: number;
  readonly drawnMinor: number;
  readonly expiredMinor: number;
  readonly refundedMinor: number;
  readonly leftMinor: number;
}

/**
 * One booking of one leg as a party sees it, or (without `legId`) the tax that it settles with an authority, or (with `prepaidId`)
 * what is drawn from a prepaid balance.
 */
export interface IssuedLine extends Totals {
  readonly legId?: string;
  readonly chargeId?: string;
  readonly deliveryId?: string;
  /** Instead of a delivery: the commitment of a period. */
  readonly commitmentId?: string;
  readonly prepaidId?: string;
  readonly product?: string;
  readonly kind?: Leg["kind"];
  readonly booking?: LedgerTransaction["kind"];
  readonly counterparty?: PartyId;
  readonly direction?: "payable" | "receivable";
  readonly description?: string;
  readonly taxCode?: string;
  readonly taxPercent?: string;
  readonly taxAuthority?: PartyId;
  /** Whether the payer takes the tax off its own. */
  readonly taxRecovered?: boolean;
  /** Number of the document that the line is part of. */
  readonly document?: string;
  /** Number of the document of an earlier period that the line changes. */
  readonly corrects?: string;
  /** The leg as it stood after the booking; absent where it was taken back. */
  readonly stands?: ProvenLeg;
  /** The leg as it stood before; absent where there was none. The line is what stands less what stood. */
  readonly stood?: ProvenLeg;
}

/** A leg under the fingerprint of its delivery. Amounts and rate are the line's own where they are left out. */
export interface ProvenLeg extends Omit<LegProof, "legId"> {
  readonly fingerprint: string;
  readonly taxPercent?: string;
  readonly amounts?: Totals;
}
