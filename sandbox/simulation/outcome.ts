import type { PartyId } from "../rating/index.ts";
import type { Figures } from "./party-books.ts";
import type { Spread } from "./spread.ts";

/** Each figure of {@link Figures} over the runs: `net` is how `netMinor` varies. */
export type Spreads = {
  readonly [Name in keyof Figures as Name extends `${infer Short}Minor` ? Short : never]: Spread;
};

export interface MonthOutcome extends Spreads {
  /** `2025-03` */
  readonly month: string;
  /** By when the party is paid, or has paid; absent where none of its agreements says. */
  readonly dueOn?: string;
}

/** What a party gets (positive) or pays in one currency. */
export interface PartyOutcome {
  readonly party: PartyId;
  readonly currency: string;
  readonly total: Spreads;
  readonly months: readonly MonthOutcome[];
}

/** Counts over all months of a run, on average. */
export interface ProductOutcome {
  readonly product: string;
  readonly deliveries: number;
  /** Those with a service credit. */
  readonly credited: number;
  readonly currency: string;
  readonly netMeanMinor: number;
  readonly serviceCreditMeanMinor: number;
}

/** Deliveries that the terms can't rate, over all runs. */
export interface UnratedOutcome {
  readonly product: string;
  readonly code: string;
  readonly count: number;
  /** Of the first of them. */
  readonly detail: string;
  readonly fix: string;
}

export interface SimulationOutcome {
  /** By currency, then party. */
  readonly parties: readonly PartyOutcome[];
  readonly products: readonly ProductOutcome[];
  readonly unrated: readonly UnratedOutcome[];
}

export type Verdict = "gains" | "loses" | "either" | "same";

/** What other terms change for a party over all months, on the same traffic. */
export interface Difference {
  readonly party: PartyId;
  readonly currency: string;
  readonly fromMeanMinor: number;
  readonly toMeanMinor: number;
  /** To less from, run by run. */
  readonly difference: Spread;
  /** In 95 of a hundred runs, or `either`. */
  readonly verdict: Verdict;
}
