import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { isLoopback } from "../../specs/engine/loopback.ts";
import type { Settings } from "./settings.ts";

/** A secret, and where it may go. */
export interface BoundSecret {
  /** As a message calls it: `ECO_TOKEN`, `the credentials of the profile bakery`. */
  readonly name: string;
  /** The address that it is of; undefined where nothing says so. */
  readonly issuedBy?: string | undefined;
}

/**
 * A project file may come with a checkout of somebody else's: it alone must not say where a secret is sent. Whoever means
 * the address says so by a flag or the environment. A secret that is of no address may go to this machine, which is nobody else's.
 *
 * @throws EcoError ECO_NOT_SIGNED_IN, which names the file, the address and the secret
 */
export function refuseStrangeAddress(
  { sandbox, projectFile }: Pick<Settings, "sandbox" | "projectFile">,
  { name, issuedBy }: BoundSecret,
): void {
  if (sandbox.source !== projectFile || sandbox.value === issuedBy) return;
  if (issuedBy === undefined && isLoopback(new URL(sandbox.value).hostname)) return;
  const bound =
    issuedBy === undefined ? "nothing says that it belongs there" : `it was issued by ${issuedBy}`;
  throw new EcoError(
    "ECO_NOT_SIGNED_IN",
    `${projectFile} points to ${sandbox.value}; ${name} is not sent there, since ${bound}.`,
    {
      fix: `Say --sandbox ${sandbox.value} (or ECO_SANDBOX=${sandbox.value}) if you mean it; else use another --profile.`,
    },
  );
}
