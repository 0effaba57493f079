import type { IncomingMessage } from "node:http";

/**
 * Whether a request is addressed to one of the allowed names: it says so once, and says nothing else in an absolute
 * request target. Two names at once are refused, since nobody knows which of them whoever stands in between has read.
 */
export function namesAllowedHost(
  { rawHeaders, url = "" }: Pick<IncomingMessage, "rawHeaders" | "url">,
  allowed: ReadonlySet<string>,
): boolean {
  let named: string | undefined;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length !== 4 || name.toLowerCase() !== "host") continue;
    if (named !== undefined) return false;
    named = rawHeaders[at + 1];
  }
  return isAllowed(named, allowed) && (/^(?:\/|\*$)/.test(url) || isAllowed(hostOfTarget(url), allowed));
}

const isAllowed = (host: string | undefined, allowed: ReadonlySet<string>): boolean =>
  host !== undefined && allowed.has(host.replace(/:\d+$/, "").toLowerCase());

const hostOfTarget = (url: string): string | undefined => /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1];
