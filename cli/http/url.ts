/** The operation's path holds the base path of its server; a base URL that holds it too names it once only. */
export function urlOf(baseUrl: string, path: string, search = ""): URL {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/+$/, "");
  const full = prefix === "" || path === prefix || path.startsWith(`${prefix}/`) ? path : `${prefix}${path}`;
  return new URL(`${full}${search}`, base.origin);
}
