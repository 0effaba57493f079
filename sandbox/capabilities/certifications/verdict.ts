import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { levelDefinitions, type Report, standingOf } from "../../../specs/engine/certification/issuing.ts";
import type { DecisionContext } from "../capability.ts";
import type { CertificationRecord, CertificationRunRecord } from "./records.ts";

const MOST_MISSING = 20;

/** What a run proves of the level that was asked for. */
export interface Verdict {
  readonly evidence: "passed" | "failed" | "incomplete";
  /** The highest level reached. */
  readonly reached?: string;
  readonly proven: boolean;
  readonly missing: readonly string[];
}

/** Checks that need not hold at a moment: their waivers were granted and have not ended. */
export const waivedChecks = ({ waivers = [] }: CertificationRecord, now: string): ReadonlySet<string> =>
  new Set(
    waivers.filter(({ status, until }) => status === "granted" && until > now).map(({ check }) => check),
  );

/** Does the run prove the level, with the waivers in force? A higher one that it reached proves the lower too. */
function verdictOn(report: Report, level: string, waived: ReadonlySet<string>, catalog: Catalog): Verdict {
  // Where the specification has no levels, the run brought those that came with the toolkit.
  const levels = levelDefinitions(catalog);
  const standing = waived.size === 0 || levels.length === 0 ? report : standingOf(report, levels, waived);
  const asked = standing.levels.findIndex((one) => one.id === level);
  const reached = standing.levels.findIndex((one) => one.id === standing.level);
  const proven = standing.outcome === "passed" && asked !== -1 && reached >= asked;
  const missing = standing.levels[asked]?.missing ?? [`No level of the specification is called "${level}".`];
  return {
    evidence: standing.outcome,
    ...(standing.level === undefined ? {} : { reached: standing.level }),
    proven,
    missing: proven ? [] : missing.slice(0, MOST_MISSING),
  };
}

/** What a certification's run proves at this moment, with what it couldn't see. */
export function judged(
  certification: CertificationRecord,
  { report, gaps }: Pick<CertificationRunRecord, "report" | "gaps">,
  { catalog, now }: Pick<DecisionContext, "catalog" | "now">,
): Verdict {
  const waived = waivedChecks(certification, now);
  // Written by the sandbox alone, from what the engine returned.
  return withGaps(verdictOn(report as unknown as Report, certification.level, waived, catalog), gaps);
}

/** A run that couldn't see all that it had to proves nothing yet. */
function withGaps(verdict: Verdict, gaps: readonly string[]): Verdict {
  if (gaps.length === 0) return verdict;
  return {
    ...verdict,
    evidence: verdict.evidence === "passed" ? "incomplete" : verdict.evidence,
    proven: false,
    missing: [...gaps, ...verdict.missing].slice(0, MOST_MISSING),
  };
}
