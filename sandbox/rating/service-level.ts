import { selectParty } from "./conditions.ts";
import type { PartySelector, RecourseContent, ServiceLevelContent } from "./documents.ts";
import { compare, type Exact, formatExact, parseExact, percentOf } from "./exact.ts";
import { type RoundingMode, roundDivision, toMinor } from "./rounding.ts";
import { wholeSplit } from "./shares.ts";
import { type CompiledSplit, splitMinor } from "./split.ts";
import { measureValue, readMeasure, type Subject } from "./subject.ts";
import { minorValue, type TraceNode } from "./trace.ts";
import type { PartyId, Recourse } from "./types.ts";

export interface CompiledServiceLevel {
  readonly id: string;
  readonly measure: string;
  readonly pointer: string;
  /** Undefined where the delivery doesn't carry the measure: nothing was promised about what nobody measured. */
  assess(subject: Subject, netMinor: bigint, payee: PartyId): Assessment | undefined;
}

export interface Assessment {
  readonly value: string;
  readonly breached: boolean;
  /** The bound that the value is beyond; undefined where it is within. */
  readonly missed: string | undefined;
  readonly creditMinor: bigint;
  readonly recourse: (creditMinor: bigint) => {
    readonly list: readonly Recourse[];
    readonly nodes: readonly TraceNode[];
  };
  trace(): TraceNode;
}

interface Step {
  readonly holds: (value: Exact) => boolean;
  readonly percent: Exact | undefined;
  readonly amountMinor: bigint | undefined;
  readonly text: TraceNode;
}

/** What a breach gives back, and what it would have without a cap. */
interface Credit {
  readonly minor: bigint;
  readonly wanted: bigint;
  readonly step: TraceNode | undefined;
}

const NO_CREDIT: Credit = { minor: 0n, wanted: 0n, step: undefined };

export function compileServiceLevel(
  content: ServiceLevelContent,
  pointer: string,
  scale: number,
  mode: RoundingMode,
): CompiledServiceLevel {
  const { atMost, atLeast } = content.target;
  const highest = atMost === undefined ? undefined : parseExact(atMost);
  const lowest = atLeast === undefined ? undefined : parseExact(atLeast);
  const steps = (content.credit?.steps ?? []).map((step) => compileStep(step, scale));
  const maximum =
    content.credit?.maximumAmount === undefined
      ? undefined
      : toMinor(parseExact(content.credit.maximumAmount), scale, mode);
  const recourse = compileRecourse(content.recourse ?? [], scale, mode);

  const creditOf = (value: Exact, netMinor: bigint): Credit => {
    const step = steps.find(({ holds }) => holds(value));
    if (step === undefined) return NO_CREDIT;
    const charged = netMinor < 0n ? 0n : netMinor;
    const wanted =
      step.amountMinor ?? (step.percent === undefined ? 0n : partOf(charged, step.percent, mode));
    const capped = maximum !== undefined && wanted > maximum ? maximum : wanted;
    // A credit never turns a charge around: it ends at the net charge itself.
    const minor = capped > charged ? charged : capped;
    return { minor, wanted, step: step.text };
  };

  return {
    id: content.id,
    measure: content.measure,
    pointer,
    assess(subject, netMinor, payee) {
      if (measureValue(subject, content.measure) === undefined) return undefined;
      const value = readMeasure(subject, content.measure);
      const isAbove = highest !== undefined && compare(value, highest) > 0;
      const isBelow = lowest !== undefined && compare(value, lowest) < 0;
      const missed = isAbove ? highest : isBelow ? lowest : undefined;
      const kept = missed === undefined;
      const credit = kept ? NO_CREDIT : creditOf(value, netMinor);
      const text = formatExact(value);
      return {
        value: text,
        breached: !kept,
        missed: missed === undefined ? undefined : formatExact(missed),
        creditMinor: credit.minor,
        recourse: (creditMinor) => recourse(creditMinor, payee, subject),
        trace: () => ({
          serviceLevel: content.id,
          clause: pointer,
          measure: content.measure,
          value: text,
          breached: !kept,
          ...(credit.step === undefined ? {} : { step: credit.step }),
          ...(credit.minor === credit.wanted ? {} : { beforeCapMinor: minorValue(credit.wanted) }),
          creditMinor: minorValue(credit.minor),
        }),
      };
    },
  };
}

