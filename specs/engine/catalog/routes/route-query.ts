import type { Operation } from "../types.ts";

/** A path's parts, where a document tells operations of one path apart by a query or a fragment behind it. */
export interface SplitTemplate {
  /** Without what stands behind `?` and `#`. */
  readonly path: string;
  /** Values that the path fixes (`?action=list`). */
  readonly query: Readonly<Record<string, string>>;
  /** Names of path parameters that stand in the query (`?id={id}`), by the name that they have there. */
  readonly moved: ReadonlyMap<string, string>;
}

export function splitTemplate(template: string): SplitTemplate {
  const [, path = template, search = ""] = /^([^?#]*)(?:\?([^#]*))?/.exec(template) ?? [];
  const query: Record<string, string> = {};
  const moved = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(search)) {
    const parameter = /^\{([^{}]+)\}$/.exec(value)?.[1];
    if (parameter === undefined) query[name] = value;
    else moved.set(parameter, name);
  }
  return { path, query, moved };
}

/** Something that a request's query must hold, for it to be meant for an operation among others of its route. */
export interface QueryDemand {
  readonly name: string;
  /** Undefined where any value will do. */
  readonly value?: string;
}

export function demandsOf({ query, parameters }: Operation): readonly QueryDemand[] {
  const fixed = Object.entries(query ?? {}).map(([name, value]) => ({ name, value }));
  const required = parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  return [...fixed, ...required.map(({ name }) => ({ name }))];
}

/** Method and path, whatever the parameters are called. */
export const routeOf = ({ method, path }: Operation): string =>
  `${method} ${path.replace(/\{[^{}]*\}/g, "{}")}`;

/**
 * The operations of one route in the order in which a request is held against them, the most demanding first; and those
 * that no request can mean, since another asks for just the same.
 */
export function rivalry(operations: readonly Operation[]): {
  readonly ordered: readonly Operation[];
  readonly hidden: ReadonlyMap<Operation, Operation>;
} {
  const first = new Map<string, Operation>();
  const hidden = new Map<Operation, Operation>();
  for (const operation of operations) {
    const key = demandsOf(operation)
      .map(({ name, value }) => JSON.stringify([name, value]))
      .toSorted()
      .join();
    const other = first.get(key);
    if (other === undefined) first.set(key, operation);
    else hidden.set(operation, other);
  }
  const reachable = operations.filter((operation) => !hidden.has(operation));
  const ordered = reachable.toSorted((one, other) => demandsOf(other).length - demandsOf(one).length);
  return { ordered, hidden };
}

/** Which of the operations of a route a query means; undefined where it means none of them. */
export function meantBy(ordered: readonly Operation[], query: URLSearchParams): Operation | undefined {
  const met = ordered.find((operation) =>
    demandsOf(operation).every(({ name, value }) =>
      value === undefined ? query.has(name) : query.getAll(name).includes(value),
    ),
  );
  // Where a required parameter alone is missing, the operation itself says so.
  return met ?? ordered.findLast(({ query: fixed }) => fixed === undefined);
}
