import { minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import type {
  Difference,
  MonthOutcome,
  PartyOutcome,
  Scenario,
  SimulationOutcome,
  SimulationResult,
  Spreads,
} from "../../sandbox/simulation/index.ts";
import { counted } from "../output/counted.ts";
import type { Output } from "../output/output.ts";
import type { Column } from "../output/table.ts";

/** What a simulation comes to, as `--json` prints it. */
export interface SimulationReport extends SimulationResult {
  readonly scenario: Pick<Scenario, "title" | "start" | "months" | "runs" | "seed">;
  /** Made up in all runs together. */
  readonly deliveries: number;
}

/** Who gets and pays what; month by month for one party; who gains and loses where there are other terms. */
export function presentSimulation(report: SimulationReport, party: string | undefined, out: Output): void {
  const { scenario, deliveries, from, to, differences } = report;
  out.data(
    `${counted(deliveries, "delivery", "deliveries")} in ${counted(scenario.runs, "run")} of ${counted(scenario.months, "month")} from ${scenario.start} on, seed ${scenario.seed}. Amounts are means of a run.\n`,
  );
  const sides = to === undefined ? [["", from] as const] : [["From", from] as const, ["To", to] as const];
  for (const currency of new Set([from, ...(to === undefined ? [] : [to])].flatMap(currenciesOf))) {
    if (differences !== undefined) presentDifferences(differences, currency, party, out);
    for (const [name, side] of sides) presentSide(side, name, currency, party, out);
  }
}

const currenciesOf = ({ parties }: SimulationOutcome): string[] => parties.map(({ currency }) => currency);

function presentSide(
  { parties }: SimulationOutcome,
  name: string,
  currency: string,
  party: string | undefined,
  out: Output,
): void {
  const own = parties.filter((each) => each.currency === currency && (party ?? each.party) === each.party);
  if (own.length === 0) return;
  const heading = name === "" ? currency : `${name}, ${currency}`;
  if (party === undefined) {
    const paid: Column<PartyOutcome> = {
      header: "First paid",
      value: ({ months }) => months[0]?.dueOn ?? "",
    };
    const rows = own.map((each) => ({ each, spreads: each.total }));
    out.table(rows, [
      { header: heading, value: ({ each }) => each.party },
      ...figureColumns(
        own.map(({ total }) => total),
        currency,
      ),
      { ...paid, value: ({ each }) => paid.value(each) },
    ]);
  } else {
    const months = own.flatMap((each) => each.months).map((month) => ({ month, spreads: month as Spreads }));
    out.table(months, [
      { header: `${party}, ${heading}`, value: ({ month }) => month.month },
      ...figureColumns(
        months.map(({ spreads }) => spreads),
        currency,
      ),
      { header: "Paid by", value: ({ month }: { month: MonthOutcome }) => month.dueOn ?? "" },
    ]);
  }
  out.data("");
}

const FIGURE_NAMES = {
  net: "Net",
  shares: "of it shares",
  serviceCredit: "Service credit",
  recourse: "Recourse",
  tax: "Tax",
  prepaid: "Prepaid",
  payable: "Gets, or pays",
} as const satisfies Record<keyof Spreads, string>;

interface Row {
  readonly spreads: Spreads;
}

/** The mean of each figure that is not nothing for all, and the range of what is paid. */
function figureColumns(all: readonly Spreads[], currency: string): Column<Row>[] {
  const scale = minorUnits(currency);
  const column = (header: string, minor: (spreads: Spreads) => number): Column<Row> => ({
    header,
    value: ({ spreads }) => readableMinor(minor(spreads), scale),
    align: "right",
  });
  const names = Object.keys(FIGURE_NAMES) as (keyof Spreads)[];
  const isThere = (name: keyof Spreads): boolean =>
    name === "payable" || all.some((spreads) => spreads[name].p5Minor !== 0 || spreads[name].p95Minor !== 0);
  return [
    ...names.filter(isThere).map((name) => column(FIGURE_NAMES[name], (spreads) => spreads[name].meanMinor)),
    column("5 %", ({ payable }) => payable.p5Minor),
    column("95 %", ({ payable }) => payable.p95Minor),
  ];
}

function presentDifferences(
  differences: readonly Difference[],
  currency: string,
  party: string | undefined,
  out: Output,
): void {
  const scale = minorUnits(currency);
  const signed = (minor: number): string => `${minor > 0 ? "+" : ""}${readableMinor(minor, scale)}`;
  const amount = (header: string, value: (row: Difference) => string): Column<Difference> => ({
    header,
    value,
    align: "right",
  });
  const rows = differences.filter(
    (each) => each.currency === currency && (party ?? each.party) === each.party,
  );
  out.table(rows, [
    { header: currency, value: ({ party }) => party },
    amount("From", ({ fromMeanMinor }) => readableMinor(fromMeanMinor, scale)),
    amount("To", ({ toMeanMinor }) => readableMinor(toMeanMinor, scale)),
    amount("Difference", ({ difference }) => signed(difference.meanMinor)),
    amount("5 %", ({ difference }) => signed(difference.p5Minor)),
    amount("95 %", ({ difference }) => signed(difference.p95Minor)),
    { header: "", value: ({ verdict }) => VERDICTS[verdict] },
  ]);
  out.data("");
}

const VERDICTS = { gains: "gains", loses: "loses", either: "either way", same: "the same" } as const;
