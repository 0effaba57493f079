import { EcoCommand, type Outcome } from "../../command.ts";
import { listProfiles, readProfile } from "../../config/profiles.ts";

export default class ProfileList extends EcoCommand {
  static override summary = "List the saved profiles; the one in use is marked.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(ProfileList);
    const { profileName } = await this.settings(flags);
    const profiles = await Promise.all(
      (await listProfiles()).map(async (name) => {
        const profile = await readProfile(name);
        const { party = null, sandbox = null } = profile ?? {};
        return {
          name,
          inUse: name === profileName.value,
          party,
          sandbox,
          credentials: profile?.clientSecret !== undefined,
        };
      }),
    );
    if (profiles.length === 0) this.out.note("No profiles yet. `eco onboard` makes one.");
    else
      this.out.table(profiles, [
        { header: "", value: ({ inUse }) => (inUse ? "*" : "") },
        { header: "Profile", value: ({ name }) => name },
        { header: "Party", value: ({ party }) => party ?? "" },
        { header: "Sandbox", value: ({ sandbox }) => sandbox ?? "" },
        { header: "Credentials", value: ({ credentials }) => (credentials ? "saved" : "none") },
      ]);
    return { result: { profiles } };
  }
}
