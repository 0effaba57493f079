import { add, type Exact, formatExact, parseExact } from "./exact.ts";
import type { Rated, Rating, RatingContext, Unrated } from "./outcome.ts";
import type { RatingSession, RatingTotals, SessionOutcome } from "./session-types.ts";
import { createTally } from "./tally.ts";
import type { Delivery, Leg } from "./types.ts";

/** A delivery that counters hold, as it stands now. */
interface Member {
  readonly order: string;
  readonly delivery: Delivery;
  rated: Rated;
}

/** A counter: its members in the total order, each with the running sum up to and with it. */
interface Counter {
  readonly members: Member[];
  readonly sums: Exact[];
}

/**
 * Rates deliveries in any order of arrival, with the result that the order of time would have had. Only deliveries of
 * cumulative prices are kept; the others leave nothing but their sums.
 */
export function createSession(rating: Rating, context: RatingContext = {}): RatingSession {
  const counters = new Map<string, Counter>();
  const tally = createTally();

  const rateAt = (delivery: Delivery, order: string): Rated | Unrated =>
    rating.rate(delivery, { ...context, prior: (key) => priorOf(counters.get(key), order) });

  const keep = (member: Member): void => {
    for (const key of new Set(member.rated.counters.map((counter) => counter.key))) {
      const counter = counters.get(key) ?? { members: [], sums: [] };
      counters.set(key, counter);
      const at = place(counter.members, member.order);
      if (counter.members[at] !== member) counter.members.splice(at, 0, member);
      resum(key, counter, at);
    }
  };

  /** Rates again whatever stands after a delivery in its counters, in order, as long as something still moves. */
  const ripple = (first: Member): Rated[] => {
    const moved: Rated[] = [];
    const waiting = new Set(laterThan(first));
    for (let member = earliest(waiting); member !== undefined; member = earliest(waiting)) {
      waiting.delete(member);
      const again = rateAt(member.delivery, member.order);
      if (again.kind === "unrated" || sameAmounts(again, member.rated)) continue;
      tally.take(member.rated);
      tally.add(again);
      const counted = JSON.stringify(member.rated.counters) !== JSON.stringify(again.counters);
      member.rated = again;
      moved.push(again);
      if (!counted) continue;
      keep(member);
      for (const later of laterThan(member)) waiting.add(later);
    }
    return moved;
  };

  const laterThan = ({ rated, order }: Member): Member[] =>
    rated.counters.flatMap(({ key }) => {
      const members = counters.get(key)?.members ?? [];
      return members.slice(place(members, order)).filter((member) => member.order > order);
    });

  return {
    add(delivery): SessionOutcome {
      const order = rating.order(delivery) ?? "";
      const outcome = rateAt(delivery, order);
      if (outcome.kind === "unrated") {
        tally.reject();
        return outcome;
      }
      tally.add(outcome);
      if (outcome.counters.length === 0) return { ...outcome, rerated: [] };
      const member = { order, delivery, rated: outcome };
      keep(member);
      return { ...outcome, rerated: ripple(member) };
    },
    totals: (): RatingTotals => tally.totals(),
  };
}

/** Where `order` stands, or would stand, among the members. */
function place(members: readonly Member[], order: string): number {
  let low = 0;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((members[middle]?.order ?? "") < order) low = middle + 1;
    else high = middle;
  }
  return low;
}

function priorOf(counter: Counter | undefined, order: string): string | undefined {
  if (counter === undefined) return undefined;
  const before = counter.sums[place(counter.members, order) - 1];
  return before === undefined ? undefined : formatExact(before);
}

function resum(key: string, counter: Counter, from: number): void {
  for (let i = from; i < counter.members.length; i++) {
    let sum: Exact = counter.sums[i - 1] ?? { n: 0n, d: 1n };
    for (const { key: own, quantity } of counter.members[i]?.rated.counters ?? []) {
      if (own === key) sum = add(sum, parseExact(quantity));
    }
    counter.sums[i] = sum;
  }
}

function earliest(members: ReadonlySet<Member>): Member | undefined {
  let first: Member | undefined;
  for (const member of members) if (first === undefined || member.order < first.order) first = member;
  return first;
}

/** Net and tax each: where prices hold the tax already, a cent may move from one to the other and leave the sum as it was. */
function sameLeg(a: Leg, b: Leg | undefined): boolean {
  return a.netMinor === b?.netMinor && a.creditMinor === b.creditMinor && a.taxMinor === b.taxMinor;
}

function sameAmounts(a: Rated, b: Rated): boolean {
  return (
    a.netMinor === b.netMinor &&
    a.serviceCreditMinor === b.serviceCreditMinor &&
    a.taxMinor === b.taxMinor &&
    a.legs.length === b.legs.length &&
    a.legs.every((leg, i) => sameLeg(leg, b.legs[i])) &&
    JSON.stringify(a.counters) === JSON.stringify(b.counters)
  );
}
