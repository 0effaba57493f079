import { type Glob, globOf } from "../../specs/engine/glob.ts";
import { RateLimiter, type RateLimitState } from "../pipeline/rate-limit.ts";
import { numbersFrom } from "../values/ids.ts";
import type { FaultCount, FaultRule } from "./rule.ts";

/** What a rule looks at in a request. */
export interface RequestTraits {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly party: string | undefined;
}

/** What a rule looks at in an event on its way to an endpoint. */
export interface EventTraits {
  readonly type: string;
  readonly endpointId: string;
  readonly party: string;
}

/** A rule in force, with how often it was met and has applied. */
export class ArmedRule {
  readonly id: string;
  readonly rule: FaultRule;
  readonly source: "start" | "added";
  readonly #seed: string;
  readonly #path: Glob | undefined;
  readonly #event: Glob | undefined;
  readonly #limiter: RateLimiter | undefined;
  met = 0;
  applied = 0;

  constructor(
    rule: FaultRule & { readonly id: string },
    source: ArmedRule["source"],
    parts: { readonly seed: string; readonly wallClock: () => number },
  ) {
    const { path, event, endpoint, rateLimit } = rule;
    this.id = rule.id;
    this.rule = rule;
    this.source = source;
    this.#seed = `${parts.seed}\nfault\n${rule.id}`;
    this.#path = path === undefined ? undefined : globOf(path);
    this.#event = event === undefined && endpoint === undefined ? undefined : globOf(event ?? "*");
    this.#limiter = rateLimit && new RateLimiter(rateLimit, parts.wallClock);
  }

  get forEvents(): boolean {
    return this.#event !== undefined;
  }

  get spent(): boolean {
    return this.rule.count !== undefined && this.applied >= this.rule.count;
  }

  isForRequest({ operationId, method, path, party }: RequestTraits): boolean {
    const { rule } = this;
    return (
      !this.forEvents &&
      (rule.operation === undefined || rule.operation === operationId) &&
      (rule.method === undefined || rule.method === method) &&
      (rule.party === undefined || rule.party === party) &&
      (this.#path === undefined || this.#path.test(path))
    );
  }

  /** `name` is the domain event that the type stands for. */
  isForEvent({ type, endpointId, party }: EventTraits, name: string | undefined): boolean {
    const { rule } = this;
    return (
      this.#event !== undefined &&
      (rule.endpoint === undefined || rule.endpoint === endpointId) &&
      (rule.party === undefined || rule.party === party) &&
      (this.#event.test(type) || (name !== undefined && this.#event.test(name)))
    );
  }

  /** Counts what it is for, and says whether it is its turn. `now` is virtual time. */
  isDue(now: string): boolean {
    const { skip = 0, every = 1, probability = 1, from, until } = this.rule;
    if (from !== undefined && Date.parse(now) < Date.parse(from)) return false;
    if (until !== undefined && Date.parse(now) >= Date.parse(until)) return false;
    this.met += 1;
    const place = this.met - skip;
    if (this.spent || place < 1 || place % every !== 0) return false;
    // Drawn by the place in the order of requests: the same order with the same seed goes wrong in the same places.
    return probability === 1 || this.#draw("probability") < probability;
  }

  /** Milliseconds, with the jitter that is drawn for this time. */
  latencyMs(): number {
    const { latencyMs = 0, jitterMs = 0 } = this.rule;
    return latencyMs + Math.round(jitterMs * this.#draw("jitter"));
  }

  /** Takes one from the party's quota; undefined where the rule has none. */
  takeQuota(party: string): RateLimitState | undefined {
    return this.#limiter?.take(party);
  }

  /** From 0 to 1. */
  #draw(what: string): number {
    return numbersFrom(`${this.#seed}\n${what}\n${this.met}`)() / 2 ** 32;
  }
}

export const countOf = ({ id, met, applied }: ArmedRule): FaultCount => ({ id, met, applied });

/** Puts rules where they were. */
export function restore(rules: readonly ArmedRule[], counts: readonly FaultCount[]): void {
  for (const { id, met, applied } of counts) {
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule !== undefined) Object.assign(rule, { met, applied });
  }
}

/** Counts all that are meant, and gives the one that decides. */
export function firstDue(meant: readonly ArmedRule[], now: string): ArmedRule | undefined {
  const [first] = meant.filter((rule) => rule.isDue(now));
  if (first !== undefined) first.applied += 1;
  return first;
}
