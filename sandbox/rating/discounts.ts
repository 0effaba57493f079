import { compileConditions, selectParty } from "./conditions.ts";
import type { DiscountContent, PartySelector } from "./documents.ts";
import { type Exact, multiply, negate, ONE, percentOf, subtract } from "./exact.ts";
import { byWeight } from "./split.ts";
import type { Subject } from "./subject.ts";
import type { PartyId } from "./types.ts";
import { compileValidity } from "./validity.ts";

export interface Funding {
  readonly party: PartyId;
  readonly amountMinor: bigint;
}

export interface CompiledDiscount {
  readonly id: string;
  readonly percent: Exact;
  readonly percentText: string;
  readonly fundedBy: PartySelector | undefined;
  applies(subject: Subject): boolean;
}

export const UNDISCOUNTED: readonly Funding[] = [];

export function compileDiscount(content: DiscountContent): CompiledDiscount {
  const inForce = compileValidity(content.validFor);
  const when = compileConditions(content.when);
  return {
    id: content.id,
    percent: percentOf(content.percent),
    percentText: String(content.percent),
    fundedBy: content.fundedBy,
    applies: (subject) => inForce(subject.day) && (when === undefined || when(subject)),
  };
}

export function discounted(amount: Exact, discounts: readonly CompiledDiscount[]): Exact {
  return discounts.reduce((rest, { percent }) => multiply(rest, subtract(ONE, percent)), amount);
}

/** Who bears how much of what the discounts took off; the part of one that names nobody is borne by all, through the split. */
export function fundings(
  offMinor: bigint,
  discounts: readonly CompiledDiscount[],
  amount: Exact,
  subject: Subject,
): readonly Funding[] {
  if (offMinor === 0n) return UNDISCOUNTED;
  let rest = amount;
  const weights = discounts.map(({ percent }) => {
    const off = multiply(rest, percent);
    rest = subtract(rest, off);
    // A charge that gives something back is discounted too: what counts is how the discounts compare.
    return off.n < 0n ? negate(off) : off;
  });
  if (weights.every(({ n }) => n === 0n)) return UNDISCOUNTED;
  return byWeight(offMinor, weights).flatMap((amountMinor, i) => {
    const funder = discounts[i]?.fundedBy;
    const party = funder === undefined ? undefined : selectParty(funder, subject);
    return party === undefined || amountMinor === 0n ? [] : [{ party, amountMinor }];
  });
}
