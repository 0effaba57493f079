import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Cause,
  type IssuedLine,
  type IssuedStatement,
  type OwnFigure,
  type Reconciled,
  reconcile,
  type Totals,
} from "../../../sandbox/ledger/index.ts";

const amounts = (net: number, credit: number, tax: number): Totals => ({
  netMinor: net,
  serviceCreditMinor: credit,
  taxMinor: tax,
  payableMinor: net - credit + tax,
});

const line = (deliveryId: string, over: Partial<IssuedLine>): IssuedLine => ({
  deliveryId,
  legId: "0/share/1",
  product: "catering",
  kind: "share",
  booking: "rating",
  counterparty: "campus",
  direction: "receivable",
  taxCode: "standard",
  taxPercent: "25.5",
  ...amounts(10_000, 0, 2550),
  ...over,
});

const statement = (...lines: IssuedLine[]): IssuedStatement => ({
  id: "stm_1",
  number: "caterer-000001",
  party: "caterer",
  period: "2025-03",
  currency: "EUR",
  lines,
  ...amounts(0, 0, 0),
});

const figure = (
  deliveryId: string,
  given: Partial<Totals>,
  row = 2,
  over: Partial<OwnFigure> = {},
): OwnFigure => ({
  row,
  deliveryId,
  amounts: given,
  ...over,
});

const run = (figures: OwnFigure[], ...lines: IssuedLine[]): Reconciled[] =>
  reconcile(figures, [statement(...lines)], 2);
const causesOf = (given: Partial<Totals>, ...lines: IssuedLine[]): readonly Cause[] | undefined =>
  run([figure("d1", given)], ...lines)[0]?.causes;

const plain = line("d1", {});
/** A share of 100.00 of which 20.00 is taken off by recourse, taxed on 80.00. */
const credited = line("d1", amounts(10_000, 2000, 2040));
/** What a member pays, with a service credit. */
const bought = line("d1", { ...amounts(10_000, 2000, 2040), kind: "sale", direction: "payable" });
const corrected = [plain, line("d1", { booking: "correction", ...amounts(-2000, 0, -510) })];
const withRecourse = [plain, line("d1", { kind: "recourse", taxPercent: "0", ...amounts(700, 0, 0) })];

