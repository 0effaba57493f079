import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type IssuedLine,
  type IssuedStatement,
  type OwnFigure,
  type Reconciled,
  reconcile,
  type Totals,
} from "../../../sandbox/ledger/index.ts";

type Side = "receivable" | "payable" | "net";
type Field = keyof Totals;

/** A leg as the books know it: amounts of each of its times, the last ones being those that stand. */
interface Leg {
  readonly direction: "receivable" | "payable";
  readonly counterparty: string;
  readonly kind: "share" | "purchase" | "recourse";
  readonly nets: readonly number[];
}

interface Delivery {
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
const plus = (a: Totals, b: Totals, sign = 1): Totals => ({
  netMinor: a.netMinor + sign * b.netMinor,
  serviceCreditMinor: a.serviceCreditMinor + sign * b.serviceCreditMinor,
  taxMinor: a.taxMinor + sign * b.taxMinor,
  payableMinor: a.payableMinor + sign * b.payableMinor,
});
const NOTHING = totals(0);

/** The oracle: what a side of a delivery comes to at a time, from the legs as they stood, not from what was booked. */
function truth({ legs }: Delivery, side: Side, time: number): Totals {
  let sum = NOTHING;
  for (const { direction, nets } of legs) {
    if (side !== "net" && side !== direction) continue;
    const sign = side === "net" && direction === "payable" ? -1 : 1;
    sum = plus(sum, totals(nets[time] ?? 0), sign);
  }
  return sum;
}

const lastTime = ({ bookings }: Delivery): number => bookings.length;
const has = ({ legs }: Delivery, direction: string): boolean =>
  legs.some((leg) => leg.direction === direction);
/** The side that a partner who keeps `side` has of a delivery; undefined where it would have no row for it. */
function sideOf(delivery: Delivery, side: Side): Side | undefined {
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
function statementsOf(deliveries: readonly Delivery[]): Pick<IssuedStatement, "lines">[] {
  const lines = deliveries.flatMap(linesOf);
  return [
    { lines: lines.filter(({ booking }) => booking === "rating") },
    { lines: lines.filter(({ booking }) => booking !== "rating") },
  ];
}

/** Small amounts meet each other often: what one side comes to, another one came to before a correction. */
const aNet = fc.integer({ min: 1, max: 12 }).map((n) => n * 100);

function aDelivery(id: string): fc.Arbitrary<Delivery> {
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

/** Deliveries by which anyone can tell what a file keeps: no side of them comes to what another one does, ever. */
const PLAIN: readonly Delivery[] = [70_100, 80_300, 90_700].map((net, index) => ({
  id: `plain-${index}`,
  bookings: [],
  legs: [
    { direction: "receivable", counterparty: "campus", kind: "share", nets: [net] },
    { direction: "payable", counterparty: "courier", kind: "purchase", nets: [net / 2 + 13] },
  ],
}));

type Deed = "right" | "stale" | "wrong" | "twice" | "forgotten";

interface Kept {
  readonly delivery: Delivery;
  readonly deed: Deed;
  /** When what is stale was written down. */
  readonly time: number;
}

const aFile = fc.record({
  side: fc.constantFrom<Side[]>("receivable", "payable", "net"),
  fields: fc.constantFrom<Field[][]>(
    ["payableMinor"],
    ["netMinor"],
    ["netMinor", "taxMinor", "payableMinor"],
  ),
  kept: fc.integer({ min: 1, max: 6 }).chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        aDelivery(`d${index}`).chain((delivery) =>
          fc.record({
            delivery: fc.constant(delivery),
            deed: fc.constantFrom<Deed[]>("right", "stale", "wrong", "twice", "forgotten"),
            time: fc.nat({ max: lastTime(delivery) }),
          }),
        ),
      ),
    ),
  ),
});

const WRONG_BY = 12_345_678;

interface File {
  readonly figures: readonly OwnFigure[];
  /** What has to come out for each delivery, in words that a person would find by hand. */
  readonly wants: ReadonlyMap<string, Want>;
}
interface Want {
  readonly status: Reconciled["status"] | "not told";
  readonly side?: Side;
  readonly ours?: Partial<Totals>;
  readonly differenceMinor?: number;
}

const only = (all: Totals, fields: readonly Field[]): Partial<Totals> =>
  Object.fromEntries(fields.map((field) => [field, all[field]]));
const isNothing = (all: Totals): boolean => Object.values(all).every((minor) => minor === 0);
/** The field by which figures are compared: the first that differs, payable before net before tax. */
const ORDER = ["payableMinor", "netMinor", "taxMinor"] as const;

function fileOf(kept: readonly Kept[], side: Side, fields: readonly Field[]): File {
  const figures: OwnFigure[] = [];
  const wants = new Map<string, Want>();
  for (const { delivery, deed, time } of kept) {
    const own = sideOf(delivery, side);
    const last = lastTime(delivery);
    const row = (all: Totals): void => {
      figures.push({ row: figures.length + 2, deliveryId: delivery.id, amounts: only(all, fields) });
    };
    if (own === undefined || deed === "forgotten") {
      const sides = (["receivable", "payable"] as const).filter((each) => has(delivery, each));
      const told = sides.some((each) => !isNothing(truth(delivery, each, last)));
      wants.set(delivery.id, { status: told ? "missing-there" : "not told" });
      continue;
    }
    const stands = truth(delivery, own, last);
    const written = deed === "stale" ? truth(delivery, own, time) : stands;
    const theirs =
      deed === "wrong" ? plus(stands, { ...NOTHING, netMinor: WRONG_BY, payableMinor: WRONG_BY }) : written;
    row(theirs);
    if (deed === "twice") row(theirs);
    const sum = deed === "twice" ? plus(theirs, theirs) : theirs;
    const field = ORDER.find((one) => fields.includes(one) && sum[one] !== stands[one]);
    const head = { side: own, ours: only(stands, fields) };
    wants.set(
      delivery.id,
      field === undefined
        ? { status: "matched", ...head }
        : { status: "differs", ...head, differenceMinor: sum[field] - stands[field] },
    );
  }
  return { figures, wants };
}

