import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { writePrivateFile } from "../config/private-file.ts";
import { readProfile, writeProfile } from "../config/profiles.ts";
import { chosenSpecs } from "../onboarding/published-member.ts";
import { requireParty, type Session } from "../session.ts";

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Where new credentials of the session's party will be kept, found out before there are any.
 * @throws EcoError ECO_USAGE where the party doesn't act by a profile, and no file is named
 */
export function requireKeeper(session: Session, file: string | undefined): void {
  const { credentials } = session;
  if (file !== undefined) return;
  if (credentials?.kind === "client" && credentials.source !== "ECO_CLIENT_SECRET") return;
  throw new EcoError(
    "ECO_USAGE",
    `You act by ${credentials?.source ?? "no credentials"}: there is no profile to keep the new secret in.`,
    { fix: "Name a file for it with --secret-file FILE, or act by a profile." },
  );
}

/**
 * Keeps new credentials, whole or not at all: in the file that is named, else in the profile that acted. That is read
 * again for it, since another command may have written it meanwhile.
 * @returns the file that holds the secret
 */
export async function keepCredentials(
  session: Session,
  { clientId, clientSecret }: ClientCredentials,
  file: string | undefined,
): Promise<string> {
  if (file !== undefined) {
    await writePrivateFile(file, `${clientSecret}\n`);
    return file;
  }
  const { settings } = session;
  const name = settings.profileName.value;
  const saved = (await readProfile(name)) ?? {
    sandbox: settings.sandbox.value,
    party: requireParty(session),
    ...chosenSpecs(settings),
  };
  return writeProfile(name, { ...saved, clientId, clientSecret });
}
