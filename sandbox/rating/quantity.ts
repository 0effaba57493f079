import {
  divide,
  type Exact,
  larger,
  multiply,
  NumberFormatError,
  parseExact,
  subtract,
  ZERO,
} from "./exact.ts";
import { ROUNDING_MODES, type RoundingMode, roundExact, roundToIncrement } from "./rounding.ts";

export interface Conversion {
  readonly operation: "multiply" | "divide";
  readonly factor: string | number;
  /** To a whole number; `none` keeps it exact. */
  readonly rounding?: RoundingMode | "none";
  /** Decimals to which it is rounded; 0 where left out. */
  readonly decimals?: number;
}

/** What happens to a measured quantity before it is priced, in this order. */
export interface QuantityRules {
  readonly conversion?: Conversion;
  /** Billed in whole increments: `"0.5"` rounds half hours up. */
  readonly increment?: string | number;
  readonly incrementRounding?: RoundingMode;
  /** Units taken off, after conversion and rounding. */
  readonly usageDiscount?: string | number;
}

export interface QuantitySteps {
  readonly quantity: Exact;
  /** After each rule that applied: `["converted", …]`. */
  readonly steps: readonly (readonly [name: string, value: Exact])[];
}

const NONE: QuantitySteps["steps"] = [];

export type QuantityPlan = (measured: Exact) => QuantitySteps;

/** Convert → round → usage discount. Never below zero by a discount. */
export function compileQuantity(rules: QuantityRules): QuantityPlan {
  const { conversion, increment, incrementRounding, usageDiscount } = rules;
  if (conversion === undefined && increment === undefined && usageDiscount === undefined) {
    return (quantity) => ({ quantity, steps: NONE });
  }
  const convert = conversion === undefined ? undefined : compileConversion(conversion);
  const step = increment === undefined ? undefined : parseExact(increment);
  if (step !== undefined && step.n <= 0n) throw new NumberFormatError("increment must be above zero");
  const discount = usageDiscount === undefined ? undefined : parseExact(usageDiscount);
  return (measured) => {
    const steps: [string, Exact][] = [];
    let quantity = measured;
    const keep = (name: string, value: Exact): void => {
      quantity = value;
      steps.push([name, value]);
    };
    if (convert !== undefined) keep("converted", convert(quantity));
    if (step !== undefined) keep("rounded", roundToIncrement(quantity, step, incrementRounding ?? "ceiling"));
    if (discount !== undefined) {
      const least = quantity.n < 0n ? quantity : ZERO;
      keep("discounted", larger(subtract(quantity, discount), least));
    }
    return { quantity, steps };
  };
}

const OPERATIONS: ReadonlyMap<string, typeof multiply> = new Map([
  ["multiply", multiply],
  ["divide", divide],
]);

export function compileConversion(conversion: Conversion): (quantity: Exact) => Exact {
  const factor = parseExact(conversion.factor);
  const apply = OPERATIONS.get(conversion.operation);
  if (apply === undefined)
    throw new NumberFormatError(`a conversion multiplies or divides; it can't "${conversion.operation}"`);
  if (conversion.operation === "divide" && factor.n === 0n)
    throw new NumberFormatError("a conversion can't divide by zero");
  const { rounding, decimals } = conversion;
  if (rounding === undefined || rounding === "none") return (quantity) => apply(quantity, factor);
  if (!ROUNDING_MODES.includes(rounding)) throw new NumberFormatError(`"${rounding}" is no rounding mode`);
  return (quantity) => roundExact(apply(quantity, factor), decimals ?? 0, rounding);
}
