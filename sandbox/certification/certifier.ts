import type {
  ClientSession,
  ObservedExchange,
  PartnerManifest,
  ProviderTarget,
  ReceiverTarget,
  Report,
  SandboxTarget,
} from "../../specs/engine/certification/index.ts";

/** The runs of journeys that the sandbox conducted, by workflow. */
export type JourneyRuns = NonNullable<SandboxTarget["conducted"]>;

/** A run to be driven against a partner's addresses, and over what was seen of its client. */
export interface CertificationRun {
  readonly parts: readonly string[];
  readonly seed: string;
  readonly partner: PartnerManifest;
  readonly target?: ProviderTarget;
  readonly webhook?: ReceiverTarget;
  readonly recording?: readonly ObservedExchange[];
  readonly clientSessions?: readonly ClientSession[];
  readonly journeys?: JourneyRuns;
}

/** Drives a run and reports on it; rejects when it can't be driven, or is aborted. */
export type Certifier = (run: CertificationRun, signal: AbortSignal) => Promise<Report>;
