import { HUNDRED, minor, ONE, Q, sum, ZERO } from "./fractions.ts";
import { list, type Raw, raw, text } from "./raw.ts";
import { partyOf, type Subject } from "./subject.ts";

/** What reaches a party at one node of a split, and from whom. */
export interface ShareLeg {
  readonly place: string;
  readonly party: string;
  readonly from: string;
  readonly minor: bigint;
  readonly taxCode: string | undefined;
}

/** Nodes of the trace, and the shares in the order in which they become legs. */
export interface Shared {
  readonly nodes: readonly Raw[];
  readonly legs: readonly ShareLeg[];
}

export function shareOut(
  split: Raw,
  amount: bigint,
  from: string,
  subject: Subject,
  scale: number,
  place = "",
): Shared {
  const shares = list(split["shares"]);
  const nodes: Raw[] = [];
  const legs: ShareLeg[] = [];
  partsOf(amount, shares, split["remainder"], scale).forEach(({ floored, extra }, i) => {
    const share = shares[i] ?? {};
    const party = partyOf(share, subject);
    const own = `${place}${i}`;
    const part = floored + extra;
    const node = {
      party,
      rule: ruleText(share),
      flooredMinor: floored,
      leftOverMinor: extra,
      amountMinor: part,
    };
    legs.push({ place: own, party, from, minor: part, taxCode: text(share["taxCode"]) });
    if (share["split"] === undefined) {
      nodes.push(node);
      return;
    }
    const below = shareOut(raw(share["split"]), part, party, subject, scale, `${own}/`);
    nodes.push({ ...node, split: below.nodes });
    legs.push(...below.legs.filter((leg) => leg.party !== party || leg.from !== party));
  });
  return { nodes, legs };
}

function ruleText(share: Raw): string {
  const cap = share["maximumAmount"] === undefined ? [] : [`at most ${String(share["maximumAmount"])}`];
  const part = (text: string): string => [text, ...cap].join(", ");
  if (share["percent"] !== undefined) return part(`${String(share["percent"])} %`);
  if (share["fraction"] !== undefined) return part(String(share["fraction"]));
  if (share["ratio"] !== undefined) return `ratio ${String(share["ratio"])}`;
  if (share["fixedAmount"] !== undefined) return `fixed ${String(share["fixedAmount"])}`;
  return cap[0] ?? "remaining";
}

export interface Part {
  readonly floored: bigint;
  readonly extra: bigint;
}

/** A negative amount mirrors the positive one. */
export function partsOf(
  amount: bigint,
  shares: readonly Raw[],
  remainder: unknown,
  scale: number,
): readonly Part[] {
  if (amount >= 0n) return positive(amount, shares, remainder, scale);
  return positive(-amount, shares, remainder, scale).map(({ floored, extra }) => ({
    floored: -floored,
    extra: -extra,
  }));
}

const weightOf = (share: Raw): Q | undefined => {
  if (share["percent"] !== undefined) return Q.of(share["percent"]).over(HUNDRED);
  return share["fraction"] === undefined ? undefined : Q.of(share["fraction"]);
};

/** Fixed and capped shares first, as listed; of the rest everybody has an exact part, floored; the left-over by the policy. */
function positive(
  amount: bigint,
  shares: readonly Raw[],
  remainder: unknown,
  scale: number,
): readonly Part[] {
  const taken = new Map<number, bigint>();
  let left = amount;
  shares.forEach((share, i) => {
    const wanted = wantedFirst(share, amount, scale);
    if (wanted === undefined) return;
    const part = wanted < left ? wanted : left;
    taken.set(i, part);
    left -= part;
  });
  const open = shares.map((share, i) => ({ share, i })).filter(({ i }) => !taken.has(i));
  const exact = exactParts(
    amount,
    left,
    open.map(({ share }) => share),
  );
  const floors = exact.map((part) => part.round("floor"));
  const extras = leftOver(
    left - floors.reduce((total, floor) => total + floor, 0n),
    exact,
    open,
    shares,
    remainder,
  );
  return shares.map((_, i) => {
    const at = open.findIndex((each) => each.i === i);
    if (at < 0) return { floored: taken.get(i) ?? 0n, extra: 0n };
    return { floored: floors[at] ?? 0n, extra: extras[at] ?? 0n };
  });
}

