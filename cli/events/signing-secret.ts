import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { stateDirectory } from "../config/paths.ts";
import { readPrivateFile, writePrivateFile } from "../config/private-file.ts";

export interface SigningSecret {
  /** `whsec_…` */
  readonly secret: string;
  /** Where the receiver's developer finds it: it is never printed. */
  readonly file: string;
}

/**
 * What events are signed with that the command line sends itself: of a file of one's own, or one secret for each user
 * of this machine, made at its first use.
 * @throws EcoError ECO_INPUT_INVALID for a file that holds no secret of Standard Webhooks
 */
export async function signingSecret(given: string | undefined): Promise<SigningSecret> {
  const file = given ?? join(stateDirectory(), "webhook-secret");
  const text = (await readPrivateFile(file))?.trim();
  if (text !== undefined && text !== "") {
    if (/^whsec_[A-Za-z0-9+/_-]{16,}={0,2}$/.test(text)) return { secret: text, file };
    throw new EcoError("ECO_INPUT_INVALID", `${file} holds no signing secret of Standard Webhooks.`, {
      fix: "Put `whsec_` and at least 12 bytes in base64 into it, as the sandbox gave it when the endpoint was registered.",
    });
  }
  if (given !== undefined) {
    throw new EcoError("ECO_FILE_UNREADABLE", `There is no signing secret in ${given}.`, {
      fix: "Leave --secret-file out: then one is made and kept.",
    });
  }
  const secret = `whsec_${randomBytes(24).toString("base64")}`;
  await writePrivateFile(file, `${secret}\n`);
  return { secret, file };
}
