/** One side of a booking. Positive debits, negative credits, in minor units; the postings of a transaction sum to zero per currency. */
export interface Posting {
  /** `party/purpose` or `party/purpose/counterparty`: `harbour/receivable/nordic-apps`. */
  readonly account: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly deliveryId?: string;
  readonly chargeId?: string;
}

/** A booking: append-only, never changed; what was wrong is mirrored by another one. */
export interface LedgerTransaction {
  readonly id: string;
  readonly kind: "rating" | "correction" | "reversal" | "dispute" | "commitment" | "settlement" | "payment";
  /** Virtual time of the booking. */
  readonly bookedAt: string;
  /** Accounting period, `2025-03`. */
  readonly period: string;
  readonly postings: readonly Posting[];
}
