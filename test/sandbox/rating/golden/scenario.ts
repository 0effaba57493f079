import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { relieveOfRecourse } from "../../../../sandbox/capabilities/disputes/credit.ts";
import { differenceOf, type Posting, positionsOf, postingsOf } from "../../../../sandbox/ledger/index.ts";
import {
  createSession,
  type Delivery,
  formatMinor,
  type Leg,
  minorUnits,
  type Rated,
  type Rating,
  type RatingDocument,
} from "../../../../sandbox/rating/index.ts";
import { documentOf, ratingOf } from "../harbour.ts";
import { rateAll } from "../told.ts";
import { createClosing } from "./closing.ts";

type Content = Record<string, unknown>;

/** What happens, in the order in which the books hear of it. */
type Arrival =
  | { readonly deliver: Delivery }
  | { readonly correct: Delivery }
  | { readonly cancel: string }
  /** A delivery that can't be charged, and so changes nothing. */
  | { readonly refuse: Delivery }
  /** The end of a month, `2025-05`: its commitments are settled, and what was paid ahead is drawn. */
  | { readonly close: string }
  /** Other rate cards, for what was delivered before as well. */
  | { readonly publish: readonly Content[] }
  /** A dispute upheld: a party is let off recourse. */
  | { readonly relieve: { readonly delivery: string; readonly party: string; readonly amount: string } };

/** One file of this folder. Amounts are decimal texts with all decimals of the currency. */
export interface Scenario {
  readonly rateCards: readonly Content[];
  readonly agreements: readonly Content[];
  readonly arrivals: readonly Arrival[];
  readonly want: {
    readonly charges: readonly object[];
    /** Some of the legs, as they stand at the end. */
    readonly legs?: readonly { readonly delivery: string; readonly leg: string }[];
    /** What each arrival booked, leg by leg. */
    readonly bookings?: readonly object[];
    /** What the end of each month booked: commitments new minus old, drawings, what expired. */
    readonly closes?: readonly object[];
    readonly refused?: readonly object[];
    readonly positions: Readonly<Record<string, string>>;
  };
}

export const scenarioNames = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.replace(".yaml", ""))
  .sort();

export function readScenario(name: string): Scenario {
  return parse(readFileSync(new URL(`${name}.yaml`, import.meta.url), "utf8"));
}

/** Lets a scenario happen, and tells in its own words how the books stand. */
export function play(scenario: Scenario) {
  const { arrivals, agreements } = scenario;
  const currency = String(scenario.rateCards[0]?.["currency"]);
  const scale = minorUnits(currency);
  const money = (minor: bigint): string => formatMinor(minor, scale);
  const minor = (amount: string): bigint => BigInt(amount.replace(".", ""));

  let rating = ratingOfContents(scenario.rateCards, agreements);
  const deliveries = new Map<string, Delivery>();
  let standing = new Map<string, Rated>();
  const bookings: Leg[][] = [];
  const [closes, refused, postings]: [object[], object[], Posting[]] = [[], [], []];
  const closing = createClosing(money);
  for (const arrival of arrivals) {
    if ("close" in arrival) {
      const closed = closing.close(arrival.close, rating, [...standing.values()]);
      closes.push(closed.told);
      postings.push(...closed.postings);
      continue;
    }
    if ("refuse" in arrival) {
      const outcome = rating.rate(arrival.refuse);
      if (outcome.kind === "unrated")
        refused.push({ delivery: arrival.refuse.id, code: outcome.code, pointer: outcome.pointer });
      continue;
    }
    if ("deliver" in arrival) deliveries.set(arrival.deliver.id, arrival.deliver);
    if ("correct" in arrival) deliveries.set(arrival.correct.id, arrival.correct);
    if ("cancel" in arrival) deliveries.delete(arrival.cancel);
    if ("publish" in arrival) rating = ratingOfContents(arrival.publish, agreements);
    const now = rateInOrder(rating, [...deliveries.values()]);
    if ("relieve" in arrival) {
      const { delivery, party, amount } = arrival.relieve;
      const rated = now.get(delivery);
      if (rated !== undefined)
        now.set(delivery, { ...rated, ...relieveOfRecourse(rated, party, minor(amount), "half-even") });
    }
    const ids = [...new Set([...standing.keys(), ...now.keys()])];
    bookings.push(ids.flatMap((id) => differenceOf(standing.get(id)?.legs ?? [], now.get(id)?.legs ?? [])));
    standing = now;
  }

  const all = [...standing.values()];
  postings.push(...postingsOf(bookings.flat()));
  return {
    charges: all.flatMap(({ charges }) => charges.map((charge) => chargeText(charge, money))),
    legs: all.flatMap(({ legs }) => legs.map((leg) => legText(leg, money))),
    bookings: bookings.map((legs) => legs.map((leg) => legText(leg, money))),
    closes,
    refused,
    positions: Object.fromEntries(
      positionsOf(postings).map(({ party, amountMinor }) => [party, money(amountMinor)]),
    ),
  };
}

