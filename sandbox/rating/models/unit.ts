import { type Exact, formatExact, larger, multiply, parseExact, subtract, ZERO } from "../exact.ts";
import { NO_STEPS, type PriceModel } from "./model.ts";

export interface UnitPrice {
  readonly model: "unit";
  readonly unitAmount?: string | number;
  /** Not charged; per delivery, or per period where the price is cumulative. */
  readonly freeUnits?: string | number;
}

/** So much a unit, after a free allowance. */
export function compileUnit(spec: UnitPrice): PriceModel {
  const unitAmount = parseExact(spec.unitAmount ?? "0");
  const freeUnits = parseExact(spec.freeUnits ?? "0");
  const free = freeUnits.n > 0n;
  return {
    price({ quantity, prior }, traced) {
      const charged = free ? chargedUnits(quantity, prior ?? ZERO, freeUnits) : quantity;
      const amount = multiply(charged, unitAmount);
      if (!traced) return { amount, steps: NO_STEPS };
      const step = {
        quantity: formatExact(charged),
        unitAmount: formatExact(unitAmount),
        amount: formatExact(amount),
      };
      return { amount, steps: [free ? { free: formatExact(subtract(quantity, charged)), ...step } : step] };
    },
  };
}

/** What lies above the allowance now, less what already lay above it before. */
export function chargedUnits(quantity: Exact, prior: Exact, allowance: Exact): Exact {
  const above = (total: Exact): Exact => larger(subtract(total, allowance), ZERO);
  if (prior.n === 0n) return above(quantity);
  return subtract(
    above({ n: prior.n * quantity.d + quantity.n * prior.d, d: prior.d * quantity.d }),
    above(prior),
  );
}
