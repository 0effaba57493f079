import { selectParty } from "./conditions.ts";
import type { PartySelector, ShareContent, SplitContent } from "./documents.ts";
import { divide, ONE, parseExact, percentOf } from "./exact.ts";
import { toMinor } from "./rounding.ts";
import {
  type CompiledSplit,
  compileSplit,
  type RemainderPolicy,
  type ShareRule,
  type SplitPart,
  singleRule,
  splitMinor,
} from "./split.ts";
import { Refused, type Subject } from "./subject.ts";
import type { TraceNode } from "./trace.ts";
import { minorValue, type NodeInMaking } from "./trace.ts";
import type { PartyId } from "./types.ts";

/** One party's share of a charge, at its node of the split. */
export interface ShareOut {
  /** Place in the split: `1`, or `1/0` for a part of the second share. */
  readonly place: string;
  readonly party: PartyId;
  /** Who passes it on: the charge's payee, or the party whose share is split further. */
  readonly from: PartyId;
  /** All that reaches the party at this node. */
  readonly grossMinor: bigint;
  /** What it keeps: the gross less what its own split gives others. */
  readonly amountMinor: bigint;
  readonly taxCode: string | undefined;
}

export interface SplitTree {
  readonly split: CompiledSplit;
  readonly policyText: string;
  readonly shares: readonly ShareNode[];
}

interface ShareNode {
  readonly selector: PartySelector;
  /** The rule in words, for the trace: `6 %`, `remaining`, `at most 20`. */
  readonly rule: string;
  readonly taxCode: string | undefined;
  readonly nested: SplitTree | undefined;
}

/** @throws SplitError where the shares can't sum to the whole */
export function compileShares(content: SplitContent, scale: number): SplitTree {
  const policy = content.remainder ?? "first-listed";
  return {
    split: compileSplit(
      content.shares.map((share) => ruleOf(share, scale)),
      policyOf(content),
    ),
    policyText: typeof policy === "string" ? policy : `to ${policy.party ?? policy.role}`,
    shares: content.shares.map((share) => ({
      selector: share,
      rule: describeRule(share),
      taxCode: share.taxCode,
      nested: share.split === undefined ? undefined : compileShares(share.split, scale),
    })),
  };
}

function policyOf({ remainder, shares }: SplitContent): RemainderPolicy {
  if (remainder === undefined || typeof remainder === "string") return remainder ?? "first-listed";
  const index = shares.findIndex((share) => share.party === remainder.party && share.role === remainder.role);
  return index < 0 ? "first-listed" : { index };
}

const RULES = ["percent", "fraction", "ratio", "fixedAmount", "remaining", "maximumAmount"] as const;

function ruleOf(share: ShareContent, scale: number): ShareRule {
  singleRule(RULES.filter((rule) => share[rule] !== undefined));
  const maximum = share.maximumAmount === undefined ? undefined : minorOf(share.maximumAmount, scale);
  const capped = maximum === undefined ? {} : { maximumMinor: maximum };
  if (share.percent !== undefined) return { kind: "weight", weight: percentOf(share.percent), ...capped };
  if (share.fraction !== undefined) return { kind: "weight", weight: parseExact(share.fraction), ...capped };
  if (share.ratio !== undefined) return { kind: "ratio", ratio: parseExact(share.ratio) };
  if (share.fixedAmount !== undefined)
    return { kind: "fixed", amountMinor: minorOf(share.fixedAmount, scale) };
  if (maximum !== undefined) return { kind: "capped", maximumMinor: maximum };
  return { kind: "remaining" };
}

function minorOf(amount: string | number, scale: number): bigint {
  return toMinor(parseExact(amount), scale, "half-even");
}

function describeRule(share: ShareContent): string {
  const cap = share.maximumAmount === undefined ? "" : `at most ${share.maximumAmount}`;
  if (share.percent !== undefined) return cap === "" ? `${share.percent} %` : `${share.percent} %, ${cap}`;
  if (share.fraction !== undefined) return cap === "" ? share.fraction : `${share.fraction}, ${cap}`;
  if (share.ratio !== undefined) return `ratio ${share.ratio}`;
  if (share.fixedAmount !== undefined) return `fixed ${share.fixedAmount}`;
  return cap === "" ? "remaining" : cap;
}

/** What is divided, and where it goes: `into` for the companies, `nodes` for the trace, where there is one. */
export interface Division {
  readonly from: PartyId;
  readonly subject: Subject;
  readonly into: ShareOut[];
  readonly nodes: TraceNode[] | undefined;
}

/** Divides a net charge down the tree. What everybody keeps sums to the charge, at every node. */
export function shareOut(tree: SplitTree, amountMinor: bigint, division: Division, place = ""): void {
  const { from, subject, into, nodes } = division;
  const parts = splitMinor(amountMinor, tree.split);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const share = tree.shares[i];
    if (part === undefined || share === undefined) break;
    const party = selectParty(share.selector, subject) ?? nobody(share.selector, subject);
    const own = `${place}${i}`;
    const { amountMinor: grossMinor } = part;
    const { taxCode, nested } = share;
    const node = nodes === undefined ? undefined : shareNode(party, share, part);
    if (node !== undefined) nodes?.push(node);
    if (nested === undefined) {
      into.push({ place: own, party, from, grossMinor, amountMinor: grossMinor, taxCode });
      continue;
    }
    const below: ShareOut[] = [];
    const deeper: TraceNode[] | undefined = node && [];
    shareOut(nested, grossMinor, { from: party, subject, into: below, nodes: deeper }, `${own}/`);
    if (node !== undefined && deeper !== undefined) node["split"] = deeper;
    into.push({ place: own, party, from, grossMinor, amountMinor: keptOf(below, party, own), taxCode });
    into.push(...below.filter((further) => further.party !== party || further.from !== party));
  }
}

function shareNode(
  party: PartyId,
  { rule }: ShareNode,
  { amountMinor, extraMinor }: SplitPart,
): NodeInMaking {
  return {
    party,
    rule,
    flooredMinor: minorValue(amountMinor - extraMinor),
    leftOverMinor: minorValue(extraMinor),
    amountMinor: minorValue(amountMinor),
  };
}

/** What a party keeps of a share that it splits further: its own part of that split, if it has one. */
function keptOf(below: readonly ShareOut[], party: PartyId, place: string): bigint {
  return below
    .filter(
      (share) =>
        share.party === party && share.from === party && share.place.lastIndexOf("/") === place.length,
    )
    .reduce((sum, share) => sum + share.amountMinor, 0n);
}

function nobody(selector: PartySelector, subject: Subject): never {
  throw new Refused(
    "PARTY_UNKNOWN",
    `The split of ${subject.product} gives a share to the ${selector.role}, and the delivery ${subject.delivery.id} names none.`,
    `Name the party under \`parties.${selector.role}\`${selector.role === "provider" ? " or `provider`" : ""}.`,
    `${subject.pointer}/parties/${selector.role}`,
  );
}

/** Weights of a recourse that takes the whole: percentages that sum to 100 are split, so that the parts sum too. */
export function wholeSplit(percents: readonly (string | number)[]): CompiledSplit | undefined {
  const weights = percents.map((percent) => percentOf(percent));
  const total = weights.reduce(
    (sum, weight) => ({ n: sum.n * weight.d + weight.n * sum.d, d: sum.d * weight.d }),
    {
      n: 0n,
      d: 1n,
    },
  );
  if (divide(total, ONE).n !== divide(total, ONE).d) return undefined;
  return compileSplit(
    weights.map((weight) => ({ kind: "weight", weight })),
    "first-listed",
  );
}
