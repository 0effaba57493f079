import { meantBy, rivalry, routeOf } from "../../specs/engine/catalog/route-query.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { Core } from "./core.ts";
import type { OperationReport } from "./options.ts";
import { type OperationPlan, planOperation } from "./plan.ts";
import { type RouteMatch, Router } from "./route.ts";

const INSPECT_AT_A_STRETCH_MS = 10;

type TableParts = Pick<Core, "parts" | "schemas" | "capabilities" | "resources">;

/** The operations of a spec set: which one a request means, how it is to be read, and how it is served. */
export class OperationTable {
  readonly #parts: TableParts;
  readonly #router = new Router<Operation>();
  readonly #plans = new Map<Operation, OperationPlan>();
  /** By the operation that the router knows, all that share its route and that a query can mean. */
  readonly #rivals = new Map<Operation, readonly Operation[]>();
  /** By an operation that no request can mean, the one that is answered in its place. */
  readonly #hidden = new Map<Operation, Operation>();

  constructor(parts: TableParts) {
    this.#parts = parts;
    const { operations } = parts.parts.catalog;
    for (const operation of operations) this.#router.add(operation.method, operation.path, operation);
    for (const rivals of Map.groupBy(operations, routeOf).values()) {
      const [first] = rivals;
      if (first === undefined || (rivals.length === 1 && first.query === undefined)) continue;
      const { ordered, hidden } = rivalry(rivals);
      if (ordered.length > 1 || first.query !== undefined) this.#rivals.set(first, ordered);
      for (const [operation, other] of hidden) this.#hidden.set(operation, other);
    }
  }

  /** What a method means on a path; HEAD is what GET is, where it isn't declared itself. */
  match(
    method: string,
    pathname: string,
    request: { readonly query: URLSearchParams },
  ): RouteMatch<Operation> {
    const match = this.#router.match(method, pathname);
    const found =
      method === "HEAD" && match.kind === "wrong-method" ? this.#router.match("GET", pathname) : match;
    const rivals = found.kind === "found" ? this.#rivals.get(found.target) : undefined;
    return found.kind === "found" && rivals !== undefined ? meant(found, rivals, request.query) : found;
  }

  /** Made at the operation's first request: most operations of a large spec are never called. */
  planOf(operation: Operation): OperationPlan {
    let plan = this.#plans.get(operation);
    if (plan === undefined) {
      const { parts, schemas, capabilities } = this.#parts;
      plan = planOperation(operation, { ...parts, schemas, capabilities });
      this.#plans.set(operation, plan);
    }
    return plan;
  }

  report(): OperationReport[] {
    return this.#parts.parts.catalog.operations.map((operation) => this.#reportOf(operation, false));
  }

  /** The same after an answer of each operation has been tried; requests are served in between. Ends early with the signal. */
  async inspect(signal?: AbortSignal): Promise<OperationReport[]> {
    const rows: OperationReport[] = [];
    let since = performance.now();
    for (const operation of this.#parts.parts.catalog.operations) {
      rows.push(this.#reportOf(operation, true));
      if (performance.now() - since < INSPECT_AT_A_STRETCH_MS) continue;
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (signal?.aborted === true) break;
      since = performance.now();
    }
    return rows;
  }

  #reportOf(operation: Operation, tried: boolean): OperationReport {
    const { capabilities, resources } = this.#parts;
    const { id: operationId, method, path, capability } = operation;
    const base = { operationId, method, path };
    const other = this.#hidden.get(operation);
    if (other !== undefined) {
      const detail = `${other.id} has the same method and path, and nothing in the query tells them apart`;
      return { ...base, servedBy: "nothing", detail };
    }
    if (capability !== undefined && capabilities.has(capability.name)) {
      return { ...base, servedBy: "capability", detail: capability.name };
    }
    return { ...base, ...resources.report(operation, tried) };
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

const namesIn = ({ path }: Operation): string[] =>
  [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
