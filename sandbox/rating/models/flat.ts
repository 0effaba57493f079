import { compare, type Exact, formatExact, parseExact } from "../exact.ts";
import { NO_STEPS, PriceError, type PriceModel } from "./model.ts";

export interface OneOffPrice {
  readonly model: "one-off";
  readonly amount: string | number;
}

/** One amount, whatever was used. */
export function compileOneOff(spec: OneOffPrice): PriceModel {
  const amount = parseExact(spec.amount);
  const steps = [{ amount: formatExact(amount) }];
  return { price: (_, traced) => ({ amount, steps: traced ? steps : NO_STEPS }) };
}

export interface DynamicPrice {
  readonly model: "dynamic";
  /** The delivery's own amount must lie between these. */
  readonly lowestAmount?: string | number;
  readonly highestAmount?: string | number;
}

/** The amount comes with the delivery, as its measure; outside its bounds it is refused, not bent. */
export function compileDynamic(spec: DynamicPrice): PriceModel {
  const lowest = bound(spec.lowestAmount);
  const highest = bound(spec.highestAmount);
  return {
    price({ quantity: amount }, traced) {
      if (lowest !== undefined && compare(amount, lowest) < 0) {
        throw new PriceError(
          `the amount ${formatExact(amount)} is below the lowest allowed, ${formatExact(lowest)}`,
        );
      }
      if (highest !== undefined && compare(amount, highest) > 0) {
        throw new PriceError(
          `the amount ${formatExact(amount)} is above the highest allowed, ${formatExact(highest)}`,
        );
      }
      return { amount, steps: traced ? [{ amount: formatExact(amount) }] : NO_STEPS };
    },
  };
}

function bound(value: string | number | undefined): Exact | undefined {
  return value === undefined ? undefined : parseExact(value);
}
