import type { JsonObject } from "../store/store.ts";
import type { Capability, DecisionContext } from "./capability.ts";
import { endJob } from "./certification-jobs.ts";
import {
  type CertificationJob,
  type CertificationRecord,
  type CertificationRunRecord,
  certificationWrite,
  viewCertification,
} from "./certification-records.ts";
import {
  answer,
  define,
  isObject,
  listAt,
  notFound,
  objectAt,
  optional,
  optionalText,
  refuse,
  required,
  text,
} from "./define.ts";
import { collections } from "./records.ts";

const mostMissing = 20;
/** A run that was cut short so often isn't begun again: whatever stops it would stop it once more. */
const mostAttempts = 3;

interface Result {
  readonly evidence: "passed" | "failed" | "incomplete";
  readonly proven: boolean;
  readonly missing: readonly string[];
}

const outcomes = ["passed", "failed", "incomplete"] as const;

/** Does the run prove the level? A higher one that it reached proves the lower too. */
function resultOf(report: JsonObject, level: string): Result {
  const levels = listAt(report, "levels").filter(isObject);
  const asked = levels.findIndex((one) => one["id"] === level);
  const reached = levels.findIndex((one) => one["id"] === report["level"]);
  const evidence = outcomes.find((one) => one === report["outcome"]) ?? "incomplete";
  const proven = evidence === "passed" && asked !== -1 && reached >= asked;
  const missing = listAt(levels[asked] ?? {}, "missing").map(String);
  const unknown = asked === -1 ? [`No level of the specification is called "${level}".`] : [];
  return { evidence, proven, missing: proven ? [] : [...unknown, ...missing].slice(0, mostMissing) };
}

const forSandbox = { certificationId: required("text", "The certification.") };

/** The certification and the job of a run; refused for all but the sandbox itself. */
async function runUnderWay(input: JsonObject, { read, caller }: DecisionContext) {
  if (caller !== undefined) return refuse("ECO_FORBIDDEN", "The sandbox alone drives and records runs.");
  const id = text(input, "certificationId");
  const stored = await read.get<CertificationRecord>(collections.certifications, id);
  const job = await read.get<CertificationJob>(collections.certificationJobs, id);
  // Recorded by another process, refused in the meantime, or gone with a reset.
  return stored === undefined || job === undefined ? notFound("waiting run", id) : { stored, job };
}

const beginRun = define({
  name: "certifications.begin-run",
  summary: "Counts the runs that were begun; for the sandbox itself, and bound to no operation.",
  input: forSandbox,
  async decide(input, context) {
    const found = await runUnderWay(input, context);
    if ("kind" in found) return found;
    const { job, stored } = found;
    if (job.value.attempts >= mostAttempts) {
      const missing = [`The run was cut short ${mostAttempts} times: submit again.`];
      const given = { evidence: "incomplete", proven: false, missing, seed: job.value.seed } as const;
      const ended: CertificationRecord = { ...stored.value, ...given };
      return answer(
        {},
        { writes: [certificationWrite(ended, stored.version), ...(await endJob(ended, context))] },
      );
    }
    const value: CertificationJob = { ...job.value, attempts: job.value.attempts + 1 };
    const write = { collection: job.collection, id: job.id, value, expectedVersion: job.version };
    return answer({}, { writes: [write] });
  },
});

const recordRun = define({
  name: "certifications.record-run",
  summary: "Keeps what a run came to; for the sandbox itself, and bound to no operation.",
  input: {
    ...forSandbox,
    seed: required("text", "The seed of the run."),
    report: optional("object", "The report of the run."),
    gaps: optional("list", "What the run can't show, one sentence each."),
    failure: optional("text", "Why there is no report."),
  },
  async decide(input, context) {
    const found = await runUnderWay(input, context);
    if ("kind" in found) return found;
    const { id, level } = found.stored.value;
    const report = objectAt(input, "report");
    const failure = optionalText(input, "failure");
    const result: Result =
      failure === undefined
        ? withGaps(resultOf(report, level), listAt(input, "gaps").map(String))
        : { evidence: "incomplete", proven: false, missing: [failure] };
    const digest = optionalText(objectAt(report, "run"), "digest");
    const reached = optionalText(report, "level");
    const recorded: CertificationRecord = {
      ...found.stored.value,
      ...result,
      seed: text(input, "seed"),
      ...(digest === undefined ? {} : { runDigest: digest }),
      ...(reached === undefined ? {} : { reached }),
    };
    const kept: CertificationRunRecord = { certificationId: id, report };
    const evidence = { collection: collections.certificationRuns, id, value: kept, expectedVersion: 0 };
    return answer(viewCertification(recorded), {
      writes: [
        certificationWrite(recorded, found.stored.version),
        ...(await endJob(recorded, context)),
        ...(failure === undefined ? [evidence] : []),
      ],
    });
  },
});

/** A run that couldn't see all that it had to proves nothing yet. */
function withGaps(result: Result, gaps: readonly string[]): Result {
  if (gaps.length === 0) return result;
  return {
    evidence: result.evidence === "passed" ? "incomplete" : result.evidence,
    proven: false,
    missing: [...gaps, ...result.missing].slice(0, mostMissing),
  };
}

export const certificationResults: readonly Capability[] = [beginRun, recordRun];
