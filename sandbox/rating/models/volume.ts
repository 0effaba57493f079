import { add, compare, type Exact, formatExact, multiply, subtract, ZERO } from "../exact.ts";
import { NO_STEPS, PriceError, type PriceModel } from "./model.ts";
import { type CompiledTier, compileTiers, type Tier } from "./tiers.ts";

export interface VolumePrice {
  readonly model: "volume";
  readonly tiers: readonly Tier[];
}

/** The one tier that holds the whole quantity prices all of it; cumulative: the new total's price less the former one's. */
export function compileVolume(spec: VolumePrice): PriceModel {
  const tiers = compileTiers(spec.tiers);
  return {
    price({ quantity, prior }, traced) {
      const total = prior === undefined ? quantity : add(prior, quantity);
      const tier = tierOf(tiers, total);
      const whole = amountIn(tier, total);
      const former = prior === undefined ? ZERO : amountIn(tierOf(tiers, prior), prior);
      const amount = prior === undefined ? whole : subtract(whole, former);
      if (!traced) return { amount, steps: NO_STEPS };
      const step = {
        upTo: tier.upTo === undefined ? null : formatExact(tier.upTo),
        quantity: formatExact(total),
        unitAmount: formatExact(tier.unit),
        ...(tier.flat.n === 0n ? {} : { flatAmount: formatExact(tier.flat) }),
        ...(prior === undefined ? {} : { whole: formatExact(whole), former: formatExact(former) }),
        amount: formatExact(amount),
      };
      return { amount, steps: [step] };
    },
  };
}

function tierOf(tiers: readonly CompiledTier[], total: Exact): CompiledTier {
  const tier = tiers.find(({ upTo }) => upTo === undefined || compare(total, upTo) <= 0);
  if (tier === undefined) throw new PriceError("no tier holds this quantity: the last tier ends below it");
  return tier;
}

function amountIn(tier: CompiledTier, total: Exact): Exact {
  return add(multiply(total, tier.unit), tier.flat);
}
