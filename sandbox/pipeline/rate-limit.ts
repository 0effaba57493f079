import { type Stop, stop } from "./problem.ts";

/** `quota` requests in each window of `windowSeconds`, per party. */
export interface RateLimitPolicy {
  readonly quota: number;
  readonly windowSeconds: number;
}

interface Window {
  endsAtMs: number;
  left: number;
}

export interface LimitWindow extends Readonly<Window> {
  readonly party: string;
}

export interface RateLimitState {
  /** `RateLimit` and `RateLimit-Policy`, as in the IETF draft (structured fields). */
  readonly headers: Readonly<Record<string, string>>;
  readonly refusal?: Stop;
}

/** Fixed windows by party, on the wall clock: what a client has to wait for is real time. */
export class RateLimiter {
  readonly #policy: RateLimitPolicy;
  readonly #wallClock: () => number;
  readonly #windows = new Map<string, Window>();
  readonly #policyHeader: string;

  constructor(policy: RateLimitPolicy, wallClock: () => number) {
    this.#policy = policy;
    this.#wallClock = wallClock;
    this.#policyHeader = `"default";q=${policy.quota};w=${policy.windowSeconds}`;
  }

  take(party: string): RateLimitState {
    const now = this.#wallClock();
    const window = this.#windowOf(party, now);
    const waitSeconds = Math.max(1, Math.ceil((window.endsAtMs - now) / 1000));
    const refused = window.left === 0;
    if (!refused) window.left -= 1;
    const headers = {
      ratelimit: `"default";r=${window.left};t=${waitSeconds}`,
      "ratelimit-policy": this.#policyHeader,
    };
    if (!refused) return { headers };
    const detail = `The quota of ${this.#policy.quota} requests in ${this.#policy.windowSeconds} s is used up.`;
    return {
      headers,
      refusal: stop("ECO_RATE_LIMITED", detail, { headers: { "retry-after": String(waitSeconds) } }),
    };
  }

  /** How far each party has used up its window. */
  used(): LimitWindow[] {
    return [...this.#windows].map(([party, window]) => ({ party, ...window }));
  }

  /** Puts every party where `used` told that it was. */
  restore(windows: readonly LimitWindow[]): void {
    this.#windows.clear();
    for (const { party, ...window } of windows) this.#windows.set(party, window);
  }

  #windowOf(party: string, now: number): Window {
    const known = this.#windows.get(party);
    if (known !== undefined && known.endsAtMs > now) return known;
    // Parties that stopped calling must not stay for ever.
    if (this.#windows.size > 10_000) this.#forgetEnded(now);
    const window = { endsAtMs: now + this.#policy.windowSeconds * 1000, left: this.#policy.quota };
    this.#windows.set(party, window);
    return window;
  }

  #forgetEnded(now: number): void {
    for (const [party, { endsAtMs }] of this.#windows) if (endsAtMs <= now) this.#windows.delete(party);
  }
}
