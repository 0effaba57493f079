import type { ValidFor } from "./documents.ts";
import { parseDay } from "./timing/moment.ts";

/** Whether a day lies within, both ends included. Throws a RangeError where an end is no date. */
export function compileValidity(validFor: ValidFor | undefined): (day: number) => boolean {
  const start = validFor?.start === undefined ? Number.NEGATIVE_INFINITY : dayNumber(validFor.start);
  const end = validFor?.end === undefined ? Number.POSITIVE_INFINITY : dayNumber(validFor.end);
  return (day) => day >= start && day <= end;
}

function dayNumber(text: string): number {
  const day = parseDay(text);
  if (day === undefined) throw new RangeError(`"${text}" is not a date`);
  return day;
}
