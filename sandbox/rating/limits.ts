import type { Run } from "./choose.ts";
import type { Offer } from "./compiled.ts";
import type { CompiledEntry } from "./entry.ts";
import { Refused } from "./subject.ts";
import type { Leg } from "./types.ts";

/** Minor units that a JSON number, and so every system on the way, holds exactly. */
const MOST_MINOR = BigInt(Number.MAX_SAFE_INTEGER);
const LEAST_MINOR = -MOST_MINOR;

export const isBeyond = (minor: bigint): boolean => minor > MOST_MINOR || minor < LEAST_MINOR;

/** Amounts that can't be booked exactly are refused with the clause that they come from. */
export function refuseBeyondLimit(run: Run, legs: readonly Leg[]): void {
  for (const { id, product, netMinor, payableMinor, taxMinor } of legs) {
    if (!isBeyond(payableMinor) && !isBeyond(taxMinor) && !isBeyond(netMinor)) continue;
    const outcome = run.outcomes[Number.parseInt(id, 10)];
    const clause = outcome === undefined ? "its recourse" : clauseOf(outcome.offer, outcome.entry);
    throw beyondLimit(run, product, payableMinor, clause);
  }
}

export function beyondLimit({ delivery }: Run, product: string, minor: bigint, clause: string): Refused {
  return new Refused(
    "USAGE_INVALID",
    `The delivery ${delivery.id} of ${product} comes to more than can be booked exactly by ${clause}: ${String(minor).slice(0, 40)} minor units, above ${MOST_MINOR}.`,
    "Correct the delivery's usage, or bound the measure with `maximum` in the rate card.",
    "/usage",
  );
}

/** Where a price stands, in words. */
export function clauseOf({ card }: Offer, { pointer }: CompiledEntry): string {
  return `the rate card ${card.citation.id} ${card.citation.version}, clause ${pointer}`;
}
