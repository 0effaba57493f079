import type { Bound } from "./bounds.ts";
import type { Exact } from "./exact.ts";
import type { CounterAdvance } from "./outcome.ts";
import type { Subject } from "./subject.ts";
import type { TraceNode } from "./trace.ts";

/** What a price sees while it prices one delivery. */
export interface PricingContext {
  readonly subject: Subject;
  readonly traced: boolean;
  prior(key: string): Exact | undefined;
  readonly counters: CounterAdvance[];
  /** Breaches that give no credit, by service level, each with what excuses it. */
  readonly excused?: Readonly<Record<string, string>>;
  /** A list price, that of a bundle's part: it weighs the part and isn't charged, so that no statement sums it. */
  readonly listed?: true;
}

export interface PriceResult {
  readonly amount: Exact;
  readonly bound: Bound | undefined;
  readonly node: TraceNode;
  /** Its conditions don't hold: it isn't there at all, and no minimum brings it back. */
  readonly skipped?: true;
}

export interface CompiledPrice {
  readonly model: string;
  readonly cumulative: boolean;
  readonly needsEnd: boolean;
  evaluate(context: PricingContext): PriceResult;
  /** Prices a given quantity instead of the measured one, unbound: a piece of a delivery that was cut. */
  evaluatePiece(quantity: Exact, context: PricingContext): PriceResult;
  /** The measured quantity, converted and rounded: what a cut divides. */
  quantityOf(context: PricingContext): MeasuredQuantity;
}

export interface MeasuredQuantity {
  readonly quantity: Exact;
  readonly transactions: readonly Exact[] | undefined;
  readonly node: TraceNode;
}
