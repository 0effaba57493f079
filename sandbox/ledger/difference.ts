import type { Leg } from "../rating/types.ts";

/**
 * What has to be booked so that a delivery stands at `now` after it stood at `before`: for each leg new minus old.
 * A difference is never split or taxed afresh: a correction from 150 to 80 at 12/88 books −8/−62, where splitting −70 would
 * book −9/−61 and never come right. Legs whose parties, tax or currency changed are taken back whole and booked anew.
 */
export function differenceOf(before: readonly Leg[], now: readonly Leg[]): Leg[] {
  const former = new Map(before.map((leg) => [leg.id, leg]));
  const changed = now.flatMap((leg) => {
    const old = former.get(leg.id);
    former.delete(leg.id);
    if (old === undefined) return [leg];
    return isSameRelation(old, leg) ? [subtract(leg, old)] : [negate(old), leg];
  });
  return [...changed, ...mirrored([...former.values()])].filter(movesMoney);
}

/** Whether a leg has an amount: one without stands under the fingerprint all the same. */
export const movesMoney = ({
  netMinor,
  creditMinor,
  taxMinor,
}: Pick<Leg, "netMinor" | "creditMinor" | "taxMinor">): boolean =>
  netMinor !== 0n || creditMinor !== 0n || taxMinor !== 0n;

/** A reversal: the same legs with every amount negated, to the cent. */
export function mirrored(legs: readonly Leg[]): Leg[] {
  return legs.map(negate);
}

/** Whether two legs are between the same parties, for the same thing, under the same tax: only then one is less than the other. */
export function isSameRelation(left: Leg, right: Leg): boolean {
  return (
    left.payer === right.payer &&
    left.payee === right.payee &&
    left.currency === right.currency &&
    left.kind === right.kind &&
    left.taxCode === right.taxCode &&
    left.taxRecovered === right.taxRecovered &&
    left.taxAuthority === right.taxAuthority
  );
}

const subtract = (leg: Leg, old: Leg): Leg => ({
  ...leg,
  netMinor: leg.netMinor - old.netMinor,
  creditMinor: leg.creditMinor - old.creditMinor,
  taxMinor: leg.taxMinor - old.taxMinor,
  payableMinor: leg.payableMinor - old.payableMinor,
});

const negate = (leg: Leg): Leg => ({
  ...leg,
  netMinor: -leg.netMinor,
  creditMinor: -leg.creditMinor,
  taxMinor: -leg.taxMinor,
  payableMinor: -leg.payableMinor,
});
