import { add, type Exact, ONE, subtract, ZERO } from "./exact.ts";

/** How left-over minor units are handed out; or the name of the share that takes them all. */
export type RemainderPolicy =
  | "first-listed"
  | "largest-remainder"
  | "largest-ratio-first"
  | { readonly index: number };

/**
 * One share of a split. Fixed and capped shares are taken first, in listed order, as long as something is left;
 * percentages and fractions are of the whole amount; ratios divide what those leave; `remaining` has the rest.
 */
export type ShareRule =
  | { readonly kind: "weight"; readonly weight: Exact; readonly maximumMinor?: bigint }
  | { readonly kind: "ratio"; readonly ratio: Exact }
  | { readonly kind: "fixed"; readonly amountMinor: bigint }
  | { readonly kind: "capped"; readonly maximumMinor: bigint }
  | { readonly kind: "remaining" };

/** What a share's rule may be, by the end of its name. A cap goes alone, or with a part of the whole. */
const PARTS = ["percent", "fraction"];

/**
 * Refuses a share that says two rules: one of them would be passed over in silence.
 * @param said what the share says, the cap last
 * @throws SplitError
 */
export function singleRule(said: readonly string[]): void {
  const [first, second, third] = said;
  if (first === undefined || second === undefined) return;
  if (third === undefined && second.startsWith("maximum") && PARTS.includes(first)) return;
  throw new SplitError(`a share follows one rule, and one here says ${said.join(" and ")}`);
}

/** A split made ready once, so that each amount costs one multiplication and one division a share. */
export interface CompiledSplit {
  readonly rules: readonly ShareRule[];
  readonly policy: RemainderPolicy;
  /** Set where every share is a plain part of the whole: integer weights over one denominator. */
  readonly simple?: { readonly weights: readonly bigint[]; readonly whole: bigint };
}

/** A split that can't sum to the amount. The message says why. */
export class SplitError extends Error {
  override readonly name = "SplitError";
}

export interface SplitPart {
  readonly amountMinor: bigint;
  /** Left-over minor units in it. */
  readonly extraMinor: bigint;
}

export function compileSplit(rules: readonly ShareRule[], policy: RemainderPolicy): CompiledSplit {
  if (rules.length === 0) throw new SplitError("a split needs at least one share");
  if (rules.some(isNegative)) throw new SplitError("a share can't be negative");
  if (rules.filter(({ kind }) => kind === "remaining").length > 1)
    throw new SplitError("only one share may be the remaining one");
  const plain = rules.every((rule) => rule.kind === "weight" && rule.maximumMinor === undefined);
  const ratios = rules.every((rule) => rule.kind === "ratio");
  const withRemaining =
    rules.some((rule) => rule.kind === "remaining") &&
    rules.every(
      (rule) => rule.kind === "remaining" || (rule.kind === "weight" && rule.maximumMinor === undefined),
    );
  if (!plain && !ratios && !withRemaining) return { rules, policy };
  const weights = rules.map((rule) =>
    rule.kind === "weight" ? rule.weight : rule.kind === "ratio" ? rule.ratio : ZERO,
  );
  const total = weights.reduce(add, ZERO);
  if (ratios) return { rules, policy, simple: common(weights, total) };
  const rest = subtract(ONE, total);
  if (rest.n < 0n || (plain && rest.n !== 0n)) {
    throw new SplitError("the shares don't sum to the whole: make them 100 % or let one be the remaining");
  }
  const full = weights.map((weight, i) => (rules[i]?.kind === "remaining" ? rest : weight));
  return { rules, policy, simple: common(full, ONE) };
}

function isNegative(rule: ShareRule): boolean {
  if (rule.kind === "weight") return rule.weight.n < 0n;
  if (rule.kind === "ratio") return rule.ratio.n < 0n;
  return rule.kind === "fixed" && rule.amountMinor < 0n;
}

function common(weights: readonly Exact[], total: Exact): { weights: bigint[]; whole: bigint } {
  if (total.n === 0n) throw new SplitError("the shares sum to zero");
  const denominator = weights.reduce((d, weight) => (d % weight.d === 0n ? d : d * weight.d), total.d);
  return {
    weights: weights.map((weight) => (weight.n * denominator) / weight.d),
    whole: (total.n * denominator) / total.d,
  };
}

/** Parts in listed order, always summing to `amountMinor`. A negative amount mirrors the positive one exactly. */
export function splitMinor(amountMinor: bigint, split: CompiledSplit): readonly SplitPart[] {
  if (amountMinor < 0n) {
    return splitPositive(-amountMinor, split).map((part) => ({
      amountMinor: -part.amountMinor,
      extraMinor: -part.extraMinor,
    }));
  }
  return splitPositive(amountMinor, split);
}

/** Divides an amount by plain weights, none below zero and one above it; the left-over units to the largest remainders. */
export function byWeight(amountMinor: bigint, weights: readonly Exact[]): readonly bigint[] {
  const rules = weights.map((ratio) => ({ kind: "ratio" as const, ratio }));
  return splitMinor(amountMinor, compileSplit(rules, "largest-remainder")).map((part) => part.amountMinor);
}

function splitPositive(amount: bigint, split: CompiledSplit): readonly SplitPart[] {
  if (split.simple !== undefined) {
    return distribute(amount, amount, split.simple.weights, split.simple.whole, split);
  }
  return splitMixed(amount, split);
}

