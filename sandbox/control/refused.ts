import { EcoError, type ErrorCode } from "../../specs/engine/errors/index.ts";
import type { Refusal } from "../capabilities/capability.ts";

/** What the control was asked and won't do, as the error that a program catches: its places are part of the message. */
export class ControlRefusal extends EcoError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    const { code, detail, errors = [] } = refusal;
    const places = errors.map(({ pointer, detail: what }) => `${pointer} ${what}`).join("; ");
    const message = places === "" ? detail : `${detail.replace(/\.$/, "")}: ${places}.`;
    // Refusals are made with codes of the registry only.
    super(code as ErrorCode, message, { details: { errors } });
    this.name = "ControlRefusal";
    this.refusal = refusal;
  }
}

/** One value of a request that can't be used. */
export function invalidValue(detail: string, pointer: string, what: string): ControlRefusal {
  const errors = [{ pointer, detail: what }];
  return new ControlRefusal({ kind: "refused", code: "ECO_REQUEST_INVALID", detail, errors });
}