/** What a fixed or capped share takes before the others; undefined for the others. */
function wantedFirst(share: Raw, amount: bigint, scale: number): bigint | undefined {
  const money = (value: unknown): bigint => minor(Q.of(value), scale, "half-even");
  if (share["fixedAmount"] !== undefined) return money(share["fixedAmount"]);
  if (share["maximumAmount"] === undefined) return undefined;
  const cap = money(share["maximumAmount"]);
  const part = weightOf(share)?.times(new Q(amount)).round("floor");
  return part === undefined || part > cap ? cap : part;
}

/** Percentages and fractions are of the whole; where that is too much, or nobody has the rest, they share what is left. */
function exactParts(amount: bigint, left: bigint, open: readonly Raw[]): readonly Q[] {
  const weights = open.map((share) => weightOf(share)?.times(new Q(amount)));
  const weighed = sum(weights.map((weight) => weight ?? ZERO));
  const ratios = open.map(({ ratio }) => (ratio === undefined ? undefined : Q.of(ratio)));
  const ratioSum = sum(ratios.map((ratio) => ratio ?? ZERO));
  const whole = new Q(left);
  const rest = whole.minus(weighed);
  const byRatio = ratios.some((ratio) => ratio !== undefined);
  const takesRest = byRatio || open.some(({ remaining }) => remaining === true);
  if (rest.n < 0n || !takesRest) {
    const squeeze = weighed.n === 0n ? ZERO : whole.over(weighed);
    return weights.map((weight) => (weight ?? ZERO).times(squeeze));
  }
  return open.map((_, i) => {
    const [weight, ratio] = [weights[i], ratios[i]];
    if (weight !== undefined) return weight;
    if (ratio !== undefined) return ratioSum.n === 0n ? ZERO : rest.times(ratio).over(ratioSum);
    return byRatio ? ZERO : rest;
  });
}

function leftOver(
  units: bigint,
  exact: readonly Q[],
  open: readonly { readonly i: number }[],
  shares: readonly Raw[],
  remainder: unknown,
): readonly bigint[] {
  const extras = exact.map(() => 0n);
  if (units === 0n) return extras;
  if (typeof remainder === "object" && remainder !== null) {
    const { party, role } = raw(remainder);
    const named = shares.findIndex((share) => share["party"] === party && share["role"] === role);
    const at = open.findIndex(({ i }) => i === named);
    if (at >= 0) return extras.with(at, units);
  }
  const line = exact.map((part, at) => ({ part, at })).filter(({ part }) => part.n > 0n);
  if (line.length === 0) throw new Error("nobody may take the left-over units");
  if (remainder === "largest-remainder") line.sort((a, b) => b.part.rest().compare(a.part.rest()));
  if (remainder === "largest-ratio-first") line.sort((a, b) => b.part.compare(a.part));
  for (let unit = 0n; unit < units; unit++) {
    const at = line[Number(unit % BigInt(line.length))]?.at ?? 0;
    extras[at] = (extras[at] ?? 0n) + 1n;
  }
  return extras;
}

/** Divides an amount by plain weights, as bundles and funded discounts do. */
export function byWeight(amount: bigint, weights: readonly Q[]): readonly bigint[] {
  const shares = weights.map((weight) => ({ ratio: weight }));
  return partsOf(amount, shares, "largest-remainder", 0).map(({ floored, extra }) => floored + extra);
}

/** Percentages that make up the whole are divided like shares; undefined where they don't. */
export function wholeParts(amount: bigint, percents: readonly unknown[]): readonly bigint[] | undefined {
  const weights = percents.map((each) => Q.of(each).over(HUNDRED));
  if (!sum(weights).is(ONE)) return undefined;
  const shares = percents.map((percent) => ({ percent }));
  return partsOf(amount, shares, "first-listed", 0).map(({ floored, extra }) => floored + extra);
}
