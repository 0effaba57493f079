import { differenceOf, postingsOf } from "../../../../sandbox/ledger/index.ts";
import type { Delivery, Leg, Rated, Rating } from "../../../../sandbox/rating/index.ts";
import { Q } from "../verifier/fractions.ts";

/** Rates deliveries in the order of time, then id, each on top of what the ones before it left in the period. */
export function rateInOrder(rating: Rating, deliveries: Iterable<Delivery>): ReadonlyMap<string, Rated> {
  const held = new Map<string, string>();
  const rated = new Map<string, Rated>();
  const order = (delivery: Delivery): string => rating.order(delivery) ?? "";
  for (const delivery of [...deliveries].sort((a, b) => (order(a) < order(b) ? -1 : 1))) {
    const outcome = rating.rate(delivery, { untraced: true, prior: (key) => held.get(key) });
    if (outcome.kind === "unrated") throw new Error(outcome.detail);
    rated.set(delivery.id, outcome);
    for (const { key, quantity } of outcome.counters)
      held.set(
        key,
        Q.of(held.get(key) ?? "0")
          .plus(Q.of(quantity))
          .toString(),
      );
  }
  return rated;
}

/** What has to be booked so that the books say `now` where they said `before`: for each leg, new minus old. */
export function changeOf(
  before: ReadonlyMap<string, Rated>,
  now: ReadonlyMap<string, Rated>,
): readonly Leg[] {
  const ids = new Set([...before.keys(), ...now.keys()]);
  return [...ids].flatMap((id) => differenceOf(before.get(id)?.legs ?? [], now.get(id)?.legs ?? []));
}

export const legsOf = (rated: ReadonlyMap<string, Rated>): readonly Leg[] =>
  [...rated.values()].flatMap(({ legs }) => legs);

/** Everything that books say: each leg by its amounts, each account by its sum. What came to nothing is left out. */
export function booksOf(booked: readonly Leg[]): Readonly<Record<string, bigint>> {
  const books: Record<string, bigint> = {};
  const add = (line: string, minor: bigint): void => {
    books[line] = (books[line] ?? 0n) + minor;
  };
  for (const leg of booked) {
    const name = `${leg.deliveryId} ${leg.id} ${leg.payer} > ${leg.payee}`;
    add(`${name} net`, leg.netMinor);
    add(`${name} credit`, leg.creditMinor);
    add(`${name} tax`, leg.taxMinor);
  }
  for (const { account, currency, amountMinor } of postingsOf(booked))
    add(`${account} ${currency}`, amountMinor);
  return Object.fromEntries(
    Object.entries(books)
      .filter(([, minor]) => minor !== 0n)
      .sort(),
  );
}
