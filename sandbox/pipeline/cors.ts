import type { Arrival } from "./arrival.ts";
import { type Stop, stop } from "./problem.ts";

/** Which pages may call the sandbox: those served from this machine, or those named. */
export type CorsPolicy = "loopback" | readonly string[];

const EXPOSED =
  "eco-request-id, idempotent-replayed, location, preference-applied, ratelimit, ratelimit-policy, retry-after, www-authenticate, allow";
const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Whether pages of an origin may read the sandbox's answers. */
export function mayRead(origin: string, policy: CorsPolicy): boolean {
  return policy === "loopback" ? LOOPBACK_ORIGIN.test(origin) : policy.includes(origin);
}

const READING: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses what changes something and comes from a page that may not read the answer. Its browser keeps the answer from
 * it, but sends simple requests (a form, no body at all) without asking before, to a sandbox on its own machine too.
 */
export function refusedPage(
  { method, headers }: Pick<Arrival, "method" | "headers">,
  policy: CorsPolicy,
): Stop | undefined {
  if (READING.has(method)) return undefined;
  const origin = headers.get("origin");
  if (origin === null || mayRead(origin, policy)) return undefined;
  return stop("ECO_ORIGIN_REFUSED", `Pages of ${origin} may not change anything in this sandbox.`);
}

/** The headers that let the page read the answer; none for origins that may not, and for requests without one. */
export function corsHeaders(origin: string | null, policy: CorsPolicy): Record<string, string> {
  if (origin === null) return {};
  if (!mayRead(origin, policy)) return { vary: "origin" };
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": EXPOSED,
    vary: "origin",
  };
}

/** The answer to a preflight request, beside the origin's own headers. */
export function preflightHeaders(
  { headers }: Pick<Arrival, "headers">,
  allow: string,
): Record<string, string> {
  if (headers.get("access-control-request-method") === null) return {};
  return {
    "access-control-allow-methods": allow,
    "access-control-allow-headers": headers.get("access-control-request-headers") ?? "",
    "access-control-max-age": "600",
  };
}
