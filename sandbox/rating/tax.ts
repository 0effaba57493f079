import type { TaxSpec } from "./documents.ts";
import { type Exact, formatExact, parseExact } from "./exact.ts";
import { type RoundingMode, roundDivision } from "./rounding.ts";
import { parseDay } from "./timing/moment.ts";

export interface TaxRate {
  readonly code: string;
  readonly percent: Exact;
  readonly percentText: string;
}

export interface TaxTable {
  readonly authority: string | undefined;
  readonly inclusive: boolean;
  readonly level: "line" | "statement";
  has(code: string): boolean;
  /** The rate in force on a day; undefined where the table has a gap there. */
  rateOn(code: string, day: number): TaxRate | undefined;
}

export const UNTAXED: TaxRate = { code: "none", percent: { n: 0n, d: 1n }, percentText: "0" };

export function compileTax(spec: TaxSpec | undefined): TaxTable {
  const codes = new Map(
    Object.entries(spec?.codes ?? {}).map(([code, { rates }]) => [
      code,
      rates.map(({ from, to, percent }) => ({
        from: from === undefined ? Number.NEGATIVE_INFINITY : (parseDay(from) ?? Number.POSITIVE_INFINITY),
        to: to === undefined ? Number.POSITIVE_INFINITY : (parseDay(to) ?? Number.NEGATIVE_INFINITY),
        rate: { code, percent: parseExact(percent), percentText: formatExact(parseExact(percent)) },
      })),
    ]),
  );
  return {
    authority: spec?.authority,
    inclusive: spec?.prices === "inclusive",
    level: spec?.level ?? "line",
    has: (code) => codes.has(code),
    rateOn(code, day) {
      for (const row of codes.get(code) ?? []) if (day >= row.from && day <= row.to) return row.rate;
      return undefined;
    },
  };
}

/** Tax on an untaxed amount, in minor units. A negative amount mirrors the positive one: a refund takes back what was charged. */
export function taxOn(netMinor: bigint, rate: TaxRate, mode: RoundingMode): bigint {
  const tax = (net: bigint): bigint => roundDivision(net * rate.percent.n, rate.percent.d * 100n, mode);
  return netMinor < 0n ? -tax(-netMinor) : tax(netMinor);
}

/** The tax that an amount already holds. */
export function taxWithin(grossMinor: bigint, rate: TaxRate, mode: RoundingMode): bigint {
  const whole = rate.percent.d * 100n + rate.percent.n;
  const tax = (gross: bigint): bigint => roundDivision(gross * rate.percent.n, whole, mode);
  return grossMinor < 0n ? -tax(-grossMinor) : tax(grossMinor);
}
