/** One line of the table: a ratio of two things measured in turns in one run. */
export interface Figure {
  readonly what: string;
  /** What was measured, in words: `3,120/s of 29,900/s`. */
  readonly reading: string;
  /** Left out where there is nothing to compare with. */
  readonly ratio?: number;
  /** Left out where the figure only informs. */
  readonly bar?: { readonly atLeast: number } | { readonly atMost: number };
}

/** The bar in words, and whether it is met; empty where there is none. */
function judged({ ratio, bar }: Figure): readonly [string, string] {
  if (bar === undefined || ratio === undefined) return ["", ""];
  const met = "atLeast" in bar ? ratio >= bar.atLeast : ratio <= bar.atMost;
  const wanted = "atLeast" in bar ? `≥ ${bar.atLeast} ×` : `≤ ${bar.atMost} ×`;
  return [wanted, met ? "met" : "missed"];
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export const perSecond = (value: number): string => `${Math.round(value).toLocaleString("en")}/s`;

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { what, reading, ratio } = figure;
    return [what, ratio === undefined ? "" : `${ratio.toFixed(2)} ×`, ...judged(figure), reading];
  });
  const all = [["figure", "ratio", "bar", "", "reading"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")).join("\n");
}
