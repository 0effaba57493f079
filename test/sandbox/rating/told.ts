import {
  type Delivery,
  proveLeg,
  type Rated,
  type Rating,
  type RatingDocument,
} from "../../../sandbox/rating/index.ts";
import { Q } from "./verifier/fractions.ts";
import { type Books, type Evidence, Library } from "./verifier/index.ts";

interface Documents {
  readonly rateCards: readonly RatingDocument[];
  readonly agreements: readonly RatingDocument[];
}

export const libraryOf = ({ rateCards, agreements }: Documents): Library =>
  new Library([...rateCards, ...agreements].map(({ content }) => content));

/** What crosses the wire: nothing but JSON. */
export const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const SECRET = "a secret of these tests";

export interface Told {
  readonly delivery: Delivery;
  readonly trace: unknown;
  /** With the salt of every leg, as all parties together hold them. */
  readonly fingerprint: () => NonNullable<Evidence["fingerprint"]>;
}

/** Rates deliveries in the order of time, then id, and tells what a verifier may be told of each. What can't be rated is left out. */
export function rateAll(rating: Rating, deliveries: readonly Delivery[]): readonly Told[] {
  const held = new Map<string, string>();
  const inOrder = [...deliveries].sort((a, b) =>
    (rating.order(a) ?? "") < (rating.order(b) ?? "") ? -1 : 1,
  );
  return inOrder.flatMap((delivery) => {
    const outcome = rating.rate(delivery, { secret: SECRET, prior: (key) => held.get(key) });
    if (outcome.kind === "unrated") return [];
    for (const { key, quantity } of outcome.counters) {
      const { n, d } = Q.of(held.get(key) ?? "0").plus(Q.of(quantity));
      held.set(key, `${n}/${d}`);
    }
    const fingerprint = () => ({ root: outcome.fingerprint, salts: saltsOf(outcome) });
    return [{ delivery, trace: sent(outcome.trace), fingerprint }];
  });
}

const saltsOf = ({ legs }: Rated): readonly string[] => legs.map(({ id }) => proveLeg(legs, SECRET, id).salt);

/** Everything that can be held against a trace, as the books stood when it was its turn. */
export function evidenceFor({ delivery, fingerprint }: Told, library: Library, books: Books): Evidence {
  return { library, delivery: sent(delivery), fingerprint: fingerprint(), books };
}
