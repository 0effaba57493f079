import { codeBlock, codeSpan, markdownMessage, markdownText } from "../../markdown-text.ts";
import type { Finding, Report } from "../model.ts";
import { headline, named, symbols, toMend } from "./text.ts";

function section(finding: Finding): string {
  const lines = [
    `### ${symbols[finding.outcome]} ${markdownText(named(finding))}`,
    "",
    markdownMessage(finding.message),
    "",
    `**Fix:** ${markdownMessage(finding.fix)}`,
    "",
  ];
  if (finding.pointer !== undefined) lines.push(`**Spec:** ${codeSpan(finding.pointer)}`, "");
  lines.push(`**Source:** ${markdownMessage(finding.source)}`, "");
  if (finding.example !== undefined)
    lines.push("Smallest case:", "", codeBlock(JSON.stringify(finding.example, null, 2), "json"), "");
  if (finding.curl !== undefined) lines.push("Reproduce:", "", codeBlock(finding.curl, "sh"), "");
  return lines.join("\n");
}

export function markdownReport(report: Report): string {
  const { run } = report;
  const rows = report.checks.map(
    ({ definition, outcome, cases }) =>
      `| ${symbols[outcome]} | \`${definition.id}\` | ${markdownText(definition.title)} | ${definition.severity} | ${outcome} | ${cases} |`,
  );
  const skipped = report.findings.filter((one) => one.outcome === "skipped");
  const parts = [
    `# Certification of ${markdownText(report.partner)}`,
    markdownMessage(headline(report)),
    [
      "| | |",
      "|---|---|",
      `| Ecosystem | ${markdownText(report.ecosystem.title)} |`,
      `| Seed | ${markdownText(run.seed)} |`,
      `| Started | ${run.startedAt} |`,
      `| Specs | \`${run.catalogDigest}\` |`,
      `| Run | \`${run.digest}\` |`,
    ].join("\n"),
    ["| | check | | severity | outcome | cases |", "|---|---|---|---|---|---|", ...rows].join("\n"),
    ...(toMend(report).length > 0 ? ["## To mend", ...toMend(report).map(section)] : []),
    ...(skipped.length > 0
      ? [
          "## Skipped",
          skipped
            .map((one) => `- ${codeSpan(named(one))} (${one.reason}): ${markdownMessage(one.message)}`)
            .join("\n"),
        ]
      : []),
    ...(report.levels.length > 0
      ? [
          "## Levels",
          report.levels
            .map(
              (one) =>
                `- ${markdownText(one.title)}: ${one.reached ? "reached" : `not reached. ${one.missing.slice(0, 5).map(markdownMessage).join(" ")}`}`,
            )
            .join("\n"),
        ]
      : []),
  ];
  return `${parts.join("\n\n")}\n`;
}
