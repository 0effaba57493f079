import { parseExact } from "../../rating/exact.ts";
import { taxOn } from "../../rating/tax.ts";
import type { IssuedLine, Totals } from "../issued.ts";
import { earlierLines, sumLines } from "./candidates.ts";
import type { Candidate, Cause } from "./types.ts";

/** What a figure would be if its owner had left something out, or done it another way. */
export interface Explanation {
  readonly causes: readonly Cause[];
  readonly totals: Totals;
}

/**
 * Every known way to come to other figures than a candidate's, those with the fewest causes first. The first has no cause:
 * it is the candidate as it stands.
 */
export function explanationsOf({ side, lines, totals }: Candidate, scale: number): Explanation[] {
  const found: Explanation[] = [{ causes: [], totals }];
  for (const time of times(lines))
    for (const legs of recourseVariants(time.lines))
      for (const credit of creditVariants(legs.lines))
        for (const tax of taxVariants)
          found.push({
            causes: [...new Set([...time.causes, ...legs.causes, ...credit.causes, ...tax.causes])],
            totals: tax.apply(sumLines(credit.lines, side)),
          });
  const units = 10 ** scale;
  if (units > 1) found.push({ causes: ["minor-units"], totals: scaled(totals, units) });
  found.push({ causes: ["sign"], totals: scaled(totals, -1) });
  return found.sort((a, b) => a.causes.length - b.causes.length);
}

interface Variant {
  readonly causes: readonly Cause[];
  readonly lines: readonly IssuedLine[];
}

/** As all stands, and as it stood before each correction. */
function times(lines: readonly IssuedLine[]): Variant[] {
  const before = earlierLines(lines).map(
    (earlier): Variant => ({ causes: ["correction-after"], lines: earlier }),
  );
  return [{ causes: [], lines }, ...before];
}

/** Recourse that no leg could take off is owed by itself. */
function recourseVariants(lines: readonly IssuedLine[]): Variant[] {
  const others = lines.filter((line) => line.kind !== "recourse");
  return others.length === lines.length || others.length === 0
    ? [{ causes: [], lines }]
    : [
        { causes: [], lines },
        { causes: ["recourse"], lines: others },
      ];
}

/** With what was taken off; without it, taxed anew or as booked; and with a net that is less it already. */
function creditVariants(lines: readonly IssuedLine[]): Variant[] {
  const credited = lines.filter((line) => line.serviceCreditMinor !== 0);
  if (credited.length === 0) return [{ causes: [], lines }];
  // Of a sale it is what the customer is given back, of any other leg what its payee bears of that.
  const causes = [
    ...new Set(credited.map((line): Cause => (line.kind === "sale" ? "service-credit" : "recourse"))),
  ];
  return [
    { causes: [], lines },
    { causes, lines: lines.map((line) => withoutCredit(line, taxOnNet(line))) },
    { causes, lines: lines.map((line) => withoutCredit(line, line.taxMinor)) },
    {
      causes,
      lines: lines.map((line) => ({
        ...line,
        netMinor: line.netMinor - line.serviceCreditMinor,
        serviceCreditMinor: 0,
      })),
    },
  ];
}

const withoutCredit = (line: IssuedLine, taxMinor: number): IssuedLine => ({
  ...line,
  serviceCreditMinor: 0,
  taxMinor,
  payableMinor: line.netMinor + taxMinor,
});

function taxOnNet(line: IssuedLine): number {
  const percentText = line.taxPercent ?? "0";
  if (!/^\d+(\.\d+)?$/.test(percentText)) return line.taxMinor;
  const rate = { code: line.taxCode ?? "", percent: parseExact(percentText), percentText };
  return Number(taxOn(BigInt(line.netMinor), rate, "half-even"));
}

const taxVariants: readonly {
  readonly causes: readonly Cause[];
  apply(totals: Totals): Totals;
}[] = [
  { causes: [], apply: (totals) => totals },
  {
    causes: ["tax"],
    apply: (totals) => ({
      ...totals,
      taxMinor: 0,
      payableMinor: totals.netMinor - totals.serviceCreditMinor,
    }),
  },
  { causes: ["tax"], apply: (totals) => ({ ...totals, netMinor: totals.netMinor + totals.taxMinor }) },
];

const scaled = (totals: Totals, by: number): Totals => ({
  netMinor: totals.netMinor * by,
  serviceCreditMinor: totals.serviceCreditMinor * by,
  taxMinor: totals.taxMinor * by,
  payableMinor: totals.payableMinor * by,
});
