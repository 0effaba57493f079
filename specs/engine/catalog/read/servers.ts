import { isPlainObject, type PlainObject } from "../pointer.ts";

/**
 * The base paths of the servers of the nearest level that has any, the first server's first and each once: `/v1` of
 * `https://{host}/v1`, with the defaults of its variables. `""` alone where there is no server.
 */
export function basePathsOf(levels: readonly unknown[]): readonly [string, ...string[]] {
  const servers = levels.find((level) => Array.isArray(level) && level.length > 0);
  const urls = Array.isArray(servers) ? servers.filter(isServer) : [];
  const [first = "", ...others] = new Set(urls.map(basePathIn));
  return [first, ...others];
}

type Server = PlainObject & { readonly url: string };

const isServer = (server: unknown): server is Server =>
  isPlainObject(server) && typeof server["url"] === "string";

function basePathIn(server: Server): string {
  const variables = isPlainObject(server["variables"]) ? server["variables"] : {};
  const url = server.url.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = isPlainObject(variable) ? (variable["default"] ?? "") : "";
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  });
  // `//host/v1` takes its scheme from the document. Without a host the URL is relative to it: only its path matters here.
  const path = url.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i, "").replace(/[?#].*$/, "");
  const trimmed = path.replace(/\/+$/, "").replace(/^\/*/, "/");
  return trimmed === "/" ? "" : trimmed;
}
