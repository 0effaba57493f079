/** The six things a partner can be certified in. */
export const parts = ["client", "provider", "receiver", "journeys", "money", "governance"] as const;
export type Part = (typeof parts)[number];

/** A violated `must` fails the run; a violated `should` or `may` is a warning that a level may still refuse. */
export type Severity = "must" | "should" | "may";

/** One rule, as a `kind: certification` document declares it. */
export interface CheckDefinition {
  /** `receiver.signature.wrong`: part, suite, rule. */
  readonly id: string;
  /** Raised when the check becomes stricter or looser; it is part of the run's digest. */
  readonly version: number;
  readonly title: string;
  readonly part: Part;
  /** The second segment of the id. */
  readonly suite: string;
  readonly severity: Severity;
  /** What the partner has to do, in one sentence. */
  readonly requirement: string;
  /** A pointer into the spec, or an RFC and section. */
  readonly source: string;
  /** What the check does to find out. */
  readonly does: string;
  /** How to mend a failure. */
  readonly fix: string;
}

/** Why a check didn't run. `not-applicable`: the spec gives it nothing to look at; `not-configured`: the partner gave no access. */
export type SkipReason = "not-applicable" | "not-configured" | "unreachable" | "budget";

export interface LevelDefinition {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Ids or globs (`provider.*`) of the checks that count. */
  readonly checks: readonly string[];
  readonly severities: readonly Severity[];
  /** Parts that must have run. */
  readonly parts: readonly Part[];
  /** Reasons for which a counted check may have been skipped. */
  readonly maySkip: readonly SkipReason[];
  /** The measured behaviour that keeps the level. */
  readonly keptBy?: readonly {
    readonly metric: string;
    readonly atLeast?: number;
    readonly atMost?: number;
    readonly graceDays: number;
  }[];
  /** Who issues it: so many persons of the orchestrator; none where a run that proves it is enough. */
  readonly review?: { readonly persons: number };
}

export type Outcome = "passed" | "failed" | "warning" | "skipped" | "waiting";

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RecordedResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body was longer than what is kept. */
  readonly truncated: boolean;
}

/** What went wrong below HTTP. */
export type TransportFailure = "timeout" | "refused" | "closed" | "too-large";

/** A request and what came of it. In a finding it is redacted and its bodies are cut. */
export interface Exchange {
  /** Milliseconds since the run began. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly request: RecordedRequest;
  readonly response?: RecordedResponse;
  readonly failure?: { readonly kind: TransportFailure; readonly detail: string };
}

/** The outcome of one check on one subject. */
export interface Finding {
  readonly check: string;
  readonly part: Part;
  readonly severity: Severity;
  readonly title: string;
  /** Operation id, message type or workflow id; absent where the check looks at the partner as a whole. */
  readonly subject?: string;
  readonly outcome: Outcome;
  /** What was seen, in one sentence. */
  readonly message: string;
  readonly reason?: SkipReason;
  /** Until when the partner's action is awaited, RFC 3339. */
  readonly deadline?: string;
  /** Where the spec says so: `openapi/fulfilment-api.yaml#/paths/~1work-orders/post`. */
  readonly pointer?: string;
  /** The smallest case that shows it. */
  readonly example?: unknown;
  readonly evidence: readonly Exchange[];
  /** Reproduces the last exchange; secrets are shell variables. */
  readonly curl?: string;
  readonly fix: string;
  readonly source: string;
  /** How many cases were tried. */
  readonly cases: number;
  readonly durationMs: number;
}

/** What identifies a run: the same seed on the same specs and checks makes the same requests. */
export interface Run {
  readonly seed: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly catalogDigest: string;
  readonly specDigests: Readonly<Record<string, string>>;
  readonly checkVersions: Readonly<Record<string, number>>;
  readonly parts: readonly Part[];
  /** `sha256:` over seed, digests, versions and outcomes: timings and evidence left out. */
  readonly digest: string;
}

export interface CheckResult {
  readonly definition: CheckDefinition;
  /** The worst outcome of its findings. */
  readonly outcome: Outcome;
  readonly findings: number;
  readonly cases: number;
}

export interface LevelResult {
  readonly id: string;
  readonly title: string;
  readonly reached: boolean;
  /** What is missing, one sentence each. */
  readonly missing: readonly string[];
}

export interface Report {
  readonly schema: "eco-certification/1";
  readonly ecosystem: { readonly id: string; readonly title: string };
  readonly partner: string;
  readonly run: Run;
  /** `incomplete`: something that was asked for could not run. */
  readonly outcome: "passed" | "failed" | "incomplete";
  /** The highest level reached. */
  readonly level?: string;
  readonly levels: readonly LevelResult[];
  readonly summary: Readonly<Record<Outcome, number>>;
  readonly checks: readonly CheckResult[];
  readonly findings: readonly Finding[];
}