/** Floors each part of `base`, then hands out what is left of `amount` by the policy to shares of positive weight. */
function distribute(
  base: bigint,
  amount: bigint,
  weights: readonly bigint[],
  whole: bigint,
  split: CompiledSplit,
): SplitPart[] {
  let left = amount;
  const parts: { amountMinor: bigint; extraMinor: bigint }[] = [];
  for (const weight of weights) {
    const floor = (base * weight) / whole;
    left -= floor;
    parts.push({ amountMinor: floor, extraMinor: 0n });
  }
  if (left === 0n) return parts;
  const order = orderOf(base, weights, whole, split);
  if (order.length === 0) throw new SplitError("nobody may take the left-over minor units");
  if (typeof split.policy === "object") {
    give(parts[split.policy.index], left);
    return parts;
  }
  for (let i = 0; left > 0n; i = (i + 1) % order.length, left -= 1n) give(parts[order[i] ?? 0], 1n);
  return parts;
}

function give(part: { amountMinor: bigint; extraMinor: bigint } | undefined, minor: bigint): void {
  if (part === undefined) return;
  part.amountMinor += minor;
  part.extraMinor += minor;
}

/** Who is in line for left-over units: indexes of the shares with a positive weight. */
function orderOf(base: bigint, weights: readonly bigint[], whole: bigint, split: CompiledSplit): number[] {
  const order: number[] = [];
  for (let i = 0; i < weights.length; i++) if ((weights[i] ?? 0n) > 0n) order.push(i);
  const rank = (index: number): bigint => {
    const weight = weights[index] ?? 0n;
    return split.policy === "largest-remainder" ? (base * weight) % whole : weight;
  };
  if (split.policy === "first-listed" || typeof split.policy === "object") return order;
  // A stable sort: equals stay in listed order, so that a replay settles identically.
  return order.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) > rank(b) ? -1 : 1));
}

/** Fixed and capped shares first, then parts of the whole, then ratios of what is left, then the remaining. */
function splitMixed(amount: bigint, split: CompiledSplit): readonly SplitPart[] {
  const { rules } = split;
  const taken = new Map<number, bigint>();
  let left = amount;
  const take = (index: number, wanted: bigint): void => {
    // A cap below zero lets nothing through.
    const part = wanted < 0n ? 0n : wanted < left ? wanted : left;
    taken.set(index, part);
    left -= part;
  };
  rules.forEach((rule, i) => {
    if (rule.kind === "fixed") take(i, rule.amountMinor);
    else if (rule.kind === "capped") take(i, rule.maximumMinor);
    else if (rule.kind === "weight" && rule.maximumMinor !== undefined) {
      const part = (amount * rule.weight.n) / rule.weight.d;
      take(i, part < rule.maximumMinor ? part : rule.maximumMinor);
    }
  });
  const open = rules.map((rule, i) => ({ rule, i })).filter(({ i }) => !taken.has(i));
  const shared = shareOut(amount, left, open, split);
  return rules.map((_, i) => shared.get(i) ?? { amountMinor: taken.get(i) ?? 0n, extraMinor: 0n });
}

function shareOut(
  amount: bigint,
  left: bigint,
  open: readonly { rule: ShareRule; i: number }[],
  split: CompiledSplit,
): ReadonlyMap<number, SplitPart> {
  const result = new Map<number, SplitPart>();
  if (open.length === 0) {
    if (left !== 0n)
      throw new SplitError(`${left} minor units are left and no share may take them: add a remaining share`);
    return result;
  }
  const hasRatio = open.some(({ rule }) => rule.kind === "ratio");
  const parts = open.reduce((sum, { rule }) => (rule.kind === "weight" ? add(sum, rule.weight) : sum), ZERO);
  const ofWhole = { n: amount * parts.n, d: parts.d };
  const hasRest = hasRatio || open.some(({ rule }) => rule.kind === "remaining");
  // Percentages are of the whole; where fixed or capped shares left too little for that, they share what is left.
  const squeezed = ofWhole.n > left * ofWhole.d || !hasRest;
  const restExact: Exact = squeezed ? ZERO : subtract({ n: left, d: 1n }, ofWhole);
  const ratioTotal = open.reduce(
    (sum, { rule }) => (rule.kind === "ratio" ? add(sum, rule.ratio) : sum),
    ZERO,
  );
  const weights = open.map(({ rule }): Exact => {
    if (rule.kind === "weight")
      return squeezed ? rule.weight : { n: rule.weight.n * amount, d: rule.weight.d };
    if (rule.kind === "ratio") return multiplyRatio(restExact, rule.ratio, ratioTotal);
    return hasRatio ? ZERO : restExact;
  });
  const total = squeezed ? parts : { n: left, d: 1n };
  if (total.n === 0n) {
    if (left !== 0n) throw new SplitError("nobody may take what is left of the amount");
    for (const { i } of open) result.set(i, { amountMinor: 0n, extraMinor: 0n });
    return result;
  }
  const scaled = common(weights, total);
  const policy = policyAmong(open, split.policy);
  distribute(left, left, scaled.weights, scaled.whole, { ...split, policy }).forEach((part, at) => {
    const index = open[at]?.i;
    if (index !== undefined) result.set(index, part);
  });
  return result;
}

/** The policy by the places of the open shares. A named party that is fixed or capped takes no left-over units. */
function policyAmong(open: readonly { i: number }[], policy: RemainderPolicy): RemainderPolicy {
  if (typeof policy !== "object") return policy;
  const index = open.findIndex(({ i }) => i === policy.index);
  return index < 0 ? "first-listed" : { index };
}

function multiplyRatio(rest: Exact, ratio: Exact, total: Exact): Exact {
  if (total.n === 0n) return ZERO;
  return { n: rest.n * ratio.n * total.d, d: rest.d * ratio.d * total.n };
}
