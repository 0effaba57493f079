import fc from "fast-check";
import type { IssuedLine, IssuedStatement, Totals } from "../../../sandbox/ledger/index.ts";

export type Side = "receivable" | "payable" | "net";
export type Field = keyof Totals;

/** A leg as the books know it: amounts of each of its times, the last ones being those that stand. */
interface Leg {
  readonly direction: "receivable" | "payable";
  readonly counterparty: string;
  readonly kind: "share" | "purchase" | "recourse";
  readonly nets: readonly number[];
}

export interface Delivery {
  readonly id: string;
  readonly legs: readonly Leg[];
  /** What was booked at each time after the first. */
  readonly bookings: readonly ("correction" | "dispute" | "reversal")[];
}

const taxOf = (net: number): number => Math.round(net * 0.255);
const totals = (net: number): Totals => ({
  netMinor: net,
  serviceCreditMinor: 0,
  taxMinor: taxOf(net),
  payableMinor: net + taxOf(net),
});
export const plus = (a: Totals, b: Totals, sign = 1): Totals => ({
  netMinor: a.netMinor + sign * b.netMinor,
  serviceCreditMinor: a.serviceCreditMinor + sign * b.serviceCreditMinor,
  taxMinor: a.taxMinor + sign * b.taxMinor,
  payableMinor: a.payableMinor + sign * b.payableMinor,
});
export const NOTHING = totals(0);

/** The oracle: what a side of a delivery comes to at a time, from the legs as they stood, not from what was booked. */
export function truth({ legs }: Delivery, side: Side, time: number): Totals {
  let sum = NOTHING;
  for (const { direction, nets } of legs) {
    if (side !== "net" && side !== direction) continue;
    const sign = side === "net" && direction === "payable" ? -1 : 1;
    sum = plus(sum, totals(nets[time] ?? 0), sign);
  }
  return sum;
}

export const lastTime = ({ bookings }: Delivery): number => bookings.length;
export const has = ({ legs }: Delivery, direction: string): boolean =>
  legs.some((leg) => leg.direction === direction);
/** The side that a partner who keeps `side` has of a delivery; undefined where it would have no row for it. */
export function sideOf(delivery: Delivery, side: Side): Side | undefined {
  if (side !== "net") return has(delivery, side) ? side : undefined;
  if (!has(delivery, "payable")) return "receivable";
  return has(delivery, "receivable") ? "net" : "payable";
}

/** What is booked: everything at first, then new minus old of each leg that moves, in the order of the legs. */
function linesOf(delivery: Delivery): IssuedLine[] {
  const lines: IssuedLine[] = [];
  const line = (
    leg: Leg,
    index: number,
    booking: IssuedLine["booking"] & string,
    moved: Totals,
  ): IssuedLine => ({
    deliveryId: delivery.id,
    legId: `0/${leg.kind}/${index}`,
    product: "catering",
    kind: leg.kind,
    booking,
    counterparty: leg.counterparty,
    direction: leg.direction,
    taxCode: "standard",
    taxPercent: "25.5",
    ...moved,
  });
  delivery.legs.forEach((leg, index) => {
    lines.push(line(leg, index, "rating", totals(leg.nets[0] ?? 0)));
  });
  delivery.bookings.forEach((booking, before) => {
    delivery.legs.forEach((leg, index) => {
      const moved = plus(totals(leg.nets[before + 1] ?? 0), totals(leg.nets[before] ?? 0), -1);
      if (Object.values(moved).some((minor) => minor !== 0)) lines.push(line(leg, index, booking, moved));
    });
  });
  return lines;
}

/** Spread over two statements: what comes late is settled with a later month. */
export function statementsOf(deliveries: readonly Delivery[]): Pick<IssuedStatement, "lines">[] {
  const lines = deliveries.flatMap(linesOf);
  return [
    { lines: lines.filter(({ booking }) => booking === "rating") },
    { lines: lines.filter(({ booking }) => booking !== "rating") },
  ];
}

/** Small amounts meet each other often: what one side comes to, another one came to before a correction. */
export const aNet = fc.integer({ min: 1, max: 12 }).map((n) => n * 100);

export function aDelivery(id: string): fc.Arbitrary<Delivery> {
  return fc
    .array(fc.constantFrom("correction", "dispute", "reversal"), { maxLength: 3 })
    .chain((bookings) => {
      const aLeg = (
        direction: Leg["direction"],
        counterparty: string,
        kind: Leg["kind"],
      ): fc.Arbitrary<Leg> =>
        fc.array(aNet, { minLength: bookings.length + 1, maxLength: bookings.length + 1 }).map((nets) => ({
          direction,
          counterparty,
          kind,
          // A reversal mirrors all that there was, and stays.
          nets: nets.map((net, time) => (bookings.slice(0, time).includes("reversal") ? 0 : net)),
        }));
      return fc
        .record({
          earned: fc.array(aLeg("receivable", "campus", "share"), { maxLength: 2 }),
          paid: fc.array(aLeg("payable", "courier", "purchase"), { maxLength: 2 }),
        })
        .filter(({ earned, paid }) => earned.length + paid.length > 0)
        .map(({ earned, paid }) => ({ id, legs: [...earned, ...paid], bookings }));
    });
}
