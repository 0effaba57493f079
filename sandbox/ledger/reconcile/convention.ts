import type { Totals } from "../issued.ts";
import { earlierLines, fits, sumLines } from "./candidates.ts";
import type { Candidate, Side } from "./types.ts";

/** What a row gives, and what of the books it may mean. */
export interface Meant {
  readonly counterparty?: string;
  readonly theirs: Partial<Totals>;
  readonly candidates: readonly Candidate[];
}

/** The side that a partner's figures usually are of, for rows that name a counterparty or none; undefined where nothing tells. */
export type SideKept = (counterparty: string | undefined) => Side | undefined;

/**
 * Which side a file keeps, told by those of its rows that come to one side of their delivery alone: as it stands, else as
 * it once stood. Without it a row that a correction has made wrong would be held against whichever side it happens to meet.
 */
export function sidesKept(rows: readonly Meant[]): SideKept {
  const known = new Map<string, Side | undefined>();
  for (const [counterparty, own] of Map.groupBy(rows, (row) => row.counterparty ?? ""))
    known.set(counterparty, usualSide(own, comesTo) ?? usualSide(own, onceCameTo));
  return (counterparty) => known.get(counterparty ?? "");
}

type Comes = (theirs: Partial<Totals>, candidate: Candidate) => boolean;

const comesTo: Comes = (theirs, { totals }) => fits(theirs, totals, 0);
const onceCameTo: Comes = (theirs, { side, lines }) =>
  earlierLines(lines).some((before) => fits(theirs, sumLines(before, side), 0));

/** The side with most votes; undefined where two have as many. */
function usualSide(rows: readonly Meant[], comes: Comes): Side | undefined {
  const votes = new Map<Side, number>();
  for (const { theirs, candidates } of rows) {
    // Where there is one side only, a row tells nothing of the others.
    const [met, ...others] = candidates.length < 2 ? [] : candidates.filter((each) => comes(theirs, each));
    if (met !== undefined && others.length === 0) votes.set(met.side, (votes.get(met.side) ?? 0) + 1);
  }
  const [first, second] = [...votes].sort(([, a], [, b]) => b - a);
  return first !== undefined && first[1] !== second?.[1] ? first[0] : undefined;
}
