import { formatMinor, minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import type { Change, Comparison, RatingTotals } from "../../sandbox/rating/index.ts";
import { csvLine, disarmed } from "../output/csv.ts";
import type { Output } from "../output/output.ts";
import type { Column } from "../output/table.ts";

/** What a comparison comes to, as `--json` prints it. */
export interface ComparisonResult extends Omit<Comparison, "from" | "to"> {
  readonly rejected: number;
  readonly currency: string;
  readonly from: Omit<RatingTotals, "windows">;
  readonly to: Omit<RatingTotals, "windows">;
  readonly total: Readonly<Record<"net" | "serviceCredit" | "tax" | "payable", Change>>;
}

export function comparisonResult(
  comparison: Comparison,
  rejected: number,
  currency: string,
): ComparisonResult {
  const { windows: _, ...from } = comparison.from;
  const { windows: __, ...to } = comparison.to;
  const change = (key: "netMinor" | "serviceCreditMinor" | "taxMinor" | "payableMinor"): Change => ({
    fromMinor: from[key],
    toMinor: to[key],
    differenceMinor: to[key] - from[key],
  });
  return {
    ...comparison,
    rejected,
    currency,
    from,
    to,
    total: {
      net: change("netMinor"),
      serviceCredit: change("serviceCreditMinor"),
      tax: change("taxMinor"),
      payable: change("payableMinor"),
    },
  };
}

type Line = readonly [name: string, change: Change];

const TOTAL_NAMES = { net: "Net", serviceCredit: "Service credit", tax: "Tax", payable: "Payable" } as const;

/** Three tables: in total, per party, per product. */
export function presentComparison(result: ComparisonResult, out: Output): void {
  const { currency, deliveries, changed } = result;
  const scale = minorUnits(currency);
  const columns = (header: string): Column<Line>[] => [
    { header, value: ([name]) => name },
    { header: "From", value: ([, { fromMinor }]) => readableMinor(fromMinor, scale), align: "right" },
    { header: "To", value: ([, { toMinor }]) => readableMinor(toMinor, scale), align: "right" },
    {
      header: "Difference",
      value: ([, { differenceMinor }]) =>
        `${differenceMinor > 0 ? "+" : ""}${readableMinor(differenceMinor, scale)}`,
      align: "right",
    },
  ];
  const totals = Object.entries(TOTAL_NAMES).map(
    ([key, name]): Line => [name, result.total[key as keyof typeof TOTAL_NAMES]],
  );
  out.data(
    `${deliveries.toLocaleString("en")} deliveries, ${changed.toLocaleString("en")} come to something else.\n`,
  );
  out.table(totals, columns(`Total (${currency})`));
  out.data("");
  out.table(Object.entries(result.parties), columns("Party gets, or pays"));
  out.data("");
  out.table(Object.entries(result.products), columns("Product, net of credits"));
}

/** One line per total, party and product: plain decimals, for a spreadsheet. */
export function comparisonCsv(result: ComparisonResult): string {
  const scale = minorUnits(result.currency);
  const line = (scope: string, [id, change]: Line): string =>
    csvLine([
      scope,
      disarmed(id),
      result.currency,
      ...[change.fromMinor, change.toMinor, change.differenceMinor].map((minor) => formatMinor(minor, scale)),
    ]);
  return [
    "scope,id,currency,from,to,difference",
    ...Object.entries(result.total).map((each) => line("total", each)),
    ...Object.entries(result.parties).map((each) => line("party", each)),
    ...Object.entries(result.products).map((each) => line("product", each)),
  ].join("\n");
}
