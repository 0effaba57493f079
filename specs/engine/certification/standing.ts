import { evaluateLevel } from "./levels.ts";
import type { Finding, LevelDefinition, LevelResult, Report } from "./model.ts";

/** What a run comes to when some of its checks are waived. */
export interface Standing {
  readonly outcome: Report["outcome"];
  /** The highest level reached. */
  readonly level?: string;
  readonly levels: readonly LevelResult[];
}

/** Something that could not run at all is excused by nobody. */
const isCutShort = ({ reason }: Finding): boolean => reason === "unreachable" || reason === "budget";

/** What findings come to together; a run that could try nothing has shown nothing. */
export function outcomeOf(findings: readonly Finding[]): Report["outcome"] {
  if (findings.some((one) => one.outcome === "failed")) return "failed";
  const open = findings.some((one) => isCutShort(one) || one.outcome === "waiting");
  return open || findings.every((one) => one.outcome === "skipped") ? "incomplete" : "passed";
}

/**
 * Judges a run once more, without the checks that are waived.
 * @param waived ids of checks
 */
export function standingOf(
  report: Report,
  levels: readonly LevelDefinition[],
  waived: ReadonlySet<string>,
): Standing {
  const findings = report.findings.filter((one) => !waived.has(one.check) || isCutShort(one));
  const checks = report.checks.filter(({ definition }) => !waived.has(definition.id));
  const results = levels.map((level) => evaluateLevel(level, checks, findings, report.run.parts));
  const outcome = outcomeOf(findings);
  const level = outcome === "passed" ? results.findLast((one) => one.reached)?.id : undefined;
  return { outcome, levels: results, ...(level === undefined ? {} : { level }) };
}
