import { numbersFrom } from "../values/ids.ts";

/** Seeded numbers. Everything is sums, products and square roots, which every host rounds alike: the same seed gives the same bytes. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** Around 0 with a deviation of 1. */
  normal(): number;
}

export function chanceFrom(seed: string): Chance {
  const numbers = numbersFrom(seed);
  const next = (): number => numbers() / 2 ** 32;
  let spare: number | undefined;
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    /** Marsaglia's polar method; it makes two at a time. */
    normal() {
      if (spare !== undefined) {
        const kept = spare;
        spare = undefined;
        return kept;
      }
      for (;;) {
        const u = 2 * next() - 1;
        const v = 2 * next() - 1;
        const square = u * u + v * v;
        if (square >= 1 || square === 0) continue;
        const factor = Math.sqrt((-2 * ln(square)) / square);
        spare = v * factor;
        return u * factor;
      }
    },
  };
}

/** The natural logarithm of a number above zero. `Math.log` may differ in its last bit from host to host. */
export function ln(value: number): number {
  let mantissa = value;
  let exponent = 0;
  for (; mantissa >= 1.5; exponent++) mantissa /= 2;
  for (; mantissa < 0.75; exponent--) mantissa *= 2;
  const t = (mantissa - 1) / (mantissa + 1);
  let sum = 0;
  for (let power = t, n = 1; n <= 25; power *= t * t, n += 2) sum += power / n;
  return 2 * sum + exponent * Math.LN2;
}

/** e to a power. `Math.exp` may differ in its last bit from host to host. */
export function exp(power: number): number {
  const doublings = Math.round(power / Math.LN2);
  const rest = power - doublings * Math.LN2;
  let sum = 1;
  for (let term = rest, n = 2; n <= 18; term *= rest / n, n++) sum += term;
  for (let left = doublings; left > 0; left--) sum *= 2;
  for (let left = doublings; left < 0; left++) sum /= 2;
  return sum;
}

/** Names by weight, drawn in their order. @returns undefined where no name weighs anything */
export function compileWeights<Name extends string>(
  weights: Readonly<Partial<Record<Name, number>>>,
): ((chance: Chance) => Name) | undefined {
  const entries = (Object.entries(weights) as [Name, number][]).filter(([, weight]) => weight > 0);
  const last = entries.at(-1);
  if (last === undefined) return undefined;
  const [name] = last;
  if (entries.length === 1) return () => name;
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return (chance) => {
    let left = chance.next() * total;
    for (const [each, weight] of entries) {
      left -= weight;
      if (left < 0) return each;
    }
    return name;
  };
}
