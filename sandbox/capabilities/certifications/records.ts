import type { Json, JsonObject, RecordWrite } from "../../store/store.ts";
import type { DecisionContext, DomainEvent } from "../capability.ts";
import { pick } from "../define.ts";
import { collections, partyKey } from "../records.ts";

export type CertificationStatus = "submitted" | "issued" | "refused" | "suspended" | "revoked" | "lapsed";

/** A check that need not hold for a while. */
export interface CertificationWaiver extends JsonObject {
  readonly check: string;
  /** Why the party asks for it. */
  readonly reason: string;
  readonly until: string;
  readonly status: "requested" | "granted" | "refused";
  readonly requestedAt: string;
  readonly decidedAt?: string;
  /** Why it was decided so. */
  readonly because?: string;
}

/** Something to be met after a certificate was issued. */
export interface CertificationCondition extends JsonObject {
  readonly text: string;
  readonly until: string;
  readonly status: "open" | "met";
  readonly metAt?: string;
}

/** What one person of the orchestrator decided. */
export interface CertificationReview extends JsonObject {
  readonly decision: string;
  readonly reason: string;
  readonly reviewer?: string;
  readonly at: string;
}

/** Measured behaviour has fallen below what the level asks for: until when it has to be above again. */
export interface CertificationRisk extends JsonObject {
  readonly metric: string;
  readonly value: number;
  readonly since: string;
  readonly until: string;
}

/** `certifications/CERTIFICATIONID` */
export interface CertificationRecord extends JsonObject {
  readonly id: string;
  readonly party: string;
  readonly parts: readonly Json[];
  readonly level: string;
  readonly status: CertificationStatus;
  readonly submittedAt: string;
  /**
   * `observing`: the party's own client is watched. `waiting`: for the run. `none`: the sandbox drives no run, and there
   * will be no signed certificate.
   */
  readonly evidence: "none" | "observing" | "waiting" | "passed" | "failed" | "incomplete";
  /** The run passed and reached the level that was asked for. */
  readonly proven: boolean;
  /** Who of the party submitted it. */
  readonly submittedBy?: string;
  readonly reviews?: readonly CertificationReview[];
  readonly waivers?: readonly CertificationWaiver[];
  readonly conditions?: readonly CertificationCondition[];
  readonly risk?: CertificationRisk;
  readonly issuedAt?: string;
  readonly expiresAt?: string;
  /** When it was refused, revoked or lapsed; never shown. */
  readonly endedAt?: string;
  readonly certificate?: string;
  /** Places of its certificates in the status list, the former ones included. */
  readonly statusIndexes?: readonly number[];
  /** Why it stands as it does. */
  readonly reason?: string;
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
  /** Whether the party's client is part of the run; the run begins when its window has closed. */
  readonly observation: "none" | "open" | "closed";
  /** Runs that were begun: each has requests of its own, so that one that was cut short tells nothing of the next. */
  readonly attempts: number;
}

/**
 * `certification-windows/PARTY`: the party's client is watched. There while it is, so that a party has one window at a
 * time.
 */
export interface CertificationWindow extends JsonObject {
  readonly certificationId: string;
  readonly party: string;
  readonly opensAt: string;
  readonly closesAt: string;
}

/**
 * `certification-exchanges/CERTIFICATIONID/REQUESTID`: what the client sent while it was watched, and what it got. Its
 * secrets are marks, which can be compared; it goes with the job.
 */
export interface SeenExchange extends JsonObject {
  readonly certificationId: string;
  /** Empty where no operation has the path. */
  readonly operationId: string;
  /** Wall-clock time, milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: { readonly [name: string]: string };
    /** Empty where there was none. */
    readonly body: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: { readonly [name: string]: string };
    readonly body: string;
  };
  /** Mark of the access token that the answer brought; null for all other answers. */
  readonly token: string | null;
  /** What was put in its way. */
  readonly probe: string | null;
  /** The same for attempts at the same request. */
  readonly fingerprint: string;
}

/** The key under which what belongs to a certification is listed. */
export const certificationKey = (id: string): string => `certification:${id}`;

/** `certification-runs/CERTIFICATIONID`: the evidence, secrets redacted. */
export interface CertificationRunRecord extends JsonObject {
  readonly certificationId: string;
  readonly report: JsonObject;
  /** What the run can't show. */
  readonly gaps: readonly string[];
}

export function viewCertification(certification: CertificationRecord): JsonObject {
  const {
    report: _report,
    proven: _proven,
    statusIndexes: _indexes,
    endedAt: _ended,
    ...view
  } = certification;
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
  more: JsonObject = {},
): DomainEvent {
  const { id, party } = certification;
  return {
    name: `certification.${name}`,
    subject: id,
    audience: [...new Set([party, catalog.ecosystem.orchestrator])],
    data: { certificationId: id, party, ...pick(certification, ["level", "status", "expiresAt"]), ...more },
  };
}
