import { pointerTokens } from "../pointer.ts";

/** A parsed place in a request. */
export type RequestPlace =
  | { readonly in: "body"; readonly tokens: readonly string[] }
  | { readonly in: "path" | "query" | "header"; readonly name: string };

/** Reads `$request.body#/a/b`, `$request.body`, `$request.path.id`, `$request.query.q`, `$request.header.X`. */
export function parseLocator(locator: string): RequestPlace | undefined {
  if (locator === "$request.body") return { in: "body", tokens: [] };
  if (locator.startsWith("$request.body#")) {
    const pointer = locator.slice("$request.body#".length);
    return pointer === "" || pointer.startsWith("/")
      ? { in: "body", tokens: pointerTokens(pointer) }
      : undefined;
  }
  const named = /^\$request\.(path|query|header)\.(.+)$/.exec(locator);
  const place = named?.[1];
  const name = named?.[2];
  if (name === undefined || !(place === "path" || place === "query" || place === "header")) return undefined;
  return { in: place, name };
}
