import { isPlainObject } from "../pointer.ts";

/**
 * The base path of the first server of the nearest level that has one: `/v1` of `https://{host}/v1`, with the defaults
 * of its variables. Empty where there is none.
 */
export function basePathOf(levels: readonly unknown[]): string {
  const servers = levels.find((level) => Array.isArray(level) && level.length > 0);
  const server: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (!isPlainObject(server) || typeof server["url"] !== "string") return "";
  const variables = isPlainObject(server["variables"]) ? server["variables"] : {};
  const url = server["url"].replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = isPlainObject(variable) ? (variable["default"] ?? "") : "";
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  });
  // Without a scheme the URL is relative to the document: only its path matters here.
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/[?#].*$/, "");
  const trimmed = path.replace(/\/+$/, "").replace(/^\/*/, "/");
  return trimmed === "/" ? "" : trimmed;
}
