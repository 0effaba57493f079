import { writeFile } from "node:fs/promises";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../specs/engine/errors/reason.ts";

/** Writes a file that the user named. @throws EcoError ECO_FILE_UNWRITABLE */
export async function writeText(
  path: string,
  text: string,
  options: { readonly mode?: number } = {},
): Promise<void> {
  await writeFile(path, text, options).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

export const unwritable = (path: string, cause: unknown, reason = reasonOf(cause)): EcoError =>
  new EcoError("ECO_FILE_UNWRITABLE", `${path} can't be written: ${reason}.`, { cause });
