import { OperationRouter } from "../../specs/engine/catalog/routes/operation-router.ts";
import type { RouteMatch } from "../../specs/engine/catalog/routes/router.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { setTimeout } from "../values/real-timers.ts";
import type { Core } from "./core.ts";
import { type OperationPlan, planOperation } from "./plan.ts";

const INSPECT_AT_A_STRETCH_MS = 10;

type TableParts = Pick<Core, "parts" | "schemas" | "capabilities" | "resources">;

/** How an operation is served. */
export interface OperationReport {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly servedBy: "capability" | "resource" | "example" | "schema" | "nothing";
  /** The capability, the resource's collection, or why nothing can answer. */
  readonly detail: string;
  /** Of its answer without a body, where the operation declares no success. */
  readonly assumedStatus?: number;
}

/** The operations of a spec set: which one a request means, how it is to be read, and how it is served. */
export class OperationTable {
  readonly #parts: TableParts;
  readonly #router: OperationRouter;
  readonly #plans = new Map<Operation, OperationPlan>();

  constructor(parts: TableParts) {
    this.#parts = parts;
    this.#router = new OperationRouter(parts.parts.catalog.operations);
  }

  /** What a method means on a path; HEAD is what GET is, where it isn't declared itself. */
  match(
    method: string,
    pathname: string,
    request: { readonly query: URLSearchParams },
  ): RouteMatch<Operation> {
    const match = this.#router.match(method, pathname, request);
    const isGet = method === "HEAD" && match.kind === "wrong-method";
    return isGet ? this.#router.match("GET", pathname, request) : match;
  }

  /** What is wrong with a path that no operation has. */
  unknown(method: string, pathname: string): string {
    const below = this.#router.belowBase(method, pathname);
    const hint = below === undefined ? "" : ` The document's server has a base path: ask for ${below}.`;
    return `No operation has the path ${pathname}.${hint}`;
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

  async report(): Promise<OperationReport[]> {
    const rows: OperationReport[] = [];
    for (const operation of this.#parts.parts.catalog.operations)
      rows.push(await this.#reportOf(operation, false));
    return rows;
  }

  /** The same after an answer of each operation has been tried; requests are served in between. Ends early with the signal. */
  async inspect(signal?: AbortSignal): Promise<OperationReport[]> {
    const rows: OperationReport[] = [];
    let since = performance.now();
    for (const operation of this.#parts.parts.catalog.operations) {
      rows.push(await this.#reportOf(operation, true));
      if (performance.now() - since < INSPECT_AT_A_STRETCH_MS) continue;
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (signal?.aborted === true) break;
      since = performance.now();
    }
    return rows;
  }

  async #reportOf(operation: Operation, tried: boolean): Promise<OperationReport> {
    const { capabilities, resources } = this.#parts;
    const { id: operationId, method, path, capability } = operation;
    const base = { operationId, method, path };
    const other = this.#router.hiddenBehind(operation);
    if (other !== undefined) {
      const detail = `${other.id} has the same method and path, and nothing in the query tells them apart`;
      return { ...base, servedBy: "nothing", detail };
    }
    if (capability !== undefined && capabilities.has(capability.name)) {
      return { ...base, servedBy: "capability", detail: capability.name };
    }
    return { ...base, ...(await resources.report(operation, tried)) };
  }
}
