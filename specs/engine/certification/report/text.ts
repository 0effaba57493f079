import type { Finding, Outcome, Report } from "../model.ts";

/** What stands for an outcome where colour is missing. */
export const symbols: Readonly<Record<Outcome, string>> = {
  passed: "✓",
  failed: "✗",
  warning: "!",
  skipped: "–",
  waiting: "…",
};

/** Failures first, then warnings: what a reader has to act on. */
export function toMend(report: Report): Finding[] {
  return [
    ...report.findings.filter((one) => one.outcome === "failed"),
    ...report.findings.filter((one) => one.outcome === "warning"),
  ];
}

export function named(finding: Finding): string {
  return finding.subject === undefined ? finding.check : `${finding.check} · ${finding.subject}`;
}

/** `12 passed, 1 failed`: the outcomes that occur, worst first. */
export function summaryLine(report: Report): string {
  const order: readonly Outcome[] = ["failed", "warning", "waiting", "skipped", "passed"];
  const words: Readonly<Record<Outcome, string>> = {
    passed: "passed",
    failed: "failed",
    warning: "warnings",
    skipped: "skipped",
    waiting: "waiting",
  };
  return order
    .filter((one) => report.summary[one] > 0)
    .map((one) => `${report.summary[one]} ${words[one]}`)
    .join(", ");
}

export function headline(report: Report): string {
  const level = report.level === undefined ? "" : `, level ${report.level}`;
  return `${report.partner}: ${report.outcome}${level} (${summaryLine(report)})`;
}
