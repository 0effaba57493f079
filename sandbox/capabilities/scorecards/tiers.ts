import type { Tier } from "../../measures/metric.ts";
import { figureOf } from "../../measures/tally.ts";
import { compare } from "../../rating/exact.ts";
import { type Measured, ownPart } from "./measuring.ts";

/** The tier that follows for a party; undefined where none does. @param tiers best first */
export const tierOf = (
  party: string,
  tiers: readonly Tier[],
  measured: readonly Measured[],
): Tier | undefined => tiers.find((tier) => holds(tier, party, measured));

/** Whether all rules of a tier hold for the party; a metric without a value holds none. */
function holds({ rules }: Tier, party: string, measured: readonly Measured[]): boolean {
  return rules.every(({ metric: id, atLeast, atMost }) => {
    const found = measured.find(({ metric }) => metric.id === id);
    if (found === undefined) return false;
    const { metric, whole } = found;
    const { value } = figureOf(metric.measure.definition.ofParties ? ownPart(found, party) : whole, metric);
    if (value === undefined) return false;
    return (
      (atLeast === undefined || compare(value, atLeast) >= 0) &&
      (atMost === undefined || compare(value, atMost) <= 0)
    );
  });
}
