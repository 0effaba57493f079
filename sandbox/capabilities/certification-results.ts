import type { JsonObject } from "../store/store.ts";
import type { Capability } from "./capability.ts";
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

const recordRun = define({
  name: "certifications.record-run",
  summary: "Keeps what a run came to; for the sandbox itself, and bound to no operation.",
  input: {
    certificationId: required("text", "The certification."),
    report: optional("object", "The report of the run."),
    failure: optional("text", "Why there is no report."),
  },
  async decide(input, { read, caller }) {
    if (caller !== undefined) return refuse("ECO_FORBIDDEN", "The sandbox alone records runs.");
    const id = text(input, "certificationId");
    const stored = await read.get<CertificationRecord>(collections.certifications, id);
    const job = await read.get<CertificationJob>(collections.certificationJobs, id);
    // Recorded by another process, refused in the meantime, or gone with a reset.
    if (stored === undefined || job === undefined) return notFound("waiting run", id);
    const report = objectAt(input, "report");
    const failure = optionalText(input, "failure");
    const result: Result =
      failure === undefined
        ? resultOf(report, stored.value.level)
        : { evidence: "incomplete", proven: false, missing: [failure] };
    const digest = optionalText(objectAt(report, "run"), "digest");
    const reached = optionalText(report, "level");
    const recorded: CertificationRecord = {
      ...stored.value,
      ...result,
      seed: job.value.seed,
      ...(digest === undefined ? {} : { runDigest: digest }),
      ...(reached === undefined ? {} : { reached }),
    };
    const kept: CertificationRunRecord = { certificationId: id, report };
    const ended = { collection: job.collection, id, value: null, expectedVersion: job.version };
    const evidence = { collection: collections.certificationRuns, id, value: kept, expectedVersion: 0 };
    return answer(viewCertification(recorded), {
      writes: [
        certificationWrite(recorded, stored.version),
        ended,
        ...(failure === undefined ? [evidence] : []),
      ],
    });
  },
});

export const certificationResults: readonly Capability[] = [recordRun];
