import type { Validators } from "../catalog/schemas/schema-validator.ts";
import type { Catalog } from "../catalog/types.ts";
import type { Wire } from "./http/wire.ts";
import type { Exchange, Finding, SkipReason } from "./model.ts";
import type { CertificationOptions } from "./options.ts";
import type { Random } from "./random.ts";

/** What a check saw, before it becomes a finding: severity, texts and redaction are added by the runner. */
export interface Observation {
  readonly subject?: string;
  readonly result: "held" | "violated" | "skipped" | "waiting";
  readonly message: string;
  readonly reason?: SkipReason;
  /** Until when the partner's action was awaited, RFC 3339. */
  readonly deadline?: string;
  readonly pointer?: string;
  readonly evidence?: readonly Exchange[];
  readonly example?: unknown;
  readonly cases?: number;
}

/** What every part has at hand. Nothing else of the outside may be touched. */
export interface RunContext {
  readonly catalog: Catalog;
  readonly options: CertificationOptions;
  readonly wire: Wire;
  readonly random: Random;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly validators: Validators;
  /** What the run has found so far, for the checks that look at the run itself. */
  readonly found: readonly Finding[];
}

/** The code of one check; `C` is the context of its part. */
export type Check<C> = (context: C) => AsyncIterable<Observation>;

/** Id → code, in the order in which the checks of a part run. */
export type CheckTable<C> = Readonly<Record<string, Check<C>>>;

/** A part as the runner sees it: prepared once, then each check by its id. */
export interface PreparedPart {
  /** Set where the other side can't be reached: the remaining checks are skipped with this. */
  readonly unreachable?: () => string | undefined;
  readonly checks: Readonly<Record<string, () => AsyncIterable<Observation>>>;
}

export function held(message: string, more: Partial<Observation> = {}): Observation {
  return { result: "held", message, ...more };
}

export function violated(message: string, more: Partial<Observation> = {}): Observation {
  return { result: "violated", message, ...more };
}

export function skipped(reason: SkipReason, message: string, more: Partial<Observation> = {}): Observation {
  return { result: "skipped", reason, message, ...more };
}

/** Something that only the partner can do wasn't done until the deadline. */
export function waiting(deadline: string, message: string): Observation {
  return { result: "waiting", deadline, message };
}

/** Binds a table of checks to the context of its part. */
export function bindChecks<C>(table: CheckTable<C>, context: C): PreparedPart["checks"] {
  return Object.fromEntries(Object.entries(table).map(([id, check]) => [id, () => check(context)]));
}

/** What came back, for a message: `201`, or `no answer (timeout)`. */
export function answerOf(exchange: Exchange): string {
  return exchange.response === undefined
    ? `no answer (${exchange.failure?.kind ?? "closed"}: ${exchange.failure?.detail ?? ""})`
    : String(exchange.response.status);
}

export function statusOf(exchange: Exchange): number {
  return exchange.response?.status ?? 0;
}
