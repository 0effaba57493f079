import { matchesGlob } from "./definitions.ts";
import type { CheckDefinition, CheckResult, Finding, LevelDefinition, LevelResult, Part } from "./model.ts";

function missingOf(level: LevelDefinition, result: CheckResult, findings: readonly Finding[]): string[] {
  const own = findings.filter((one) => one.check === result.definition.id);
  if (own.length === 0) return [`${result.definition.id} didn't run.`];
  return own.flatMap((finding) => {
    if (finding.outcome === "passed") return [];
    const subject = finding.subject === undefined ? "" : ` (${finding.subject})`;
    if (finding.outcome !== "skipped") return [`${finding.check}${subject} ${finding.outcome}.`];
    const allowed = finding.reason !== undefined && level.maySkip.includes(finding.reason);
    return allowed ? [] : [`${finding.check}${subject} was skipped: ${finding.message}`];
  });
}

/** Does a run reach the level? A level counts the checks of the parts that ran; parts that it names must be among them. */
export function evaluateLevel(
  level: LevelDefinition,
  results: readonly CheckResult[],
  findings: readonly Finding[],
  ran: readonly Part[],
): LevelResult {
  const counts = (check: CheckDefinition): boolean =>
    ran.includes(check.part) &&
    level.severities.includes(check.severity) &&
    level.checks.some((glob) => matchesGlob(glob, check.id));
  const counted = results.filter((one) => counts(one.definition));
  const missing = level.parts
    .filter((part) => !ran.includes(part))
    .map((part) => `The part "${part}" didn't run.`);
  missing.push(...counted.flatMap((one) => missingOf(level, one, findings)));
  if (counted.length === 0) missing.push("No check that counts ran.");
  else if (counted.every(({ outcome }) => outcome === "skipped"))
    missing.push("Nothing that counts could be tried.");
  return { id: level.id, title: level.title, reached: missing.length === 0, missing };
}
