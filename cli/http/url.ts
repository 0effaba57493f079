/**
 * The operation's path holds the base path of its server; a base URL that holds it too names it once only. Paths come from
 * documents that anybody may have written, and credentials go where they lead: `//elsewhere/x` leads to no other host.
 */
export function urlOf(baseUrl: string, path: string, search = ""): URL {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/+$/, "");
  const full = prefix === "" || path === prefix || path.startsWith(`${prefix}/`) ? path : `${prefix}${path}`;
  return new URL(`${base.origin}${full}${search}`);
}
