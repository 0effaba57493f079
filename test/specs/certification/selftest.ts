import { checkDefinitions } from "../../../specs/engine/certification/index.ts";
import { checkOf, loadSubjects } from "./subjects.ts";

export interface SelftestResult {
  /** Checks of the catalogue. */
  readonly checks: number;
  /** Each breaks one check; some checks have several. */
  readonly mutants: number;
  /** Mutants that were caught by their check. */
  readonly caught: readonly string[];
  readonly missed: readonly string[];
  /** Checks without a mutant. */
  readonly untested: readonly string[];
  /** Failed and warning findings on healthy subjects. */
  readonly falseAlarms: readonly string[];
  readonly healthyFindings: number;
  /** How long the whole catalogue took on the healthy partner, of all its parts together. */
  readonly healthyMs: number;
}

export interface SelftestOptions {
  readonly seed?: string;
  /** Runs every check of the part on each mutant, not just its own. */
  readonly whole?: boolean;
  readonly onResult?: (line: string) => void;
}

/** Mutants mostly wait, so some of them do it together. */
const together = 4;

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: together }, worker));
}

/** Certifies the healthy reference partner and every mutant of it. */
export async function selftest(options: SelftestOptions = {}): Promise<SelftestResult> {
  const tell = options.onResult ?? (() => undefined);
  const subjects = await loadSubjects(options.seed);
  const falseAlarms: string[] = [];
  let healthyFindings = 0;
  const begun = performance.now();
  for (const [name, run] of Object.entries(subjects.healthy)) {
    const report = await run();
    const alarms = report.findings.filter((one) => one.outcome === "failed" || one.outcome === "warning");
    healthyFindings += report.findings.length;
    falseAlarms.push(...alarms.map((one) => `${name}: ${one.check} ${one.subject ?? ""} ${one.message}`));
    tell(`healthy ${name}: ${report.findings.length} findings, ${alarms.length} false alarms`);
  }
  const healthyMs = performance.now() - begun;
  const caught: string[] = [];
  const missed: string[] = [];
  await inTurns(Object.entries(subjects.mutants), async ([check, run]) => {
    const report = await run(options.whole ?? false);
    const seen = report.findings.find(
      (one) => one.check === checkOf(check) && (one.outcome === "failed" || one.outcome === "warning"),
    );
    if (seen === undefined) missed.push(check);
    else caught.push(check);
    tell(seen === undefined ? `MISSED ${check}` : `caught ${check}: ${seen.message}`);
  });
  const all = checkDefinitions(subjects.catalog).map((one) => one.id);
  const untested = all.filter((id) => !(id in subjects.mutants));
  const mutants = Object.keys(subjects.mutants).length;
  return { checks: all.length, mutants, caught, missed, untested, falseAlarms, healthyFindings, healthyMs };
}

export function describeResult(result: SelftestResult): string {
  const rate = ((result.caught.length / result.mutants) * 100).toFixed(1);
  return [
    ...result.missed.map((one) => `missed: ${one}`),
    ...result.untested.map((one) => `without a mutant: ${one}`),
    ...result.falseAlarms.map((one) => `false alarm: ${one}`),
    `catch rate ${rate} % (${result.caught.length} of ${result.mutants} mutants, ${result.checks} checks), ` +
      `false alarms ${result.falseAlarms.length} of ${result.healthyFindings} findings on the healthy partner`,
    `the whole catalogue on the healthy partner in ${(result.healthyMs / 1000).toFixed(1)} s (bar: less than 20 s)`,
  ].join("\n");
}

if (import.meta.main) {
  const result = await selftest({
    whole: process.argv.includes("--whole"),
    onResult: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(`${describeResult(result)}\n`);
  const sound =
    result.caught.length === result.mutants &&
    result.untested.length === 0 &&
    result.falseAlarms.length === 0;
  process.exitCode = sound ? 0 : 3;
}
