import { compare, type Exact, parseExact, percentOf, ZERO } from "../exact.ts";
import { PriceError } from "./model.ts";

/** A tier holds quantities above the previous `upTo`, up to and including its own; none or `null` is unbounded. */
export interface Tier {
  readonly upTo?: string | number | null;
  readonly unitAmount?: string | number;
  readonly flatAmount?: string | number;
  /** Percent, in `graduated-percentage`. */
  readonly rate?: string | number;
}

export interface CompiledTier {
  readonly upTo: Exact | undefined;
  readonly unit: Exact;
  readonly flat: Exact;
  readonly rate: string | undefined;
}

/** @throws PriceError where the tiers don't rise or something follows the unbounded one */
export function compileTiers(tiers: readonly Tier[]): readonly CompiledTier[] {
  if (tiers.length === 0) throw new PriceError("a tiered price needs at least one tier");
  let previous: Exact = ZERO;
  return tiers.map((tier, i) => {
    const open = tier.upTo === undefined || tier.upTo === null;
    const upTo = open ? undefined : parseExact(tier.upTo ?? "0");
    if (open && i < tiers.length - 1)
      throw new PriceError(`tier ${i + 1} has no upper end, yet another one follows it`);
    if (upTo !== undefined && upTo.n < 0n) throw new PriceError(`tier ${i + 1} ends below zero`);
    if (upTo !== undefined && i > 0 && compare(upTo, previous) <= 0) {
      throw new PriceError(`tier ${i + 1} ends at or below the one before it`);
    }
    if (upTo !== undefined) previous = upTo;
    const unit = tier.rate === undefined ? parseExact(tier.unitAmount ?? "0") : percentOf(tier.rate);
    return {
      upTo,
      unit,
      flat: parseExact(tier.flatAmount ?? "0"),
      rate: tier.rate === undefined ? undefined : String(tier.rate),
    };
  });
}
