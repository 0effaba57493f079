import type { Rated, Unrated } from "./outcome.ts";
import type { Delivery, PartyId } from "./types.ts";

/** Sums over the deliveries of a session, in plain JSON numbers (minor units). */
export interface RatingTotals {
  readonly deliveries: number;
  readonly rejected: number;
  readonly currency: string;
  readonly netMinor: number;
  readonly serviceCreditMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly sharesMinor: Readonly<Record<PartyId, number>>;
  readonly recourseMinor: Readonly<Record<PartyId, number>>;
  /** Deliveries with a service credit. */
  readonly credited: number;
  readonly atMinimum: number;
  readonly atMaximum: number;
  /** Deliveries per time window that priced them: `{peak: 493}`. */
  readonly windows: Readonly<Record<string, number>>;
}

/**
 * Rates deliveries in any order of arrival as if they had come in the order of time: it keeps the counters of cumulative
 * prices, and where a delivery arrives late, those after it in its period are rated again.
 */
export interface RatingSession {
  add(delivery: Delivery): SessionOutcome;
  totals(): RatingTotals;
}

export type SessionOutcome =
  | Unrated
  | (Rated & {
      /** Deliveries rated before that this one moved to another tier, as they stand now. */
      readonly rerated: readonly Rated[];
    });
