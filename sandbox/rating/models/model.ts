import type { Exact } from "../exact.ts";
import type { TraceNode } from "../trace.ts";

/** What a price model is asked: a quantity (converted, rounded, discounted) or a list of transactions. */
export interface PriceUsage {
  readonly quantity: Exact;
  /** What the period held before this delivery; undefined for the first, and where the price isn't cumulative. */
  readonly prior?: Exact | undefined;
  /** Transactions before this delivery in the period, for allowances that count events. */
  readonly priorEvents?: bigint | undefined;
  readonly transactions?: readonly Exact[] | undefined;
}

export interface Priced {
  /** Exact, in major units. */
  readonly amount: Exact;
  /** One node a tier, package, interval or transaction; empty when not traced. */
  readonly steps: readonly TraceNode[];
}

export interface PriceModel {
  /** Whether the number of earlier transactions of a period decides too, beside their sum. */
  readonly countsEvents?: boolean;
  price(usage: PriceUsage, traced: boolean): Priced;
}

/** A price that can't price this usage (no tier holds it, no amount came with it). The message says why. */
export class PriceError extends Error {
  override readonly name = "PriceError";
}

export const NO_STEPS: readonly TraceNode[] = [];