function compileStep(step: NonNullable<ServiceLevelContent["credit"]>["steps"][number], scale: number): Step {
  const limits: ((value: Exact) => boolean)[] = [];
  const limit = (text: string | number | undefined, holds: (order: number) => boolean): void => {
    if (text === undefined) return;
    const exact = parseExact(text);
    limits.push((value) => holds(compare(value, exact)));
  };
  limit(step.above, (order) => order > 0);
  limit(step.upTo, (order) => order <= 0);
  limit(step.below, (order) => order < 0);
  limit(step.downTo, (order) => order >= 0);
  return {
    holds: (value) => limits.every((test) => test(value)),
    percent: step.percent === undefined ? undefined : percentOf(step.percent),
    amountMinor: step.amount === undefined ? undefined : toMinor(parseExact(step.amount), scale, "half-even"),
    text: Object.fromEntries(Object.entries(step).map(([key, value]) => [key, String(value)])),
  };
}

function partOf(minor: bigint, part: Exact, mode: RoundingMode): bigint {
  return roundDivision(minor * part.n, part.d, mode);
}

interface RecourseNode {
  readonly selector: PartySelector;
  readonly percent: Exact;
  readonly percentText: string;
  readonly maximum: bigint | undefined;
  readonly onward: CompiledRecourse;
}

type CompiledRecourse = (
  amountMinor: bigint,
  to: PartyId,
  subject: Subject,
) => { readonly list: readonly Recourse[]; readonly nodes: readonly TraceNode[] };

const NOBODY = { list: [], nodes: [] };

/**
 * Whether a party answers to another one for a breach. Who is named, by the clause or the delivery, does; so does who renders the
 * service. A mere stand-in for any other role does only where an agreement between the two was in force: a courier
 * owes nothing to a caterer that it never contracted with.
 */
function answers(
  { party: named, role }: PartySelector,
  party: PartyId,
  to: PartyId,
  subject: Subject,
): boolean {
  if (named !== undefined || role === undefined || role === "provider") return true;
  return !subject.unnamed(role) || subject.bound(party, to);
}

/**
 * Passes a credit on to those at fault, in listed order, each up to its cap; each may take recourse in turn.
 * Percentages that make up the whole are split like shares, so that they sum; a lesser part is a line of its own, rounded as one.
 */
function compileRecourse(
  contents: readonly RecourseContent[],
  scale: number,
  mode: RoundingMode,
): CompiledRecourse {
  if (contents.length === 0) return () => NOBODY;
  const whole: CompiledSplit | undefined = wholeSplit(contents.map(({ percent }) => percent));
  const nodes = contents.map(
    (content): RecourseNode => ({
      selector: content,
      percent: percentOf(content.percent),
      percentText: String(content.percent),
      maximum:
        content.maximumAmount === undefined
          ? undefined
          : toMinor(parseExact(content.maximumAmount), scale, mode),
      onward: compileRecourse(content.recourse ?? [], scale, mode),
    }),
  );
  return (amountMinor, to, subject) => {
    if (amountMinor === 0n) return NOBODY;
    const parts = whole === undefined ? undefined : splitMinor(amountMinor, whole);
    const list: Recourse[] = [];
    const further: Recourse[] = [];
    const traced: TraceNode[] = [];
    nodes.forEach((node, i) => {
      const party = selectParty(node.selector, subject);
      // A role that nobody has in this delivery can't be at fault: that part stays with the party that was to pass it on.
      if (party === undefined || !answers(node.selector, party, to, subject)) return;
      const wanted = parts?.[i]?.amountMinor ?? partOf(amountMinor, node.percent, mode);
      const minor = node.maximum !== undefined && wanted > node.maximum ? node.maximum : wanted;
      const onward = node.onward(minor, party, subject);
      if (minor !== 0n) list.push({ party, to, amountMinor: minor });
      further.push(...onward.list);
      traced.push({
        party,
        to,
        percent: node.percentText,
        ...(minor === wanted ? {} : { beforeCapMinor: minorValue(wanted) }),
        amountMinor: minorValue(minor),
        ...(onward.nodes.length === 0 ? {} : { recourse: onward.nodes }),
      });
    });
    return { list: [...list, ...further], nodes: traced };
  };
}
