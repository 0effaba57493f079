import type { Json, JsonObject, RecordWrite } from "../store/store.ts";
import type { DecisionContext, DomainEvent } from "./capability.ts";
import { pick } from "./define.ts";
import { collections, partyKey } from "./records.ts";

export type CertificationStatus = "submitted" | "issued" | "refused" | "suspended" | "revoked";

/** `certifications/CERTIFICATIONID` */
export interface CertificationRecord extends JsonObject {
  readonly id: string;
  readonly party: string;
  readonly parts: readonly Json[];
  readonly level: string;
  readonly status: CertificationStatus;
  readonly submittedAt: string;
  /** `none`: the sandbox drives no run, and there will be no signed certificate. */
  readonly evidence: "none" | "waiting" | "passed" | "failed" | "incomplete";
  /** The run passed and reached the level that was asked for. */
  readonly proven: boolean;
}

/**
 * `certification-jobs/CERTIFICATIONID`: a run to be driven. Holds the seed, which nobody is shown before the run has
 * ended, and the partner's tokens; both go with it when the result is recorded.
 */
export interface CertificationJob extends JsonObject {
  readonly certificationId: string;
  readonly party: string;
  readonly parts: readonly Json[];
  readonly seed: string;
  /** What the partner implements, as a manifest file would say it. */
  readonly manifest: JsonObject;
  readonly target: JsonObject | null;
  readonly endpointId: string | null;
}

/** `certification-runs/CERTIFICATIONID`: the evidence, secrets redacted. */
export interface CertificationRunRecord extends JsonObject {
  readonly certificationId: string;
  readonly report: JsonObject;
}

export function viewCertification(certification: CertificationRecord): JsonObject {
  const { report: _report, proven: _proven, statusIndex: _index, ...view } = certification;
  return view;
}

export const certificationWrite = (
  certification: CertificationRecord,
  expectedVersion: number,
): RecordWrite => ({
  collection: collections.certifications,
  id: certification.id,
  value: certification,
  expectedVersion,
  keys: [partyKey(certification.party)],
});

/** To the party and to the orchestrator. */
export function certificationEvent(
  name: string,
  certification: CertificationRecord,
  { catalog }: DecisionContext,
): DomainEvent {
  const { id, party } = certification;
  return {
    name: `certification.${name}`,
    subject: id,
    audience: [...new Set([party, catalog.ecosystem.orchestrator])],
    data: { certificationId: id, party, ...pick(certification, ["level", "status", "expiresAt"]) },
  };
}
