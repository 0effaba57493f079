import { formatDay, parseDay } from "../timing/moment.ts";
import type { Report } from "./finding.ts";

/** Days that exist, in their order; `pointer` is to what they hold for. */
export function checkDates(
  validFor: { readonly start?: string; readonly end?: string } | undefined,
  report: Report,
  pointer = "",
): void {
  for (const end of ["start", "end"] as const) {
    const text = validFor?.[end];
    if (text === undefined || parseDay(text) !== undefined) continue;
    report.error(
      "ECO_DATE_INVALID",
      `${pointer}/validFor/${end}`,
      `"${text}" is not a date.`,
      "Write YYYY-MM-DD.",
    );
  }
  const [start, end] = [parseDay(validFor?.start ?? ""), parseDay(validFor?.end ?? "")];
  if (start !== undefined && end !== undefined && end < start) {
    report.error(
      "ECO_DATE_INVALID",
      `${pointer}/validFor/end`,
      "It ends before it starts.",
      "Let the end be the start or a later day: both days belong to it.",
    );
  }
}

/** First and last day, both included; open where left out. */
interface Span {
  readonly start?: string;
  readonly end?: string;
}

/** The first days after the first of the spans, and until `end`, that none of them has. Undefined where they have all of them, and where a date is none. */
export function firstGap(spans: readonly Span[], end?: string): Span | undefined {
  const last = end === undefined ? Infinity : parseDay(end);
  const days = spans.flatMap((span) => {
    const from = span.start === undefined ? -Infinity : parseDay(span.start);
    const to = span.end === undefined ? Infinity : parseDay(span.end);
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  if (last === undefined || days.length < spans.length) return undefined;
  let covered = -Infinity;
  for (const { from, to } of days.sort((a, b) => a.from - b.from)) {
    if (covered > -Infinity && from > covered + 1 && covered < last)
      return { start: formatDay(covered + 1), end: formatDay(Math.min(from - 1, last)) };
    covered = Math.max(covered, to);
  }
  if (covered >= last || covered === -Infinity) return undefined;
  return { start: formatDay(covered + 1), ...(last === Infinity ? {} : { end: formatDay(last) }) };
}
