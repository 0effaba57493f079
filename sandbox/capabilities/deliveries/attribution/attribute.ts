import { compare, divide, type Exact, multiply, ONE, subtract, ZERO } from "../../../rating/exact.ts";
import { byWeight } from "../../../rating/split.ts";
import type { PartyId } from "../../../rating/types.ts";

/**
 * Why a part is a party's: a delivery of its own that is part of this one was late (`measured`); an agreement says that it
 * answers for what goes wrong (`agreed`); or it rendered the service, and nobody else answers for it (`rendered`).
 */
export type Basis = "measured" | "agreed" | "rendered";

/** A part of something, in whatever steps the whole is counted. */
export interface Part {
  readonly party: PartyId;
  readonly amount: bigint;
  readonly basis: Basis;
}

/** What an agreement passes on of a breach: a part of what `to` answers for, and of that a part further on. */
export interface Passed {
  readonly party: PartyId;
  /** 0.5 is a half. */
  readonly fraction: Exact;
  readonly passed: readonly Passed[];
}

/** A service level that a delivery was held against, and who answers for it. */
export interface Level {
  readonly id: string;
  readonly product: string;
  readonly measure: string;
  /** What it is measured in, where the rate card says so. */
  readonly unit: string | undefined;
  readonly target: { readonly atMost?: string; readonly atLeast?: string };
  readonly value: Exact;
  readonly breached: boolean;
  /** Who charges for it: what isn't passed on stays with it. */
  readonly payee: PartyId;
  readonly passed: readonly Passed[];
}

/** A delivery with those that are part of it. */
export interface Link {
  readonly id: string;
  readonly provider: PartyId;
  readonly levels: readonly Level[];
  readonly children: readonly Link[];
}

/** Measures are divided to a hundredth of the last place that they are written with. */
const MORE_PLACES = 100n;

/** In how many steps a unit of a level's measure is divided. */
export const stepsOf = ({ value }: Level): bigint => value.d * MORE_PLACES;

/** How much of a delay there is to be divided, in {@link stepsOf} steps: none of what came early. */
export function wholeDelay(level: Level): bigint {
  return level.value.n <= 0n ? 0n : level.value.n * MORE_PLACES;
}

/** Whether a level measures how late something was, or how much too much: what the parts of a delivery may have caused. */
export const isDelay = ({ target }: Level): boolean => target.atMost !== undefined;

/**
 * Who caused which part of a delay. What parts of the delivery were late themselves comes first, each by its own measure and
 * divided as it is there; where they come to more than the whole, since they were late side by side, they have it in
 * proportion. The rest is divided as the agreements pass it on. The parts sum to {@link wholeDelay}.
 */
export function delayParts(level: Level, link: Link): Part[] {
  const whole = wholeDelay(level);
  if (whole === 0n) return [];
  const steps = stepsOf(level);
  const late = link.children.flatMap((child) => {
    const same = child.levels.filter((other) => isDelay(other) && isAlike(level, other));
    const [most] = same.toSorted((one, other) => compare(other.value, one.value));
    return most === undefined || most.value.n <= 0n ? [] : [{ child, level: most }];
  });
  const own = late.map(({ level: { value } }) => {
    const amount = (value.n * steps) / value.d;
    return amount < whole ? amount : whole;
  });
  const sum = own.reduce((total, amount) => total + amount, 0n);
  const measured =
    sum > whole
      ? byWeight(
          whole,
          own.map((n) => ({ n, d: 1n })),
        )
      : own;
  const parts: Part[] = late.flatMap(({ child, level: below }, index) =>
    divided(measured[index] ?? 0n, delayParts(below, child)).map((part) => ({ ...part, basis: "measured" })),
  );
  const rest = whole - measured.reduce((total, amount) => total + amount, 0n);
  return merged([...parts, ...divided(rest, answering(level, link))]);
}

const isAlike = (one: Level, other: Level): boolean =>
  one.unit === undefined || other.unit === undefined
    ? one.measure === other.measure
    : one.unit === other.unit;

/** The whole that fractions are counted in: fine enough that no part of a measure or of a scale is lost. */
const FINE = 1_000_000_000n;

/** Who answers for a level by the agreements, in parts of a whole of {@link FINE}. */
function answering(level: Level, link: Link): Part[] {
  if (level.passed.length === 0) return [{ party: link.provider, amount: FINE, basis: "rendered" }];
  const shares: { party: PartyId; fraction: Exact }[] = [];
  const walk = (holder: PartyId, of: Exact, passed: readonly Passed[]): void => {
    let left = of;
    for (const each of passed) {
      const fraction = multiply(of, each.fraction);
      left = subtract(left, fraction);
      walk(each.party, fraction, each.passed);
    }
    shares.push({ party: holder, fraction: left.n < 0n ? ZERO : left });
  };
  walk(level.payee, ONE, level.passed);
  const some = shares.filter(({ fraction }) => fraction.n > 0n);
  const amounts = byWeight(
    FINE,
    some.map(({ fraction }) => fraction),
  );
  return some.map(({ party }, index) => ({ party, amount: amounts[index] ?? 0n, basis: "agreed" }));
}

/** An amount divided in proportion to parts of something else, to the last step. */
export function divided(amount: bigint, by: readonly Part[]): Part[] {
  if (amount === 0n || by.length === 0) return [];
  const amounts = byWeight(
    amount,
    by.map((part) => ({ n: part.amount, d: 1n })),
  );
  return by.map((part, index) => ({ ...part, amount: amounts[index] ?? 0n }));
}

/**
 * Who answers for how the delivery went as a whole: the mean over the service levels that were missed, each as it is
 * divided; the provider where all were kept, or none was promised.
 */
export function answeringFor(link: Link): Part[] {
  const missed = link.levels.filter(({ breached }) => breached);
  if (missed.length === 0) return [{ party: link.provider, amount: FINE, basis: "rendered" }];
  const each = missed.map((level) => {
    const parts = isDelay(level) ? delayParts(level, link) : [];
    return divided(FINE, parts.length === 0 ? answering(level, link) : parts);
  });
  return merged(each.flat());
}

/** One part for each party and reason, in order of first mention. */
function merged(parts: readonly Part[]): Part[] {
  const found = new Map<string, Part>();
  for (const part of parts) {
    if (part.amount === 0n) continue;
    const key = `${part.basis} ${part.party}`;
    found.set(key, { ...part, amount: (found.get(key)?.amount ?? 0n) + part.amount });
  }
  return [...found.values()];
}

/** What each party bears of a service credit in the end: what it owes on, less what it takes back. They sum to the credit. */
export function creditParts(charge: {
  readonly payee: PartyId;
  readonly serviceCreditMinor: number;
  readonly recourse: readonly {
    readonly party: PartyId;
    readonly to: PartyId;
    readonly amountMinor: number;
  }[];
}): { readonly party: PartyId; readonly amountMinor: number }[] {
  const borne = new Map([[charge.payee, charge.serviceCreditMinor]]);
  for (const { party, to, amountMinor } of charge.recourse) {
    borne.set(to, (borne.get(to) ?? 0) - amountMinor);
    borne.set(party, (borne.get(party) ?? 0) + amountMinor);
  }
  return [...borne].flatMap(([party, amountMinor]) => (amountMinor === 0 ? [] : [{ party, amountMinor }]));
}

/** `12.5` of 1250 steps, a hundred to the unit. */
export const inUnits = (amount: bigint, steps: bigint): Exact =>
  divide({ n: amount, d: 1n }, { n: steps, d: 1n });
