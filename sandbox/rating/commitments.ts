import type { CommitmentContent } from "./documents.ts";
import { parseExact } from "./exact.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { legNode } from "./legs.ts";
import type { CommitmentTerm, PeriodTerms } from "./period-terms-types.ts";
import { type RoundingMode, toMinor } from "./rounding.ts";
import { taxOn } from "./tax.ts";
import { formatDay } from "./timing/moment.ts";
import { minorValue, type NodeInMaking, type Trace } from "./trace.ts";
import type { Leg, PartyId } from "./types.ts";

/** What a period's charges have to be topped up by (positive), or what is given back (negative), at its end. */
export interface CommitmentAdjustment {
  readonly commitmentId: string;
  /** Net charges of the period that count towards it. */
  readonly netMinor: bigint;
  readonly adjustmentMinor: bigint;
  readonly bound: "minimum" | "maximum" | undefined;
}

/**
 * Commitments bind the period, not each charge: their maximum and minimum are held against the sum, at its end.
 * @param netMinorByProduct the period's net charges, by product
 */
export function settleCommitments(
  commitments: readonly CommitmentContent[],
  netMinorByProduct: Readonly<Record<string, bigint>>,
  setting: { readonly scale: number; readonly mode: RoundingMode },
): readonly CommitmentAdjustment[] {
  const minor = (amount: string | number): bigint => toMinor(parseExact(amount), setting.scale, setting.mode);
  return commitments.map(({ id, products, maximumAmount, minimumAmount }) => {
    const netMinor = Object.entries(netMinorByProduct)
      .filter(([product]) => products === undefined || products.includes(product))
      .reduce((sum, [, each]) => sum + each, 0n);
    const most = maximumAmount === undefined ? undefined : minor(maximumAmount);
    const least = minimumAmount === undefined ? undefined : minor(minimumAmount);
    const capped = most !== undefined && netMinor > most ? most : netMinor;
    // Maximum first, then minimum, as for a price.
    const due = least !== undefined && capped < least ? least : capped;
    const bound = due === netMinor ? undefined : due === least ? "minimum" : "maximum";
    return { commitmentId: id, netMinor, adjustmentMinor: due - netMinor, bound };
  });
}

/** A commitment of one payer over one period, as it is to be charged. */
export interface CommitmentPeriod {
  /** Of the payer's commitment in this period: its leg carries it where others carry their delivery. */
  readonly id: string;
  readonly payer: PartyId;
  /** `2025-Q1`. */
  readonly name: string;
  /** Days since 1970-01-01, both included. */
  readonly first: number;
  readonly last: number;
  readonly netMinorByProduct: Readonly<Record<string, bigint>>;
  /** From which the salt of the fingerprint is derived. */
  readonly secret: string;
}

export type CommitmentOutcome =
  | {
      readonly kind: "charged";
      readonly adjustment: CommitmentAdjustment;
      /** None where the charges lie within the bounds. */
      readonly legs: readonly Leg[];
      readonly trace: Trace;
      readonly fingerprint: string;
    }
  /** The tax table has no rate for the last day. */
  | { readonly kind: "untaxable"; readonly taxCode: string };

/**
 * What a commitment comes to at the end of its period: a charge up to the minimum, or a credit down to the maximum, with the tax
 * of the last day. It is the payee's alone, outside of every split.
 */
export function chargeCommitment(
  terms: PeriodTerms,
  term: CommitmentTerm,
  period: CommitmentPeriod,
): CommitmentOutcome {
  const { content, payee, cited } = term;
  const { id, payer, name, first, last, netMinorByProduct, secret } = period;
  const [adjustment] = settleCommitments([content], netMinorByProduct, terms);
  const tax = term.taxOn(last);
  if (tax === undefined || adjustment === undefined)
    return { kind: "untaxable", taxCode: content.taxCode ?? "standard" };
  const { netMinor, adjustmentMinor, bound } = adjustment;
  const taxMinor = taxOn(adjustmentMinor, tax.rate, terms.mode);
  const leg: Leg = {
    id: "commitment",
    kind: "commitment",
    deliveryId: id,
    product: content.id,
    payer,
    payee,
    currency: terms.currency,
    netMinor: adjustmentMinor,
    creditMinor: 0n,
    taxCode: tax.rate.code,
    taxPercent: tax.rate.percentText,
    taxMinor,
    payableMinor: adjustmentMinor + taxMinor,
    taxRecovered: false,
    ...(tax.authority === undefined ? {} : { taxAuthority: tax.authority }),
  };
  const legs = adjustmentMinor === 0n ? [] : [leg];
  const counted = Object.entries(netMinorByProduct)
    .filter(([product]) => content.products === undefined || content.products.includes(product))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const trace: NodeInMaking = {
    trace: "commitment-trace/1",
    commitment: { id, agreement: { ...cited } },
    payer,
    payee,
    currency: terms.currency,
    scale: terms.scale,
    period: { kind: content.period, name, start: formatDay(first), end: formatDay(last) },
    netMinorByProduct: Object.fromEntries(counted.map(([product, minor]) => [product, minorValue(minor)])),
    netMinor: minorValue(netMinor),
    ...(bound === undefined ? {} : { bound }),
    adjustmentMinor: minorValue(adjustmentMinor),
    rounding: terms.mode,
    tax: {
      code: tax.rate.code,
      percent: tax.rate.percentText,
      taxMinor: minorValue(taxMinor),
      ...(tax.rateCard === undefined ? {} : { rateCard: { ...tax.rateCard } }),
    },
    legs: legs.map(legNode),
  };
  return { kind: "charged", adjustment, legs, trace, fingerprint: fingerprintOf(legs, secret) };
}
