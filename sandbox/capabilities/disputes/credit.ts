import { parseExact } from "../../rating/exact.ts";
import type { Charge, Leg } from "../../rating/index.ts";
import type { RoundingMode } from "../../rating/rounding.ts";
import { compileSplit, splitMinor } from "../../rating/split.ts";
import { taxOn } from "../../rating/tax.ts";

/** What of a delivery's money a dispute may move. */
export interface Money {
  readonly charges: readonly Charge[];
  readonly legs: readonly Leg[];
}

/** What is left of the sale that can still be credited: net less what was credited before. In minor units. */
export const creditable = ({ charges }: Pick<Money, "charges">): bigint =>
  sales(charges).reduce((sum, charge) => sum + charge.netMinor - charge.serviceCreditMinor, 0n);

const sales = (charges: readonly Charge[]): Charge[] => charges.filter((charge) => charge.side === "sale");

/** Parts of an amount in proportion to weights; left-over minor units go to the largest remainders. */
function proportionally(amountMinor: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.every((weight) => weight <= 0n))
    return weights.map((_, index) => (index === 0 ? amountMinor : 0n));
  const rules = weights.map((weight) => ({
    kind: "ratio" as const,
    ratio: { n: weight < 0n ? 0n : weight, d: 1n },
  }));
  return splitMinor(amountMinor, compileSplit(rules, "largest-remainder")).map((part) => part.amountMinor);
}

/** The leg with a smaller net or credit, its tax on what remains. */
function lowered(leg: Leg, netMinor: bigint, creditMinor: bigint, mode: RoundingMode): Leg {
  const rate = { code: leg.taxCode, percent: parseExact(leg.taxPercent), percentText: leg.taxPercent };
  const taxMinor = taxOn(netMinor - creditMinor, rate, mode);
  return { ...leg, netMinor, creditMinor, taxMinor, payableMinor: netMinor - creditMinor + taxMinor };
}

/**
 * Gives the customer back a part of the net sale. It goes back the way it came: each leg of the split bears its
 * proportion, down the chain; service credit, recourse and purchases stay as they are.
 * At most what is creditable is given back.
 */
export function creditCustomer(money: Money, creditMinor: bigint, mode: RoundingMode): Money {
  const open = creditable(money);
  const amountMinor = creditMinor < open ? creditMinor : open;
  const weights = sales(money.charges).map((charge) => charge.netMinor - charge.serviceCreditMinor);
  const parts = proportionally(amountMinor, weights);
  let legs = [...money.legs];
  const charges = money.charges.map((charge) => {
    if (charge.side !== "sale") return charge;
    const part = parts.shift() ?? 0n;
    if (part === 0n) return charge;
    legs = creditCharge(legs, placeOf(money, charge), charge, part, mode);
    return restated(charge, legs, placeOf(money, charge));
  });
  return { charges, legs };
}

/** Legs of a charge begin with its place among the delivery's charges. */
const placeOf = (money: Money, charge: Charge): string =>
  String(money.charges.findIndex(({ id }) => id === charge.id));
const saleLeg = (place: string): string => `${place}/sale`;
const isShareOf = (leg: Leg, place: string): boolean => leg.id.startsWith(`${place}/share/`);

function creditCharge(
  legs: readonly Leg[],
  place: string,
  charge: Charge,
  amountMinor: bigint,
  mode: RoundingMode,
): Leg[] {
  const changed = new Map<string, Leg>();
  const sale = legs.find((leg) => leg.id === saleLeg(place));
  if (sale !== undefined) {
    changed.set(sale.id, lowered(sale, sale.netMinor - amountMinor, sale.creditMinor, mode));
  }
  const passOn = (from: string, grossMinor: bigint, partMinor: bigint): void => {
    const below = legs.filter((leg) => isShareOf(leg, place) && leg.payer === from && !changed.has(leg.id));
    const own = grossMinor - below.reduce((sum, leg) => sum + leg.netMinor, 0n);
    const parts = proportionally(partMinor, [...below.map((leg) => leg.netMinor), own]);
    for (const [index, leg] of below.entries()) {
      const part = parts[index] ?? 0n;
      changed.set(leg.id, lowered(leg, leg.netMinor - part, leg.creditMinor, mode));
      passOn(leg.payee, leg.netMinor, part);
    }
  };
  passOn(charge.payee, charge.netMinor, amountMinor);
  return legs.map((leg) => changed.get(leg.id) ?? leg);
}

/** The charge as its legs stand now: shares are what each party keeps of what comes in. */
function restated(charge: Charge, legs: readonly Leg[], place: string): Charge {
  const sale = legs.find((leg) => leg.id === saleLeg(place));
  if (sale === undefined) return charge;
  const shareLegs = legs.filter((leg) => isShareOf(leg, place));
  const sum = (some: readonly Leg[]) => some.reduce((total, leg) => total + leg.netMinor, 0n);
  const kept = (party: string): bigint =>
    (party === charge.payee ? sale.netMinor : 0n) +
    sum(shareLegs.filter((leg) => leg.payee === party)) -
    sum(shareLegs.filter((leg) => leg.payer === party));
  return {
    ...charge,
    netMinor: sale.netMinor,
    taxMinor: sale.taxMinor,
    payableMinor: sale.payableMinor,
    shares: charge.shares.map(({ party }) => ({ party, amountMinor: kept(party) })),
  };
}

/** What recourse a party bears, that a dispute of its own may take off. In minor units. */
export const recourseOn = ({ charges }: Pick<Money, "charges">, party: string): bigint =>
  charges
    .flatMap((charge) => charge.recourse)
    .filter((recourse) => recourse.party === party)
    .reduce((sum, recourse) => sum + recourse.amountMinor, 0n);

/**
 * Takes recourse off a party that was not at fault: whoever it was owed to bears it. The customer keeps its credit,
 * so only this one leg changes.
 */
export function relieveOfRecourse(
  money: Money,
  party: string,
  amountMinor: bigint,
  mode: RoundingMode,
): Money {
  let left = amountMinor;
  const take = (availableMinor: bigint): bigint => {
    const part = availableMinor < left ? availableMinor : left;
    left -= part;
    return part;
  };
  const legs = money.legs.map((leg) => {
    if (leg.kind === "recourse" && leg.payer === party) {
      return lowered(leg, leg.netMinor - take(leg.netMinor), leg.creditMinor, mode);
    }
    return leg.kind === "share" && leg.payee === party && leg.creditMinor > 0n
      ? lowered(leg, leg.netMinor, leg.creditMinor - take(leg.creditMinor), mode)
      : leg;
  });
  let relieved = amountMinor - left;
  const charges = money.charges.map((charge) => ({
    ...charge,
    recourse: charge.recourse.flatMap((recourse) => {
      if (recourse.party !== party || relieved === 0n) return [recourse];
      const part = recourse.amountMinor < relieved ? recourse.amountMinor : relieved;
      relieved -= part;
      const rest = recourse.amountMinor - part;
      return rest === 0n ? [] : [{ ...recourse, amountMinor: rest }];
    }),
  }));
  return { charges, legs };
}
