import { randomBytes } from "node:crypto";
import { operationsOfPartners } from "../../specs/engine/certification/credentials.ts";
import {
  type CertificationOptions,
  checkDefinitions,
  levelDefinitions,
  type Part,
  type Report,
  reportFormats,
  runCertification,
  writeReport,
} from "../../specs/engine/certification/index.ts";
import { isProtected } from "../../specs/engine/certification/provider/context.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { Outcome } from "../command.ts";
import type { Output } from "../output/output.ts";
import { openRating } from "../rating.ts";
import { partyOf, type Session } from "../session.ts";
import { writeText } from "../write-file.ts";
import { requireChecks, requireLevel } from "./check-names.ts";
import { chooseParts } from "./choose-parts.ts";
import { definitionsFor } from "./definitions.ts";
import { readLastRun, saveLastRun } from "./last-run.ts";
import { observeClient } from "./observe-client.ts";
import { presentReport } from "./present.ts";
import { type Reach, reachPartner } from "./reach.ts";
import { readTargets, type TargetFlags, type Targets } from "./targets.ts";

export interface CertifyFlags extends TargetFlags {
  readonly as?: readonly (Part | "all")[] | undefined;
  readonly check?: readonly string[] | undefined;
  readonly report?: readonly string[] | undefined;
  readonly seed?: string | undefined;
  readonly timeout: number;
  readonly run?: string | undefined;
  readonly "wait-timeout": number;
  readonly ca?: string | undefined;
  readonly level?: string | undefined;
  readonly failed?: boolean;
}

/** What a run looks at and with which seed: all, the checks named, or those that failed before. */
async function selection(
  flags: CertifyFlags,
): Promise<{ readonly seed: string; readonly checks?: string[] }> {
  const last = flags.failed === true ? await readLastRun() : undefined;
  const seed = flags.seed ?? last?.seed ?? randomBytes(4).toString("hex");
  const checks = last?.checks ?? flags.check?.flatMap((ids) => ids.split(","));
  return { seed, ...(checks === undefined ? {} : { checks: [...checks] }) };
}

/** One run from the flags to the reports. */
export async function certifyOnce(
  flags: CertifyFlags,
  session: Session,
  out: Output,
  signal?: AbortSignal,
): Promise<Outcome> {
  for (const path of flags.report ?? []) requireFormat(path);
  const { seed, checks } = await selection(flags);
  if (flags.failed === true && checks?.length === 0) {
    out.note("Nothing failed in the last run.");
    return { result: { outcome: "passed", findings: [] } };
  }
  const { catalog } = session;
  const declared = await definitionsFor(catalog);
  requireChecks(checks ?? [], declared.definitions ?? checkDefinitions(catalog));
  if (flags.level !== undefined) requireLevel(flags.level, declared.levels ?? levelDefinitions(catalog));
  const targets = await readTargets(flags, session.settings.profile, operationsOfPartners(catalog));
  const choice = { session, targets, chosen: flags.as ?? ["all"], command: flags.run, out };
  const parts = withChecks(await chooseParts(choice), checks);
  out.note(`Testing ${parts.join(", ")} with the seed ${seed}.`);
  if (
    targets.target !== undefined &&
    targets.target.credentials === undefined &&
    catalog.operations.some(isProtected)
  )
    out.note("ECO_TARGET_TOKEN isn't set: what needs credentials is skipped.");
  const reach = await reachPartner(flags.ca);
  try {
    const report = await follow(
      runCertification({
        catalog,
        ...declared,
        parts,
        seed,
        fetch: reach.fetch,
        timeoutMs: flags.timeout,
        partner: targets.partner ?? { id: partyOf(session) ?? "self-test" },
        ...targets,
        ...(await observed(flags, parts, targets, { session, reach, out, signal })),
        ...(await rules(parts, targets, session)),
        ...(parts.includes("journeys") ? { sandbox: { url: session.settings.sandbox.value } } : {}),
        ...(checks === undefined ? {} : { checks }),
        ...(signal === undefined ? {} : { signal }),
      }),
      out,
    );
    await saveLastRun(report).catch((cause: unknown) => {
      out.warn(`--failed won't know of this run: ${reasonOf(cause)}.`);
    });
    await writeReports(report, flags.report ?? [], out);
    presentReport(report, out);
    return outcomeOf(report, flags.level);
  } finally {
    await reach.close();
  }
}

