import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type IssuedLine,
  type OwnFigure,
  type Reconciled,
  reconcile,
  type Totals,
} from "../../../sandbox/ledger/index.ts";
import {
  aDelivery,
  aNet,
  type Delivery,
  type Field,
  has,
  lastTime,
  NOTHING,
  plus,
  type Side,
  sideOf,
  statementsOf,
  truth,
} from "./own-books.ts";

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
