import type { Totals } from "../issued.ts";
import { differenceOf, fits } from "./candidates.ts";
import { type Explanation, explanationsOf } from "./explanations.ts";
import type { Candidate, Cause, OwnFigure, Side } from "./types.ts";

/** What of the books figures were held against, and why they differ from it. */
export interface Judgement {
  readonly candidate: Candidate;
  readonly causes: readonly Cause[];
}

/** What figures are held against: rows that stand for one delivery. */
interface Case {
  readonly group: readonly OwnFigure[];
  readonly theirs: Partial<Totals>;
  readonly scale: number;
}

/** So few causes are more likely on the side that a file keeps than that a row is of another side. */
const SIMPLE = 1;

/**
 * Decides which candidate figures mean: of the usual side, unless they come to another one and there is no simple reason
 * why they don't come to that.
 *
 * @param usual the side that the whole file keeps; undefined where that isn't known
 */
export function judge(figures: Case, candidates: readonly Candidate[], usual: Side | undefined): Judgement {
  const own = candidates.filter(({ side }) => side === usual);
  const others = own.length === 0 ? candidates : candidates.filter(({ side }) => side !== usual);
  return (
    asItStands(figures, own) ??
    explained(figures, own, 0, SIMPLE) ??
    asItStands(figures, others) ??
    explained(figures, own, 0) ??
    explained(figures, others, 0) ??
    explained(figures, own, 1) ??
    explained(figures, others, 1) ??
    unexplained(figures, own.length === 0 ? others : own)
  );
}

const asItStands = ({ group, theirs }: Case, candidates: readonly Candidate[]): Judgement | undefined =>
  exactly(theirs, candidates) ?? repeated(group, candidates);

function exactly(theirs: Partial<Totals>, candidates: readonly Candidate[]): Judgement | undefined {
  const candidate = candidates.find(({ totals }) => fits(theirs, totals, 0));
  return candidate === undefined ? undefined : { candidate, causes: [] };
}

/** One of several rows is the whole delivery already. */
function repeated(group: readonly OwnFigure[], candidates: readonly Candidate[]): Judgement | undefined {
  if (group.length < 2) return undefined;
  for (const { amounts } of group) {
    const found = exactly(amounts, candidates);
    if (found !== undefined) return { candidate: found.candidate, causes: ["duplicate"] };
  }
  return undefined;
}

/**
 * @param unit how far off each line may be, in minor units: a difference of that size alone is one of rounding
 * @param most how many causes it may take
 */
function explained(
  { theirs, scale }: Case,
  candidates: readonly Candidate[],
  unit: number,
  most = Number.POSITIVE_INFINITY,
): Judgement | undefined {
  let best: (Explanation & { candidate: Candidate }) | undefined;
  for (const candidate of candidates)
    for (const explanation of explanationsOf(candidate, scale)) {
      if (explanation.causes.length > most) continue;
      if (best !== undefined && best.causes.length <= explanation.causes.length) continue;
      if (fits(theirs, explanation.totals, unit * candidate.lines.length))
        best = { ...explanation, candidate };
    }
  if (best === undefined) return undefined;
  return { candidate: best.candidate, causes: unit === 0 ? best.causes : [...best.causes, "rounding"] };
}

/** Held against the nearest, with what differs first. */
function unexplained({ theirs }: Case, candidates: readonly Candidate[]): Judgement {
  const [nearest] = candidates.toSorted((a, b) => distance(theirs, a) - distance(theirs, b));
  if (nearest === undefined) throw new RangeError("nothing to compare with");
  return { candidate: nearest, causes: [causeOf(theirs, nearest)] };
}

function causeOf(theirs: Partial<Totals>, { totals }: Candidate): Cause {
  const net = theirs.netMinor;
  if (net === undefined || net !== totals.netMinor) return "price";
  const credit = theirs.serviceCreditMinor;
  return credit !== undefined && credit !== totals.serviceCreditMinor ? "service-credit" : "tax";
}

const distance = (theirs: Partial<Totals>, { totals }: Candidate): number =>
  Math.abs(differenceOf(theirs, totals).differenceMinor ?? 0);
