/**
 * An exact rational number, `n / d` with `d > 0`. Not always reduced: most denominators are powers of ten and stay so,
 * which keeps prices and quantities plain fixed point on the hot path and lets thirds exist where a price divides.
 */
export interface Exact {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Exact = { n: 0n, d: 1n };
export const ONE: Exact = { n: 1n, d: 1n };

/** A number that can't be read exactly. The message names the text. */
export class NumberFormatError extends Error {
  override readonly name = "NumberFormatError";
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
/** Longest text taken for a number: far beyond any amount, short enough that nobody can stall the engine with one. */
const MAX_DIGITS = 200;

const POWERS: bigint[] = [1n];
const DIGITS_OF_POWER = new Map<bigint, number>([[1n, 0]]);

/** 10 to the power of `digits`, from a table. */
export function powerOfTen(digits: number): bigint {
  for (let i = POWERS.length; i <= digits; i++) {
    const power = 10n ** BigInt(i);
    POWERS.push(power);
    DIGITS_OF_POWER.set(power, i);
  }
  return POWERS[digits] ?? 10n ** BigInt(digits);
}
powerOfTen(40);

/**
 * Reads `"12"`, `"-3.50"`, `"1e-7"`, `"1/3"` or a finite number.
 * @throws NumberFormatError on anything else
 */
export function parseExact(value: string | number | bigint): Exact {
  if (typeof value === "bigint") return { n: value, d: 1n };
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return { n: BigInt(value), d: 1n };
    if (!Number.isFinite(value)) throw new NumberFormatError(`${value} is not a number`);
    return parseDecimal(String(value));
  }
  const slash = value.indexOf("/");
  if (slash < 0) return parseDecimal(value.trim());
  const over = parseDecimal(value.slice(0, slash).trim());
  const under = parseDecimal(value.slice(slash + 1).trim());
  if (under.n === 0n) throw new NumberFormatError(`"${value}" divides by zero`);
  return divide(over, under);
}

function parseDecimal(text: string): Exact {
  if (text.length > MAX_DIGITS) {
    throw new NumberFormatError(`"${text.slice(0, 40)}…" has more than ${MAX_DIGITS} characters`);
  }
  const match = DECIMAL.exec(text);
  const whole = match?.[2] ?? "";
  const fraction = match?.[3] ?? "";
  if (match === null || whole.length + fraction.length === 0) {
    throw new NumberFormatError(`"${text.slice(0, 40)}" is not a decimal number`);
  }
  const exponent = Number(match[4] ?? "0") - fraction.length;
  const digits = BigInt(whole + fraction);
  const n = match[1] === "-" ? -digits : digits;
  return exponent >= 0 ? { n: n * powerOfTen(exponent), d: 1n } : { n, d: powerOfTen(-exponent) };
}

/** Whether a value can be read by `parseExact`. */
export function isExact(value: unknown): value is string | number {
  if (typeof value !== "string" && typeof value !== "number") return false;
  try {
    parseExact(value);
    return true;
  } catch {
    return false;
  }
}

export function add(a: Exact, b: Exact): Exact {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d };
  if (a.d % b.d === 0n) return { n: a.n + b.n * (a.d / b.d), d: a.d };
  if (b.d % a.d === 0n) return { n: a.n * (b.d / a.d) + b.n, d: b.d };
  return reduce({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
}

export function negate(a: Exact): Exact {
  return { n: -a.n, d: a.d };
}

export function subtract(a: Exact, b: Exact): Exact {
  return add(a, negate(b));
}

export function multiply(a: Exact, b: Exact): Exact {
  return { n: a.n * b.n, d: a.d * b.d };
}

/** @throws NumberFormatError when `b` is zero */
export function divide(a: Exact, b: Exact): Exact {
  if (b.n === 0n) throw new NumberFormatError("division by zero");
  return reduce(b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n });
}

export function compare(a: Exact, b: Exact): number {
  const difference = a.d === b.d ? a.n - b.n : a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function smaller(a: Exact, b: Exact): Exact {
  return compare(a, b) <= 0 ? a : b;
}

export function larger(a: Exact, b: Exact): Exact {
  return compare(a, b) >= 0 ? a : b;
}

export function reduce(a: Exact): Exact {
  const divisor = greatestCommonDivisor(a.n < 0n ? -a.n : a.n, a.d);
  return divisor === 1n ? a : { n: a.n / divisor, d: a.d / divisor };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** The shortest exact text: a decimal where one exists, else a fraction `a/b` in lowest terms. */
export function formatExact(a: Exact): string {
  if (a.d === 1n) return a.n.toString();
  const digits = DIGITS_OF_POWER.get(a.d);
  if (digits !== undefined) return formatFixed(a.n, digits);
  const lowest = reduce(a);
  const scale = decimalDigits(lowest.d);
  if (scale === undefined) return `${lowest.n}/${lowest.d}`;
  return formatFixed((lowest.n * powerOfTen(scale)) / lowest.d, scale);
}

/** `n / 10^digits` without trailing zeros. */
function formatFixed(n: bigint, digits: number): string {
  if (digits === 0) return n.toString();
  const text = (n < 0n ? -n : n).toString().padStart(digits + 1, "0");
  let end = text.length;
  const point = text.length - digits;
  while (end > point && text.charCodeAt(end - 1) === 48) end--;
  const sign = n < 0n ? "-" : "";
  return end === point
    ? sign + text.slice(0, point)
    : `${sign}${text.slice(0, point)}.${text.slice(point, end)}`;
}

/** Decimals needed to write `1 / d` exactly, or undefined where it never ends. */
function decimalDigits(d: bigint): number | undefined {
  let rest = d;
  let twos = 0;
  let fives = 0;
  for (; rest % 2n === 0n; rest /= 2n) twos++;
  for (; rest % 5n === 0n; rest /= 5n) fives++;
  return rest === 1n ? Math.max(twos, fives) : undefined;
}

/** Percent as a part of one: `"12.5"` → 0.125. */
export function percentOf(percent: string | number): Exact {
  const exact = parseExact(percent);
  const hundredth = { n: exact.n, d: exact.d * 100n };
  return DIGITS_OF_POWER.has(hundredth.d) ? hundredth : reduce(hundredth);
}
