import type { IssuedLine, Totals } from "../issued.ts";
import type { Candidate, Side } from "./types.ts";

/** Amounts in the order in which they tell most. */
export const FIELDS = ["payableMinor", "netMinor", "taxMinor", "serviceCreditMinor"] as const;

/** What is owed to the partner, what it owes, and where there is both the one less the other. */
export function candidatesOf(lines: readonly IssuedLine[]): Candidate[] {
  const of = (side: Side, some: readonly IssuedLine[]): Candidate[] =>
    some.length === 0 ? [] : [{ side, lines: some, totals: sumLines(some, side) }];
  const receivable = lines.filter((line) => line.direction !== "payable");
  const payable = lines.filter((line) => line.direction === "payable");
  return [
    ...of("receivable", receivable),
    ...of("payable", payable),
    ...(receivable.length > 0 && payable.length > 0 ? of("net", lines) : []),
  ];
}

/** The sum of lines as seen from one side: positive for what usually goes that way. */
export function sumLines(lines: readonly IssuedLine[], side: Side): Totals {
  const sum = { netMinor: 0, serviceCreditMinor: 0, taxMinor: 0, payableMinor: 0 };
  for (const line of lines) {
    const sign = side === "net" && line.direction === "payable" ? -1 : 1;
    sum.netMinor += sign * line.netMinor;
    sum.serviceCreditMinor += sign * line.serviceCreditMinor;
    sum.taxMinor += sign * line.taxMinor;
    sum.payableMinor += sign * line.payableMinor;
  }
  return sum;
}

/** The lines as they were before each correction, the earliest first. What one booking changed came at once. */
export function earlierLines(lines: readonly IssuedLine[]): (readonly IssuedLine[])[] {
  return lines.flatMap((line, at) => {
    const former = lines[at - 1];
    if (former === undefined || line.booking === undefined || line.booking === "rating") return [];
    const together = line.stood !== undefined && line.stood.fingerprint === former.stood?.fingerprint;
    return together ? [] : [lines.slice(0, at)];
  });
}

/** Figures without any amount fit nothing. */
export const fits = (theirs: Partial<Totals>, ours: Totals, within: number): boolean =>
  FIELDS.some((field) => theirs[field] !== undefined) &&
  FIELDS.every((field) => Math.abs((theirs[field] ?? ours[field]) - ours[field]) <= within);

/** By the first amount that differs. */
export function differenceOf(
  theirs: Partial<Totals>,
  ours: Totals,
): { readonly field?: keyof Totals; readonly differenceMinor?: number } {
  const given = FIELDS.filter((one) => theirs[one] !== undefined);
  const field = given.find((one) => theirs[one] !== ours[one]) ?? given[0];
  return field === undefined ? {} : { field, differenceMinor: (theirs[field] ?? 0) - ours[field] };
}
