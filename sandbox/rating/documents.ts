import type { ModelPrice } from "./models/index.ts";
import type { QuantityRules } from "./quantity.ts";
import type { RoundingMode } from "./rounding.ts";
import type { Period, ProrationBasis } from "./timing/period.ts";
import type { WindowSpec } from "./timing/windows.ts";
import type { PartyId } from "./types.ts";

/** The contents of a rate card and of an agreement as `specs/schemas` describe them: what rating reads of them. */

export type Decimal = string | number;

/** A document as a trace cites it. */
export interface Citation {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
}

/** Both ends are days that belong to it; without an end it goes on. */
export interface ValidFor {
  readonly start?: string;
  readonly end?: string;
}

/** A party by its id, or whoever has a role in the delivery. */
export interface PartySelector {
  readonly party?: PartyId;
  readonly role?: string;
}

export interface RateCardContent {
  readonly id: string;
  readonly version: string;
  readonly title?: string;
  readonly description?: string;
  /** Another rate card from which it takes what it leaves out: currency, scale, rounding, time zone, tax, calendars. */
  readonly extends?: string;
  readonly currency?: string;
  readonly scale?: number;
  readonly rounding?: RoundingSpec;
  readonly timeZone?: string;
  readonly validFor?: ValidFor;
  readonly tax?: TaxSpec;
  /** Dates by the calendar's name. */
  readonly calendars?: Readonly<Record<string, readonly string[]>>;
  readonly entries: readonly EntryContent[];
}

export interface RoundingSpec {
  readonly mode: RoundingMode;
  /** `statement`: lines of a month sum to the rounded sum, instead of each being rounded by itself. */
  readonly level?: "line" | "statement";
}

export interface TaxSpec {
  readonly authority?: PartyId;
  /** Whether prices hold the tax already. */
  readonly prices?: "exclusive" | "inclusive";
  readonly level?: "line" | "statement";
  readonly codes: Readonly<Record<string, TaxCodeSpec>>;
}

export interface TaxCodeSpec {
  readonly title?: string;
  readonly rates: readonly { readonly from?: string; readonly to?: string; readonly percent: Decimal }[];
}

export interface MeasureSpec {
  readonly description?: string;
  readonly unit?: string;
  readonly type?: "number" | "boolean" | "text" | "amounts";
  readonly required?: boolean;
  readonly minimum?: Decimal;
  readonly maximum?: Decimal;
}

/** Conditions on a measure of the delivery or on who has a role in it. All that are given must hold. */
export interface Condition extends PartySelector {
  readonly measure?: string;
  readonly present?: boolean;
  readonly equals?: string | number | boolean;
  readonly in?: readonly (string | number)[];
  readonly above?: Decimal;
  readonly atLeast?: Decimal;
  readonly atMost?: Decimal;
  readonly below?: Decimal;
}

/** What is measured: a measure by name, or the time from start to end in a unit. */
export type MeasureRef = string | { readonly elapsed: "second" | "minute" | "hour" | "day" };

export interface Cumulative {
  readonly period: Period;
  /** Whose quantities fill it; the customer's where left out. */
  readonly per?: "customer" | "provider" | "beneficiary" | "everybody";
}

interface PriceCommon extends QuantityRules {
  /** One a delivery where left out; the elapsed seconds for a time rate. */
  readonly measure?: MeasureRef;
  readonly when?: readonly Condition[];
  readonly cumulative?: Cumulative;
  readonly maximumAmount?: Decimal;
  readonly minimumAmount?: Decimal;
  readonly description?: string;
}

export interface RecurringPrice {
  readonly model: "recurring";
  readonly amount: Decimal;
  readonly period: "month" | "quarter" | "year";
  readonly charged?: "advance" | "arrears";
  readonly proration?: ProrationBasis | "none";
}

export interface BundlePrice {
  readonly model: "bundle";
  readonly amount: Decimal;
  /** The products that make it up, each exactly once. */
  readonly parts: readonly string[];
}

export type SinglePrice = PriceCommon & (ModelPrice | RecurringPrice | BundlePrice);

/** Several prices summed; its own maximum and minimum bind the sum. */
export interface ComponentPrice {
  readonly components: readonly SinglePrice[];
  readonly maximumAmount?: Decimal;
  readonly minimumAmount?: Decimal;
}

export type PriceContent = SinglePrice | ComponentPrice;

export interface TimingContent {
  /** `start`: the window of the start prices all of it; `elapsed`: it is cut where the window changes and priced piece by piece. */
  readonly basis: "start" | "elapsed";
  readonly windows: readonly (WindowSpec & {
    readonly price: Partial<SinglePrice> & { readonly model: string };
  })[];
}

