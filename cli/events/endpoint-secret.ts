import { join } from "node:path";
import { stateDirectory } from "../config/paths.ts";
import { writePrivateFile } from "../config/private-file.ts";
import { profilePath, writeProfile } from "../config/profiles.ts";
import type { Settings } from "../config/settings.ts";

export interface EndpointSecret {
  readonly endpointId: string;
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
}

/**
 * Keeps what an endpoint's events are signed with, since it is shown once and never printed: in the file that is named,
 * else in the profile that acted, else in a file of the endpoint's own.
 * @param settings of the profile that acted; undefined where the sandbox's control did
 * @returns the file that holds it
 */
export async function keepEndpointSecret(
  { endpointId, url, secret }: EndpointSecret,
  settings: Settings | undefined,
  given: string | undefined,
): Promise<string> {
  const { profile, profileName } = settings ?? {};
  if (given === undefined && profile !== undefined && profileName !== undefined) {
    const webhooks = { ...profile.webhooks, [endpointId]: { url, secret } };
    await writeProfile(profileName.value, { ...profile, webhooks });
    return profilePath(profileName.value);
  }
  const file = given ?? join(stateDirectory(), "webhook-secrets", endpointId.replace(/[^\w-]/g, "_"));
  await writePrivateFile(file, `${secret}\n`);
  return file;
}
