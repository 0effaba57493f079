/** How an amount varies over the runs, in minor units: its mean, and what 5, 50 and 95 of a hundred runs lie at or below. */
export interface Spread {
  readonly meanMinor: number;
  readonly p5Minor: number;
  readonly p50Minor: number;
  readonly p95Minor: number;
}

/**
 * @param amounts one for each run
 * @throws RangeError where they add up to more than JSON holds exactly
 */
export function spreadOf(amounts: Readonly<Float64Array>): Spread {
  const sorted = Float64Array.from(amounts).sort();
  const sum = sorted.reduce((total, each) => total + each, 0);
  if (!Number.isSafeInteger(sum)) throw new RangeError("amounts add up to more than can be counted exactly");
  // The nearest rank: always an amount of one of the runs.
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return {
    // Without a negative zero, which prints like nothing else.
    meanMinor: Math.round(sum / Math.max(1, sorted.length)) + 0,
    p5Minor: at(0.05),
    p50Minor: at(0.5),
    p95Minor: at(0.95),
  };
}
