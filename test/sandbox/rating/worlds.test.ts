import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { mirrored, positionsOf, postingsOf, sumsOf } from "../../../sandbox/ledger/index.ts";
import { createSession, type Delivery, type Leg, type Rated } from "../../../sandbox/rating/index.ts";
import { libraryOf, rateAll, sent } from "./told.ts";
import { Books, verifyTrace } from "./verifier/index.ts";
import { list, type Raw, raw } from "./verifier/raw.ts";
import { booksOf, changeOf, legsOf, rateInOrder } from "./worlds/books.ts";
import { type World, world } from "./worlds/index.ts";

const RUNS = { numRuns: 1000 };

/** A thousand worlds, each with documents of its own over all terms, and deliveries under them. Made once: that takes longest. */
let worlds: readonly World[];
beforeAll(() => {
  worlds = fc.sample(world, RUNS);
});

function inEveryWorld(holds: (world: World) => void): void {
  try {
    for (const each of worlds) holds(each);
  } catch (error) {
    // The same worlds again, and then smaller ones: the smallest in which it doesn't hold tells most.
    fc.assert(fc.property(world, holds), RUNS);
    throw error;
  }
}

/** What is asked of the same world more than once is worked out once. */
function once<T>(work: (world: World) => T): (world: World) => T {
  const known = new WeakMap<World, T>();
  return (own) => {
    const value = known.get(own) ?? work(own);
    known.set(own, value);
    return value;
  };
}

const traced = once(({ rating, deliveries }) => rateAll(rating, deliveries));
const ratedInOrder = once(({ rating, deliveries }) => rateInOrder(rating, deliveries));

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, each) => sum + each, 0n);
const minor = (value: unknown): bigint => BigInt(Number(value));

/** Amounts that a split was to divide and didn't, at any depth. */
function unevenNodes(amount: bigint, shares: readonly Raw[], at: string): string[] {
  const divided = total(shares.map((share) => minor(share["amountMinor"])));
  return [
    ...(divided === amount ? [] : [`${at}: ${amount} became ${divided}`]),
    ...shares.flatMap((share, i) =>
      share["split"] === undefined
        ? []
        : unevenNodes(minor(share["amountMinor"]), list(share["split"]), `${at}/${i}`),
    ),
  ];
}

