import { type ErrorCode, errorDefinition, errorDocs } from "../../specs/engine/errors/index.ts";
import type { FieldProblem } from "../capabilities/capability.ts";

/** A request that ends here, on its way to becoming `application/problem+json`. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
  /** Instead of the code's own status. */
  readonly status?: number;
  readonly errors?: readonly FieldProblem[];
  /** Instead of what the code says to everybody. */
  readonly fix?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What every step of the pipeline may answer instead of its result. */
export interface Stop {
  readonly kind: "stop";
  readonly problem: Problem;
}

export function stop(code: ErrorCode, detail: string, extra: Pick<Problem, "errors" | "headers"> = {}): Stop {
  return { kind: "stop", problem: { code, detail, ...extra } };
}

export const PROBLEM_TYPE = "application/problem+json";

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly fix: string;
  readonly instance: string;
  readonly errors?: readonly FieldProblem[];
}

/**
 * RFC 9457. `type` is the page of the code under `docsBase`; `instance` names this very request.
 * `declared` turns a code's usual status into the one that the operation declares for such a case.
 * A code that the registry doesn't know is a fault of a capability and becomes ECO_INTERNAL.
 */
export function problemBody(
  problem: Problem,
  docsBase: string,
  requestId: string,
  declared: (status: number) => number = (status) => status,
): ProblemBody {
  const known = errorDefinition(problem.code);
  const code = known === undefined ? "ECO_INTERNAL" : problem.code;
  const row = known ?? errorDefinition("ECO_INTERNAL");
  const body = {
    type: `${docsBase}${errorDocs(code)}`,
    title: row?.title ?? "Error",
    status: problem.status ?? declared(row?.status ?? 500),
    detail: problem.detail,
    code,
    fix: problem.fix ?? row?.fix ?? "",
    instance: `urn:eco:request:${requestId}`,
  };
  return problem.errors === undefined || problem.errors.length === 0
    ? body
    : { ...body, errors: problem.errors };
}
