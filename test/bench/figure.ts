/** One line of the table: a ratio of two things measured in turns in one run. */
export interface Figure {
  readonly what: string;
  /** What was measured, in words: `3,120/s of 29,900/s`. */
  readonly reading: string;
  readonly ratio: number;
  readonly bar: { readonly atLeast: number } | { readonly atMost: number };
}

export const isMet = ({ ratio, bar }: Figure): boolean =>
  "atLeast" in bar ? ratio >= bar.atLeast : ratio <= bar.atMost;

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export const perSecond = (value: number): string => `${Math.round(value).toLocaleString("en")}/s`;

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { what, reading, ratio, bar } = figure;
    const wanted = "atLeast" in bar ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`;
    return [what, `${ratio.toFixed(2)} ×`, `${wanted} ×`, isMet(figure) ? "met" : "missed", reading];
  });
  const all = [["figure", "ratio", "bar", "", "reading"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")).join("\n");
}