describe("whatever the terms", () => {
  it("parts sum at every node, down every split", () => {
    inEveryWorld((own) => {
      for (const { trace } of traced(own)) {
        const uneven = list(raw(trace)["charges"]).flatMap((charge) => {
          const net = charge["netOfTaxMinor"] ?? charge["netMinor"];
          return charge["split"] === undefined
            ? []
            : unevenNodes(minor(net), list(raw(charge["split"])["shares"]), String(charge["id"]));
        });
        expect(uneven).toEqual([]);
      }
      for (const { charges } of ratedInOrder(own).values())
        for (const { shares, netMinor } of charges)
          expect(total(shares.map(({ amountMinor }) => amountMinor))).toBe(netMinor);
    });
  });

  it("the verifier agrees with every trace", () => {
    inEveryWorld((own) => {
      const library = libraryOf(own.documents);
      const books = new Books();
      for (const { trace, delivery } of traced(own))
        expect(verifyTrace(trace, { library, books, delivery: sent(delivery) })).toEqual([]);
    });
  });

  it("output less input tax over all suppliers is the customer's tax, and the books sum to nothing", () => {
    inEveryWorld((own) => {
      for (const rated of ratedInOrder(own).values()) {
        const { legs } = rated;
        const customers = total(
          legs.filter(({ taxRecovered }) => !taxRecovered).map(({ taxMinor }) => taxMinor),
        );
        const parties = new Set(legs.flatMap(({ payer, payee }) => [payer, payee]));
        const owed = [...parties].map((party) => taxOwedBy(party, legs));
        expect(total(owed)).toBe(customers);
        const postings = postingsOf(legs);
        expect(Object.values(sumsOf(postings)).filter((sum) => sum !== 0n)).toEqual([]);
        const positions = positionsOf(postings);
        expect(total(positions.map(({ amountMinor }) => amountMinor))).toBe(0n);
        expect(paidBy(rated)).toBe(rated.payableMinor);
      }
    });
  });

  it("a reversal mirrors to the cent, on every leg and every account", () => {
    inEveryWorld((own) => {
      for (const { legs } of ratedInOrder(own).values()) {
        const back = mirrored(legs);
        expect(booksOf([...legs, ...back])).toEqual({});
        expect(back.map(({ id, payer, payee, netMinor }) => [id, payer, payee, netMinor])).toEqual(
          legs.map(({ id, payer, payee, netMinor }) => [id, payer, payee, -netMinor]),
        );
      }
    });
  });

  it("any order of arrival leaves the same books, posting by posting", () => {
    inEveryWorld((own) => {
      const session = createSession(own.rating, { untraced: true });
      const standing = new Map<string, Rated>();
      const booked: Leg[] = [];
      for (const delivery of own.arrival) {
        const outcome = session.add(delivery);
        if (outcome.kind === "unrated") throw new Error(outcome.detail);
        for (const each of [outcome, ...outcome.rerated]) {
          const { deliveryId: id } = each;
          const before = standing.get(id);
          booked.push(...changeOf(new Map(before && [[id, before]]), new Map([[id, each]])));
          standing.set(id, each);
        }
      }
      expect(booksOf(booked)).toEqual(booksOf(legsOf(ratedInOrder(own))));
    });
  });

  it("a period that was rated in two halves, and corrected, comes to what it comes to when rated once", () => {
    inEveryWorld((own) => {
      const { rating, deliveries } = own;
      const first = deliveries.map((each) => withUsage(each, half));
      const second = first.map((each) => ({ ...each, id: `${each.id}-rest` }));
      const history = [
        first,
        [...first, ...second],
        // One after the other the first half turns out to be the whole, and the second never to have been.
        ...deliveries.map((_, i) => [
          ...deliveries.slice(0, i + 1),
          ...first.slice(i + 1),
          ...second.slice(i + 1),
        ]),
      ];
      const booked: Leg[] = [];
      let standing: ReadonlyMap<string, Rated> = new Map();
      for (const state of history) {
        const now = rateInOrder(rating, state);
        booked.push(...changeOf(standing, now));
        standing = now;
      }
      expect(booksOf(booked)).toEqual(booksOf(legsOf(ratedInOrder(own))));
    });
  });
});

/** What a party collects in tax less what it takes off for what it bought. */
function taxOwedBy(party: string, legs: readonly Leg[]): bigint {
  const output = legs.filter(({ payee }) => payee === party);
  const input = legs.filter(({ payer, taxRecovered }) => payer === party && taxRecovered);
  return total(output.map(({ taxMinor }) => taxMinor)) - total(input.map(({ taxMinor }) => taxMinor));
}

/** What all the customer's legs come to. */
function paidBy({ legs, charges }: Rated): bigint {
  const customer = charges[0]?.payer;
  return total(
    legs
      .filter(({ payer, kind }) => payer === customer && kind === "sale")
      .map(({ payableMinor }) => payableMinor),
  );
}

const half = (value: string): string => (Number(value) / 2).toFixed(3);

function withUsage(delivery: Delivery, change: (value: string) => string): Delivery {
  const changed = (usage: Delivery["usage"]): Delivery["usage"] => ({
    ...usage,
    ...(typeof usage["units"] === "string" ? { units: change(usage["units"]) } : {}),
    ...(typeof usage["agreed"] === "string" ? { agreed: change(usage["agreed"]) } : {}),
  });
  const parts = delivery.parts?.map((part) => ({ ...part, usage: changed(part.usage ?? {}) }));
  return { ...delivery, usage: changed(delivery.usage), ...(parts === undefined ? {} : { parts }) };
}