/** A part none of whose checks is asked for needs nothing started for it. */
function withChecks(parts: readonly Part[], checks: readonly string[] | undefined): Part[] {
  if (checks === undefined) return [...parts];
  const first = (glob: string): string => glob.split(".")[0] ?? "";
  const wanted = parts.filter((part) =>
    checks.some((glob) => first(glob) === part || first(glob).includes("*")),
  );
  return wanted.length > 0 ? wanted : [...parts];
}

interface Surroundings {
  readonly session: Session;
  readonly reach: Reach;
  readonly out: Output;
  readonly signal: AbortSignal | undefined;
}

/** What the client does, where it is asked for and no recording tells it. */
async function observed(
  flags: CertifyFlags,
  parts: readonly Part[],
  targets: Targets,
  { session, reach, out, signal }: Surroundings,
): Promise<Pick<CertificationOptions, "recording" | "clientSessions">> {
  const ownFigures = targets.partner?.figures !== undefined && flags.run === undefined;
  const needed = parts.includes("client") || (parts.includes("money") && !ownFigures);
  if (!needed || targets.recording !== undefined) return {};
  return observeClient({
    catalog: session.catalog,
    sandbox: session.settings.sandbox.value,
    command: flags.run,
    waitMs: flags["wait-timeout"] * 1_000,
    fetch: reach.fetch,
    onNote: (text) => out.note(text),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The rules that the partner's own figures are held against, where it has any. */
async function rules(
  parts: readonly Part[],
  { partner }: Targets,
  { catalog }: Session,
): Promise<Pick<CertificationOptions, "rating">> {
  if (!parts.includes("money") || partner?.figures === undefined) return {};
  const rating = await openRating(catalog);
  return rating === undefined ? {} : { rating };
}

async function follow(run: AsyncGenerator<unknown, Report>, out: Output): Promise<Report> {
  const progress = out.progress("Checking");
  try {
    for (let count = 1; ; count++) {
      const next = await run.next();
      if (next.done === true) return next.value;
      progress.update(count);
    }
  } finally {
    progress.stop();
  }
}

/** @throws EcoError ECO_USAGE before anything runs, for a file name that says no format */
function requireFormat(path: string): void {
  const known = Object.keys(reportFormats);
  if (known.some((extension) => path.toLowerCase().endsWith(extension))) return;
  throw new EcoError("ECO_USAGE", `No report has the format of ${path}.`, {
    fix: `End the file's name in one of ${known.join(", ")}.`,
  });
}

async function writeReports(report: Report, paths: readonly string[], out: Output): Promise<void> {
  for (const path of paths) {
    await writeText(path, writeReport(report, path));
    out.note(`Report: ${path}`);
  }
}

function outcomeOf(report: Report, level: string | undefined): Outcome {
  const wanted = report.levels.find((one) => one.id === level);
  if (report.outcome === "passed" && wanted?.reached !== false) return { result: report };
  const fix = nothingTried(report)
    ? "Above stands why each was skipped. Give what is missing, or something else to test: --target, --webhook, --run, --recording."
    : "Each failed check above says how to mend it; run the same command with --seed to see it again.";
  return {
    result: report,
    failure: new EcoError("ECO_CERTIFICATION_FAILED", whyNot(report, wanted), { fix }),
  };
}

const nothingTried = ({ checks }: Report): boolean => checks.every((one) => one.outcome === "skipped");

function whyNot(report: Report, wanted: Report["levels"][number] | undefined): string {
  const count = (outcome: string): number => report.checks.filter((one) => one.outcome === outcome).length;
  if (report.outcome === "failed") return `${count("failed")} of ${report.checks.length} checks failed.`;
  if (nothingTried(report)) return "The certification is incomplete: none of its checks could be tried.";
  if (report.outcome === "incomplete") {
    const waiting = count("waiting");
    return waiting > 0
      ? `The certification is incomplete: ${waiting} checks wait for your client.`
      : "The certification is incomplete: something that was asked for could not run.";
  }
  return `The level ${wanted?.title ?? ""} isn't reached. ${wanted?.missing.slice(0, 3).join(" ") ?? ""}`.trim();
}
