import { type Finding, type Part, parts, type Report } from "../model.ts";
import { escapeMarkup } from "./escape-markup.ts";

/** XML 1.0 can't hold most control characters, not even escaped. */
function escapeXml(text: string): string {
  const held = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  return escapeMarkup(held).replaceAll("\n", "&#10;");
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join("");
}

function details(finding: Finding): string {
  const lines = [finding.message, `Fix: ${finding.fix}`, `Source: ${finding.source}`];
  if (finding.pointer !== undefined) lines.push(`Spec: ${finding.pointer}`);
  if (finding.example !== undefined) lines.push(`Smallest case: ${JSON.stringify(finding.example)}`);
  if (finding.curl !== undefined) lines.push(`Reproduce: ${finding.curl}`);
  return escapeXml(lines.join("\n")).replaceAll("&#10;", "\n");
}

function testCase(finding: Finding): string {
  const name = finding.subject === undefined ? finding.title : `${finding.title}: ${finding.subject}`;
  const head = `    <testcase${attributes({ classname: finding.check, name, time: (finding.durationMs / 1000).toFixed(3) })}`;
  const { outcome, message } = finding;
  if (outcome === "failed") {
    const type = finding.severity;
    return `${head}>\n      <failure${attributes({ message, type })}>${details(finding)}</failure>\n    </testcase>`;
  }
  if (outcome === "skipped" || outcome === "waiting") {
    return `${head}>\n      <skipped${attributes({ message: `${finding.reason ?? outcome}: ${message}` })}/>\n    </testcase>`;
  }
  if (outcome === "warning")
    return `${head}>\n      <system-out>${details(finding)}</system-out>\n    </testcase>`;
  return `${head}/>`;
}

function suite(part: Part, findings: readonly Finding[], startedAt: string): string {
  const count = (outcome: Finding["outcome"]): number =>
    findings.filter((one) => one.outcome === outcome).length;
  const head = attributes({
    name: part,
    tests: findings.length,
    failures: count("failed"),
    errors: 0,
    skipped: count("skipped") + count("waiting"),
    time: (findings.reduce((sum, one) => sum + one.durationMs, 0) / 1000).toFixed(3),
    timestamp: startedAt.replace(/\.\d+Z$/, ""),
  });
  return `  <testsuite${head}>\n${findings.map(testCase).join("\n")}\n  </testsuite>`;
}

/** JUnit XML as CI systems read it: a suite per part, a test case per finding. Warnings don't fail. The root counts no skipped ones: the schema of the Jenkins plugin has no place for them there. */
export function junitReport(report: Report): string {
  const { findings, run, summary } = report;
  const head = attributes({
    name: `certification of ${report.partner}`,
    tests: findings.length,
    failures: summary.failed,
    errors: 0,
    time: (run.durationMs / 1000).toFixed(3),
  });
  const suites = parts
    .map((part) => ({ part, own: findings.filter((one) => one.part === part) }))
    .filter(({ own }) => own.length > 0)
    .map(({ part, own }) => suite(part, own, run.startedAt));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${suites.join("\n")}\n</testsuites>\n`;
}
