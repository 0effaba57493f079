import type { RateLimitPolicy } from "../../../sandbox/pipeline/rate-limit.ts";
import type { ErrorCode } from "../../../specs/engine/errors/index.ts";
import type { Site } from "../site.ts";
import type { Try, Way } from "./way.ts";
import { waysOfCapabilities } from "./ways-of-capabilities.ts";
import { waysOfDeliveries } from "./ways-of-deliveries.ts";
import { waysOfRequests } from "./ways-of-requests.ts";

export interface Ways {
  readonly tries: readonly Try[];
  /** The quota of the sandbox that they are tried in, where the code is about that. */
  readonly rateLimit?: RateLimitPolicy;
}

const WAYS: Readonly<Partial<Record<ErrorCode, Way>>> = {
  ...waysOfRequests,
  ...waysOfDeliveries,
  ...waysOfCapabilities,
};

const SMALL_QUOTA: RateLimitPolicy = { quota: 2, windowSeconds: 60 };

/** Undefined for a code that no specs lead to in a page. */
export function waysTo(code: ErrorCode, site: Site): Ways | undefined {
  const way = WAYS[code];
  if (way === undefined) return undefined;
  return { tries: way(site), ...(code === "ECO_RATE_LIMITED" ? { rateLimit: SMALL_QUOTA } : {}) };
}
