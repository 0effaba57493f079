import type { Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Decider, Seed } from "../capabilities/capability.ts";
import type { Certifier } from "../certification/certifier.ts";
import type { WebhookSender } from "../events/sender.ts";
import type { FaultCount, FaultRule } from "../faults/rule.ts";
import type { PartnerCaller } from "../forwarding/caller.ts";
import type { RecordWrite, Store } from "../store/store.ts";
import type { BodyLimits } from "./body.ts";
import type { CorsPolicy } from "./cors.ts";
import type { LogLimits } from "./exchange-log.ts";
import type { Randomness } from "./randomness.ts";
import type { LimitWindow, RateLimitPolicy } from "./rate-limit.ts";
import type { Steps } from "./steps.ts";

/** One request and its answer, as the sandbox saw them. Never holds a header's or a body's content. */
export interface Exchange {
  readonly requestId: string;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** Undefined where no operation was found. */
  readonly operationId?: string;
  readonly party?: string;
  /** 0 where a fault cut the connection. */
  readonly status: number;
  /** Ids of the fault rules that it met. */
  readonly faults?: readonly string[];
  /** Error code of a refused request. */
  readonly code?: string;
  readonly durationMs: number;
}

/** Something that should never happen: a fault of the sandbox or of the spec set it plays. */
export interface FaultReport {
  readonly requestId: string;
  /** Operation, capability or message that it happened in. */
  readonly where: string;
  readonly error: unknown;
}

export interface SandboxParts {
  readonly catalog: Catalog;
  readonly validators: Validators;
  readonly capabilities: readonly Decider[];
  readonly store: Store;
  /** What an empty sandbox starts with; nothing where left out. */
  readonly seedRecords?: (catalog: Catalog, now: string) => Promise<Seed>;
  /** Records that are made at every start where they are missing. */
  readonly standingRecords?: (catalog: Catalog) => readonly RecordWrite[];
}

export interface SandboxSettings {
  /** Ids and made-up values follow from it. Default `eco`. */
  readonly seed?: string;
  /** `seeded` makes request ids, secrets and keys from the seed too: for replays and comparisons. Default `secure`. */
  readonly randomness?: "secure" | "seeded" | Randomness;
  /** Separates sandboxes within one store. Default `main`. */
  readonly tenant?: string;
  /** Milliseconds since the epoch. Default: those of the process. */
  readonly wallClock?: () => number;
  /** Per party. Default 3,000,000 requests in 60 s. */
  readonly rateLimit?: RateLimitPolicy;
  /** How far the parties have used it up already. */
  readonly limits?: readonly LimitWindow[];
  readonly bodyLimits?: BodyLimits;
  /** What the pages of error codes are found under; ends with `/`. Default `/`, a path of the portal. */
  readonly docsBase?: string;
  readonly cors?: CorsPolicy;
  /** Who sends it as a bearer token may control the sandbox over HTTP. Without one, nobody may. */
  readonly controlToken?: string;
  /** The same, of this tenant alone. */
  readonly tenantToken?: string;
  /** Sends webhooks. Without it, events are kept and listed, and dispatched nowhere. */
  readonly sender?: WebhookSender;
  /** Takes offers to the builds that answer in a stand-in's place. Without it, no stand-in can be forwarded. */
  readonly caller?: PartnerCaller;
  /** Drives the runs of certifications. Without it, they wait. */
  readonly certifier?: Certifier;
  /** When each step runs. Default: at once. */
  readonly steps?: Steps;
  /** What goes wrong on purpose from the start; a reset comes back to them. */
  readonly faults?: readonly FaultRule[];
  /** How often rules have applied already. */
  readonly faultCounts?: readonly FaultCount[];
  /** How many exchanges are kept in memory for `eco sandbox log`. Default 1,000, with 16 MiB of bodies. */
  readonly log?: LogLimits;
  readonly onExchange?: (exchange: Exchange) => void;
  /** Default: one line on stderr. */
  readonly onFault?: (report: FaultReport) => void;
}
