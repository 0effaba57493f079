import type { ErrorCode } from "../../specs/engine/errors/index.ts";
import type { FieldProblem } from "../capabilities/capability.ts";

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
