import type { Told } from "../control/told.ts";
import type { FaultCount, FaultRule } from "../faults/rule.ts";
import type { PartnerRequest } from "../forwarding/caller.ts";
import type { CorsPolicy } from "../pipeline/cors.ts";
import type { LimitWindow, RateLimitPolicy } from "../pipeline/rate-limit.ts";
import type { StepKind } from "../pipeline/steps.ts";
import type { Json, JsonObject, TenantState } from "../store/store.ts";

/**
 * A recorded session is a text of JSON lines: a header, the state that it began with, then what happened, in its order,
 * and an end that seals the lines before it. `specs/schemas/session.schema.json` describes each kind of line.
 */
export const SESSION_FORMAT = "eco-session";
export const SESSION_VERSION = 1;

/** Said in every file that can hold them. */
export const SECRETS_NOTICE =
  "Holds access tokens, secrets and the signing key of a sandbox. They open that sandbox and its copies, and nothing else.";

export interface SessionHeader {
  readonly kind: "session";
  readonly format: typeof SESSION_FORMAT;
  readonly version: typeof SESSION_VERSION;
  /** Wall-clock time, RFC 3339. */
  readonly recordedAt: string;
  readonly ecosystem: string;
  readonly catalogDigest: string;
  readonly documents: readonly { readonly path: string; readonly digest: string }[];
  readonly tenant: string;
  readonly seed: string;
  readonly settings: SessionSettings;
  /** What the store was: `memory`, `SQLite …`. */
  readonly store: string;
  readonly notice: string;
}

/** The settings that show in answers. */
export interface SessionSettings {
  readonly docsBase?: string;
  readonly cors?: CorsPolicy;
  readonly rateLimit?: RateLimitPolicy;
  readonly bodyLimits?: { readonly maxBytes: number; readonly maxDepth: number };
}

export interface StateLine {
  readonly kind: "state";
  readonly state: TenantState;
  /** How far each party had used up its rate limit. */
  readonly limits: readonly LimitWindow[];
  /** The fault rules that the sandbox was started with, and how often each rule had applied. Added ones are in the state. */
  readonly faults?: { readonly rules: readonly FaultRule[]; readonly counts: readonly FaultCount[] };
}

/** What was done at once, in the order in which it was done. */
export interface StepLine {
  readonly kind: "step";
  readonly step: StepKind;
  /** The request, dispatch or certification that it belongs to; empty where it belongs to none. */
  readonly of: string;
  /** The wall clock's one reading that the whole step went by, in milliseconds. */
  readonly atMs: number;
  /** What the control was told. */
  readonly told?: Told;
  /** Random values that it drew, in their order: ids of causes, secrets, seeds of keys (base64url). */
  readonly drawn?: readonly string[];
  /** What it did to the store, in its order. */
  readonly changes?: readonly Change[];
}

/** One call that changed the store; amounts are decimal text. */
export type Change = JsonObject & {
  readonly does: "apply" | "claim" | "settle" | "forget" | "reset";
};

/** Text where the bytes are UTF-8, else base64. */
export type Body = { readonly text: string } | { readonly base64: string };
export type HeaderList = readonly (readonly [name: string, value: string])[];

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  /** Absent where there is none. */
  readonly body?: Body;
}

export interface RecordedAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body?: Body;
}

/** A request and its answer, noted when it was answered. */
export interface ExchangeLine {
  readonly kind: "exchange";
  /** The request's id. */
  readonly id: string;
  /** Wall-clock milliseconds of the arrival, and until the answer. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly request: RecordedRequest;
  readonly answer: RecordedAnswer;
  readonly operationId?: string;
  readonly party?: string;
  /** Error code of a refusal. */
  readonly code?: string;
  /** A handler of the tester's own answered in the sandbox's place: it lies outside, and says the same in a replay. */
  readonly answeredBy?: "handler";
}

/** What was sent to an endpoint, and what came of it. */
export interface WebhookLine {
  readonly kind: "webhook";
  readonly request: { readonly url: string; readonly headers: HeaderList; readonly body: string };
  readonly outcome: Json;
}

/** What a build that answers in a stand-in's place was asked, and what came of it. Its credentials are left out. */
export interface CallLine {
  readonly kind: "call";
  /** Wall-clock milliseconds when it went out, and until what came of it. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: HeaderList;
    readonly body?: string;
  };
  readonly outcome: Json;
}

/** A request to a build as a recording keeps it: a token opens a door outside of the sandbox. */
export function callOf({ headers, ...request }: PartnerRequest): CallLine["request"] {
  return { ...request, headers: Object.entries(headers).filter(([name]) => name !== "authorization") };
}

/** What a run of a certification against a partner gave. */
export interface CertificationLine {
  readonly kind: "certification";
  readonly run: Json;
  readonly report?: Json;
  readonly failure?: string;
}

export interface EndLine {
  readonly kind: "end";
  readonly exchanges: number;
  /** Of the state that the session ended with, over its canonical JSON. */
  readonly stateDigest: string;
  /** The first thing found that changed meanwhile and isn't in the recording, as by another process on the database. */
  readonly changedBeside?: string;
  /** SHA-256 of all bytes before this line. */
  readonly seal: string;
}

/** What happened, in its order. */
export type SessionEvent = StepLine | ExchangeLine | WebhookLine | CallLine | CertificationLine;
export type SessionLine = SessionHeader | StateLine | SessionEvent | EndLine;

/** A session as read. */
export interface Session {
  readonly header: SessionHeader;
  readonly start: StateLine;
  readonly events: readonly SessionEvent[];
  /** Absent where the file was cut off. */
  readonly end?: EndLine;
}

/** Steps that belong to an exchange: `of` is its id. */
export const OF_EXCHANGES: ReadonlySet<StepKind> = new Set(["admit", "fault", "decide", "observe"]);
