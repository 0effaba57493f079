import type { Rated, Rating, RatingContext, Unrated } from "./outcome.ts";
import { createSession } from "./session.ts";
import type { RatingTotals, SessionOutcome } from "./session-types.ts";
import type { Delivery, PartyId } from "./types.ts";

/** Before, after and what lies between, in minor units. */
export interface Change {
  readonly fromMinor: number;
  readonly toMinor: number;
  readonly differenceMinor: number;
}

/** What deliveries would have cost under other terms. Nothing is booked. */
export interface Comparison {
  readonly deliveries: number;
  /** Deliveries for which anything is another amount, or that only one of the two can rate. */
  readonly changed: number;
  readonly from: RatingTotals;
  readonly to: RatingTotals;
  /** What each party gets (positive) or pays, tax that it can claim back left out. */
  readonly parties: Readonly<Record<PartyId, Change>>;
  /** Net charge less service credit, by product. */
  readonly products: Readonly<Record<string, Change>>;
}

/** Why a side could not rate a delivery; empty where both could. */
export interface Unrateable {
  readonly from?: Unrated;
  readonly to?: Unrated;
}

/**
 * Re-rates deliveries under two sets of terms side by side, one by one: `add` each, then look at `result`.
 * Only deliveries of cumulative prices are kept, since a late one may move others.
 */
export function createComparison(
  from: Rating,
  to: Rating,
  context: RatingContext = {},
): { add(delivery: Delivery): Unrateable; result(): Comparison } {
  const sides = [from, to].map((rating) => createSide(rating, { ...context, untraced: true })) as [
    Side,
    Side,
  ];
  let deliveries = 0;
  let changed = 0;
  return {
    add(delivery) {
      deliveries++;
      const [before, after] = sides.map((side) => side.add(delivery)) as [string | Unrated, string | Unrated];
      const [from, to] = [before, after].map((each) => (typeof each === "string" ? undefined : each));
      // Two strings that differ, or a string beside a refusal: what neither can rate is no change.
      if (before !== after && (from === undefined || to === undefined)) changed++;
      return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    },
    result() {
      const [before, after] = sides;
      return {
        deliveries,
        changed,
        from: before.totals(),
        to: after.totals(),
        parties: changesOf(before.parties, after.parties),
        products: changesOf(before.products, after.products),
      };
    },
  };
}

interface Side {
  /** Returns the outcome in short, so that two sides can be told apart; or why there is none. */
  add(delivery: Delivery): string | Unrated;
  totals(): RatingTotals;
  readonly parties: ReadonlyMap<PartyId, bigint>;
  readonly products: ReadonlyMap<string, bigint>;
}

function createSide(rating: Rating, context: RatingContext): Side {
  const session = createSession(rating, context);
  const parties = new Map<PartyId, bigint>();
  const products = new Map<string, bigint>();
  const kept = new Map<string, Rated>();

  const count = (rated: Rated, sign: bigint): void => {
    raise(products, rated.product, sign * (rated.netMinor - rated.serviceCreditMinor));
    for (const leg of rated.legs) {
      const net = leg.netMinor - leg.creditMinor;
      raise(parties, leg.payee, sign * net);
      raise(parties, leg.payer, -sign * (leg.taxRecovered ? net : leg.payableMinor));
      if (leg.taxAuthority !== undefined && !leg.taxRecovered)
        raise(parties, leg.taxAuthority, sign * leg.taxMinor);
    }
  };

  return {
    parties,
    products,
    totals: () => session.totals(),
    add(delivery) {
      const outcome = session.add(delivery);
      if (outcome.kind === "unrated") return outcome;
      for (const rated of [outcome, ...outcome.rerated]) {
        const former = kept.get(rated.deliveryId);
        if (former !== undefined) count(former, -1n);
        count(rated, 1n);
        if (rated.counters.length > 0) kept.set(rated.deliveryId, rated);
      }
      return inShort(outcome);
    },
  };
}

function inShort({ legs }: SessionOutcome & { kind: "rated" }): string {
  return legs
    .map((leg) => `${leg.payer}>${leg.payee}:${leg.netMinor}/${leg.creditMinor}/${leg.taxMinor}`)
    .join(" ");
}

function raise(sums: Map<string, bigint>, key: string, amountMinor: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amountMinor);
}

function changesOf(
  from: ReadonlyMap<string, bigint>,
  to: ReadonlyMap<string, bigint>,
): Record<string, Change> {
  const keys = [...new Set([...from.keys(), ...to.keys()])].sort();
  return Object.fromEntries(
    keys.map((key) => {
      const [before, after] = [from.get(key) ?? 0n, to.get(key) ?? 0n];
      return [
        key,
        { fromMinor: Number(before), toMinor: Number(after), differenceMinor: Number(after - before) },
      ];
    }),
  );
}
