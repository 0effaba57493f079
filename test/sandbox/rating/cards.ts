import type {
  Delivery,
  Rated,
  Rating,
  RatingContext,
  RatingOutcome,
  RatingSession,
} from "../../../sandbox/rating/index.ts";
import { documentOf, rated, ratingOf } from "./harbour.ts";

/** Rate cards made for a test: one product, `thing`, measured by `units`, sold by `shop` to `member`. */
export interface TestCard {
  readonly entry: object;
  readonly card?: object;
  readonly agreement?: object;
  readonly terms?: object;
  readonly more?: readonly object[];
}

export function cardDocuments({
  entry,
  card,
  agreement,
  terms,
  more,
}: TestCard): Parameters<typeof ratingOf>[0] {
  const content = {
    ecoVersion: "1",
    kind: "rate-card",
    id: "card",
    version: "1.0.0",
    title: "Card",
    currency: "EUR",
    timeZone: "Europe/Helsinki",
    entries: [
      { product: "thing", price: { model: "unit", measure: "units", unitAmount: "1" }, ...entry },
      ...(more ?? []),
    ],
    ...card,
  };
  const agreed = {
    ecoVersion: "1",
    kind: "agreement",
    id: "terms",
    version: "1.0.0",
    title: "Terms",
    status: "in-force",
    engagedParty: [{ role: "orchestrator", id: "shop" }, { role: "customer" }],
    terms: { commercial: { rateCards: [{ id: "card" }] }, ...terms },
    ...agreement,
  };
  return { rateCards: [documentOf("card.yaml", content)], agreements: [documentOf("terms.yaml", agreed)] };
}

export function testRating(card: TestCard): Rating {
  return ratingOf(cardDocuments(card));
}

export function rateThing(card: TestCard, delivery: Partial<Delivery> = {}, context?: RatingContext): Rated {
  return rated({ product: "thing", customer: "member", ...delivery }, context, testRating(card));
}

export function tryThing(
  card: TestCard,
  delivery: Partial<Delivery> = {},
  context?: RatingContext,
): RatingOutcome {
  return testRating(card).rate(
    {
      id: "d1",
      product: "thing",
      customer: "member",
      startedAt: "2025-03-11T10:00:00",
      usage: {},
      ...delivery,
    },
    context,
  );
}

/** The part of a delivery that says how many units there were. */
export const usage = (units: string | number): Pick<Delivery, "usage"> => ({ usage: { units } });

export function sharesOf(outcome: Rated, charge = 0): Record<string, bigint> {
  return Object.fromEntries(
    (outcome.charges[charge]?.shares ?? []).map(({ party, amountMinor }) => [party, amountMinor]),
  );
}

/** Adds a delivery to a month: the `i`th of those that are rendered one a day. Undefined where it can't be rated. */
export function addThing(session: RatingSession, i: number, usage: Delivery["usage"]): Rated | undefined {
  const line = session.add({
    id: `d${i}`,
    product: "thing",
    customer: "member",
    startedAt: `2025-03-1${i}`,
    usage,
  });
  return line.kind === "rated" ? line : undefined;
}
