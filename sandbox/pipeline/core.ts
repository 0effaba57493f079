import type { Decider, DecisionContext } from "../capabilities/capability.ts";
import type { Observation } from "../certification/observation.ts";
import type { CertificationWorker } from "../certification/worker.ts";
import type { Dispatcher } from "../events/dispatcher.ts";
import type { EventEncoder } from "../events/encoder.ts";
import type { FaultRules } from "../faults/fault-rules.ts";
import type { Forwarder } from "../forwarding/forwarder.ts";
import type { Resources } from "../resources/resources.ts";
import type { Schemas } from "../resources/schemas.ts";
import type { SessionRecorder } from "../session/recorder.ts";
import type { ClockReading } from "../store/clock.ts";
import type { Reader, Store } from "../store/store.ts";
import type { Background } from "./background.ts";
import type { ExchangeLog } from "./exchange-log.ts";
import type { Following } from "./following.ts";
import type { IdempotencyKeys } from "./idempotency.ts";
import type { FaultReport, SandboxParts, SandboxSettings } from "./options.ts";
import type { Randomness } from "./randomness.ts";
import type { RateLimiter } from "./rate-limit.ts";
import type { Steps } from "./steps.ts";
import type { Tokens } from "./tokens.ts";

/** What the steps of the pipeline share. */
export interface Core {
  readonly parts: SandboxParts;
  readonly settings: SandboxSettings;
  readonly tenant: string;
  readonly store: Store;
  readonly read: Reader;
  readonly schemas: Schemas;
  readonly capabilities: ReadonlyMap<string, Decider>;
  readonly resources: Resources;
  readonly encoder: EventEncoder;
  readonly dispatcher: Dispatcher;
  readonly background: Background;
  /** Undefined where nobody can be called. */
  readonly forwarder: Forwarder | undefined;
  /** Undefined where nothing drives runs of certifications. */
  readonly certifications: CertificationWorker | undefined;
  /** Watches the clients of partners that submitted them; undefined where nothing drives certifications. */
  readonly observation: Observation | undefined;
  readonly randomness: Randomness;
  readonly steps: Steps;
  readonly recorder: SessionRecorder;
  readonly limiter: RateLimiter;
  readonly keys: IdempotencyKeys;
  /** Undefined where no operation of the spec set issues tokens. */
  readonly tokens: Tokens | undefined;
  readonly faults: FaultRules;
  readonly following: Following;
  readonly log: ExchangeLog;
  readonly wallClock: () => number;
  report(fault: FaultReport): void;
  newContext(request: ContextParts): DecisionContext;
  reset(): Promise<void>;
  /** Whether the tenant holds its seed and nothing else. */
  pristine(): Promise<boolean>;
}

export interface ContextParts {
  readonly requestId: string;
  readonly operationId: string;
  readonly clock: ClockReading;
  readonly caller?: DecisionContext["caller"] | undefined;
}
