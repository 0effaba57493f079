import type { CheckDefinition, Finding, Report, Severity } from "../model.ts";
import { toMend } from "./text.ts";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  must: "error",
  should: "warning",
  may: "note",
};

function rule(definition: CheckDefinition): object {
  return {
    id: definition.id,
    name: definition.title,
    shortDescription: { text: definition.requirement },
    fullDescription: { text: definition.does },
    help: { text: `${definition.fix}\n\nSource: ${definition.source}` },
    defaultConfiguration: { level: LEVELS[definition.severity] },
    properties: { part: definition.part, suite: definition.suite, version: definition.version },
  };
}

/** The place is the spec that was violated: the partner's code isn't known. */
function location(finding: Finding): object[] {
  const [uri, fragment] = (finding.pointer ?? "").split("#");
  if (uri === undefined || uri === "") return [];
  return [
    {
      physicalLocation: { artifactLocation: { uri, uriBaseId: "SPECS" }, region: { startLine: 1 } },
      logicalLocations: [
        { fullyQualifiedName: finding.subject ?? finding.check, kind: "member", name: fragment ?? "" },
      ],
    },
  ];
}

function result(finding: Finding): object {
  const lines = [finding.message, `Fix: ${finding.fix}`];
  if (finding.curl !== undefined) lines.push(`Reproduce: ${finding.curl}`);
  return {
    ruleId: finding.check,
    level: LEVELS[finding.severity],
    message: { text: lines.join("\n\n") },
    locations: location(finding),
    partialFingerprints: { "check/v1": `${finding.check} ${finding.subject ?? ""}`.trim() },
    properties: { subject: finding.subject, example: finding.example },
  };
}

/** SARIF 2.1.0: what failed and what warns; passed checks are in the list of rules. */
export function sarifReport(report: Report): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "eco certification",
            rules: report.checks.map((one) => rule(one.definition)),
          },
        },
        invocations: [
          { executionSuccessful: report.outcome !== "incomplete", startTimeUtc: report.run.startedAt },
        ],
        results: toMend(report).map(result),
        properties: {
          partner: report.partner,
          seed: report.run.seed,
          runDigest: report.run.digest,
          outcome: report.outcome,
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
