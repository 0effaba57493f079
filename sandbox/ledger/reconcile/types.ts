import type { IssuedLine, Totals } from "../issued.ts";

/** A row of a partner's own figures. Amounts in minor units; what it doesn't keep is left out. */
export interface OwnFigure {
  /** Where it stands in the partner's file, for its report. */
  readonly row: number;
  readonly deliveryId: string;
  readonly counterparty?: string;
  readonly product?: string;
  readonly amounts: Partial<Totals>;
}

/**
 * Why figures differ. `correction-after`: they are those before a correction. `service-credit`, `recourse`, `tax`: they leave
 * that out, hold it in another amount, or have it otherwise. `price`: another tier, quantity or price, since nothing that is
 * known explains them. `duplicate`: they hold the delivery more than once.
 */
export type Cause =
  | "rounding"
  | "tax"
  | "service-credit"
  | "recourse"
  | "correction-after"
  | "price"
  | "duplicate"
  | "sign"
  | "minor-units"
  | "counterparty";

/** One delivery, or one counterparty of it, on both sides. */
export interface Reconciled {
  readonly status: "matched" | "differs" | "missing-here" | "missing-there";
  readonly deliveryId: string;
  readonly counterparty?: string;
  readonly product?: string;
  /** Rows of the partner's file. */
  readonly rows: readonly number[];
  readonly theirs?: Partial<Totals>;
  /** Positive whichever way it goes; `side` says which. */
  readonly ours?: Totals;
  /** Whether the partner is owed it, owes it, or (where both) what comes out of it. */
  readonly side?: Side;
  /** The amount that both are compared by, and theirs less ours. */
  readonly field?: keyof Totals;
  readonly differenceMinor?: number;
  readonly causes: readonly Cause[];
  /** A delivery that the other side lacks and that has the same amounts: perhaps it is this one under another id. */
  readonly perhaps?: string;
}

export type Side = "receivable" | "payable" | "net";

/** Lines of one delivery that a figure may mean. */
export interface Candidate {
  readonly side: Side;
  readonly lines: readonly IssuedLine[];
  readonly totals: Totals;
}
