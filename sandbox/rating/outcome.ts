import type { Citation } from "./documents.ts";
import type { PeriodTerms } from "./period-terms-types.ts";
import type { Trace } from "./trace.ts";
import type { Charge, DecimalText, Delivery, Leg, PartyId } from "./types.ts";

/** A document as rating takes it: a `SpecDocument` of the catalogue fits. */
export interface RatingDocument {
  readonly path: string;
  /** `sha256:` and hex; traces and charges cite the document by it. */
  readonly digest: string;
  readonly content: { readonly [key: string]: unknown };
}

export interface RatingDocuments {
  readonly rateCards: readonly RatingDocument[];
  readonly agreements: readonly RatingDocument[];
}

/** Something about a document that is wrong (`error`) or that its author should look at (`warning`). */
export interface RatingFinding {
  readonly severity: "error" | "warning";
  /** Stable code, `ECO_SPLIT_UNREACHABLE`. */
  readonly code: string;
  readonly document: string;
  /** JSON pointer into the document: `/entries/0/price/tiers/1`. */
  readonly pointer: string;
  readonly message: string;
  readonly fix: string;
}

export type CompileOutcome =
  | { readonly kind: "compiled"; readonly rating: Rating; readonly findings: readonly RatingFinding[] }
  | { readonly kind: "refused"; readonly findings: readonly RatingFinding[] };

/** What rating may ask about the world. All parts are optional: without them a delivery is rated on its own. */
export interface RatingContext {
  /**
   * What earlier deliveries of the same period put into a counter: earlier by time, then by id, so that tiers fill the same way
   * on every replay. Undefined where there was none. The keys asked for are those of `Rating.counters`.
   */
  prior?(key: string): DecimalText | undefined;
  /** Whether a party has accepted an agreement that is open to its role (to `role`, where that is given). Without it, open agreements bind everybody. */
  accepted?(agreementId: string, party: PartyId, role?: string): boolean;
  /** Leave the trace out (bulk totals, what-if): `rated.trace` is then empty. */
  readonly untraced?: boolean;
  /**
   * Breaches that are excused, by service level, each with what excuses it: the breach stays one and is told, but gives no
   * credit and takes no recourse.
   */
  readonly excused?: Readonly<Record<string, string>> | undefined;
  /** Secret from which the salts of the fingerprint are derived; without it there is no fingerprint. */
  readonly secret?: string;
}

/** What a delivery adds to a counter of a period. Keep it; later deliveries ask for the sum through `RatingContext.prior`. */
export interface CounterAdvance {
  readonly key: string;
  readonly quantity: DecimalText;
}

/** How a delivery did against one service level. */
export interface ServiceLevelResult {
  readonly id: string;
  readonly product: string;
  readonly measure: string;
  readonly value: DecimalText;
  readonly breached: boolean;
  /** What was promised, of a breach: the bound that the value is beyond. */
  readonly target?: DecimalText;
  readonly creditMinor: bigint;
  /** What excuses the breach, where something does. */
  readonly excused?: string;
}

export interface Rated {
  readonly kind: "rated";
  readonly deliveryId: string;
  readonly product: string;
  readonly currency: string;
  /** Decimals of the currency's minor unit. */
  readonly scale: number;
  /** Sums over the delivery's own charges; the purchases behind them are not counted in. */
  readonly netMinor: bigint;
  readonly serviceCreditMinor: bigint;
  readonly taxMinor: bigint;
  readonly payableMinor: bigint;
  /** The delivery's own charges first (several for a bundle), then the purchases of the chain. */
  readonly charges: readonly Charge[];
  readonly legs: readonly Leg[];
  readonly counters: readonly CounterAdvance[];
  readonly serviceLevels: readonly ServiceLevelResult[];
  /** Names of the time windows that priced it: `peak`. Empty where only the standard price applied. */
  readonly windows: readonly string[];
  /** Which bound of the price decided the amount, if any. */
  readonly bound?: "minimum" | "maximum";
  readonly agreement: Citation;
  readonly rateCard: Citation;
  /** RFC 3339 with the offset that the rate card's zone had: store these, so that new zone data changes no replay. */
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly trace: Trace;
  /** `sha256:` and hex: Merkle root over the salted legs. */
  readonly fingerprint?: string;
}

export interface Unrated {
  readonly kind: "unrated";
  /** A registered error code without its `ECO_`: `PRODUCT_UNKNOWN`, `AGREEMENT_NOT_IN_FORCE`, `USAGE_INVALID`, `PARTY_UNKNOWN`, `PROVIDER_NOT_ADMITTED`, `CURRENCY_MISMATCH`. */
  readonly code: UnratedCode;
  readonly detail: string;
  /** What to do about it. */
  readonly fix: string;
  /** JSON pointer into the delivery: `/usage/distanceMiles`. */
  readonly pointer?: string;
}

export type UnratedCode =
  | "PRODUCT_UNKNOWN"
  | "AGREEMENT_NOT_IN_FORCE"
  | "USAGE_INVALID"
  | "PARTY_UNKNOWN"
  | "PROVIDER_NOT_ADMITTED"
  | "CURRENCY_MISMATCH";

export type RatingOutcome = Rated | Unrated;

/** A measure that a product's price, filters or service levels look at. */
export interface MeasureInfo {
  readonly name: string;
  readonly unit?: string;
  readonly description?: string;
  /** Without it the delivery can't be rated. */
  readonly required: boolean;
  readonly type: "number" | "boolean" | "text" | "amounts";
}

/** What can be said of a product before any delivery: for forms, mappings and calculators. */
export interface ProductInfo {
  readonly product: string;
  readonly title: string;
  readonly model: string;
  readonly currency: string;
  readonly scale: number;
  readonly timeZone: string;
  readonly measures: readonly MeasureInfo[];
  /** Whether the price looks at the end of the delivery. */
  readonly needsEnd: boolean;
  /** Roles that the delivery may name under `parties`, with the party that stands in where it doesn't. */
  readonly parties: Readonly<Record<string, PartyId | null>>;
  readonly provider?: PartyId;
  readonly rateCard: Citation;
  /** Whether tiers or allowances fill over a period, so that order matters. */
  readonly cumulative: boolean;
}

/** Rate cards and agreements, compiled once. Pure: same documents, delivery and prior counters → same bytes, on every host. */
export interface Rating {
  /** Every product that can be rated. */
  readonly products: readonly string[];
  /** What binds a period instead of each charge, of every version of an agreement that has such terms; later versions first. */
  readonly periodTerms: readonly PeriodTerms[];
  /** Of the version in force at `at` (a date), or the newest. */
  describe(product: string, at?: string): ProductInfo | undefined;
  /** The counters that `rate` will ask for; empty for most products. */
  counters(delivery: Delivery, context?: RatingContext): readonly string[];
  /** Sorts deliveries by time, then id: compare as strings. Undefined where the times can't be read. */
  order(delivery: Delivery): string | undefined;
  /** Why the provider that an order names may not render it; undefined where it may. What isn't measured yet doesn't matter. */
  refuseProvider(order: Delivery, context?: RatingContext): Unrated | undefined;
  rate(delivery: Delivery, context?: RatingContext): RatingOutcome;
}
