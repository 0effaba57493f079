import type { MeasureResult } from "../../specs/engine/catalog/measures.ts";
import { compare, type Exact, reduce } from "../rating/exact.ts";
import { roundExact } from "../rating/rounding.ts";
import type { Metric } from "./metric.ts";
import type { Observation } from "./observe.ts";

/** What was seen of a metric so far. Nothing in it depends on the order in which it was seen. */
export interface Tally {
  readonly result: MeasureResult;
  samples: number;
  part: bigint;
  of: bigint;
  /** Each value by itself, where the result needs that: of times and of providers, of which there are few. */
  readonly values: bigint[];
}

export const emptyTally = (result: MeasureResult): Tally => ({
  result,
  samples: 0,
  part: 0n,
  of: 0n,
  values: [],
});

export function count(tally: Tally, { part, of }: Pick<Observation, "part" | "of">): void {
  tally.samples += 1;
  tally.part += part;
  tally.of += of;
  if (tally.result === "median" || tally.result === "evenness") tally.values.push(part);
}

export interface Figure {
  /** Exact, in the metric's unit; undefined where there is nothing to divide by, or too little. */
  readonly value: Exact | undefined;
  /** Against the target, exactly: rounding comes after it. Undefined without one of the two. */
  readonly met: boolean | undefined;
  readonly samples: number;
  /** Why there is no value. */
  readonly reason: string | undefined;
}

export function figureOf(tally: Tally, metric: Metric): Figure {
  const { samples } = tally;
  if (samples < metric.minimum)
    return {
      value: undefined,
      met: undefined,
      samples,
      reason:
        samples === 0 ? "Nothing to measure." : `Not enough data: ${samples} of at least ${metric.minimum}.`,
    };
  const value = computed(tally, metric.unit);
  if (value === undefined)
    return { value, met: undefined, samples, reason: "Nothing to measure: it all comes to zero." };
  return { value, met: meets(value, metric), samples, reason: undefined };
}

function meets(value: Exact, { target, lowerIsBetter }: Metric): boolean | undefined {
  if (target === undefined) return undefined;
  const order = compare(value, target);
  return lowerIsBetter ? order <= 0 : order >= 0;
}

const UNIT_MS: Readonly<Record<string, bigint>> = { minutes: 60_000n, hours: 3_600_000n, days: 86_400_000n };

function computed({ result, samples, part, of, values }: Tally, unit: string): Exact | undefined {
  switch (result) {
    case "share":
      // What was charged and taken back may sum to nothing, or less: there is no share of that.
      return of > 0n ? reduce({ n: part, d: of }) : undefined;
    case "mean":
      return of > 0n ? reduce({ n: part, d: of }) : undefined;
    case "count":
      return { n: BigInt(samples), d: 1n };
    case "evenness":
      return evenness(values);
    case "median":
      return median(values, UNIT_MS[unit] ?? 1n);
  }
}

const ascending = (one: bigint, other: bigint): number => (one < other ? -1 : one > other ? 1 : 0);

function median(values: readonly bigint[], unitMs: bigint): Exact | undefined {
  const sorted = values.toSorted(ascending);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined
    ? undefined
    : reduce({ n: lower + upper, d: 2n * unitMs });
}

/** 1 less the Gini coefficient, `1 - (2 Σ i·xᵢ / (n Σ xᵢ) - (n + 1) / n)` over ascending values, in whole numbers until the end. */
function evenness(values: readonly bigint[]): Exact | undefined {
  const n = BigInt(values.length);
  const sum = values.reduce((total, value) => total + value, 0n);
  if (sum === 0n) return undefined;
  const weighted = values
    .toSorted(ascending)
    .reduce((total, value, index) => total + BigInt(index + 1) * value, 0n);
  return reduce({ n: (2n * n + 1n) * sum - 2n * weighted, d: n * sum });
}

/** Decimals of a figure as it is shown; half goes to the even neighbour. */
const SHOWN_DECIMALS = 6;

/** As it is shown: a number of at most six decimals. */
export function shown(value: Exact): number {
  const { n, d } = roundExact(value, SHOWN_DECIMALS, "half-even");
  return Number(n) / Number(d);
}
