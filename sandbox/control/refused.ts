import { EcoError, type ErrorCode } from "../../specs/engine/errors/index.ts";
import type { Refusal } from "../capabilities/capability.ts";

/** A refusal as the error that a program catches. Its places are in the message, and in `details.errors`. */
export function refusedError({ code, detail, errors = [] }: Refusal): EcoError {
  const places = errors.map(({ pointer, detail: what }) => `${pointer} ${what}`).join("; ");
  const message = places === "" ? detail : `${detail.replace(/\.$/, "")}: ${places}.`;
  // Refusals are made with codes of the registry only; a test goes through all of them.
  return new EcoError(code as ErrorCode, message, { details: { errors } });
}
