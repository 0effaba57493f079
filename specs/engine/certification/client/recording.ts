import type { Catalog, Operation } from "../../catalog/types.ts";
import type { RunContext } from "../check.ts";
import type { ObservedExchange } from "../options.ts";
import { isTokenOperation, isTokenPath } from "../token-operation.ts";

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

/** Matches each exchange with an operation of the catalogue, by method and path. */
export function readRecording(catalog: Catalog, recording: readonly ObservedExchange[]): Observed[] {
  const routes = routesOf(catalog);
  return recording.map((exchange, index) => {
    const url = new URL(exchange.request.url, "http://unnamed.invalid");
    const route = routes.find(
      (one) =>
        one.operation.method === exchange.request.method.toUpperCase() && one.expression.test(url.pathname),
    );
    if (route === undefined) return { index, exchange, url, path: {} };
    const values = route.expression.exec(url.pathname)?.slice(1) ?? [];
    const path = Object.fromEntries(
      route.names.map((name, at) => [name, decodeURIComponent(values[at] ?? "")]),
    );
    return { index, exchange, url, operation: route.operation, path };
  });
}

export function headerOf(exchange: ObservedExchange, name: string): string | undefined {
  return Object.entries(exchange.request.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

export function isTokenRequest({ operation, url }: Observed, catalog: Catalog): boolean {
  if (operation !== undefined && isTokenOperation(operation, catalog)) return true;
  return isTokenPath(url.pathname, catalog);
}

/** Method, URL and body: what makes two exchanges attempts at the same thing. */
export function sameRequest(one: Observed, other: Observed): boolean {
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
