import type { Catalog, Operation } from "../../catalog/types.ts";
import { type Observation, type RunContext, skipped, waiting } from "../check.ts";
import type { ObservedExchange } from "../options.ts";
import { isTokenOperation, isTokenPath } from "../token-operation.ts";
import type { ClientSession } from "./probes.ts";

/** A recorded exchange with the operation that it called. */
export interface Observed {
  readonly index: number;
  readonly exchange: ObservedExchange;
  readonly url: URL;
  readonly operation?: Operation;
  readonly path: Readonly<Record<string, string>>;
}

/** What the checks of a client look at. */
export interface ClientContext {
  readonly run: RunContext;
  readonly observed: readonly Observed[];
  /** The runs of the client that were probed; none where all there is is a recording. */
  readonly sessions: readonly ClientSession[];
}

function expressionOf(template: string): RegExp {
  const parts = template.split(/\{[^}]+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("([^/]+)")}$`);
}

interface Route {
  readonly operation: Operation;
  readonly expression: RegExp;
  readonly names: readonly string[];
}

function routesOf(catalog: Catalog): Route[] {
  const routes = catalog.operations.map((operation) => ({
    operation,
    expression: expressionOf(operation.path),
    names: [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ""),
  }));
  // Concrete paths before templated ones, as OpenAPI asks.
  return routes.sort((a, b) => a.names.length - b.names.length);
}

interface Routed {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
}

/** Finds the operation that a method and a path belong to. */
export type Router = (method: string, pathname: string) => Routed | undefined;

export function createRouter(catalog: Catalog): Router {
  const routes = routesOf(catalog);
  return (method, pathname) => {
    const route = routes.find(
      (one) => one.operation.method === method.toUpperCase() && one.expression.test(pathname),
    );
    if (route === undefined) return undefined;
    const values = route.expression.exec(pathname)?.slice(1) ?? [];
    const path = Object.fromEntries(route.names.map((name, at) => [name, decoded(values[at] ?? "")]));
    return { operation: route.operation, path };
  };
}

/** A path that isn't percent-encoded as it should be stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Matches each exchange with an operation of the catalogue, by method and path. */
export function readRecording(catalog: Catalog, recording: readonly ObservedExchange[]): Observed[] {
  const router = createRouter(catalog);
  return recording.map((exchange, index) => {
    const url = new URL(exchange.request.url, "http://unnamed.invalid");
    return { index, exchange, url, path: {}, ...router(exchange.request.method, url.pathname) };
  });
}

/** There was nothing to judge: why, and whether it may yet come. */
export function nothingSeen({ sessions }: ClientContext, message: string): Observation {
  if (sessions.length === 0) {
    const text = `${message} Give the client's command with --run, so that it can be brought about.`;
    return skipped("not-configured", text);
  }
  const awaited = sessions.find((one) => one.deadline !== undefined);
  return awaited?.deadline === undefined
    ? skipped("not-applicable", message)
    : waiting(awaited.deadline, message);
}

export function headerOf(exchange: ObservedExchange, name: string): string | undefined {
  return Object.entries(exchange.request.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

export function isTokenRequest({ operation, url }: Observed, catalog: Catalog): boolean {
  if (operation !== undefined && isTokenOperation(operation, catalog)) return true;
  return isTokenPath(url.pathname, catalog);
}

/** Method, URL and body, in one run of the client: what makes two exchanges attempts at the same thing. */
export function sameRequest(one: Observed, other: Observed): boolean {
  if (one.exchange.session !== other.exchange.session) return false;
  const [a, b] = [one.exchange.request, other.exchange.request];
  return a.method === b.method && one.url.href === other.url.href && (a.body ?? "") === (b.body ?? "");
}

/** The next attempt at the same request. */
export function nextAttempt(observed: Observed, all: readonly Observed[]): Observed | undefined {
  return all.slice(observed.index + 1).find((one) => sameRequest(observed, one));
}

/** Milliseconds from the end of one exchange to the beginning of the next. */
export function pauseBetween(one: Observed, next: Observed): number {
  return next.exchange.atMs - (one.exchange.atMs + one.exchange.durationMs);
}

/** No answer, or one that invites another attempt. */
export function isTransient(observed: Observed): boolean {
  const status = observed.exchange.response?.status;
  return status === undefined || observed.exchange.abandoned === true || status >= 500 || status === 429;
}
