import { parseDay } from "../timing/moment.ts";
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
