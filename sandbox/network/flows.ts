import { movesMoney } from "../ledger/index.ts";
import type { Leg, PartyId } from "../rating/types.ts";

/** What one party pays another, in one currency. All in minor units; what was put right or taken back is taken off. */
export interface FlowAmount {
  readonly currency: string;
  /** Before credits and taxes. */
  readonly netMinor: bigint;
  /** Service credits and recourse, which the payee gives back. */
  readonly creditMinor: bigint;
  /** net − credit: the value that went from payer to payee. Below zero where the payee gave back more than it got. */
  readonly valueMinor: bigint;
  /** Handed on to an authority, so not part of the value. */
  readonly taxMinor: bigint;
}

/** Everything that one party pays another over a time, in the direction in which the books have it. */
export interface Flow {
  readonly payer: PartyId;
  readonly payee: PartyId;
  /** For how many deliveries: one that was taken back counts no more. */
  readonly deliveries: number;
  /** Sorted. */
  readonly products: readonly string[];
  /** Sorted by currency. */
  readonly amounts: readonly FlowAmount[];
}

/** What a booking changes about a delivery: its legs new minus old, and the legs as they stood before. */
export interface BookedLegs {
  readonly kind: string;
  readonly legs: readonly Leg[];
  /** Empty for the first booking of a delivery. */
  readonly former: readonly Leg[];
}

type LegAmounts = Pick<Leg, "netMinor" | "creditMinor" | "taxMinor">;

interface Sums {
  deliveries: number;
  readonly products: Set<string>;
  readonly amounts: Map<string, LegAmounts>;
}

/** Bookings as sums between two parties each: what is held grows with those who trade with each other, not with what they traded. */
export class FlowSums {
  readonly #flows = new Map<string, Sums>();
  readonly #deliveries = new Map<PartyId, number>();
  readonly #product: string | undefined;

  /** @param product only legs of this one */
  constructor(product?: string) {
    this.#product = product;
  }

  add({ kind, legs, former }: BookedLegs): void {
    const counted = legs.filter((leg) => this.#counts(leg));
    for (const leg of counted) this.#addLeg(leg);
    // The minimum of a period is owed for no delivery.
    if (kind === "commitment") return;
    const before = former.filter((leg) => this.#counts(leg));
    this.#count(before, -1);
    this.#count(standing(before, counted), 1);
  }

  /** How many deliveries a party takes part in as payer or payee. */
  deliveriesOf(party: PartyId): number {
    return this.#deliveries.get(party) ?? 0;
  }

  /** Sorted by payer, then payee. Without those of which nothing is left. */
  all(): Flow[] {
    return [...this.#flows]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, sums]) => flowOf(key, sums))
      .filter(({ amounts }) => amounts.length > 0);
  }

  /** What a party keeps for itself goes from nobody to anybody. */
  #counts({ payer, payee, product }: Leg): boolean {
    return payer !== payee && (this.#product === undefined || product === this.#product);
  }

  #of(key: string): Sums {
    const known = this.#flows.get(key) ?? { deliveries: 0, products: new Set(), amounts: new Map() };
    this.#flows.set(key, known);
    return known;
  }

  #addLeg(leg: Leg): void {
    const { products, amounts } = this.#of(pairOf(leg));
    products.add(leg.product);
    amounts.set(leg.currency, plus(amounts.get(leg.currency), leg));
  }

  /** A delivery counts once between two parties, however many legs it has there. */
  #count(legs: readonly Leg[], by: 1 | -1): void {
    for (const pair of new Set(legs.map(pairOf))) this.#of(pair).deliveries += by;
    for (const party of new Set(legs.flatMap(({ payer, payee }) => [payer, payee])))
      this.#deliveries.set(party, this.deliveriesOf(party) + by);
  }
}

const pairOf = ({ payer, payee }: Leg): string => `${payer}\n${payee}`;

function flowOf(key: string, { deliveries, products, amounts }: Sums): Flow {
  const [payer = "", payee = ""] = key.split("\n");
  const left = [...amounts]
    .filter(([, sum]) => movesMoney(sum))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({ currency, ...sum, valueMinor: sum.netMinor - sum.creditMinor }));
  return { payer, payee, deliveries, products: [...products].sort(), amounts: left };
}

/** The legs of which something is left once the differences are booked onto the former ones. */
function standing(former: readonly Leg[], differences: readonly Leg[]): readonly Leg[] {
  if (former.length === 0) return differences;
  const left = new Map<string, Leg>();
  for (const leg of [...former, ...differences]) {
    const key = `${pairOf(leg)}\n${leg.id}\n${leg.currency}`;
    left.set(key, { ...leg, ...plus(left.get(key), leg) });
  }
  return [...left.values()].filter(movesMoney);
}

const plus = (sum: LegAmounts | undefined, leg: LegAmounts): LegAmounts => ({
  netMinor: (sum?.netMinor ?? 0n) + leg.netMinor,
  creditMinor: (sum?.creditMinor ?? 0n) + leg.creditMinor,
  taxMinor: (sum?.taxMinor ?? 0n) + leg.taxMinor,
});
