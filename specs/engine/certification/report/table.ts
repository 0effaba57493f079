import type { Finding, Outcome, Report } from "../model.ts";
import { symbols, toMend } from "./text.ts";

/** One row of the terminal's table: a check with the outcome of all its findings. */
export interface CheckRow {
  readonly symbol: string;
  readonly outcome: Outcome;
  readonly check: string;
  readonly title: string;
  readonly severity: string;
  /** How many subjects and how many cases. */
  readonly extent: string;
}

export interface TerminalReport {
  readonly rows: readonly CheckRow[];
  /** What failed or warns, to be printed below the table with message, fix and curl. */
  readonly toMend: readonly Finding[];
  /** Skipped findings with their reason, one line each. */
  readonly skipped: readonly string[];
}

/** Data for a table on a terminal; the caller draws it, with colours where it has them. */
export function terminalReport(report: Report): TerminalReport {
  const rows = report.checks.map(({ definition, outcome, findings, cases }) => ({
    symbol: symbols[outcome],
    outcome,
    check: definition.id,
    title: definition.title,
    severity: definition.severity,
    extent: findings > 1 ? `${findings} × ${cases} cases` : `${cases} ${cases === 1 ? "case" : "cases"}`,
  }));
  const skipped = report.findings
    .filter((one) => one.outcome === "skipped")
    .map((one) => `${one.check}: ${one.message}`);
  return { rows, toMend: toMend(report), skipped: [...new Set(skipped)] };
}
