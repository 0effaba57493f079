import { Args } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { readProfile, removeProfile } from "../../config/profiles.ts";
import { confirmed, yesFlag } from "../../prompts.ts";

export default class ProfileRemove extends EcoCommand {
  static override summary = "Remove a profile with its credentials from this machine.";
  static override examples = ["<%= config.bin %> <%= command.id %> saltmarsh --yes"];
  static override args = {
    name: Args.string({ required: true, description: "The profile.", ignoreStdin: true }),
  };
  static override flags = { yes: yesFlag };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(ProfileRemove);
    if ((await readProfile(args.name)) === undefined)
      throw new EcoError("ECO_INPUT_INVALID", `There is no profile \`${args.name}\`.`, {
        fix: "`eco profile list` shows those there are.",
      });
    const message = `Remove the profile ${args.name} with its credentials?`;
    const sure = await confirmed(message, flags);
    if (sure) {
      await removeProfile(args.name);
      this.out.success(`Removed ${args.name}.`);
    }
    return { result: { removed: sure } };
  }
}
