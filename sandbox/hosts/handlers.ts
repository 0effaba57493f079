import { http, type RequestHandler } from "msw";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";

export interface HandlerOptions {
  /**
   * Where the sandbox is pretended to be: `https://api.example.com`. With it, every request to this origin is answered,
   * those to unknown paths with 404. Without it, operations are answered at any origin and all else passes.
   */
  readonly baseUrl?: string;
}

/** The sandbox's operations as MSW handlers, for a tester to compose with their own: put those first to override. */
export function handlersOf(sandbox: Sandbox, { baseUrl }: HandlerOptions = {}): RequestHandler[] {
  const origin = baseUrl?.replace(/\/$/, "");
  const resolve = ({ request }: { request: Request }): Promise<Response> => sandbox.fetch(request);
  const operations = [...sandbox.catalog.operations].sort(bySpecificity).map((operation) => {
    const handler = http[methods.get(operation.method) ?? "all"];
    return handler(`${origin ?? "*"}${patternOf(operation.path)}`, resolve);
  });
  return origin === undefined ? operations : [...operations, http.all(`${origin}/*`, resolve)];
}

/** Those that MSW has handlers for. */
const methods = new Map(
  (["get", "put", "post", "delete", "options", "head", "patch"] as const).map((name) => [
    name.toUpperCase(),
    name,
  ]),
);

/** MSW takes the first handler that matches: literal segments must come before parameters. */
function bySpecificity(a: Operation, b: Operation): number {
  const [left, right] = [a.path.split("/"), b.path.split("/")];
  for (const [index, segment] of left.entries()) {
    const other = right[index];
    if (other === undefined) break;
    const difference = Number(segment.includes("{")) - Number(other.includes("{"));
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `/parties/{party-id}` → `/parties/:party_id`. What the parameter's value is, the sandbox's own router finds out. */
const patternOf = (path: string): string =>
  path.replace(/\{([^{}]+)\}/g, (_, name: string) => `:${name.replace(/\W/g, "_")}`);
