/** Plain fractions of the verifier's own: it must not lean on the engine that it checks. */
export class Q {
  readonly n: bigint;
  readonly d: bigint;

  constructor(n: bigint, d = 1n) {
    this.n = n;
    this.d = d;
  }

  static of(text: unknown): Q {
    const match = /^(-?)(\d+)(?:\.(\d+))?(?:\/(\d+))?$/.exec(String(text));
    if (match === null) throw new Error(`"${String(text)}" is no number`);
    const [, sign, whole = "0", decimals = "", under = "1"] = match;
    const n = BigInt(whole + decimals);
    return new Q(sign === "-" ? -n : n, 10n ** BigInt(decimals.length) * BigInt(under));
  }

  plus(other: Q): Q {
    return new Q(this.n * other.d + other.n * this.d, this.d * other.d);
  }

  minus(other: Q): Q {
    return this.plus(new Q(-other.n, other.d));
  }

  times(other: Q): Q {
    return new Q(this.n * other.n, this.d * other.d);
  }

  over(other: Q): Q {
    return new Q(this.n * other.d, this.d * other.n);
  }

  compare(other: Q): number {
    const difference = this.n * other.d - other.n * this.d;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  floor(): bigint {
    return this.n >= 0n ? this.n / this.d : -((-this.n + this.d - 1n) / this.d);
  }

  ceiling(): bigint {
    return -new Q(-this.n, this.d).floor();
  }

  halfEven(): bigint {
    const low = this.floor();
    const twice = (this.n - low * this.d) * 2n;
    return twice > this.d || (twice === this.d && low % 2n !== 0n) ? low + 1n : low;
  }
}

/** A node of a document or a trace, looked at without trust. */
export type Raw = Readonly<Record<string, unknown>>;

export function raw(value: unknown): Raw {
  return typeof value === "object" && value !== null ? (value as Raw) : {};
}

export function list(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value.map(raw) : [];
}

export function pointed(document: Raw, pointer: unknown): Raw {
  return String(pointer)
    .split("/")
    .slice(1)
    .reduce<Raw>((node, key) => raw(node[key]), document);
}
