import { Args } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { profilePath, readProfile } from "../../config/profiles.ts";
import { describeFields } from "../../views/fields.ts";

export default class ProfileShow extends EcoCommand {
  static override summary = "Show a profile, without its secret.";
  static override examples = ["<%= config.bin %> <%= command.id %> default"];
  static override args = {
    name: Args.string({ description: "The profile; the one in use where left out.", ignoreStdin: true }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(ProfileShow);
    const name = args.name ?? (await this.settings(flags)).profileName.value;
    const profile = await readProfile(name);
    if (profile === undefined)
      throw new EcoError("ECO_INPUT_INVALID", `There is no profile \`${name}\`.`, {
        fix: "`eco profile list` shows those there are.",
      });
    const { clientSecret, webhooks, ...shown } = profile;
    const result = {
      name,
      path: profilePath(name),
      ...shown,
      credentials: clientSecret !== undefined,
      webhooks: Object.entries(webhooks ?? {}).map(([id, { url }]) => ({ id, url })),
    };
    this.out.data(
      describeFields(
        {
          ...result,
          credentials: clientSecret === undefined ? "none" : "saved",
        },
        [
          ["Profile", "name"],
          ["Party", "party"],
          ["Client id", "clientId"],
          ["Secret", "credentials"],
          ["Sandbox", "sandbox"],
          ["Specs", "specs"],
          ["Webhooks", "webhooks"],
          ["File", "path"],
        ],
      ),
    );
    return { result };
  }
}
