import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import { evaluateLevel } from "./levels.ts";
import type {
  CheckDefinition,
  CheckResult,
  Finding,
  LevelDefinition,
  Outcome,
  Part,
  Report,
  Run,
} from "./model.ts";
import type { CertificationOptions } from "./options.ts";
import { outcomeOf } from "./standing.ts";

const WORST_FIRST: readonly Outcome[] = ["failed", "warning", "waiting", "skipped", "passed"];

/** `sha256:` and hex over the canonical JSON of a value. */
export function digestOf(value: unknown): string {
  return `sha256:${bytesToHex(sha256(new TextEncoder().encode(canonicalize(value) ?? "null")))}`;
}

function resultOf(definition: CheckDefinition, findings: readonly Finding[]): CheckResult {
  const own = findings.filter((one) => one.check === definition.id);
  // One subject that passed outweighs another to which the check doesn't apply.
  const some = own.some((one) => one.outcome === "passed")
    ? own.filter((one) => one.outcome !== "skipped")
    : own;
  return {
    definition,
    outcome: WORST_FIRST.find((outcome) => some.some((one) => one.outcome === outcome)) ?? "skipped",
    findings: own.length,
    cases: own.reduce((sum, one) => sum + one.cases, 0),
  };
}

function runOf(input: ReportInput): Run {
  const { options, definitions, findings } = input;
  const identity = {
    seed: options.seed,
    catalogDigest: options.catalog.digest,
    specDigests: Object.fromEntries(options.catalog.documents.map((one) => [one.path, one.digest])),
    checkVersions: Object.fromEntries(definitions.map((one) => [one.id, one.version])),
    parts: input.parts,
  };
  const outcomes = findings.map((one) => [one.check, one.subject ?? "", one.outcome]);
  return {
    ...identity,
    startedAt: new Date(input.startedAtMs).toISOString(),
    durationMs: input.endedAtMs - input.startedAtMs,
    digest: digestOf({ ...identity, outcomes }),
  };
}

export interface ReportInput {
  readonly options: CertificationOptions;
  readonly definitions: readonly CheckDefinition[];
  readonly levels: readonly LevelDefinition[];
  readonly parts: readonly Part[];
  readonly findings: readonly Finding[];
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

export function buildReport(input: ReportInput): Report {
  const checks = input.definitions.map((one) => resultOf(one, input.findings));
  const outcome = outcomeOf(input.findings);
  const levels = input.levels.map((level) => evaluateLevel(level, checks, input.findings, input.parts));
  // A run over some of the checks only proves nothing about a level.
  const whole = input.options.checks === undefined && outcome === "passed";
  const level = whole ? levels.findLast((one) => one.reached)?.id : undefined;
  const summary: Record<Outcome, number> = { passed: 0, failed: 0, warning: 0, skipped: 0, waiting: 0 };
  for (const finding of input.findings) summary[finding.outcome] += 1;
  const { ecosystem } = input.options.catalog;
  return {
    schema: "eco-certification/1",
    ecosystem: { id: ecosystem.id, title: ecosystem.title },
    partner: input.options.partner?.id ?? "unnamed",
    run: runOf(input),
    outcome,
    ...(level === undefined ? {} : { level }),
    levels,
    summary,
    checks,
    findings: input.findings,
  };
}
