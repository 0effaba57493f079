import {
  add,
  compare,
  type Exact,
  formatExact,
  larger,
  multiply,
  parseExact,
  smaller,
  subtract,
  ZERO,
} from "../exact.ts";
import { roundToIncrement } from "../rounding.ts";
import type { TraceNode } from "../trace.ts";
import { NO_STEPS, PriceError, type PriceModel } from "./model.ts";

export interface TimeRatePrice {
  readonly model: "time-rate";
  /** Charged once a delivery, however short. */
  readonly connectAmount?: string | number;
  readonly intervals: readonly TimeInterval[];
}

/**
 * From `start` seconds to the next interval: `amount` per `per` seconds, billed in whole `increment`s. Where the last of
 * them reaches into the next interval, that one begins at its end: no second is billed twice.
 */
export interface TimeInterval {
  readonly start?: string | number;
  readonly amount?: string | number;
  readonly per?: string | number;
  readonly increment?: string | number;
}

interface CompiledInterval {
  readonly start: Exact;
  readonly end: Exact | undefined;
  readonly amount: Exact;
  readonly per: Exact;
  readonly increment: Exact;
}

/** Elapsed seconds through intervals, each with its own rate and increment. */
export function compileTimeRate(spec: TimeRatePrice): PriceModel {
  const connect = parseExact(spec.connectAmount ?? "0");
  const intervals = compileIntervals(spec.intervals);
  return {
    price({ quantity: seconds }, traced) {
      const steps: TraceNode[] = [];
      let total = connect;
      let billedUpTo = ZERO;
      if (traced && connect.n !== 0n)
        steps.push({ connectAmount: formatExact(connect), amount: formatExact(connect) });
      for (const interval of intervals) {
        const end = interval.end === undefined ? seconds : smaller(seconds, interval.end);
        const start = larger(interval.start, billedUpTo);
        if (compare(end, start) <= 0) continue;
        const within = subtract(end, start);
        const billed = roundToIncrement(within, interval.increment, "ceiling");
        billedUpTo = add(start, billed);
        const worth = multiply(billed, interval.amount);
        const amount = { n: worth.n * interval.per.d, d: worth.d * interval.per.n };
        total = add(total, amount);
        if (traced) steps.push(stepOf({ ...interval, start }, within, billed, amount));
      }
      return { amount: total, steps: traced ? steps : NO_STEPS };
    },
  };
}

function compileIntervals(specs: readonly TimeInterval[]): readonly CompiledInterval[] {
  if (specs.length === 0) throw new PriceError("a time rate needs at least one interval");
  const starts = specs.map(({ start }) => parseExact(start ?? "0"));
  return specs.map((spec, i) => {
    const start = starts[i] ?? ZERO;
    const end = starts[i + 1];
    const per = parseExact(spec.per ?? "1");
    const increment = parseExact(spec.increment ?? "1");
    if (per.n <= 0n || increment.n <= 0n)
      throw new PriceError(`interval ${i + 1}: per and increment must be above zero`);
    if (end !== undefined && compare(end, start) <= 0)
      throw new PriceError(`interval ${i + 2} starts before or with the one before it`);
    return { start, end, amount: parseExact(spec.amount ?? "0"), per, increment };
  });
}

function stepOf(interval: CompiledInterval, within: Exact, billed: Exact, amount: Exact): TraceNode {
  return {
    fromSecond: formatExact(interval.start),
    seconds: formatExact(within),
    billedSeconds: formatExact(billed),
    rate: formatExact(interval.amount),
    perSeconds: formatExact(interval.per),
    amount: formatExact(amount),
  };
}
