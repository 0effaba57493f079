import type { CommitmentContent } from "./documents.ts";
import { parseExact } from "./exact.ts";
import { type RoundingMode, toMinor } from "./rounding.ts";

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
