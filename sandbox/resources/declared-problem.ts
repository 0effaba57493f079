import { responseFor } from "../../specs/engine/catalog/exchange/declared-response.ts";
import { pointerTokens } from "../../specs/engine/catalog/pointer.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { FieldProblem } from "../capabilities/capability.ts";

/** Statuses that say the same with less precision, for specs that don't declare the usual one. */
const ALTERNATIVES: Readonly<Record<number, readonly number[]>> = {
  409: [409, 422, 400],
  413: [413, 400],
  415: [415, 400],
  422: [422, 400],
  400: [400, 422],
};

/** What is wrong with a message before anybody reads it; clients and proxies act on the very status. */
const TRANSPORT = new Set([413, 415]);

/**
 * The status for a problem as the operation declares it: the usual one, or its nearest relative among those declared.
 * Where a class or the default covers a status of the transport, nothing has to stand in for it.
 */
export function declaredStatus(operation: Operation, status: number): number {
  if (TRANSPORT.has(status) && responseFor(operation, status) !== undefined) return status;
  const declared = new Set(operation.responses.map((response) => response.status));
  return ALTERNATIVES[status]?.find((candidate) => declared.has(String(candidate))) ?? status;
}

/** What an error says, as problem details have it. */
export interface ProblemLike {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly type: string;
  /** Each thing that is wrong on its own, where that is known. */
  readonly errors?: readonly FieldProblem[];
}

/** What a problem says, under the names that other error formats use for it. */
export function problemFields(problem: ProblemLike): Readonly<Record<string, readonly unknown[]>> {
  const { status, title, detail, code, type, errors = [] } = problem;
  const [only, second] = errors;
  const places = only === undefined || second !== undefined ? {} : placesOf(only.pointer);
  return {
    ...places,
    message: [detail],
    msg: [detail],
    error: [detail, true],
    errormessage: [detail],
    description: [detail],
    detail: [detail],
    reason: [detail],
    title: [title],
    name: [title],
    code: [code, status, String(status)],
    errorcode: [code, status],
    status: [status, String(status), "error"],
    statuscode: [status],
    // A schema that wants an absolute URI there has the one that says nothing more than the status.
    type: [type, code, "about:blank"],
    success: [false],
    ok: [false],
  };
}

/** Where one thing is wrong, as a pointer and as what stands there is called. */
function placesOf(pointer: string): Readonly<Record<string, readonly unknown[]>> {
  const name = pointer.split(/[/.]/).findLast((token) => token !== "" && !/^\d+$/.test(token)) ?? pointer;
  const steps = stepsOf(pointer);
  return {
    pointer: [pointer],
    path: [pointer, steps],
    location: [pointer, steps],
    loc: [steps, pointer],
    in: [steps[0]],
    field: [name, pointer],
    fieldname: [name],
    property: [name],
    propertypath: [pointer],
    param: [name],
    parameter: [name],
    attribute: [name],
  };
}

/** The same step by step, beginning with the part of the request: `["body", "items", 0]`, `["query", "limit"]`. */
function stepsOf(pointer: string): readonly (string | number)[] {
  const [, part = "body", name, within = pointer.replace(/^#/, "")] =
    /^\$request\.(\w+)\.([^/]*)(.*)$/.exec(pointer) ?? [];
  const tokens = within.startsWith("/") ? pointerTokens(within) : [];
  const inside = tokens.map((token) => (/^\d+$/.test(token) ? Number(token) : token));
  return [part, ...(name === undefined ? [] : [name]), ...inside];
}
