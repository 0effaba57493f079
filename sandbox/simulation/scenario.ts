import type { Weekday } from "../rating/timing/windows.ts";
import type { PartyId } from "../rating/types.ts";

/** Traffic that is made up, as data: what is delivered how often, to whom, by whom, and how well. */
export interface Scenario {
  readonly title?: string;
  readonly description?: string;
  /** Its first month, `2025-03`. */
  readonly start: string;
  /** How many months, from 1 on. */
  readonly months: number;
  /** How many times all of it is made up anew, from 1 on. */
  readonly runs: number;
  /** The same seed makes the same traffic. */
  readonly seed: string;
  readonly traffic: readonly Traffic[];
}

/** Deliveries of one product that are alike. */
export interface Traffic {
  readonly product: string;
  /** Deliveries in the first month, from all customers together. A part of one is a delivery in some of the runs. */
  readonly perMonth?: Draw;
  /** Deliveries in the first month, from each of the customers. In place of `perMonth`. */
  readonly perCustomer?: Draw;
  /** By how much each month has more than the one before it: `0.02` for two in a hundred. */
  readonly growth?: number;
  readonly customers: Weights;
  readonly providers?: Weights;
  /** Who has the other roles: `{ broker: { wayfare: 1 } }`. */
  readonly parties?: Readonly<Record<string, Weights>>;
  /** Weekdays by weight, those left out have none; all alike where it is left out. */
  readonly weekdays?: Readonly<Partial<Record<Weekday, number>>>;
  /** Days of the month, in place of weekdays. A day that the month lacks is its last. */
  readonly monthDays?: readonly number[];
  /** Windows in which deliveries start, by the clocks of the rate card; any time of the day where left out. */
  readonly times?: readonly TimeWindow[];
  /** Minutes from start to end; no end where left out. */
  readonly lasts?: Draw;
  readonly usage?: Readonly<Record<string, Draw>>;
  /** Which part of the deliveries misses a service level, from 0 to 1; left out, the measures alone say. */
  readonly late?: number;
  readonly parts?: readonly TrafficPart[];
  /** Deliveries as they once were: each made-up one is like one of them, in usage, parties, weekday and time of day. */
  readonly samples?: readonly Sample[];
}

/** How much more often than another: `{ nordic-apps: 3, studio-oy: 1 }`. Above zero at least one. */
export type Weights = Readonly<Record<string, number>>;

/** Local times `HH:MM`; `to` is no longer in it, `24:00` is the end of the day. */
export interface TimeWindow {
  readonly from: string;
  readonly to: string;
  /** 1 where left out. */
  readonly weight?: number;
}

/** A part of a bundle; it starts and ends with the whole. */
export interface TrafficPart {
  readonly product: string;
  readonly providers?: Weights;
  readonly parties?: Readonly<Record<string, Weights>>;
  readonly usage?: Readonly<Record<string, Draw>>;
}

/** A value as it is, or how it is distributed. */
export type Draw = number | boolean | string | Distribution;

export type Distribution = (
  | { readonly uniform: { readonly min: number; readonly max: number } }
  | { readonly normal: { readonly mean: number; readonly deviation: number } }
  /** `sigma` is the deviation of the logarithm. */
  | { readonly lognormal: { readonly median: number; readonly sigma: number } }
  /** Each of them as often as it stands there. */
  | { readonly values: readonly (number | string | boolean)[] }
  | { readonly choice: Weights }
  /** `true` in this part of the deliveries, from 0 to 1. */
  | { readonly share: number }
  /** As many amounts as `count` says, each drawn for itself. */
  | { readonly list: { readonly count: Draw; readonly of: Draw } }
) & {
  /** Draws beyond are drawn again. */
  readonly min?: number;
  readonly max?: number;
  /** Drawn numbers are multiples of it; 1 where left out. */
  readonly step?: number;
};

/** A delivery that once was, without its day. */
export interface Sample {
  readonly customer: PartyId;
  readonly provider?: PartyId;
  readonly parties?: Readonly<Record<string, PartyId>>;
  readonly usage: Readonly<Record<string, SampleValue>>;
  /** 0 is Monday. */
  readonly weekday: number;
  /** Minutes after midnight. */
  readonly minute: number;
  readonly lastsMinutes?: number;
  readonly parts?: readonly SamplePart[];
}

export type SampleValue = string | number | boolean | readonly (string | number)[];

export interface SamplePart {
  readonly product: string;
  readonly provider?: PartyId;
  readonly parties?: Readonly<Record<string, PartyId>>;
  readonly usage?: Readonly<Record<string, SampleValue>>;
}