/** Every delivery of a scenario as its trace tells it, first as it was submitted, then as it was corrected in the end. */
export function tracesOf(name: string) {
  const { rateCards, agreements, arrivals } = readScenario(name);
  const published = arrivals.flatMap((arrival) => ("publish" in arrival ? [arrival.publish] : []));
  const [first, last] = [new Map<string, Delivery>(), new Map<string, Delivery>()];
  for (const arrival of arrivals) {
    if ("deliver" in arrival) first.set(arrival.deliver.id, arrival.deliver);
    if ("deliver" in arrival) last.set(arrival.deliver.id, arrival.deliver);
    if ("correct" in arrival) last.set(arrival.correct.id, arrival.correct);
    if ("cancel" in arrival) last.delete(arrival.cancel);
  }
  return [
    { cards: rateCards, deliveries: first },
    { cards: published.at(-1) ?? rateCards, deliveries: last },
  ].map(({ cards, deliveries }) => {
    const documents = documentsOf(cards, agreements);
    return { documents, traces: rateAll(ratingOf(documents), [...deliveries.values()]) };
  });
}

function ratingOfContents(rateCards: readonly Content[], agreements: readonly Content[]): Rating {
  return ratingOf(documentsOf(rateCards, agreements));
}

function documentsOf(rateCards: readonly Content[], agreements: readonly Content[]) {
  return {
    rateCards: rateCards.map((content, i) => documentOf(`rate-card-${i}.yaml`, content)),
    agreements: agreements.map((content, i): RatingDocument => documentOf(`agreement-${i}.yaml`, content)),
  };
}

function rateInOrder(rating: Rating, deliveries: readonly Delivery[]): Map<string, Rated> {
  const session = createSession(rating);
  const rated = new Map<string, Rated>();
  for (const delivery of deliveries) {
    const outcome = session.add(delivery);
    if (outcome.kind === "unrated") throw new Error(outcome.detail);
    for (const each of [outcome, ...outcome.rerated]) rated.set(each.deliveryId, each);
  }
  return new Map(
    [...rated].sort(([, a], [, b]) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0)),
  );
}

type Money = (minor: bigint) => string;

function chargeText(charge: Rated["charges"][number], money: Money): object {
  const { deliveryId: delivery, payer, payee, shares, recourse } = charge;
  return {
    delivery,
    payer,
    payee,
    net: money(charge.netMinor),
    credit: money(charge.serviceCreditMinor),
    tax: money(charge.taxMinor),
    payable: money(charge.payableMinor),
    shares: Object.fromEntries(shares.map(({ party, amountMinor }) => [party, money(amountMinor)])),
    ...(recourse.length === 0
      ? {}
      : {
          recourse: Object.fromEntries(
            recourse.map(({ party, to, amountMinor }) => [`${party} > ${to}`, money(amountMinor)]),
          ),
        }),
  };
}

function legText(leg: Leg, money: Money) {
  const { deliveryId: delivery, id } = leg;
  return {
    delivery,
    leg: id,
    net: money(leg.netMinor),
    credit: money(leg.creditMinor),
    tax: money(leg.taxMinor),
  };
}