export interface DiscountContent {
  readonly id: string;
  readonly title?: string;
  readonly percent: Decimal;
  /** Who bears it: the others' shares are those of the undiscounted amount. Without it all bear their part. */
  readonly fundedBy?: PartySelector;
  readonly validFor?: ValidFor;
  readonly when?: readonly Condition[];
}

export interface ShareContent extends PartySelector {
  readonly percent?: Decimal;
  readonly ratio?: Decimal;
  readonly fraction?: string;
  readonly fixedAmount?: Decimal;
  readonly maximumAmount?: Decimal;
  readonly remaining?: boolean;
  readonly taxCode?: string;
  readonly description?: string;
  /** This share's amount goes on to others, split in turn. */
  readonly split?: SplitContent;
}

export interface SplitContent {
  readonly remainder?: "first-listed" | "largest-remainder" | "largest-ratio-first" | PartySelector;
  readonly shares: readonly ShareContent[];
}

export interface EntryContent {
  readonly product: string;
  readonly title?: string;
  readonly description?: string;
  /** `purchase`: what one company of the chain pays another behind the delivery. */
  readonly side?: "sale" | "purchase";
  readonly measures?: Readonly<Record<string, MeasureSpec>>;
  readonly when?: readonly Condition[];
  /** Who has a role where the delivery names nobody: `{provider: blueline}`. */
  readonly parties?: Readonly<Record<string, PartyId>>;
  /** Who may render it beside the stand-in and who is paid: parties by id, or all that an agreement in force binds in a role. */
  readonly providers?: readonly PartySelector[];
  readonly payer?: PartySelector;
  readonly payee?: PartySelector;
  readonly price: PriceContent;
  readonly timing?: TimingContent;
  readonly discounts?: readonly DiscountContent[];
  readonly maximumAmount?: Decimal;
  readonly minimumAmount?: Decimal;
  readonly taxCode?: string;
  readonly split?: SplitContent;
}

export interface AgreementContent {
  readonly id: string;
  readonly version: string;
  readonly title?: string;
  readonly description?: string;
  readonly status: "draft" | "in-force" | "suspended" | "terminated";
  readonly engagedParty: readonly { readonly role: string; readonly id?: PartyId }[];
  readonly validFor?: ValidFor;
  readonly terms: AgreementTerms;
}

export interface AgreementTerms {
  readonly commercial?: {
    readonly rateCards?: readonly { readonly id: string; readonly version?: string }[];
    readonly discounts?: readonly (DiscountContent & { readonly products?: readonly string[] })[];
    readonly commitments?: readonly CommitmentContent[];
    readonly prepaid?: readonly PrepaidContent[];
    readonly payment?: { readonly [key: string]: unknown };
  };
  readonly serviceLevels?: readonly ServiceLevelContent[];
  readonly dataRights?: readonly { readonly [key: string]: unknown }[];
  readonly participation?: { readonly [key: string]: unknown };
}

/** Whom a term of a period binds: `payer` is the role `customer` where left out, `payee` the role `orchestrator`. */
export interface BondContent {
  readonly payer?: PartySelector;
  readonly payee?: PartySelector;
}

/** Bounds of what a period's net charges sum to, at its end. */
export interface CommitmentContent extends BondContent {
  readonly id: string;
  readonly title?: string;
  readonly period: Period;
  readonly products?: readonly string[];
  readonly minimumAmount?: Decimal;
  readonly maximumAmount?: Decimal;
  readonly taxCode?: string;
}

/** Payment made ahead: drawn after tax, in listed order, outside every split. */
export interface PrepaidContent extends BondContent {
  readonly id: string;
  readonly title?: string;
  /** What is on it to begin with, of each payer that the agreement names; nothing where left out. */
  readonly amount?: Decimal;
  /** It pays for what was delivered on these days. */
  readonly validFor?: ValidFor;
}

export interface ServiceLevelContent {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly products: readonly string[];
  readonly measure: string;
  /** Kept when the measure is at most, or at least, this. */
  readonly target: { readonly atMost?: Decimal; readonly atLeast?: Decimal };
  readonly credit?: {
    readonly steps: readonly CreditStepContent[];
    readonly maximumAmount?: Decimal;
  };
  readonly recourse?: readonly RecourseContent[];
}

/** `above`/`upTo` for a target `atMost`; `below`/`downTo` for a target `atLeast`. */
export interface CreditStepContent {
  readonly above?: Decimal;
  readonly upTo?: Decimal;
  readonly below?: Decimal;
  readonly downTo?: Decimal;
  /** Of the net charge. */
  readonly percent?: Decimal;
  readonly amount?: Decimal;
}

/** Who is at fault and takes what part of the credit; in turn it may take recourse on others. */
export interface RecourseContent extends PartySelector {
  readonly percent: Decimal;
  readonly maximumAmount?: Decimal;
  readonly recourse?: readonly RecourseContent[];
}
