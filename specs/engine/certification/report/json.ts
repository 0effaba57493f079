import type { Report } from "../model.ts";

/** The report as it is, with its own schema name first. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
