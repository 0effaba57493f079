/**
 * A second opinion on express legs, written from the ecosystem's description alone, with plain fractions of its own.
 * It shares no code with the engine and reads no rate card: where both agree, both have read the terms alike.
 */
type Fraction = readonly [bigint, bigint];

const fraction = (text: string): Fraction => {
  const [whole = "0", decimals = ""] = text.split(".");
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
};
const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
const below = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d < c * b;

const cents = (amount: Fraction): bigint => halfEven(times(amount, [100n, 1n]));

function halfEven([n, d]: Fraction): bigint {
  const whole = n / d;
  const rest = 2n * (n - whole * d);
  return rest > d || (rest === d && whole % 2n === 1n) ? whole + 1n : whole;
}

const TIERS = {
  offPeak: ["29.00", ["0.145", "0.118", "0.094", "0.081"]],
  peak: ["32.48", ["0.1624", "0.13216", "0.10528", "0.09072"]],
} as const;
const EDGES = [0n, 250n, 1000n, 2500n];

export interface NaiveLeg {
  readonly net: bigint;
  readonly credit: bigint;
  readonly tax: bigint;
  readonly shares: Readonly<Record<string, bigint>>;
  readonly recourse: Readonly<Record<string, bigint>>;
  readonly peak: boolean;
}

export function naiveExpressLeg(departedAt: string, miles: bigint, delay: number): NaiveLeg {
  const peak = isPeak(departedAt);
  const [flat, rates] = peak ? TIERS.peak : TIERS.offPeak;
  let amount = fraction(flat);
  rates.forEach((rate, i) => {
    const from = EDGES[i] ?? 0n;
    const to = EDGES[i + 1];
    const upper = to === undefined || miles < to ? miles : to;
    if (upper > from) amount = plus(amount, times([upper - from, 1n], fraction(rate)));
  });
  if (below([320n, 1n], amount)) amount = [320n, 1n];
  if (below(amount, [45n, 1n])) amount = [45n, 1n];
  const net = cents(amount);
  const percent = delay > 60 ? 30n : delay > 15 ? 10n : 0n;
  const uncapped = halfEven([net * percent, 100n]);
  const credit = uncapped > 6000n ? 6000n : uncapped;
  return {
    net,
    credit,
    tax: halfEven([(net - credit) * 10n, 100n]),
    shares: handOut(net, { wayfare: 600n, harbour: 250n, blueline: 9150n }),
    recourse: handOut(credit, { blueline: 8000n, wayfare: 2000n }),
    peak,
  };
}

/** Floors of ten-thousandths, then one cent each to the first listed. */
function handOut(amount: bigint, weights: Record<string, bigint>): Record<string, bigint> {
  const parts: Record<string, bigint> = {};
  for (const [party, weight] of Object.entries(weights)) parts[party] = (amount * weight) / 10_000n;
  let left = amount - Object.values(parts).reduce((sum, part) => sum + part, 0n);
  for (const party of Object.keys(parts)) {
    if (left === 0n) break;
    parts[party] = (parts[party] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}

/** Monday to Friday, 06:30 to before 09:00 and 16:30 to before 19:00, by the text of the local time. */
function isPeak(departedAt: string): boolean {
  const [date = "", time = ""] = departedAt.split("T");
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  const clock = time.slice(0, 5);
  return (
    weekday >= 1 &&
    weekday <= 5 &&
    ((clock >= "06:30" && clock < "09:00") || (clock >= "16:30" && clock < "19:00"))
  );
}
