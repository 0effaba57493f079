import { Args } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { readProfile, useProfile } from "../../config/profiles.ts";

export default class ProfileUse extends EcoCommand {
  static override summary = "Choose the profile that commands use when nothing else is said.";
  static override examples = ["<%= config.bin %> <%= command.id %> saltmarsh"];
  static override args = {
    name: Args.string({ required: true, description: "The profile.", ignoreStdin: true }),
  };

  override async run(): Promise<Outcome> {
    const { args } = await this.parse(ProfileUse);
    if ((await readProfile(args.name)) === undefined)
      this.out.warn(
        `There is no profile \`${args.name}\` yet; \`eco onboard --profile ${args.name}\` makes it.`,
      );
    await useProfile(args.name);
    this.out.success(`From now on: ${args.name}.`);
    return { result: { profile: args.name } };
  }
}
