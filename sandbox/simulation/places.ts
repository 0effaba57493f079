import type { Delivery, PartyId, RatingOutcome } from "../rating/index.ts";
import { monthsOf } from "./calendar.ts";
import { type Member, untracedWith } from "./members.ts";
import type { Scenario, Traffic } from "./scenario.ts";
import type { Terms } from "./simulate.ts";
import { signOf } from "./statement-lines.ts";
import { compileTraffic } from "./traffic.ts";

/** How a party comes into the deliveries of a product. */
export interface FoundPlace {
  readonly party: PartyId;
  readonly product: string;
  /** `customer`, `provider`, or how the rate card calls it, as `broker`; absent for whom it names as who sells or shares. */
  readonly position?: string;
  /** Whether the rules take a company that they don't name in its place. */
  readonly isOpen: boolean;
}

/** Of each product so many deliveries are looked at. */
const LOOKED_AT = 5;
/** A company that no document names. */
const NEWCOMER = "\u0000newcomer";

/** Who gets or pays something in the traffic of a scenario, in the order of its products; customers once for each role. */
export function placesIn(
  scenario: Scenario,
  { rating, documents }: Terms,
  members: readonly Member[],
): readonly FoundPlace[] {
  const context = untracedWith(members);
  const rate = (delivery: Delivery): RatingOutcome => rating.rate(delivery, context);
  const [month] = monthsOf(scenario.start, 1);
  if (month === undefined) return [];
  return scenario.traffic.flatMap((traffic) => {
    const { perMonth: _, perCustomer: __, growth: ___, ...kind } = traffic;
    const few: Scenario = { ...scenario, traffic: [{ ...kind, perMonth: LOOKED_AT, late: 1 }] };
    const made = compileTraffic(few, documents)(0, month);
    const parties = new Map<PartyId, FoundPlace>();
    for (const delivery of made) {
      const outcome = rate(delivery);
      if (outcome.kind === "unrated") continue;
      for (const party of new Set(outcome.legs.flatMap(({ payer, payee }) => [payer, payee]))) {
        if (parties.has(party) || !outcome.legs.some((leg) => signOf(party, leg) !== 0)) continue;
        const standing = rating.describe(traffic.product, delivery.startedAt.slice(0, 10))?.parties ?? {};
        parties.set(party, {
          party,
          product: traffic.product,
          ...positionOf(party, delivery, standing, rate),
        });
      }
    }
    return onceEachRole([...parties.values()], traffic, members);
  });
}

function positionOf(
  party: PartyId,
  delivery: Delivery,
  standing: Readonly<Record<string, PartyId | null>>,
  rate: (delivery: Delivery) => RatingOutcome,
): Pick<FoundPlace, "position" | "isOpen"> {
  const { customer, provider = standing["provider"], parties = {} } = delivery;
  const takes = (change: Partial<Delivery>): boolean => {
    const outcome = rate({ ...delivery, ...change });
    return outcome.kind === "rated" && outcome.legs.some((leg) => signOf(NEWCOMER, leg) !== 0);
  };
  if (party === customer) return { position: "customer", isOpen: takes({ customer: NEWCOMER }) };
  if (party === provider) return { position: "provider", isOpen: takes({ provider: NEWCOMER }) };
  const named = { ...standing, ...parties };
  const position = Object.keys(named).find((role) => named[role] === party);
  if (position === undefined) return { isOpen: false };
  return { position, isOpen: takes({ parties: { ...parties, [position]: NEWCOMER } }) };
}

/** All customers of a role stand alike: the first that the traffic names speaks for them. */
function onceEachRole(
  places: readonly FoundPlace[],
  { customers }: Traffic,
  members: readonly Member[],
): readonly FoundPlace[] {
  const roleOf = (party: PartyId): string => members.find(({ id }) => id === party)?.role ?? party;
  const order = Object.keys(customers);
  const sorted = places.toSorted((a, b) => order.indexOf(a.party) - order.indexOf(b.party));
  const first = new Map<string, PartyId>();
  for (const { party, position } of sorted)
    if (position === "customer" && !first.has(roleOf(party))) first.set(roleOf(party), party);
  return places.filter(
    ({ party, position }) => position !== "customer" || first.get(roleOf(party)) === party,
  );
}
