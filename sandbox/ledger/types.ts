import type { Leg } from "../rating/types.ts";

/** One side of a booking. Positive debits, negative credits, in minor units; the postings of a transaction sum to zero per currency. */
export interface Posting {
  /** `party/purpose` or `party/purpose/counterparty`: `harbour/receivable/nordic-apps`. */
  readonly account: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly deliveryId?: string;
  readonly chargeId?: string;
}

/** What every booking says of itself. */
export interface TransactionHead {
  readonly id: string;
  readonly kind: "rating" | "correction" | "reversal" | "dispute" | "commitment" | "settlement" | "payment";
  /** Virtual time of the booking. */
  readonly bookedAt: string;
  /** Accounting period, `2025-03`. */
  readonly period: string;
}

/** Books legs of one delivery. Its postings follow from them (`postingsOf`) and are kept nowhere else. */
export interface LegTransaction extends TransactionHead {
  /** The delivery, or the commitment of a period where that is the `kind`. */
  readonly deliveryId: string;
  /** The agreement that governs the delivery; absent for a commitment. */
  readonly agreementId?: string;
  /** The day of the delivery, by the clocks of its rate card: `2025-03-11`. */
  readonly day?: string;
  readonly legs: readonly Leg[];
}

/** Books postings that follow from no legs, as the close of a period does. */
export interface PostingTransaction extends TransactionHead {
  readonly postings: readonly Posting[];
}

/** A booking: append-only, never changed; what was wrong is mirrored by another one. */
export type LedgerTransaction = LegTransaction | PostingTransaction;
