import { writeProfile } from "../config/profiles.ts";
import type { Settings } from "../config/settings.ts";
import type { Output } from "../output/output.ts";
import type { StarterMember } from "../scaffold/member.ts";

/**
 * The party of the profile, where the ecosystem has no registration: its published test credentials are in the profile
 * from now on, as those of a registration would be. Undefined where one registers, or nobody is known by the profile's name.
 */
export async function publishedMember(settings: Settings, out: Output): Promise<StarterMember | undefined> {
  const { openSession } = await import("../session.ts");
  const { client, catalog, credentials } = await openSession(settings, out);
  if (client.has("parties.register") || credentials?.kind !== "client") return undefined;
  const { party = "", clientId, clientSecret } = credentials;
  const role = catalog.ecosystem.parties.find(({ id }) => id === party)?.role;
  if (role === undefined) return undefined;
  if (settings.profile === undefined) {
    const sandbox = settings.sandbox.value;
    const profile = { sandbox, party, clientId, clientSecret, ...chosenSpecs(settings) };
    const path = await writeProfile(settings.profileName.value, profile);
    out.note(`Nobody registers here: the test credentials of ${party} are in ${path} now.`);
  }
  return { party, role };
}

/** A spec set that was named for this call is the profile's from now on. */
export function chosenSpecs({ specs }: Settings): { readonly specs?: string } {
  return specs.source === "--specs" || specs.source === "ECO_SPECS" ? { specs: specs.value } : {};
}
