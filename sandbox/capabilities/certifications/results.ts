import type { Report } from "../../../specs/engine/certification/issuing.ts";
import type { JsonObject, RecordWrite, StoredRecord } from "../../store/store.ts";
import type { Capability, Decision, DecisionContext } from "../capability.ts";
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
} from "../define.ts";
import { collections } from "../records.ts";
import { endJob } from "./jobs.ts";
import {
  type CertificationJob,
  type CertificationRecord,
  type CertificationRunRecord,
  certificationWrite,
  viewCertification,
} from "./records.ts";
import { issue, personsFor } from "./review.ts";
import { judged } from "./verdict.ts";

/** A run that was cut short so often isn't begun again: whatever stops it would stop it once more. */
const MOST_ATTEMPTS = 3;

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
    if (job.value.attempts >= MOST_ATTEMPTS) {
      const missing = [`The run was cut short ${MOST_ATTEMPTS} times: submit again.`];
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
    const { id } = found.stored.value;
    const failure = optionalText(input, "failure");
    if (failure !== undefined) {
      const cutShort = { evidence: "incomplete", proven: false, missing: [failure] } as const;
      return ended({ ...found.stored.value, ...cutShort, seed: text(input, "seed") }, found, context);
    }
    const kept: CertificationRunRecord = {
      certificationId: id,
      report: objectAt(input, "report"),
      gaps: listAt(input, "gaps").map(String),
    };
    const digest = optionalText(objectAt(kept.report, "run"), "digest");
    const recorded: CertificationRecord = {
      ...found.stored.value,
      ...judged(found.stored.value, kept, context),
      seed: text(input, "seed"),
      ...(digest === undefined ? {} : { runDigest: digest }),
    };
    const evidence = { collection: collections.certificationRuns, id, value: kept, expectedVersion: 0 };
    return ended(recorded, found, context, [evidence]);
  },
});

/** The end of a run; where the level asks for no review and is proven, the certificate is issued in the same step. */
async function ended(
  recorded: CertificationRecord,
  { stored }: { readonly stored: StoredRecord<CertificationRecord> },
  context: DecisionContext,
  evidence: readonly RecordWrite[] = [],
): Promise<Decision> {
  const writes = [...evidence, ...(await endJob(recorded, context))];
  const report = evidence[0]?.value?.["report"];
  if (!recorded.proven || personsFor(recorded.level, context.catalog) !== 0 || !isObject(report)) {
    return answer(viewCertification(recorded), {
      writes: [certificationWrite(recorded, stored.version), ...writes],
    });
  }
  const reason = "The run proves the level, and its rule asks for no review.";
  // What the engine returned, as JSON.
  const issued = await issue({ ...stored, value: recorded }, reason, context, report as unknown as Report);
  return issued.kind === "refused" ? issued : { ...issued, writes: [...(issued.writes ?? []), ...writes] };
}

export const certificationResults: readonly Capability[] = [beginRun, recordRun];
