import { EcoError, type ErrorCode } from "../../specs/engine/errors/index.ts";
import type { FieldProblem } from "../capabilities/capability.ts";
import { isMissing } from "../values/part.ts";
import type { Problem } from "./problem.ts";

/** The sandbox, or the spec set it plays, is at fault: logged in full, answered without internals, nothing applied. */
export class Fault extends Error {
  readonly code: ErrorCode;
  readonly violations: readonly FieldProblem[];

  constructor(code: ErrorCode, message: string, violations: readonly FieldProblem[] = []) {
    const places = violations.map(({ pointer, detail }) => `${pointer} ${detail}`).join("; ");
    super(places === "" ? `${message}.` : `${message}: ${places}.`);
    this.name = "Fault";
    this.code = code;
    this.violations = violations;
  }
}

/** What the caller is told of something that went wrong in here: never more than helps them. */
export function problemOf(error: unknown): Problem {
  if (error instanceof EcoError && error.code === "ECO_DATABASE_UNUSABLE") {
    const detail = "The sandbox's database refused the request; nothing of it was booked.";
    return { code: "ECO_UNAVAILABLE", detail, headers: { "retry-after": "1" } };
  }
  if (isMissing(error)) return { code: error.code, detail: error.message };
  // A schema that can't be compiled is the spec's matter, and its author is who asks.
  if (error instanceof EcoError && error.code === "ECO_SPEC_INVALID") {
    return { code: "ECO_UNSATISFIABLE", detail: error.message };
  }
  const code = error instanceof Fault ? error.code : "ECO_INTERNAL";
  return { code, detail: "The sandbox could not answer; its log has the reason under this request id." };
}
