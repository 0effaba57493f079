import type { Operation } from "../../specs/engine/catalog/types.ts";

/**
 * A path that the sandbox keeps for itself: `/_sandbox` and the like, with as many underscores more as it takes to stay
 * clear of the paths that the spec set itself declares. A path that begins with a parameter doesn't count: literal
 * segments win over those.
 */
export function reservedPath(wanted: string, operations: readonly Pick<Operation, "path">[]): string {
  const taken = new Set(operations.map(({ path }) => `/${path.split("/", 2)[1] ?? ""}`));
  let prefix = wanted;
  while (taken.has(prefix)) prefix += "_";
  return prefix;
}

/** The path below the prefix, beginning with a slash; undefined where the request goes elsewhere. */
export function pathBelow(prefix: string, url: string): string | undefined {
  // A cheap look first: it is asked of every request.
  if (!url.includes(prefix)) return undefined;
  const { pathname } = new URL(url);
  if (pathname === prefix) return "/";
  return pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : undefined;
}
