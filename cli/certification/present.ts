import { headline, type Report, terminalReport } from "../../specs/engine/certification/index.ts";
import type { Style } from "../output/color.ts";
import type { Output } from "../output/output.ts";
import { sanitize, sanitizeLine } from "../output/sanitize.ts";

const STYLES: Readonly<Record<string, Style>> = { failed: ["red", "bold"], warning: ["yellow", "bold"] };

/** The table of checks, then what has to be mended, with the request that shows it. */
export function presentReport(report: Report, out: Output): void {
  const { rows, toMend, skipped } = terminalReport(report);
  out.table(rows, [
    { header: "", value: ({ symbol }) => symbol },
    { header: "Check", value: ({ check }) => check },
    { header: "Requirement", value: ({ title }) => title },
    { header: "", value: ({ severity }) => severity },
    { header: "Tried", value: ({ extent }) => extent },
  ]);
  for (const finding of toMend) {
    const subject = finding.subject === undefined ? "" : ` · ${finding.subject}`;
    out.data(
      `\n${out.style(STYLES[finding.outcome] ?? "bold", `${finding.outcome}: ${sanitizeLine(`${finding.check}${subject}`)}`)}`,
    );
    out.data(`  ${sanitizeLine(finding.message)}`);
    out.data(`  Fix: ${sanitizeLine(finding.fix)}`);
    if (finding.pointer !== undefined) out.data(`  Spec: ${sanitizeLine(finding.pointer)}`);
    if (finding.curl !== undefined) out.data(`  ${sanitize(finding.curl).replaceAll("\n", "\n  ")}`);
  }
  if (skipped.length > 0)
    out.data(`\nSkipped:\n${skipped.map((line) => `  ${sanitizeLine(line)}`).join("\n")}`);
  out.data("");
  for (const { title, reached, missing } of report.levels) {
    const why = reached ? "" : `: ${missing.slice(0, 3).map(sanitizeLine).join(" ")}`;
    out.data(`${reached ? "✓" : "·"} ${sanitizeLine(title)}${why}`);
  }
  out.data(`\n${sanitizeLine(headline(report))}`);
}
