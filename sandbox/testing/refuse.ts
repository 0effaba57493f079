import { EcoError } from "../../specs/engine/errors/index.ts";

/** Wrong use of the kit. Test runners show the message alone, so the fix stands in it. */
export const refused = (message: string, fix: string): EcoError =>
  new EcoError("ECO_USAGE", `${message}. ${fix}`, { fix });