describe("reconcile", () => {
  it.each<[string, Partial<Totals>, IssuedLine[]]>([
    ["what is payable", { payableMinor: 12_550 }, [plain]],
    ["the net alone", { netMinor: 10_000 }, [plain]],
    ["net and tax", { netMinor: 10_000, taxMinor: 2550 }, [plain]],
    ["all four amounts", amounts(10_000, 2000, 2040), [credited]],
    ["what stands after a correction", { payableMinor: 10_040 }, corrected],
    ["what the partner owes, as a positive amount", { payableMinor: 10_040 }, [bought]],
    [
      "what a delivery brings less what it costs",
      { payableMinor: 12_000 },
      [plain, line("d1", { direction: "payable", counterparty: "courier", ...amounts(438, 0, 112) })],
    ],
    [
      "what a delivery brings, its cost apart",
      { payableMinor: 12_550 },
      [plain, line("d1", { direction: "payable", counterparty: "courier", ...amounts(438, 0, 112) })],
    ],
  ])("matches by %s", (_, given, lines) => {
    expect(run([figure("d1", given)], ...lines)).toMatchObject([{ status: "matched", causes: [] }]);
  });

  it.each<[string, Partial<Totals>, IssuedLine[], readonly Cause[]]>([
    ["a cent of rounding", { netMinor: 10_000, taxMinor: 2551, payableMinor: 12_551 }, [plain], ["rounding"]],
    ["a payable without tax", { payableMinor: 10_000 }, [plain], ["tax"]],
    ["a net that holds the tax", { netMinor: 12_550 }, [plain], ["tax"]],
    ["another rate of tax", { netMinor: 10_000, taxMinor: 2400, payableMinor: 12_400 }, [plain], ["tax"]],
    [
      "a payable without the recourse, taxed on the whole",
      { payableMinor: 12_550 },
      [credited],
      ["recourse"],
    ],
    ["a payable without the recourse, taxed as booked", { payableMinor: 12_040 }, [credited], ["recourse"]],
    ["a net that is less the recourse already", { netMinor: 8000 }, [credited], ["recourse"]],
    ["a bill without the service credit", { payableMinor: 12_550 }, [bought], ["service-credit"]],
    ["a recourse of its own left out", { payableMinor: 12_550 }, withRecourse, ["recourse"]],
    ["what stood before a correction", { payableMinor: 12_550 }, corrected, ["correction-after"]],
    [
      "what stood before a reversal",
      { netMinor: 10_000 },
      [plain, line("d1", { booking: "reversal", ...amounts(-10_000, 0, -2550) })],
      ["correction-after"],
    ],
    ["what stood before it, without tax", { payableMinor: 10_000 }, corrected, ["correction-after", "tax"]],
    [
      "no recourse, no tax, and a cent",
      { payableMinor: 10_001 },
      [credited],
      ["recourse", "tax", "rounding"],
    ],
    ["the other sign", { payableMinor: -12_550 }, [plain], ["sign"]],
    ["minor units for major ones", { payableMinor: 1_255_000 }, [plain], ["minor-units"]],
    ["another price", { netMinor: 9000, payableMinor: 11_295 }, [plain], ["price"]],
    ["no tax, no recourse, and another price", { payableMinor: 777 }, [credited], ["price"]],
  ])("tells %s", (_, given, lines, causes) => {
    expect(causesOf(given, ...lines)).toEqual(causes);
  });

  it("adds up the rows of one delivery", () => {
    const figures = [figure("d1", { payableMinor: 12_550 }, 2), figure("d1", { payableMinor: -2510 }, 3)];
    expect(run(figures, ...corrected)).toMatchObject([{ status: "matched", rows: [2, 3] }]);
  });

  it("tells a delivery that is held twice, with both rows", () => {
    const figures = [figure("d1", { payableMinor: 12_550 }, 2), figure("d1", { payableMinor: 12_550 }, 9)];
    expect(run(figures, plain)).toMatchObject([
      { status: "differs", causes: ["duplicate"], rows: [2, 9], differenceMinor: 12_550 },
    ]);
  });

  it("says by how much and in which amount", () => {
    expect(run([figure("d1", { netMinor: 9000, taxMinor: 2550 })], plain)).toMatchObject([
      { field: "netMinor", differenceMinor: -1000, side: "receivable" },
    ]);
  });

  it("lists what either side lacks, and pairs them where only one choice is left", () => {
    const results = run(
      [figure("theirs-1", { payableMinor: 12_550 }), figure("theirs-2", { payableMinor: 5 })],
      line("ours-1", {}),
      line("ours-2", amounts(1, 0, 0)),
    );
    expect(results.map(({ status, deliveryId, perhaps }) => [status, deliveryId, perhaps])).toEqual([
      ["missing-here", "theirs-1", "ours-1"],
      ["missing-here", "theirs-2", undefined],
      ["missing-there", "ours-1", "theirs-1"],
      ["missing-there", "ours-2", undefined],
    ]);
  });

  it("guesses nothing where two deliveries have the same amounts", () => {
    const results = run([figure("x", { payableMinor: 12_550 })], line("a", {}), line("b", {}));
    expect(results.map(({ perhaps }) => perhaps)).toEqual([undefined, undefined, undefined]);
  });

  it("asks nobody for a delivery that was taken back before it was settled", () => {
    expect(run([], plain, line("d1", { booking: "reversal", ...amounts(-10_000, 0, -2550) }))).toEqual([]);
  });

  it("compares by counterparty where the figures name it, and misses those they don't", () => {
    const lines = [
      plain,
      line("d1", { direction: "payable", counterparty: "courier", ...amounts(438, 0, 112) }),
    ];
    const campus = figure("d1", { payableMinor: 12_550 }, 2, { counterparty: "campus" });
    expect(run([campus], ...lines).map(({ status, counterparty }) => [status, counterparty])).toEqual([
      ["matched", "campus"],
      ["missing-there", "courier"],
    ]);
    const other = figure("d1", { payableMinor: 12_550 }, 2, { counterparty: "someone" });
    expect(run([other], plain)).toMatchObject([{ status: "differs", causes: ["counterparty"] }]);
  });

  it("finds every difference of a random file, and no other", () => {
    const deliveries = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        net: fc.integer({ min: 1000, max: 900_000 }),
        off: fc.boolean(),
        gone: fc.boolean(),
      }),
      { selector: ({ id }) => id, maxLength: 30 },
    );
    fc.assert(
      fc.property(deliveries, (all) => {
        const lines = all.map(({ id, net }) => line(id, amounts(net, 0, 0)));
        const figures = all
          .filter(({ gone }) => !gone)
          .map(({ id, net, off }, at) => figure(id, { netMinor: off ? net + 321 : net }, at));
        const results = run(figures, ...lines);
        const want = all.map(({ id, off, gone }) => [
          id,
          gone ? "missing-there" : off ? "differs" : "matched",
        ]);
        expect(new Map(results.map(({ deliveryId, status }) => [deliveryId, status]))).toEqual(
          new Map(want as [string, string][]),
        );
      }),
    );
  });
});
