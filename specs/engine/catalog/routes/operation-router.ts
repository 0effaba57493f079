import type { Operation } from "../types.ts";
import { meantBy, rivalry, routeOf, splitTemplate } from "./route-query.ts";
import { type RouteMatch, Router } from "./router.ts";

/** Which operation a request means: by method and path and, among those that share both, by its query. */
export class OperationRouter {
  readonly #router = new Router<Operation>();
  /** Under the base paths of further servers. */
  readonly #elsewhere = new Router<Operation>();
  readonly #bases: ReadonlySet<string>;
  /** By the operation that the router knows, all that share its route and that a query can mean. */
  readonly #rivals = new Map<Operation, readonly Operation[]>();
  /** By an operation that no request can mean, the one that is meant in its place. */
  readonly #hidden = new Map<Operation, Operation>();

  constructor(operations: readonly Operation[]) {
    for (const operation of operations) {
      const { method, path, otherPaths = [] } = operation;
      this.#router.add(method, path, operation);
      for (const other of otherPaths) this.#elsewhere.add(method, other, operation);
    }
    this.#bases = new Set(operations.map(baseOf).filter((base) => base !== ""));
    for (const rivals of Map.groupBy(operations, routeOf).values()) {
      const [first] = rivals;
      if (first === undefined || (rivals.length === 1 && first.query === undefined)) continue;
      const { ordered, hidden } = rivalry(rivals);
      if (ordered.length > 1 || first.query !== undefined) this.#rivals.set(first, ordered);
      for (const [operation, other] of hidden) this.#hidden.set(operation, other);
    }
  }

  /** @param request its query is asked for only where operations share a route: few do, and it has to be parsed */
  match(method: string, path: string, request: { readonly query: URLSearchParams }): RouteMatch<Operation> {
    const first = this.#router.match(method, path);
    const found = first.kind === "none" ? this.#elsewhere.match(method, path) : first;
    const rivals = found.kind === "found" ? this.#rivals.get(found.target) : undefined;
    return found.kind === "found" && rivals !== undefined ? meant(found, rivals, request.query) : found;
  }

  /** The operation of a whole URL; undefined where it is none's, or can't be read. */
  operationOf(method: string, { pathname, searchParams: query }: URL): Operation | undefined {
    const match = this.match(method, pathname, { query });
    return match.kind === "found" ? match.target : undefined;
  }

  /** A path that no operation has, below the base path where one has it. */
  belowBase(method: string, path: string): string | undefined {
    const below = [...this.#bases].map((base) => base + path);
    return below.find((candidate) => this.#router.match(method, candidate).kind === "found");
  }

  /** The operation that is meant whenever this one might be; undefined for one that requests can mean. */
  hiddenBehind(operation: Operation): Operation | undefined {
    return this.#hidden.get(operation);
  }
}

/** The rival that a query means, with the parameters by the names that it has for them. */
function meant(
  { target, params }: Extract<RouteMatch<Operation>, { readonly kind: "found" }>,
  rivals: readonly Operation[],
  query: URLSearchParams,
): RouteMatch<Operation> {
  const operation = meantBy(rivals, query);
  if (operation === undefined) return { kind: "none" };
  if (operation === target) return { kind: "found", target, params };
  const values = namesIn(target).map((name) => params[name] ?? "");
  const named = namesIn(operation).map((name, index) => [name, values[index] ?? ""] as const);
  return { kind: "found", target: operation, params: Object.fromEntries(named) };
}

const baseOf = ({ path, template }: Operation): string =>
  path.slice(0, path.length - splitTemplate(template).path.length);

const namesIn = ({ path }: Operation): string[] =>
  [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
