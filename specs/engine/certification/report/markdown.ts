import type { Finding, Report } from "../model.ts";
import { headline, named, symbols, toMend } from "./text.ts";

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}

/** A fence that is longer than any in the text. */
function code(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function section(finding: Finding): string {
  const lines = [
    `### ${symbols[finding.outcome]} ${named(finding)}`,
    "",
    finding.message,
    "",
    `**Fix:** ${finding.fix}`,
    "",
  ];
  if (finding.pointer !== undefined) lines.push(`**Spec:** \`${finding.pointer}\``, "");
  lines.push(`**Source:** ${finding.source}`, "");
  if (finding.example !== undefined)
    lines.push("Smallest case:", "", code(JSON.stringify(finding.example, null, 2), "json"), "");
  if (finding.curl !== undefined) lines.push("Reproduce:", "", code(finding.curl, "sh"), "");
  return lines.join("\n");
}

export function markdownReport(report: Report): string {
  const { run } = report;
  const rows = report.checks.map(
    ({ definition, outcome, cases }) =>
      `| ${symbols[outcome]} | \`${definition.id}\` | ${cell(definition.title)} | ${definition.severity} | ${outcome} | ${cases} |`,
  );
  const skipped = report.findings.filter((one) => one.outcome === "skipped");
  const parts = [
    `# Certification of ${cell(report.partner)}`,
    headline(report),
    [
      "| | |",
      "|---|---|",
      `| Ecosystem | ${cell(report.ecosystem.title)} |`,
      `| Seed | \`${run.seed}\` |`,
      `| Started | ${run.startedAt} |`,
      `| Specs | \`${run.catalogDigest}\` |`,
      `| Run | \`${run.digest}\` |`,
    ].join("\n"),
    ["| | check | | severity | outcome | cases |", "|---|---|---|---|---|---|", ...rows].join("\n"),
    ...(toMend(report).length > 0 ? ["## To mend", ...toMend(report).map(section)] : []),
    ...(skipped.length > 0
      ? ["## Skipped", skipped.map((one) => `- \`${named(one)}\` (${one.reason}): ${one.message}`).join("\n")]
      : []),
    ...(report.levels.length > 0
      ? [
          "## Levels",
          report.levels
            .map(
              (one) =>
                `- ${one.title}: ${one.reached ? "reached" : `not reached. ${one.missing.slice(0, 5).join(" ")}`}`,
            )
            .join("\n"),
        ]
      : []),
  ];
  return `${parts.join("\n\n")}\n`;
}
