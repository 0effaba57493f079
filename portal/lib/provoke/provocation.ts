import type { FaultRule } from "../../../sandbox/faults/rule.ts";
import type { RateLimitPolicy } from "../../../sandbox/pipeline/rate-limit.ts";

/** A request as it is sent again and again: everything but the credentials, which each sandbox issues itself. */
export interface CallStep {
  readonly does: "call";
  /** Of its operation; absent where the request is to none. */
  readonly operationId?: string;
  /** The party whose published credentials it carries; absent where it carries none. */
  readonly as?: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How many bytes of white space follow the body: too many to be written out. */
  readonly padBytes?: number;
  /** Sent a second time before the first is answered; the answer to the second counts. */
  readonly twice?: true;
}

export type ProvocationStep =
  | CallStep
  /** Time passes, for tokens as for everything else. */
  | { readonly does: "wait"; readonly seconds: number }
  | { readonly does: "fault"; readonly rule: FaultRule };

/** What leads to an error in a fresh sandbox: the answer to the last step has its code. */
export interface Provocation {
  readonly code: string;
  /** A smaller quota than sandboxes have, where the error is about that. */
  readonly rateLimit?: RateLimitPolicy;
  readonly steps: readonly ProvocationStep[];
}
