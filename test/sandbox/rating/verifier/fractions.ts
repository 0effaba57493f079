/** Fractions in lowest terms, of the verifier's own: it must not lean on the engine that it checks. */
export class Q {
  readonly n: bigint;
  readonly d: bigint;

  constructor(n: bigint, d = 1n) {
    const divisor = d < 0n ? -common(n, d) : common(n, d);
    this.n = n / divisor;
    this.d = d / divisor;
  }

  /** Reads `12`, `"-3.50"`, `"1/3"`. Throws on anything else. */
  static of(value: unknown): Q {
    if (value instanceof Q) return value;
    if (typeof value === "boolean") return new Q(value ? 1n : 0n);
    const match = /^(-?)(\d+)(?:\.(\d+))?(?:\/(\d+))?$/.exec(String(value));
    if (match === null) throw new Error(`"${String(value)}" is no number`);
    const [, sign, whole = "0", decimals = "", under = "1"] = match;
    const n = BigInt(whole + decimals);
    return new Q(sign === "-" ? -n : n, 10n ** BigInt(decimals.length) * BigInt(under));
  }

  plus(other: Q): Q {
    return new Q(this.n * other.d + other.n * this.d, this.d * other.d);
  }

  minus(other: Q): Q {
    return this.plus(other.negated());
  }

  times(other: Q): Q {
    return new Q(this.n * other.n, this.d * other.d);
  }

  over(other: Q): Q {
    return new Q(this.n * other.d, this.d * other.n);
  }

  negated(): Q {
    return new Q(-this.n, this.d);
  }

  compare(other: Q): number {
    const difference = this.n * other.d - other.n * this.d;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  is(other: Q): boolean {
    return this.compare(other) === 0;
  }

  /** The part above the floor: 0 to below 1. */
  rest(): Q {
    return this.minus(new Q(this.round("floor")));
  }

  round(mode: string): bigint {
    const floor = this.n >= 0n ? this.n / this.d : -((-this.n + this.d - 1n) / this.d);
    if (floor * this.d === this.n) return floor;
    const up = floor + 1n;
    if (mode === "floor") return floor;
    if (mode === "ceiling") return up;
    const side = new Q(2n * (this.n - floor * this.d), this.d).compare(ONE);
    if (side !== 0) return side < 0 ? floor : up;
    const even = floor % 2n === 0n ? floor : up;
    const outer = floor >= 0n ? up : floor;
    const tie: Readonly<Record<string, bigint>> = {
      "half-up": up,
      "half-down": floor,
      "half-even": even,
      "half-odd": even === floor ? up : floor,
      "half-away-from-zero": outer,
      "half-towards-zero": outer === up ? floor : up,
    };
    const rounded = tie[mode];
    if (rounded === undefined) throw new Error(`"${mode}" is no rounding mode`);
    return rounded;
  }

  /** The shortest exact text: a decimal where one ends, else a fraction in lowest terms. */
  toString(): string {
    let endless = this.d;
    for (const prime of [2n, 5n]) while (endless % prime === 0n) endless /= prime;
    if (endless !== 1n) return `${this.n}/${this.d}`;
    let digits = 0;
    while (10n ** BigInt(digits) % this.d !== 0n) digits++;
    const shifted = (this.n * 10n ** BigInt(digits)) / this.d;
    const text = (shifted < 0n ? -shifted : shifted).toString().padStart(digits + 1, "0");
    const sign = shifted < 0n ? "-" : "";
    return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
  }

  /** In whole `step`s. */
  roundTo(step: Q, mode: string): Q {
    return new Q(this.over(step).round(mode)).times(step);
  }
}

function common(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

export const ZERO = new Q(0n);
export const ONE = new Q(1n);
export const HUNDRED = new Q(100n);

export const sum = (values: readonly Q[]): Q => values.reduce((total, value) => total.plus(value), ZERO);
export const least = (a: Q, b: Q): Q => (a.compare(b) <= 0 ? a : b);
export const most = (a: Q, b: Q): Q => (a.compare(b) >= 0 ? a : b);
export const percent = (value: unknown): Q => Q.of(value).over(HUNDRED);
export const minor = (amount: Q, scale: number, mode: string): bigint =>
  amount.times(new Q(10n ** BigInt(scale))).round(mode);
