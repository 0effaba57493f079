import { type Exact, powerOfTen } from "./exact.ts";

export const ROUNDING_MODES = [
  "floor",
  "ceiling",
  "half-up",
  "half-down",
  "half-even",
  "half-odd",
  "half-away-from-zero",
  "half-towards-zero",
] as const;

/** Ties: `half-up` towards positive infinity, `half-down` towards negative infinity. */
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/** `n / d` rounded to an integer. `d > 0`. */
export function roundDivision(n: bigint, d: bigint, mode: RoundingMode): bigint {
  let below = n / d;
  let rest = n % d;
  if (rest === 0n) return below;
  if (rest < 0n) {
    below -= 1n;
    rest += d;
  }
  if (mode === "floor") return below;
  if (mode === "ceiling") return below + 1n;
  const twice = rest * 2n;
  if (twice < d) return below;
  if (twice > d) return below + 1n;
  return tieGoesUp(below, mode) ? below + 1n : below;
}

function tieGoesUp(below: bigint, mode: RoundingMode): boolean {
  const even = below % 2n === 0n;
  switch (mode) {
    case "half-even":
      return !even;
    case "half-odd":
      return even;
    case "half-up":
      return true;
    case "half-away-from-zero":
      return below >= 0n;
    case "half-towards-zero":
      return below < 0n;
    default:
      return false;
  }
}

/** An amount in major units to integer minor units: 1.005 with scale 2, half-even → 100. */
export function toMinor(amount: Exact, scale: number, mode: RoundingMode): bigint {
  const power = powerOfTen(scale);
  if (amount.d === power) return amount.n;
  return roundDivision(amount.n * power, amount.d, mode);
}

export function fromMinor(minor: bigint, scale: number): Exact {
  return { n: minor, d: powerOfTen(scale) };
}

/** Rounded to `decimals` places; negative ones round to tens, hundreds, … */
export function roundExact(value: Exact, decimals: number, mode: RoundingMode): Exact {
  if (decimals >= 0) {
    return { n: roundDivision(value.n * powerOfTen(decimals), value.d, mode), d: powerOfTen(decimals) };
  }
  const unit = powerOfTen(-decimals);
  return { n: roundDivision(value.n, value.d * unit, mode) * unit, d: 1n };
}

/** Up, down or to the nearest multiple of `increment` (> 0). */
export function roundToIncrement(value: Exact, increment: Exact, mode: RoundingMode): Exact {
  const steps = roundDivision(value.n * increment.d, value.d * increment.n, mode);
  return { n: steps * increment.n, d: increment.d };
}
