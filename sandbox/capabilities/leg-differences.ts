import type { Leg } from "../rating/index.ts";

/**
 * What has to be booked so that a delivery stands at `now` after it stood at `before`: for each leg new minus old.
 * A difference is never split or taxed afresh, so the books always come right to the cent.
 * Legs whose parties, tax or currency changed are taken back whole and booked anew.
 */
export function legDifferences(before: readonly Leg[], now: readonly Leg[]): Leg[] {
  const former = new Map(before.map((leg) => [leg.id, leg]));
  const changed = now.flatMap((leg) => {
    const old = former.get(leg.id);
    former.delete(leg.id);
    if (old === undefined) return [leg];
    return sameRelation(old, leg) ? [subtract(leg, old)] : [negate(old), leg];
  });
  const gone = [...former.values()].map(negate);
  return [...changed, ...gone].filter(
    (leg) => leg.netMinor !== 0n || leg.creditMinor !== 0n || leg.taxMinor !== 0n,
  );
}

function sameRelation(left: Leg, right: Leg): boolean {
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