const byId = (results: readonly Reconciled[]): ReadonlyMap<string, Reconciled> => {
  const found = new Map(results.map((result) => [result.deliveryId, result]));
  expect(found.size).toBe(results.length);
  return found;
};

const plainKept = PLAIN.map((delivery): Kept => ({ delivery, deed: "right", time: 0 }));

describe("reconcile, whatever was corrected, disputed or taken back since", () => {
  it("holds each row against the side that the file keeps, as it stands now", () => {
    fc.assert(
      fc.property(aFile, ({ side, fields, kept }) => {
        const all = [...plainKept, ...kept];
        const { figures, wants } = fileOf(all, side, fields);
        const found = byId(reconcile(figures, statementsOf(all.map(({ delivery }) => delivery)), 2));
        for (const [id, want] of wants) {
          const result = found.get(id);
          if (want.status === "not told") {
            expect(result, id).toBeUndefined();
            continue;
          }
          expect(result, id).toMatchObject(want.ours === undefined ? { status: want.status } : want);
          expect((result?.causes.length ?? 0) > 0, id).toBe(want.status === "differs");
        }
      }),
      { numRuns: 600 },
    );
  });

  it("calls what stood before a correction just that", () => {
    fc.assert(
      fc.property(aFile, ({ side, kept }) => {
        const fields: Field[] = ["netMinor", "taxMinor", "payableMinor"];
        const stale = kept.map((each): Kept => ({ ...each, deed: "stale" }));
        const all = [...plainKept, ...stale];
        const { figures, wants } = fileOf(all, side, fields);
        const found = byId(reconcile(figures, statementsOf(all.map(({ delivery }) => delivery)), 2));
        for (const { delivery } of stale)
          if (wants.get(delivery.id)?.status === "differs")
            expect(found.get(delivery.id)?.causes, delivery.id).toEqual(["correction-after"]);
      }),
      { numRuns: 300 },
    );
  });

  it("changes nothing for other rows, and no side, when one delivery is corrected", () => {
    fc.assert(
      fc.property(aFile, fc.nat(), aNet, ({ side, fields, kept }, which, net) => {
        const right = kept.map((each): Kept => ({ ...each, deed: "right" }));
        const all = [...plainKept, ...right].map(({ delivery }) => delivery);
        const { figures } = fileOf([...plainKept, ...right], side, fields);
        const before = byId(reconcile(figures, statementsOf(all), 2));
        const corrected = right[which % right.length]?.delivery;
        const after = byId(
          reconcile(
            figures,
            statementsOf(all.map((each) => (each === corrected ? withTime(each, net) : each))),
            2,
          ),
        );
        for (const [id, result] of before) {
          if (id !== corrected?.id) expect(after.get(id)).toEqual(result);
          else if (result.status === "matched") expect(after.get(id)?.side).toBe(result.side);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("adds up: what it tells of all deliveries is what all statements come to", () => {
    fc.assert(
      fc.property(aFile, ({ side, kept }) => {
        const { figures } = fileOf(kept, side, ["payableMinor"]);
        const results = reconcile(figures, statementsOf(kept.map(({ delivery }) => delivery)), 2);
        const told = byId(results);
        for (const { theirs, ours, differenceMinor } of results)
          if (theirs?.payableMinor !== undefined && ours !== undefined)
            expect(differenceMinor).toBe(theirs.payableMinor - ours.payableMinor);
        for (const { delivery } of kept) {
          const result = told.get(delivery.id);
          if (result?.side !== undefined)
            expect(result.ours).toEqual(truth(delivery, result.side, lastTime(delivery)));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("two legs that one correction moved", () => {
  const stood = { fingerprint: "sha256:before", index: 0, size: 2, salt: "salt", path: [] };
  const leg = (legId: string, booking: "rating" | "correction", net: number): IssuedLine => ({
    deliveryId: "d1",
    legId,
    product: "catering",
    kind: "share",
    booking,
    counterparty: "campus",
    direction: "receivable",
    taxCode: "standard",
    taxPercent: "0",
    netMinor: net,
    serviceCreditMinor: 0,
    taxMinor: 0,
    payableMinor: net,
    ...(booking === "rating" ? {} : { stood }),
  });
  const lines = [
    leg("a", "rating", 1000),
    leg("b", "rating", 500),
    leg("a", "correction", -300),
    leg("b", "correction", -80),
  ];
  it.each([
    ["both as they were", 1500, ["correction-after"]],
    ["one as it was and one as it is, which never stood so", 1200, ["price"]],
    ["both as they are", 1120, []],
  ] as const)("%s", (_, payableMinor, causes) => {
    const figure = { row: 2, deliveryId: "d1", amounts: { payableMinor } };
    expect(reconcile([figure], [{ lines }], 2)).toMatchObject([{ causes, side: "receivable" }]);
  });
});

/** Corrected once more: its first leg comes to something else. */
function withTime({ id, legs, bookings }: Delivery, net: number): Delivery {
  const later = legs.map((leg, index) => ({
    ...leg,
    nets: [...leg.nets, index === 0 ? net : (leg.nets.at(-1) ?? 0)],
  }));
  return { id, legs: later, bookings: [...bookings, "correction"] };
}
