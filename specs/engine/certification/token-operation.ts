import { issuesTokens } from "../catalog/lookup.ts";
import type { Catalog, Operation } from "../catalog/types.ts";

/** Does the operation exchange credentials for a token? Such calls can't be made up, and need no token themselves. */
export function isTokenOperation(operation: Operation, catalog: Catalog): boolean {
  return issuesTokens(operation) || isTokenPath(operation.path, catalog);
}

/** Is it the path of a token endpoint that some operation's security names? */
export function isTokenPath(path: string, catalog: Catalog): boolean {
  const urls = catalog.operations.flatMap((one) => one.security.flat().map(({ scheme }) => scheme.tokenUrl));
  return urls.some((url) => url !== undefined && URL.parse(url, "http://unnamed.invalid")?.pathname === path);
}
